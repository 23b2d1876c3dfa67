"""Variation and assurance icons: our own drawings of the symbols that Making Data Count readers know."""

from plotthedots.svg.element import escape, path
from plotthedots.svg.style import SCREEN_ONLY

VARIATION_WORDS = {
    "improvement_high": "Improving, higher",
    "improvement_low": "Improving, lower",
    "common_cause": "Common cause",
    "concern_high": "Concerning, higher",
    "concern_low": "Concerning, lower",
    "neutral_high": "Higher, neither good nor bad",
    "neutral_low": "Lower, neither good nor bad",
    "too_few": "Too few to tell",
}
ASSURANCE_WORDS = {
    "pass": "Will pass",
    "inconsistent": "Hit and miss",
    "fail": "Will fail",
    "none": "No target",
}

SMALL = 28  # pixels, at and below which an icon is a letter or one shape in its ring

# Letters as strokes on a field of 100: they look alike whatever fonts a reader has.
_LETTERS = {
    "H": "M-12 -16V16M12 -16V16M-12 0H12",
    "L": "M-9 -16V16H11",
    "P": "M-9 18V-14H2a9 9 0 0 1 0 18H-9",
    "F": "M-9 18V-14H11M-9 1H8",
    "?": "M-10 -8a10 10 0 1 1 16 8q-6 4 -6 9M0 15v7",
}


def icon(name: str, *, size: float = 48, style: bool = False) -> str:
    """The icon of a variation, an assurance, "too_few" or "none" (no target), from 16 to 96 pixels.

    Colour repeats what letter and shape say: H and L are higher and lower, round dots improve, diamonds
    concern, triangles are neither. Raises KeyError for another name.
    """
    words = VARIATION_WORDS.get(name) or ASSURANCE_WORDS[name]
    kind = {
        "pass": "improvement",
        "fail": "concern",
        "inconsistent": "common",
        "none": "none",
        "too_few": "common",
    }.get(name, name.split("_")[0])
    small = size <= SMALL
    drawn = _small(name, kind) if small else _large(name, kind)
    ring = f'<circle class="ptd-ring ptd-ring-{kind}" cx="50" cy="50" r="46"/>'
    sheet = f"<style>{SCREEN_ONLY}</style>" if style else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="ptd-icon" role="img" viewBox="0 0 100 100" '
        f'width="{size:g}" height="{size:g}"><title>{escape(words)}</title>{sheet}{ring}{drawn}</svg>'
    )


def _letter(letter: str, kind: str, x: float, y: float, scale: float = 1.0) -> str:
    drawn = path(f"ptd-letter ptd-letter-{kind}", _LETTERS[letter])
    return f'<g transform="translate({x:g} {y:g}) scale({scale:g})">{drawn}</g>'


def _dots(kind: str, rising: bool) -> str:
    """Two small grey dots, then two marked ones, going up or down."""
    ys = (74, 70, 52, 34) if rising else (28, 30, 48, 66)
    xs = (20, 36, 56, 76)
    line = path("ptd-thin", "M" + "L".join(f"{x} {y}" for x, y in zip(xs, ys, strict=True)))
    grey = "".join(f'<circle class="ptd-common" cx="{x}" cy="{y}" r="6"/>' for x, y in zip(xs[:2], ys[:2], strict=True))
    marked = "".join(_mark(kind, x, y, rising) for x, y in zip(xs[2:], ys[2:], strict=True))
    return line + grey + marked


def _mark(kind: str, x: float, y: float, rising: bool) -> str:
    if kind == "improvement":
        return f'<circle class="ptd-improvement" cx="{x}" cy="{y}" r="10"/>'
    if kind == "concern":
        return path("ptd-concern", f"M{x} {y - 12}l12 12l-12 12l-12 -12z")
    return path("ptd-neutral", f"M{x} {y - 11}l11 20h-22z" if rising else f"M{x} {y + 11}l11 -20h-22z")


def _large(name: str, kind: str) -> str:
    if name == "common_cause":
        line = path("ptd-dashed", "M14 30H86M14 70H86") + path("ptd-thin", "M22 60L38 42L56 58L76 42")
        return line + "".join(
            f'<circle class="ptd-common" cx="{x}" cy="{y}" r="8"/>' for x, y in ((22, 60), (38, 42), (56, 58), (76, 42))
        )
    if name == "too_few":
        return "".join(f'<circle class="ptd-common" cx="{x}" cy="50" r="8"/>' for x in (26, 50, 74))
    if name == "none":
        return path("ptd-ink-line", "M32 50H68")
    if name == "pass":
        return (
            _letter("P", kind, 50, 30)
            + path("ptd-wave ptd-wave-improvement", "M24 66l12 -10l14 10l14 -10l12 10")
            + path("ptd-dotted", "M24 80H76")
        )
    if name == "fail":
        return (
            _letter("F", kind, 50, 28)
            + path("ptd-dotted", "M24 56H76")
            + path("ptd-wave ptd-wave-concern", "M24 78l12 -10l14 10l14 -10l12 10")
        )
    if name == "inconsistent":
        return (
            _letter("?", kind, 50, 30, 0.95)
            + path("ptd-wave ptd-wave-common", "M22 72l14 -12l14 14l14 -14l14 12")
            + path("ptd-dotted", "M22 68H78")
        )
    rising = name.endswith("high")
    return _dots(kind, rising) + _letter("H" if rising else "L", kind, 34, 36 if rising else 66, 0.85)


def _small(name: str, kind: str) -> str:
    """A letter, a dash or dots fill the ring; below the letter a shape repeats the meaning."""
    if name == "common_cause":
        return path("ptd-letter ptd-letter-common", "M24 58L40 42L58 58L76 42")
    if name == "too_few":
        return "".join(f'<circle class="ptd-common" cx="{x}" cy="50" r="9"/>' for x in (26, 50, 74))
    if name == "none":
        return path("ptd-letter ptd-letter-none", "M30 50H70")
    letter = {"pass": "P", "fail": "F", "inconsistent": "?"}.get(name)
    if letter:
        return _letter(letter, kind, 50, 48 if letter != "?" else 44, 1.5)
    rising = name.endswith("high")
    return _letter("H" if rising else "L", kind, 42, 50, 1.25) + _mark(kind, 74, 30 if rising else 70, rising)
