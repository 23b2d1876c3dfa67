"""The claims: which series, since when, which way is better, and what else is known of each."""

import datetime as dt
import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from plotthedots import frame as frames
from plotthedots.constants import Floats, Whole, names
from plotthedots.errors import BadInput
from plotthedots.prepare import Prepared
from plotthedots.wanted import BETTER

NEVER = np.iinfo(np.int64).max
DATES = ("baseline_from", "entered_on", "withdrawn_on")
SURVIVAL = ("time", "at_risk", "events", "survival", "lower", "upper")


@dataclass(frozen=True, slots=True)
class Claims:
    """A row a claim, in the order given. Dates are on the scale of the measure's; `NEVER` where there is none."""

    table: frames.Table
    series: Whole
    gain: list[str]
    claimed: Whole
    way: Floats
    baseline_from: Whole  # the smallest number where there is none
    entered_on: Whole
    withdrawn_on: Whole
    conditions: dict[str, Any]


def read(given: Any, prepared: Prepared, direction: str | None, conditions: Sequence[str]) -> Claims:
    """Read and check claims. BadInput names the row of the claims."""
    by = prepared.by
    for name in conditions:
        if name in SURVIVAL:
            raise BadInput(f'conditions: found "{name}", which survival has a column of its own for; rename it.')
    try:
        present = frames.column_names(given)
        optional = [name for name in ("gain", "direction", *DATES) if name in present]
        table = frames.read(given, [*by, "claimed", *optional, *conditions])
        if not table.rows:
            raise BadInput("there are none, expected at least one.")
        series = _series(table, prepared)
        kind = prepared.dates.type
        claimed = _moments(table, "claimed", kind)
        if (claimed == NEVER).any():
            row = int(np.flatnonzero(claimed == NEVER)[0])
            raise BadInput("the date is missing; expected one in every row.", row=row, column="claimed")
        dates = {name: _moments(table, name, kind) if name in optional else None for name in DATES}
        none = np.full(table.rows, NEVER)
        baseline = dates["baseline_from"]
        if baseline is not None and ((baseline != NEVER) & (baseline >= claimed)).any():
            row = int(np.flatnonzero((baseline != NEVER) & (baseline >= claimed))[0])
            raise BadInput(
                f"found {date_text(int(baseline[row]), kind)}, expected a date before the one claimed.",
                row=row, column="baseline_from",
            )  # fmt: skip
        return Claims(
            table,
            series,
            _gains(table, prepared, series, claimed),
            claimed,
            _ways(table, prepared, series, direction),
            np.where(baseline == NEVER, np.iinfo(np.int64).min, baseline)
            if baseline is not None
            else np.full(table.rows, np.iinfo(np.int64).min),
            none if dates["entered_on"] is None else dates["entered_on"],
            none if dates["withdrawn_on"] is None else dates["withdrawn_on"],
            {name: table.columns[name] for name in conditions},
        )
    except BadInput as problem:
        raise BadInput(problem.problem, row=problem.row, column=problem.column, table="claims") from None


def _series(table: frames.Table, prepared: Prepared) -> Whole:
    """Position of the series of each claim."""
    if not prepared.by:
        return np.zeros(table.rows, dtype=np.int64)
    labels = prepared.labels()
    place = {label: position for position, label in enumerate(labels)}
    columns = [table.columns[name].to_pylist() for name in prepared.by]
    wanted = columns[0] if len(columns) == 1 else list(zip(*columns, strict=True))
    found = np.empty(len(wanted), dtype=np.int64)
    for row, label in enumerate(wanted):
        if label not in place:
            shown = _shown(label)
            close = difflib.get_close_matches(shown, [_shown(own) for own in labels], n=1, cutoff=0.6)
            guess = f' Did you mean "{close[0]}"?' if close else ""
            raise BadInput(
                f'found "{shown}", expected a series of the frame.{guess}', row=row, column=", ".join(prepared.by)
            )
        found[row] = place[label]
    return found


def _shown(label: Any) -> str:
    return ", ".join(map(str, label)) if isinstance(label, tuple) else str(label)


