"""Rows that are parts of one number, codes that merged, and the sentences on what was done with rows."""

import datetime as dt
from collections import defaultdict
from dataclasses import replace
from decimal import Decimal

from holdgood.measures.mapping.mapped import Mapped, Number
from holdgood.measures.mapping.plan import SCORE, Mapping
from holdgood.measures.mapping.successors import Several, successor
from holdgood.measures.written import STORED

Key = tuple[str, str, dt.date]


def join(mapped: Mapped, mapping: Mapping) -> None:
    """One number for each measure, place and period."""
    scores = {value.measure for value in mapping.values if value.kind == SCORE}
    merged = _succeed(mapped, mapping)
    groups: dict[Key, list[Number]] = defaultdict(list)
    for row in mapped.rows:
        groups[row.measure, row.place.casefold(), row.first].append(row)
    joined, added, unknown, twice = [], 0, 0, 0
    for rows in groups.values():
        places = {merged.get(row.row, row.place) for row in rows}
        plain_score = rows[0].measure in scores and any(row.denominator is None for row in rows)
        may = (mapping.add_up or len(places) == len(rows)) and not plain_score
        same = len({(row.numerator, row.denominator) for row in rows}) == 1
        if len(rows) > 1 and not may and same:
            twice += 1
        elif len(rows) > 1 and not may:
            _refuse(mapped, rows, plain_score)
        elif len(rows) > 1:
            added, unknown = added + len(rows), unknown + any(row.numerator is None for row in rows)
        joined.append(_sum(rows, rows[0].measure in scores) if len(rows) > 1 and may else rows[0])
    mapped.rows = joined
    if added:
        mapped.notes.append(
            f"{added:,} rows are parts of {_numbers(sum(len(row.rows) > 1 for row in joined))}: added up."
        )
    if twice:
        mapped.notes.append(
            f"{_numbers(twice)} {_count(twice, 'stands', 'stand')} there twice, the same: counted once."
        )
    if unknown:
        mapped.notes.append(f"{_numbers(unknown)} of which a part has no data {_count(unknown)} as no data.")


def _sum(rows: list[Number], score: bool) -> Number:
    """Where a part has no data the sum has none. A score is the mean of its parts, weighted by what they are of."""
    weights = [row.denominator or Decimal(0) for row in rows] if score else [Decimal(1)] * len(rows)
    parts = [
        None if row.numerator is None else row.numerator * weight for row, weight in zip(rows, weights, strict=True)
    ]
    numerator = _add(parts)
    if score and numerator is not None:
        numerator = (numerator / sum(weights)).quantize(STORED).normalize() if sum(weights) else None
    return replace(
        rows[0],
        numerator=numerator,
        denominator=_add([row.denominator for row in rows]),
        rows=tuple(row.row for row in rows),
    )


def _add(parts: list[Decimal | None]) -> Decimal | None:
    known = [part for part in parts if part is not None]
    return sum(known, Decimal(0)) if len(known) == len(parts) else None


def _refuse(mapped: Mapped, rows: list[Number], score: bool) -> None:
    numbers = " and ".join(f"{row.row:,}" for row in rows[:4])
    advice = (
        "A score cannot be added up: choose which rows are taken." if score
        else "Choose which rows are taken, or say that they are parts of one number."
    )  # fmt: skip
    mapped.refuse(
        f"{rows[0].measure} of {rows[0].place} for {rows[0].period} stands in {len(rows):,} rows, {numbers}. {advice}",
        rows[1].row, "", rows[1].raw,
    )  # fmt: skip


def _succeed(mapped: Mapped, mapping: Mapping) -> dict[int, str]:
    """Rows of codes that merged under the code of today, if that is asked for; by row, the code that it had."""
    if mapping.successors == "no":
        return {}
    before: dict[int, str] = {}
    told: dict[tuple[str, str], int] = {}
    for place, row in enumerate(mapped.rows):
        try:
            now = successor(row.place, dt.date.max if mapping.successors == "always" else row.first)
        except Several as problem:
            mapped.ask(f"Row {row.row:,}: {problem}")
            continue
        before[row.row] = row.place
        if now != row.place:
            told[row.place, now] = told.get((row.place, now), 0) + 1
            mapped.rows[place] = replace(row, place=now)
    for (old, now), count in told.items():
        mapped.notes.append(f"{old} is part of {now} now: {_numbers(count)} counted for {now}.")
    return before


def say(mapped: Mapped, rounded: int) -> None:
    """What was left out, and how many numbers there are."""
    for reason, count in mapped.left.items():
        mapped.notes.append(f"Left out: {count:,} {_count(count, 'row', 'rows')} {reason}.")
    if mapped.totals:
        rows = {total.row: total.label for total in mapped.totals}
        first = next(iter(rows))
        more = f" and {len(rows) - 1:,} more" if len(rows) > 1 else ""
        mapped.notes.append(f"Set aside as totals: row {first:,} ({rows[first][:40]}){more}.")
    empty = sum(row.numerator is None for row in mapped.rows)
    if empty:
        mapped.notes.append(
            f"{_numbers(empty)} {_count(empty, 'says', 'say')} that there is no data, which is no nought."
        )
    if rounded:
        mapped.notes.append(f"{_numbers(rounded)} had more than six digits after the point and were rounded.")
    if not mapped.wrong and not any(row.numerator is not None for row in mapped.rows):
        mapped.refuse("No row has a number that the mapping asks for. Look whether it fits this file.")


def _numbers(count: int) -> str:
    return "1 number" if count == 1 else f"{count:,} numbers"


def _count(count: int, one: str = "counts", more: str = "count") -> str:
    return one if count == 1 else more
