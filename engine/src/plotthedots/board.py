"""Many charts at once: the icon grid with what moved, small multiples, and a row a series."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

from plotthedots import svg
from plotthedots.card import NO_NUMBER, Card
from plotthedots.errors import BadInput
from plotthedots.result import Result
from plotthedots.svg.grid import Cell, column_of
from plotthedots.svg.multiples import CHART, SPARK, Small, size

TOO_FEW = 15  # points, below which a board says that there are too few to tell
MOST = 120  # charts that one picture holds
LAST = 24  # points of a small chart


def icon_grid(result: Result, too_few: int = TOO_FEW, movement: bool = True, **options: Any) -> str:
    """How many series are in each cell of assurance and variation, and which moved since the period before, as SVG.

    too_few: points under which a series stands under "too few". movement: draw an arrow for series whose cell was
    another had the last row of each not been there. Options: title, width, style, id.
    """
    now = cells(result, too_few)
    moved = Counter(
        (before, now[name]) for name, before in cells_before(result, too_few).items() if now[name] != before
    )
    return svg.grid(Counter(now.values()), moved=moved if movement else None, **options)


def small_multiples(
    result: Result, common: bool = True, series: Sequence[Any] | None = None, last: int = LAST, width: float = 960,
    **options: Any,
) -> str:  # fmt: skip
    """The charts of series side by side, as SVG.

    common: one scale of values for all, so that places can be compared; else each its own. series: which, in this
    order; by default all. last: points drawn. Options: title, subtitle, columns, style, id. Raises BadInput above 120.
    """
    cards = _cards(result, series)
    _, wide = size(width, options.get("columns"))
    shared = span(result, [card.position for card in cards], last) if common else None
    found = [small(card, small_chart(result, card.position, wide, shared, last)) for card in cards]
    return svg.multiples(found, width=width, **options)


def small_chart(
    result: Result, position: int, width: float, span: tuple[float, float] | None = None, last: int = LAST,
    **options: Any,
) -> str:  # fmt: skip
    """One of many charts: without words of its own, on the scale of values that `span` says. Options: style, id."""
    look: dict[str, Any] = {"heading": False, "style": False, "key": False, "height": CHART, "id": f"s{position}"}
    return result.draw(position, width=width, span=span, last=last, **(look | options))


def overview(result: Result, series: Sequence[Any] | None = None, **options: Any) -> str:
    """A row a series: name, sparkline, latest value, usual range, target, icons; as SVG.

    series: which, in this order; by default all. Options: title, subtitle, width, style, id. Raises BadInput above 120.
    """
    found = [
        small(card, result.sparkline_at(card.position, width=SPARK, id=f"r{card.position}"))
        for card in _cards(result, series)
    ]
    return svg.overview(found, **options)


def cells(result: Result, too_few: int = TOO_FEW) -> dict[Any, Cell]:
    """The cell of each series in the grid: assurance, and variation."""
    numbers, latest = result._figures, result._prepared.stretches.last_of_series.tolist()
    found = {}
    for name, row in zip(result.series, latest, strict=True):
        variation, assurance = result._verdict(row)
        found[name] = (assurance or "none", column_of(variation, bool(numbers.n[row] < too_few)))
    return found


def cells_before(result: Result, too_few: int = TOO_FEW) -> dict[Any, Cell]:
    """The same had the last row of each series not been there; series that began with it are left out."""
    return cells(result.earlier(), too_few)


def _cards(result: Result, series: Sequence[Any] | None) -> list[Card]:
    chosen = range(len(result.series)) if series is None else [result._position((name,)) for name in series]
    if len(chosen) > MOST:
        raise BadInput(f"found {len(chosen):,} series, expected {MOST} or fewer in one picture: name them with series.")
    return [result._card(position) for position in chosen]


def small(card: Card, drawn: str) -> Small:
    """One of many as a picture takes it: its name, how its latest value reads, its icons, its drawing."""
    few = card.n < TOO_FEW or card.variation is None
    target = "" if card.target == NO_NUMBER else card.target
    limits = card.phases[-1].limits if card.phases else ""
    variation = "too_few" if few else str(card.variation)
    limits = "" if limits == NO_NUMBER else limits
    return Small(card.name or "The measure", card.latest, variation, card.assurance or "none", drawn, target, limits)


def span(result: Result, positions: Sequence[int], last: int) -> tuple[float, float] | None:
    """The lowest and highest of all that is drawn of the last points, in every series."""
    made, target = result._made, result._prepared.target
    lines = [made.value, made.lower, made.upper, made.centre, *([] if target is None else [target])]
    rows = [slice(max(here.start, here.stop - last), here.stop) for here in map(result._rows, positions)]
    known = np.concatenate([line[own] for line in lines for own in rows] or [np.zeros(0)])
    known = known[np.isfinite(known)]
    return (float(known.min()), float(known.max())) if len(known) else None
