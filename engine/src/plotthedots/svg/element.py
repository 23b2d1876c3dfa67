"""Small parts of SVG text: escaping, lengths of words, wrapping."""

import re
from functools import lru_cache
from xml.sax.saxutils import escape as _escape

# What XML 1.0 cannot hold at all, even escaped.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_SPECIAL = re.compile('[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff<>&"]')

_SPACES = re.compile(r"[ \t\r\n]+")  # not those that ask for no break


def escape(text: str) -> str:
    """Text as it may stand in an element or attribute."""
    if _SPECIAL.search(text) is None:
        return text
    return _escape(_CONTROL.sub("", text), {'"': "&quot;"})


# Advance widths of Arial in thousandths of its size, rounded up by class.
_WIDTHS = {
    letter: width / 1000
    for letters, width in (
        ("ijl'|", 240),
        (" \u00a0.,:;!ftI/[]", 285),
        ("r()-", 340),
        ('cksvxyzJ"*', 500),
        ("ABEKPSVXYFTLZ&", 670),
        ("CDHNRUw", 730),
        ("GOQ", 780),
        ("mM", 840),
        ("%", 890),
        ("W…—", 1000),
        ("@", 1020),
    )
    for letter in letters
}


@lru_cache(maxsize=4096)  # the same labels and words come back on every chart of a report
def length(text: str, size: float = 13, *, bold: bool = False) -> float:
    """About how long a line of Arial is, in pixels; a little too long rather than too short."""
    # What is not in the table is about as wide as a digit, or a full square from Chinese on.
    ems = sum(_WIDTHS.get(letter) or (0.585 if letter < "\u2e80" else 1.0) for letter in text)
    return ems * size * (1.08 if bold else 1.0)


def wrap(text: str, width: float, size: float = 13, *, bold: bool = False, most: int = 6) -> list[str]:
    """Lines no longer than `width`; what does not fit in `most` lines ends with an ellipsis."""
    lines: list[str] = []
    line: list[str] = []
    used, space = 0.0, length(" ", size, bold=bold)
    for word in _SPACES.split(text.strip()):
        need = length(word, size, bold=bold)
        if line and used + space + need > width:
            lines.append(" ".join(line))
            line, used = [], 0.0
        used += need + (space if line else 0.0)
        line.append(word)
    lines.append(" ".join(line))
    if len(lines) > most:
        lines = lines[:most]
        lines[-1] += "…"
    return [clip(line, width, size, bold=bold) for line in lines]


def clip(line: str, width: float, size: float = 13, *, bold: bool = False) -> str:
    """The line, or as much of it as fits with an ellipsis."""
    if length(line, size, bold=bold) <= width:
        return line
    line = line.rstrip("…")
    while len(line) > 1 and length(line + "…", size, bold=bold) > width:
        line = line[:-1]
    return line.rstrip() + "…"


def text(x: float, y: float, words: str, kind: str = "", anchor: str = "") -> str:
    """A line of text; `anchor` is start (by default), middle or end."""
    style = f' class="{kind}"' if kind else ""
    place = f' text-anchor="{anchor}"' if anchor else ""
    return f'<text x="{x:.1f}" y="{y:.1f}"{style}{place}>{escape(words)}</text>'


def path(kind: str, drawn: str) -> str:
    """A path, or nothing where there is nothing to draw."""
    return f'<path class="{kind}" d="{drawn}"/>' if drawn else ""
