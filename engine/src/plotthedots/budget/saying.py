"""A budget in words."""

SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def sentence(
    charts: int, *, seen: int, by_chance: float, shown: int, new: int, share: float, short: int, flat: int
) -> str:
    """What a board needs to be told: signals seen, those that chance gives, those shown, and what is not judged.

    >>> sentence(300, seen=18, by_chance=14.2, shown=5, new=2, share=0.1, short=0, flat=0)
    '18 of 300 charts signal; chance alone gives 14; 5 are shown at one false in ten, 2 of them new.'
    """
    said = f"{seen:,} of {charts:,} {_plural(charts, 'chart')} {'signals' if seen == 1 else 'signal'}; "
    said += f"chance alone gives {_about(by_chance)}; {_shown(shown)} at {_share(share)}"
    said += f", {_new(shown, new)}." if shown else "."
    if short or flat:
        reasons = [f"{short:,} with under 12 points in the latest phase"] if short else []
        reasons += [f"{flat:,} with hardly any variation"] if flat else []
        said += f" {short + flat:,} cannot be judged: {', '.join(reasons)}."
    return said


def _plural(count: int, word: str) -> str:
    return word if count == 1 else f"{word}s"


def _about(expected: float) -> str:
    """A whole number; with one decimal under 10, where that matters."""
    return f"{expected:,.0f}" if expected >= 9.95 or expected == 0 else f"{expected:.1f}"


def _shown(shown: int) -> str:
    return "none is shown" if not shown else f"{shown:,} {'is' if shown == 1 else 'are'} shown"


def _new(shown: int, new: int) -> str:
    if new == 0:
        return "not new" if shown == 1 else "none of them new"
    if shown == 1:
        return "new"
    return "all of them new" if new == shown else f"{new:,} of them new"


def _share(share: float) -> str:
    """A share as one false in so many, where that comes out even."""
    many = round(1 / share)
    if abs(share * many - 1) > 1e-9:
        return f"{100 * share:g} % false"
    return f"one false in {SMALL[many] if many < len(SMALL) else f'{many:,}'}"
