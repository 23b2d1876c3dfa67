"""Many charts in one picture: side by side, or a row each."""

from collections.abc import Sequence
from typing import NamedTuple

from plotthedots.svg.element import clip, length, text, wrap
from plotthedots.svg.frame import MARGIN, above, picture
from plotthedots.svg.frame import heading as headed
from plotthedots.svg.icon import icon
from plotthedots.svg.style import CHARTS_ONLY

NAME, CHART, BETWEEN = 26.0, 170.0, 18.0  # height of a name and of a chart, and what lies between charts
LEAST = 300.0  # width of a chart that can be read
ROW, HEAD = 44.0, 30.0
SPARK = 160.0
KEY = (
    "Line: average. Between the dashed lines: usual range. Dotted: target. Blue dot: improvement beyond chance; "
    "orange diamond: concern; purple triangle: neither."
)
WIDE = 620.0  # below that width a row leaves out what the chart says already


class Small(NamedTuple):
    """One of many: its name, how its latest value reads, its icons, and its drawing without a sheet."""

    name: str
    latest: str
    variation: str
    assurance: str
    drawn: str
    target: str = ""
    limits: str = ""


def size(width: float, columns: int | None = None) -> tuple[int, float]:
    """How many charts stand side by side, and how wide each is."""
    fit = columns or max(1, int((width - 2 * MARGIN + BETWEEN) // (LEAST + BETWEEN)))
    return fit, (width - 2 * MARGIN - BETWEEN * (fit - 1)) / fit


def multiples(
    charts: Sequence[Small], *, title: str = "", subtitle: str = "", desc: str = "", width: float = 960,
    columns: int | None = None, style: bool = True, id: str = "",
) -> str:  # fmt: skip
    """Charts in rows, each under its name, as one SVG element; they are as wide as `size` says, and CHART high."""
    fit, wide = size(width, columns)
    parts, top = above(headed(title, width, shown=True), subtitle)
    high = NAME + CHART + BETWEEN
    for number, one in enumerate(charts):
        x, y = MARGIN + (number % fit) * (wide + BETWEEN), top + 6 + (number // fit) * high
        parts.append(_placed(icon(one.variation, size=26), x, y))
        room = wide - 38 - length(one.latest, bold=True)
        parts.append(text(x + 32, y + 18, clip(one.name, room, bold=True), "ptd-strong"))
        parts.append(text(x + wide, y + 18, one.latest, "ptd-said", "end"))
        parts.append(_placed(one.drawn, x, y + NAME))
    bottom = top + 6 + -(-len(charts) // fit) * high
    key = wrap(KEY, width - 2 * MARGIN)
    parts += [text(MARGIN, bottom + 8 + 17 * number, line) for number, line in enumerate(key)]
    return picture(
        "Charts side by side", parts, title=title, desc=desc or _told(charts), width=width,
        height=bottom + 17 * len(key) + 4, told=repr([one[:4] for one in charts]).encode(), style=style, id=id,
        sheet=CHARTS_ONLY,
    )  # fmt: skip


def overview(
    rows: Sequence[Small], *, title: str = "", subtitle: str = "", desc: str = "", width: float = 960,
    style: bool = True, id: str = "",
) -> str:  # fmt: skip
    """A table as one SVG element: name, sparkline, latest value, usual range, target and the two icons of each."""
    parts, top = above(headed(title, width, shown=True), subtitle)
    icons = width - MARGIN - 80
    ends = [icons - 16] if width < WIDE else [icons - 16, icons - 100, icons - 230]
    heads = ["Latest"] if width < WIDE else ["Target", "Usual range", "Latest"]
    spark = ends[-1] - 80 - SPARK
    y = top + HEAD - 10
    parts += [text(MARGIN, y, "Measure", "ptd-strong"), text(spark, y, "The last 24", "ptd-strong")]
    parts += [text(x, y, head, "ptd-strong", "end") for x, head in zip(ends, heads, strict=True)]
    for number, one in enumerate(rows):
        y = top + HEAD + number * ROW
        cells = [one.latest] if width < WIDE else [one.target, one.limits, one.latest]
        parts.append(f'<path class="ptd-lines" d="M{MARGIN:.0f} {y:.1f}H{width - MARGIN:.0f}"/>')
        parts.append(text(MARGIN, y + 27, clip(one.name, spark - MARGIN - 10, bold=True), "ptd-strong"))
        parts.append(_placed(one.drawn, spark, y + 4))
        parts += [text(x, y + 27, cell, "ptd-said", "end") for x, cell in zip(ends, cells, strict=True)]
        parts += [
            _placed(icon(one.variation, size=36), icons, y + 4),
            _placed(icon(one.assurance, size=36), icons + 42, y + 4),
        ]
    return picture(
        "Measures, a row each", parts, title=title, desc=desc or _told(rows), width=width,
        height=top + HEAD + len(rows) * ROW + 6, told=repr([one[:4] for one in rows]).encode(), style=style, id=id,
        sheet=CHARTS_ONLY,
    )  # fmt: skip


def _placed(drawn: str, x: float, y: float) -> str:
    """A picture inside another, its corner at x and y."""
    return drawn.replace("<svg ", f'<svg x="{x:.1f}" y="{y:.1f}" ', 1)


def _told(charts: Sequence[Small]) -> str:
    """What there is, for those who do not see it."""
    if not charts:
        return "No chart."
    return f"{len(charts):,} charts: " + "; ".join(f"{one.name} {one.latest}".strip() for one in charts) + "."
