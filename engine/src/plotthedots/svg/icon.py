"""Variation and assurance icons: our own drawings of the symbols that Making Data Count readers know."""

from plotthedots.svg.element import escape, path
from plotthedots.svg.style import CHARTS_ONLY

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

# Letters as strokes about their middle: they look alike whatever fonts a reader has.
_LETTERS = {
    "H": "M-11 -16V16M11 -16V16M-11 0H11",
    "L": "M-8 -16V12H11",
    "P": "M-9 16V-12H2a8.5 8.5 0 0 1 0 17H-9",
    "F": "M-9 16V-12H10M-9 2H8",
    "?": "M-9 -6a9.5 9.5 0 1 1 14.5 7.5q-5.5 4 -5.5 8M0 12v6",
}


def icon(name: str, *, size: float = 48, style: bool = False) -> str:
    """The icon of a variation, an assurance, "too_few" or "none" (no target), from 16 to 96 pixels.

    Colour repeats what letter and shape say: H and L are higher and lower, round dots improve, diamonds
    concern, triangles are neither. Up to 28 pixels the letter and one mark, or one shape, fill the ring.
    Raises KeyError for another name.
    """
    words = VARIATION_WORDS.get(name) or ASSURANCE_WORDS[name]
    kind = _KINDS.get(name, name.split("_")[0])
    drawn = _small(name, kind) if size <= SMALL else _large(name, kind)
    ring = f'<circle class="ptd-ring ptd-ring-{kind}" cx="50" cy="50" r="46"/>'
    sheet = f"<style>{CHARTS_ONLY}</style>" if style else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="ptd-icon" role="img" viewBox="0 0 100 100" '
        f'width="{size:g}" height="{size:g}"><title>{escape(words)}</title>{sheet}{ring}{drawn}</svg>'
    )


_KINDS = {"pass": "improvement", "fail": "concern", "inconsistent": "common", "none": "none", "too_few": "common"}


# Letter, target and values of each assurance: above it, below it, on both sides.
_PROMISES = {
    "pass": ("P", "M29 80.5H72", "M24 66l13 -10l13 10l13 -10l13 10"),
    "fail": ("F", "M25 56.5H76", "M26 79l12 -10l12 10l12 -10l12 10"),
    "inconsistent": ("?", "M25 67H76", "M21 74l14.5 -15l14.5 16l14.5 -16l14.5 15"),
}


def _letter(letter: str, kind: str, x: float, y: float, scale: float = 1.0) -> str:
    drawn = path(f"ptd-letter ptd-letter-{kind}", _LETTERS[letter])
    return f'<g transform="translate({x:g} {y:g}) scale({scale:g})">{drawn}</g>'


def _circles(places: tuple[tuple[int, int], ...], r: float) -> str:
    return "".join(f'<circle class="ptd-common" cx="{x}" cy="{y}" r="{r:g}"/>' for x, y in places)


def _line(kind: str, places: tuple[tuple[int, int], ...]) -> str:
    return path(kind, "M" + "L".join(f"{x} {y}" for x, y in places))


def _mark(kind: str, x: float, y: float, rising: bool) -> str:
    if kind == "improvement":
        return f'<circle class="ptd-improvement" cx="{x}" cy="{y}" r="9.5"/>'
    if kind == "concern":
        return path("ptd-concern", f"M{x} {y - 11.5:g}l11.5 11.5l-11.5 11.5l-11.5 -11.5z")
    return path("ptd-neutral", f"M{x} {y - 11}l11.5 20h-23z" if rising else f"M{x} {y + 11}l11.5 -20h-23z")


def _way(kind: str, rising: bool) -> str:
    """Two small grey dots, then two marked ones, going up or down; the letter stands clear of them."""
    falling = ((20, 36), (37, 29), (60, 43), (75, 64))
    places = tuple((x, 100 - y) for x, y in falling) if rising else falling
    marked = "".join(_mark(kind, x, y, rising) for x, y in places[2:])
    letter = _letter("H", kind, 36, 36, 0.78) if rising else _letter("L", kind, 35, 65, 0.78)
    return _line("ptd-thin", places) + _circles(places[:2], 5.5) + marked + letter


def _large(name: str, kind: str) -> str:
    if name == "common_cause":
        places = ((22, 59), (40, 42), (58, 58), (77, 43))
        return path("ptd-dashed", "M20 26H80M20 74H80") + _line("ptd-thin", places) + _circles(places, 7.5)
    if name == "too_few":
        return _circles(((27, 50), (50, 50), (73, 50)), 7.5)
    if name == "none":
        return path("ptd-ink-line", "M33 50H67")
    if name in _PROMISES:
        letter, dots, wave = _PROMISES[name]
        return _letter(letter, kind, 50, 30, 0.85) + path(f"ptd-wave ptd-wave-{kind}", wave) + path("ptd-dotted", dots)
    return _way(kind, name.endswith("high"))


def _small(name: str, kind: str) -> str:
    """A letter, a dash or dots fill the ring; beside H and L a shape repeats the meaning."""
    if name == "common_cause":
        return path("ptd-letter ptd-letter-common", "M21 57L40 41L59 59L79 43")
    if name == "too_few":
        return _circles(((26, 50), (50, 50), (74, 50)), 9)
    if name == "none":
        return path("ptd-letter ptd-letter-none", "M30 50H70")
    letter = {"pass": "P", "fail": "F", "inconsistent": "?"}.get(name)
    if letter:
        return _letter(letter, kind, 50, 47, 1.5)
    rising = name.endswith("high")
    return _letter("H" if rising else "L", kind, 38, 50 if rising else 52, 1.15) + _mark(
        kind, 73, 33 if rising else 58, rising
    )