def _moments(table: frames.Table, name: str, like: pa.DataType) -> Whole:
    """A column of dates on the scale of the measure's dates; `NEVER` where one is missing."""
    column = table.columns[name]
    there = np.flatnonzero(column.is_valid().to_numpy(zero_copy_only=False))
    made = np.full(len(column), NEVER)
    if not len(there):
        return made
    kept = frames.Table(table.kind, {name: column.take(pa.array(there))}, [name], len(there), False, [])
    try:
        dates, moments = frames.read_dates(kept, name)
    except BadInput as problem:
        row = None if problem.row is None else int(there[problem.row])
        raise BadInput(problem.problem, row=row, column=name) from None
    if pa.types.is_integer(like) != pa.types.is_integer(dates.type):
        expected = "whole numbers as in the date column" if pa.types.is_integer(like) else "dates"
        raise BadInput(f"found {dates[0].as_py()}, expected {expected}.", row=int(there[0]), column=name)
    if dates.type != like and not pa.types.is_integer(like):
        try:
            moments = scaled(dates, like)
        except pa.ArrowInvalid:
            raise BadInput("found a date further off than the date column can hold.", column=name) from None
    made[there] = moments
    return made


def scaled(dates: pa.Array, like: pa.DataType) -> Whole:
    """Dates or times on the scale of a date column; ArrowInvalid for what it cannot hold.

    What lies within a step of it (a time of day in a measure of whole days) counts from the next on, as in `spc`.
    """
    if pa.types.is_date32(like):
        whole = pc.ceil_temporal(dates, unit="day").cast(like).cast(pa.int32())
    else:
        finest = dates.cast(pa.timestamp("us")) if pa.types.is_date32(dates.type) else dates
        unit = {"s": "second", "ms": "millisecond", "us": "microsecond", "ns": "nanosecond"}[like.unit]
        whole = pc.ceil_temporal(finest, unit=unit).cast(pa.timestamp(like.unit)).cast(pa.int64())
    return np.asarray(whole.to_numpy(zero_copy_only=False).astype(np.int64))


def _gains(table: frames.Table, prepared: Prepared, series: Whole, claimed: Whole) -> list[str]:
    """Names of the gains: those given, else the series and the date."""
    given = table.columns["gain"].to_pylist() if "gain" in table.columns else [None] * table.rows
    labels = prepared.labels()
    made = []
    for row, name in enumerate(given):
        if name is not None:
            made.append(str(name))
            continue
        label = labels[int(series[row])]
        parts = [str(part) for part in (label if isinstance(label, tuple) else (label,)) if part != ""]
        made.append(" · ".join([*parts, date_text(int(claimed[row]), prepared.dates.type)]))
    seen: set[str] = set()
    for row, name in enumerate(made):
        if name in seen:
            raise BadInput(
                f'found "{name}" a second time, expected a name of its own for each gain.',
                row=row,
                column="gain",
            )
        seen.add(name)
    return made


def date_text(moment: int, kind: pa.DataType) -> str:
    """A date as text: the day alone where the time is midnight."""
    if pa.types.is_integer(kind):
        return str(moment)
    if pa.types.is_date32(kind):
        return str((dt.date(1970, 1, 1) + dt.timedelta(days=moment)).isoformat())
    text = str(np.datetime64(moment, kind.unit).astype("datetime64[s]"))
    return text.removesuffix("T00:00:00")


def _ways(table: frames.Table, prepared: Prepared, series: Whole, direction: str | None) -> Floats:
    """1 where more is better, −1 where less is: the claim's own word, else that of the measure."""
    better = prepared.better
    last = prepared.stretches.series.starts + prepared.stretches.series.lengths - 1
    usual = np.broadcast_to(better, len(prepared.moments))[last][series].astype(np.float64)
    if "direction" in table.columns:
        for row, word in enumerate(table.columns["direction"].to_pylist()):
            if word is None:
                continue
            if word not in BETTER or BETTER[word] == 0:
                expected = names(("increase", "decrease"))
                raise BadInput(f'found "{word}", expected {expected}.', row=row, column="direction")
            usual[row] = BETTER[word]
    if (usual == 0).any():
        row = int(np.flatnonzero(usual == 0)[0])
        found = "no direction" if direction is None else f'"{direction}"'
        raise BadInput(
            f'found {found}, expected "increase" or "decrease": a gain needs a way that is better. '
            "Say direction=, or give the claims a column of that name.",
            row=row,
            column="direction" if "direction" in table.columns else None,
        )
    return np.asarray(usual)
