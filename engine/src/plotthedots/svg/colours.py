"""Red, amber and green month by month, and under them what the rules and the budget said then."""

from collections.abc import Sequence
from typing import NamedTuple

from plotthedots.constants import Flags, Signs
from plotthedots.svg.element import length, text, wrap
from plotthedots.svg.frame import MARGIN, above, picture
from plotthedots.svg.frame import heading as headed

CELL = 40.0  # height of a coloured cell
ROW = 28.0  # height of the rows below it
LABEL = 92.0  # width of the names of the rows
NARROWEST, WIDEST = 15.0, 56.0  # of a month
_COLOURS = ("green", "amber", "red")
_DOTS = ("common", "improvement", "concern", "neutral", "neutral")
RED, CONCERN = 2, 2
KEY = "wolf: red, or marked, where the chart as it stands shows nothing of concern; true: where it does."
SHORT = "W: only chance (wolf). T: true."


class Month(NamedTuple):
    """What is drawn of a month."""

    when: str
    value: str
    colour: int
    then: int
    shown: bool
    concern: bool


def colours(
    *,
    when: Sequence[str],
    value: Sequence[str],
    colour: Signs,
    then: Signs,
    shown: Flags,
    concern: Flags,
    title: str = "",
    desc: str = "",
    width: float = 960,
    heading: bool = True,
    style: bool = True,
    id: str = "",
) -> str:
    """Draw what each way of looking said of every month as one SVG element.

    A value a month, in order: `when` and `value` as they are read; colour: 0 green, 1 amber, 2 red, −1 none; then: what
    the rules said when it was the latest, coded as `point` of `chart`; shown: whether the budget would have shown it;
    concern: whether the chart as it stands marks it, which tells a true alarm from a wolf. A narrow picture has the
    latest months alone. The other options are those of `chart`.
    """
    room = width - 2 * MARGIN - LABEL
    first = max(0, len(when) - int(room // NARROWEST))
    columns = (colour.tolist(), then.tolist(), shown.tolist(), concern.tolist())
    months = [Month(*held) for held in zip(when, value, *columns, strict=True)][first:]
    parts, y = above(headed(title, width, heading), "")
    wide = min(room / max(len(months), 1), WIDEST)
    roomy = all(length(month.value, 11) <= wide for month in months)  # the values of all, or of none
    for number, month in enumerate(months):
        parts += _month(month, MARGIN + LABEL + number * wide, y + 4, wide, roomy)
    parts += _names(y + 4) + _dates(months, y + 4, wide)
    y += 4 + CELL + 3 * ROW + 36
    told = f"The last {len(months)} of {len(when)}. " if first else ""
    key = wrap(told + (KEY if wide >= length("wolf") + 4 else SHORT), width - 2 * MARGIN)
    parts += [text(MARGIN, y + 16 * number, line) for number, line in enumerate(key)]
    return picture(
        "Colours and dots", parts, title=title, desc=desc or _described(months), width=width,
        height=y + 16 * len(key) - 6, told=repr(months).encode(), style=style, id=id,
    )  # fmt: skip


def _names(y: float) -> list[str]:
    """The names of the rows, at their left."""
    at = (y + CELL / 2 + 4.5, y + CELL + ROW + ROW / 2 + 4.5, y + CELL + 2 * ROW + ROW / 2 + 4.5)
    names = ("By colour", "By dots", "By budget")
    return [text(MARGIN, here, name, "ptd-strong") for here, name in zip(at, names, strict=True)]


def _month(month: Month, x: float, y: float, wide: float, roomy: bool) -> list[str]:
    middle = x + wide / 2
    parts = []
    if month.colour >= 0:
        name = _COLOURS[month.colour]
        box = f'x="{x:.1f}" y="{y:.1f}" width="{wide - 1:.1f}" height="{CELL:.1f}"'
        parts.append(f'<rect class="ptd-rag-{name}" {box}/>')
        parts.append(text(middle, y + (16 if roomy else CELL / 2 + 4.5), name[0].upper(), f"ptd-said-{name}", "middle"))
        parts += [text(middle, y + 33, month.value, f"ptd-value-{name}", "middle")] if roomy else []
    if month.colour == RED or month.then == CONCERN:
        said = "true" if month.concern else "wolf"
        said = said if length(said) <= wide - 2 else said[0].upper()
        parts.append(text(middle, y + CELL + ROW / 2 + 4.5, said, "ptd-strong", "middle"))
    dots = y + CELL + ROW + ROW / 2
    if month.then >= 0:
        parts.append(_dot(_DOTS[month.then], middle, dots))
    square = y + CELL + 2 * ROW + ROW / 2
    look = "ptd-shown" if month.shown else "ptd-unshown"
    parts.append(f'<rect class="{look}" x="{middle - 4:.1f}" y="{square - 4:.1f}" width="8" height="8"/>')
    return parts


def _dot(kind: str, x: float, y: float) -> str:
    """As points of a chart: a diamond for concern, a triangle for neither, so that colour only repeats the shape."""
    shapes = {"concern": f"M{x:.1f} {y - 6:.1f}l6 6l-6 6l-6-6z", "neutral": f"M{x:.1f} {y - 6:.1f}l6 10h-12z"}
    if kind in shapes:
        return f'<path class="ptd-{kind}" d="{shapes[kind]}"/>'
    return f'<circle class="ptd-{kind}" cx="{x:.1f}" cy="{y:.1f}" r="{5 if kind == "improvement" else 3.5}"/>'


def _dates(months: Sequence[Month], y: float, wide: float) -> list[str]:
    """As many dates below as have room, the latest among them."""
    below, parts, taken = y + CELL + 3 * ROW + 12, [], float("inf")
    for number in range(len(months) - 1, -1, -1):
        middle, need = MARGIN + LABEL + (number + 0.5) * wide, length(months[number].when)
        end = MARGIN + LABEL + len(months) * wide
        left = min(middle - need / 2, end - need)
        if left + need <= taken and left >= MARGIN + LABEL - 20:
            parts.append(text(left, below, months[number].when))
            taken = left - 10
    return parts


def _described(months: Sequence[Month]) -> str:
    """What the picture shows, for those who do not see it."""
    if not months:
        return "No month to colour."
    counted = [f"{sum(month.colour == code for month in months)} {name}" for code, name in enumerate(_COLOURS)]
    red = sum(month.colour == RED for month in months)
    true = sum(month.colour == RED and month.concern for month in months)
    marked, shown = sum(month.then == CONCERN for month in months), sum(month.shown for month in months)
    return (
        f"{len(months)} months, {months[0].when} to {months[-1].when}: {', '.join(counted)}. "
        f"Of the red, {true} of {red} had something of concern behind them. "
        f"The rules marked {marked} as concern; the budget would have shown {shown}."
    )
