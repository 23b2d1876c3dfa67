"""Causes and how often each was there, the most common first; and what is to be known before reading them."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from plotthedots import frame as frames
from plotthedots import ordering
from plotthedots.constants import Floats
from plotthedots.errors import BadInput

VITAL = 0.8  # of all: Juran's "vital few"
FEW = 30  # events
ENOUGH = 5  # causes, from which more than half of them are not a vital few
MUCH = 0.1  # of all, from which a catch-all is worth a word
CATCH_ALL = frozenset((
    "other", "others", "other cause", "other causes", "all other", "misc", "miscellaneous", "various", "unknown",
    "not known", "not recorded", "not specified", "unspecified", "none given", "n/a", "na", "blank",
))  # fmt: skip
Z_95 = 1.6448536269514722  # upper twentieth of the normal


@dataclass(frozen=True, slots=True)
class Causes:
    """A row a cause, from the most common down; ties as they came. A count is nan where none of its rows has one."""

    table: frames.Table
    cause: Any
    count: Floats
    share: Floats
    cumulative: Floats
    total: float
    vital: int
    codes: list[str]

    @property
    def names(self) -> list[str]:
        return [str(name) for name in self.cause.to_pylist()]


def causes(frame: Any, cause: str, count: str | None) -> Causes:
    """Read, check, add up and sort. BadInput names the row and column of the frame as it was given."""
    table = frames.read(frame, list(dict.fromkeys([cause, *([] if count is None else [count])])))
    if not table.rows:
        raise BadInput("the table has no rows, expected at least one.")
    _refuse_missing(table, cause)
    ordered = ordering.order(table, (cause,), np.arange(table.rows))
    given = np.ones(table.rows) if count is None else frames.floats(table, count)
    if (given < 0).any():
        row = int(np.flatnonzero(given < 0)[0])
        raise BadInput(f"found {given[row]:.15g}, expected a count of 0 or more.", row=row, column=count)
    values = ordered.take(given)
    there = values == values
    sums = ordered.series.sum(np.where(there, values, 0.0))
    sums = np.where(ordered.series.count(there) > 0, sums, np.nan)
    came = np.array([ordered.original(int(start)) for start in ordered.series.starts])
    return _ranked(table, ordered.keys[0], sums, came, bool(there.all()))


def _refuse_missing(table: frames.Table, cause: str) -> None:
    column = table.columns[cause]
    if column.null_count:
        row = int(np.flatnonzero(column.is_null().to_numpy(zero_copy_only=False))[0])
        raise BadInput("the cause is missing; expected one in every row, such as not recorded.", row=row, column=cause)


def _ranked(table: frames.Table, keys: Any, sums: Floats, came: Floats, complete: bool) -> Causes:
    order = np.lexsort((came, -np.where(sums == sums, sums, -1.0)))
    count = sums[order]
    known = np.where(count == count, count, 0.0)
    running = np.cumsum(known)
    total = float(running[-1])
    with np.errstate(all="ignore"):
        share = np.where(count == count, count / total, np.nan) if total > 0 else np.full(len(count), np.nan)
        cumulative = np.where(count == count, running / total, np.nan) if total > 0 else np.full(len(count), np.nan)
    vital = int(np.searchsorted(running, VITAL * total * (1 - 1e-12))) + 1 if total > 0 else 0
    cause = keys.take(pa.array(order))
    codes = _codes([str(name) for name in cause.to_pylist()], known, share, vital, complete)
    return Causes(table, cause, count, share, cumulative, total, vital, codes)


def _codes(names: list[str], count: Floats, share: Floats, vital: int, complete: bool) -> list[str]:
    """The advice that applies (criteria: docs/reference/advice.md)."""
    total = float(count.sum())
    there = int((count > 0).sum())
    several = total > 0 and len(names) > 1
    whole = bool((count % 1 == 0).all())
    vague = any(name.strip().lower() in CATCH_ALL and own >= MUCH for name, own in zip(names, share, strict=True))
    even = several and there > 1 and _even(count)
    found = {
        "no_events": total <= 0,
        "one_cause": total > 0 and len(names) == 1,
        "missing": not complete,
        "few_events": several and total < FEW,
        "even": even,
        "flat": several and not even and len(names) >= ENOUGH and vital > len(names) / 2,
        "catch_all": several and vague,
        "not_counts": not whole,
    }
    return [code for code, applies in found.items() if applies]


def _even(count: Floats) -> bool:
    """Whether counts differ no more than chance gives: χ² for equal shares, within 95 %, after Wilson and Hilferty."""
    free = len(count) - 1
    expected = float(count.mean())
    statistic = float(((count - expected) ** 2).sum()) / expected
    limit = free * (1 - 2 / (9 * free) + Z_95 * math.sqrt(2 / (9 * free))) ** 3
    return statistic <= limit
