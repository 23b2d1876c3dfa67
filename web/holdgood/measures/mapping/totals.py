"""Totals among the rows, held against the sums of the rows: a difference is a question."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from holdgood.measures.mapping import heads
from holdgood.measures.mapping.mapped import Mapped, Number, Total
from holdgood.measures.mapping.plan import SCORE, TOTALS, Mapping

NEAR = Decimal("0.5")
SHARE = Decimal("0.000001")  # of a total: what is lost where a program adds up fractions
_WHOLE = {heads.plain(label) for label in TOTALS}
Key = tuple[str, dt.date | None]


def date(mapped: Mapped) -> None:
    """A total whose period is not said is of the only one there is."""
    firsts: dict[str, set[dt.date]] = defaultdict(set)
    for row in mapped.rows:
        firsts[row.measure].add(row.first)
    for place, total in enumerate(mapped.totals):
        if total.first is None and len(firsts[total.measure]) == 1:
            mapped.totals[place] = replace(total, first=next(iter(firsts[total.measure])))


def check(mapped: Mapped, mapping: Mapping, rows: Sequence[Number]) -> None:
    """`rows`: every row with a number, before any were added up."""
    adds = {value.measure for value in mapping.values if value.kind != SCORE}
    weighted = {value.measure for value in mapping.values if value.kind == SCORE and value.denominator is not None}
    groups: dict[Key, list[Total]] = defaultdict(list)
    for total in mapped.totals:
        if total.measure in weighted:  # of a mean only what it is out of adds up
            total = replace(total, numerator=None)
        if total.measure in adds | weighted:
            groups[total.measure, total.first].append(total)
    parts: dict[Key, list[Number]] = defaultdict(list)
    for row in rows:
        parts[row.measure, row.first].append(row)
    agreed: list[str] = []
    for key, totals in groups.items():
        for total in totals:
            _compare(mapped, total, _parts_of(total, totals, parts[key], mapping), agreed)
    if agreed:
        count = "A total agrees" if len(agreed) == 1 else f"{len(agreed)} totals agree"
        mapped.notes.append(f"{count} with the sum of the rows: {agreed[0]}.")


def _parts_of(total: Total, totals: Sequence[Total], rows: list[Number], mapping: Mapping) -> list[Number]:
    """All rows, of the whole; of one of several totals, the rows below it as far as the next, else those above."""
    labels = _WHOLE | {heads.plain(label) for label in mapping.totals}
    places = sorted({each.row for each in totals})
    if heads.plain(total.label) in labels or len(places) == 1:
        return rows
    at = places.index(total.row)
    end = places[at + 1] if at + 1 < len(places) else float("inf")
    below = [row for row in rows if total.row < row.row < end]
    start = places[at - 1] if at else 0
    return below or [row for row in rows if start < row.row < total.row]


def _compare(mapped: Mapped, total: Total, rows: Sequence[Number], agreed: list[str]) -> None:
    if not rows:
        return
    for what, told, parts in (
        ("numbers", total.numerator, [row.numerator for row in rows]),
        ("out of", total.denominator, [row.denominator for row in rows]),
    ):
        known = [part for part in parts if part is not None]
        if told is None or not known:
            continue
        summed = sum(known, Decimal(0))
        if abs(told - summed) <= max(NEAR, abs(told) * SHARE):
            agreed.append(f"row {total.row:,}, {total.label[:40]}, {_said(told)} of {total.measure}")
            continue
        without = len(parts) - len(known)
        missing = f"; {without:,} of them have no data" if without else ""
        of = f" ({what})" if what != "numbers" else ""
        mapped.ask(
            f"Row {total.row:,}, {total.label[:40]}: {_said(told)} of {total.measure}{of} was found, and its "
            f"{len(rows):,} rows add up to {_said(summed)}{missing}. Look whether rows are missing, or are there twice."
        )


def _said(number: Decimal) -> str:
    return f"{number.normalize():,f}"
