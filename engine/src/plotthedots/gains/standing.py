"""Where each claim stands at its latest observation: the numbers that tables, charts and sentences draw on."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa

from plotthedots.constants import Floats, Whole
from plotthedots.forecast.periods import ticks_a_day
from plotthedots.gains import monitor
from plotthedots.gains.claims import NEVER
from plotthedots.gains.judge import CLAIMED, LOST, SLIPPING, UNWATCHED, WITHDRAWN, Judged
from plotthedots.limits import FAMILIES

DAYS_A_MONTH = 30.436875  # mean of the Gregorian calendar


@dataclass(frozen=True, slots=True)
class Now:
    """Of each claim, what holds at its latest observation; nan, −1 and `NEVER` where there is none."""

    column: Whole
    status: Whole
    since: Whole
    signalled: Whole
    established: Whole
    slipped: Whole
    lost: Whole
    before: Floats
    after: Floats
    size: Floats
    size_lower: Floats
    size_upper: Floats
    retained: list[Floats]  # share, lower and upper end
    as_strong: Floats
    placebos: Whole


class Standing:
    """What was judged, arranged by claim and period since the claim."""

    def __init__(self, judged: Judged) -> None:
        self.judged = judged

    @cached_property
    def moments(self) -> Whole:
        """The date of each observation, by claim and column; `NEVER` where there is none."""
        judged = self.judged
        made = np.full_like(judged.status, NEVER)
        rows, owner = judged.frozen.rows, np.repeat(np.arange(len(made)), judged.frozen.claims.lengths)
        column = judged.panel.number[rows] - judged.claimed.place[owner]
        since = (column >= 0) & (column < made.shape[1])
        made[owner[since], column[since]] = judged.panel.prepared.moments[rows[since]]
        return np.where(judged.observed, made, NEVER)

    @cached_property
    def lines(self) -> tuple[Floats, Floats, Floats]:
        """Limits frozen before the claim, and from establishment on those about the established level."""
        judged = self.judged
        shape = judged.status.shape
        frozen, panel = judged.frozen, judged.panel
        owner = np.repeat(np.arange(shape[0]), frozen.claims.lengths)
        column = panel.number[frozen.rows] - judged.claimed.place[owner]
        since = (column >= 0) & (column < shape[1])
        made = []
        for line in (frozen.centre, frozen.lower, frozen.upper):
            wide = np.full(shape, np.nan)
            wide[owner[since], column[since]] = line[since]
            made.append(wide)
        centre, lower, upper = made
        if judged.watch is None:
            return centre, lower, upper
        rows = np.flatnonzero(judged.watched >= 0)
        level = panel.back(judged.windows.take(rows).out(judged.watch.before + judged.watch.change))
        known = level == level
        if panel.chart in ("g", "t"):
            below, above = level * lower[rows] / centre[rows], level * upper[rows] / centre[rows]
        else:
            below, above = level + lower[rows] - centre[rows], level + upper[rows] - centre[rows]
        family = FAMILIES[panel.chart]
        below = below if family.lowest is None else np.maximum(below, family.lowest)
        above = above if family.highest is None else np.minimum(above, family.highest)
        for line, other in ((centre, level), (lower, below), (upper, above)):
            line[rows] = np.where(known, other, line[rows])
        return centre, lower, upper

    @cached_property
    def now(self) -> Now:
        judged = self.judged
        seen = judged.status >= 0
        last = np.where(seen.any(axis=1), seen.shape[1] - 1 - seen[:, ::-1].argmax(axis=1), -1)
        status = np.where(last >= 0, judged.status[np.arange(len(last)), np.maximum(last, 0)], CLAIMED)
        since = self._since(status, last)
        status = np.where(judged.unwatched, UNWATCHED, status)
        since = np.where(judged.unwatched & (judged.last_seen != NEVER), judged.last_seen, since)
        status = np.where(judged.withdrawn, WITHDRAWN, status)
        since = np.where(judged.withdrawn, judged.claims.withdrawn_on, since)
        signalled = np.where(
            judged.signalled >= 0, judged.panel.prepared.moments[np.maximum(judged.signalled, 0)], NEVER
        )
        before, change, spread = self._change(last)
        windows, panel = judged.windows, judged.panel
        low, high = windows.out(change - spread), windows.out(change + spread)
        former = np.where(windows.n_before > 0, panel.back(before), np.nan)
        size = panel.back(windows.out(change)) - former
        ends = np.sort(np.stack([panel.back(low) - former, panel.back(high) - former]), axis=0)
        at = np.where(judged.established >= 0, judged.established, last)
        count = np.where(at >= 0, judged.placebos.count[np.arange(len(at)), np.maximum(at, 0)], 0)
        share = self.at(judged.placebos.share, at)
        every = np.arange(len(last))
        retained = [self.of_watched(part, every, np.maximum(last, 0)) for part in judged.retained]
        return Now(
            last, status, since, signalled, self.at(self.moments, judged.established), self._first(SLIPPING),
            self._first(LOST), former, former + size, size, ends[0], ends[1],
            retained,
            np.where(windows.usable, share, np.nan), np.where(windows.usable, count, 0),
        )  # fmt: skip

    def _since(self, status: Whole, last: Whole) -> Whole:
        """Date of the first of the latest rows that have the same status."""
        judged = self.judged
        made = judged.claims.claimed.copy()
        for claim in np.flatnonzero(last >= 0):
            columns = np.flatnonzero(judged.status[claim] >= 0)
            other = np.flatnonzero(judged.status[claim, columns] != status[claim])
            first = columns[other[-1] + 1] if len(other) else columns[0]
            if not (status[claim] == CLAIMED and first == columns[0]):
                made[claim] = self.moments[claim, first]
        return made

    def _change(self, last: Whole) -> tuple[Floats, Floats, Floats]:
        """The level before, the change and half of its interval, by what is known at the latest observation."""
        judged = self.judged
        change, spread = self.at(judged.evidence.mean, last), self.at(judged.evidence.spread, last)
        count = judged.windows.n_before + judged.observed.sum(axis=1)
        if judged.watch is not None:
            every, column = np.arange(len(last)), np.maximum(last, 0)
            known = self.of_watched(judged.watch.change, every, column)
            change = np.where(known == known, known, change)
            spread = np.where(known == known, self.of_watched(judged.watch.spread, every, column), spread)
        half = monitor.student_quantile((count - 2).astype(np.float64)) * spread
        usable = judged.windows.usable
        return judged.windows.centre, np.where(usable, change, np.nan), np.where(usable, half, np.nan)

    def _first(self, status: int) -> Whole:
        """Date of the first row with a status."""
        there = self.judged.status == status
        return np.asarray(self.at(self.moments, np.where(there.any(axis=1), there.argmax(axis=1), -1)))

    def of_watched(self, values: Floats, claim: Whole, column: Whole) -> Floats:
        watched = self.judged.watched[claim]
        if not len(values):
            return np.full(len(claim), np.nan)
        return np.where(watched >= 0, values[np.maximum(watched, 0), column], np.nan)

    def at(self, values: Any, column: Whole) -> Any:
        found = values[np.arange(len(column)), np.maximum(column, 0)]
        return np.where(column >= 0, found, NEVER if values.dtype.kind == "i" else np.nan)

    def months(self, moments: Whole) -> Floats:
        ticks = ticks_a_day(self.judged.panel.prepared.dates.type)
        return moments / (ticks * DAYS_A_MONTH) if ticks else moments.astype(np.float64)

    def dates(self, moments: Whole) -> Any:
        """Moments in the type of the date column, null where there is none."""
        kind = self.judged.panel.prepared.dates.type
        missing = moments == NEVER
        plain = np.where(missing, 0, moments)
        if pa.types.is_date32(kind):
            return pa.array(plain.astype(np.int32), mask=missing).cast(kind)
        return pa.array(plain.astype(np.int64), mask=missing).cast(kind)

    @property
    def percent(self) -> bool:
        return FAMILIES[self.judged.panel.chart].highest == 1
