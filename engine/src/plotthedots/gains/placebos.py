"""What the same comparison says where nothing was done: other series on the claim's dates, own dates before it.

Real series drift, and no model's stated error rate survives that; so the strength of evidence that a claim needs, and
what its monitor must pass, are also read off comparisons of which nobody claimed anything.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from plotthedots.constants import Flags, Floats, Whole
from plotthedots.gains import monitor
from plotthedots.gains.claims import NEVER
from plotthedots.gains.evidence import evidence
from plotthedots.gains.panel import FEWEST_BEFORE, LONGEST_BEFORE, NO_DATE, Panel, Windows, windows

ENOUGH = 20  # placebos from which they have a say
SHARE = 0.04  # of placebos that may have evidence as strong as an established gain's
EARLIER = 8  # own earlier dates, at most
PLANTED = 40  # series in which a gain is planted to see how its monitor does, at most
LEFT_ALONE = 0.1  # share of planted gains, left alone, that may be called slipping
COVERED = 0.8  # of the claim's values before and since that another series must have too


@dataclass(slots=True)
class Others:
    """Windows of other series about the date of a claim, and the column of each that was known at each of the claim's
    periods since (−1: none)."""

    windows: Windows
    known: Whole


@dataclass(slots=True)
class Placebos:
    """Of each claim: how many placebos there are and the share of them with evidence as strong, a column a period
    since the claim; and, for the monitor, the windows of the other series."""

    count: Whole
    share: Floats
    others: list[Others | None]


@dataclass(frozen=True, slots=True)
class Claimed:
    """Where the claims lie in their panel."""

    series: Whole
    place: Whole
    gap: Flags
    way: Floats
    start: Whole
    until: Whole
    moment: Whole


def compare(
    panel: Panel, other: Panel | None, siblings: Whole, claimed: Claimed, highest: Floats, *, own: bool
) -> Placebos:
    """Placebos of claims whose highest evidence so far is `highest` (claims, periods since).

    `siblings` are series of `other` on which nothing was claimed; `own` takes own earlier dates as well.
    """
    claims, periods = highest.shape
    count = np.zeros((claims, periods), dtype=np.int64)
    share = np.full((claims, periods), np.nan)
    others: list[Others | None] = [None] * claims
    known: dict[tuple[int, ...], _Compared] = {}
    own_dates = panel.dates()
    other_dates = own_dates if other is None or other is panel else other.dates()
    for position in range(claims):
        seen = [np.empty((0, periods))]
        if other is not None and len(siblings):
            key = _key(panel, claimed, position)
            if key not in known:
                known[key] = _siblings(panel, other, siblings, claimed, position, other_dates)
            others[position], compared = _as_known(known[key], panel, claimed, position, own_dates)
            seen.append(_wide(compared, periods))
        if own:
            seen.append(_wide(_earlier(panel, claimed, position), periods))
        placebo = np.concatenate(seen)
        there = placebo == placebo
        count[position] = there.sum(axis=0)
        as_strong = (there & (placebo >= highest[position])).sum(axis=0)
        share[position] = np.where(count[position] > 0, as_strong / np.maximum(count[position], 1), np.nan)
    return Placebos(count, share, others)


def _key(panel: Panel, claimed: Claimed, position: int) -> tuple[int, ...]:
    series, place = int(claimed.series[position]), int(claimed.place[position])
    calendar = panel.periods.kind[series], panel.periods.step[series], panel.in_turn[series]
    span = min(place - int(claimed.start[position]), LONGEST_BEFORE)
    since = int(claimed.until[position]) - place
    return (int(claimed.moment[position]), int(claimed.way[position]), span, since, *map(int, calendar))


@dataclass(slots=True)
class _Compared:
    """Other series about a date: their windows, and by period since it their highest evidence, how many values there
    were, and the latest date; and of which the first period is of neither side."""

    windows: Windows
    highest: Floats
    count: Whole
    latest: Whole
    gap: Flags


def _siblings(panel: Panel, other: Panel, siblings: Whole, claimed: Claimed, position: int, dates: Whole) -> _Compared:
    """The other series about the date of a claim. `dates` are those of `other` by series and column."""
    own = int(claimed.series[position])
    series = siblings[alike(panel, own, other, siblings)]
    place, first = other.place(np.full(len(series), claimed.moment[position]), series)
    span = min(int(claimed.place[position] - claimed.start[position]), LONGEST_BEFORE)
    since = int(claimed.until[position] - claimed.place[position])
    made = windows(
        other, series, place, ~first, np.full(len(series), claimed.way[position]),
        start=place - span, until=place + since,
    )  # fmt: skip
    usable = np.flatnonzero(made.usable)
    made = made.take(usable)
    columns = place[usable][:, None] + np.arange(max(since + 1, 0))
    inside = (columns >= 0) & (columns < dates.shape[1])
    there = np.where(inside, dates[series[usable][:, None], np.where(inside, columns, 0)], NO_DATE)
    count = np.cumsum(made.values[:, made.before :] == made.values[:, made.before :], axis=1)[:, : there.shape[1]]
    highest = _wide(_highest(made), there.shape[1])
    return _Compared(made, highest, count, np.maximum.accumulate(there, axis=1), ~first[usable])


def alike(panel: Panel, own: int, other: Panel, siblings: Whole) -> Flags:
    """Which series have the calendar of a claim's own."""
    same = (other.periods.kind[siblings] == panel.periods.kind[own]) & (
        other.periods.step[siblings] == panel.periods.step[own]
    )
    return np.asarray(same & (other.in_turn[siblings] == panel.in_turn[own]))


def _as_known(
    compared: _Compared, panel: Panel, claimed: Claimed, position: int, dates: Whole
) -> tuple[Others, Floats]:
    """The highest evidence of other series as it was known at each date of the claim's own."""
    place, periods = int(claimed.place[position]), compared.highest.shape[1]
    columns = np.arange(place, place + periods)
    inside = (columns >= 0) & (columns < panel.values.shape[1])
    at = claimed.series[position], np.where(inside, columns, 0)
    own, there = np.where(inside, dates[at], NO_DATE), inside & (panel.values[at] == panel.values[at])
    if claimed.gap[position] and periods:
        there[0] = False
    # A period without a row is not judged; it takes the date of the next.
    today = np.minimum.accumulate(np.where(own == NO_DATE, NEVER, own)[::-1])[::-1]
    known = np.broadcast_to(np.arange(periods), compared.highest.shape)
    late = (compared.latest > today).any(axis=1)
    if late.any():
        known = known.copy()
        for row in np.flatnonzero(late):
            known[row] = np.minimum(known[row], np.searchsorted(compared.latest[row], today, side="right") - 1)
    # At each period, those count that have nearly as many values by then: what comes later has no say.
    fewer = compared.gap & bool(periods and there[0])
    asked = np.maximum(COVERED * (np.cumsum(there) - fewer[:, None]), 1)
    by_then = np.maximum(known, 0)
    count, highest = (np.take_along_axis(of, by_then, axis=1) for of in (compared.count, compared.highest))
    return Others(compared.windows, known), np.where((known >= 0) & (count >= asked), highest, np.nan)


def _earlier(panel: Panel, claimed: Claimed, position: int) -> Floats:
    """The same series about dates before the claim, as many periods on as lie before the claim itself."""
    place, start = int(claimed.place[position]), int(max(claimed.start[position], 0))
    first = start + max(FEWEST_BEFORE, 12)
    dates = np.unique(np.linspace(first, max(place - 2, first), EARLIER).astype(np.int64))
    dates = dates[dates <= place - 2]
    if not len(dates):
        return np.empty((0, 1))
    same = np.full(len(dates), claimed.series[position])
    made = windows(
        panel, same, dates, np.zeros(len(dates), dtype=np.bool_), np.full(len(dates), claimed.way[position]),
        start=np.full(len(dates), start), until=np.full(len(dates), place - 1),
    )  # fmt: skip
    highest = _highest(made.take(np.flatnonzero(made.usable)))
    # What lies past the date of the claim is not known to be untouched.
    reach = (place - dates[made.usable])[:, None]
    return np.where(np.arange(highest.shape[1]) < reach, highest, np.nan)


def _highest(made: Windows) -> Floats:
    if not len(made.values):
        return np.empty((0, 1))
    return evidence(made.values, made.noise, made.before).highest


def _wide(values: Floats, periods: int) -> Floats:
    """The same with as many columns."""
    made = np.full((len(values), periods), np.nan)
    width = min(values.shape[1], periods)
    made[:, :width] = values[:, :width]
    return made


def thresholds(others: Sequence[Others | None], strength: Floats, established: Whole, periods: int) -> Floats:
    """What each claim's monitor must pass so that a gain like it, planted in other series and left alone, is called
    slipping in a tenth of them at most: by claim and period since the claim; nan where there are too few."""
    made = np.full((len(others), periods), np.nan)
    planted = [
        (position, other, np.unique(np.linspace(0, len(other.known) - 1, PLANTED).astype(np.int64)))
        for position, other in enumerate(others)
        if other is not None and len(other.known) >= ENOUGH
    ]
    if not planted:
        return made
    before = planted[0][1].windows.before
    count = sum(len(chosen) for _, _, chosen in planted)
    values, noise = np.full((count, before + periods), np.nan), np.ones((count, before + periods))
    column, owner = np.empty(count, dtype=np.int64), np.empty(count, dtype=np.int64)
    row = 0
    for position, other, chosen in planted:
        here = slice(row, row + len(chosen))
        own = other.windows
        width = min(own.values.shape[1], before + periods)
        values[here, :width], noise[here, :width] = own.values[chosen, :width], own.noise[chosen, :width]
        values[here, before:] += strength[position]
        column[here], owner[here] = before + established[position], position
        row += len(chosen)
    highest = np.fmax.accumulate(monitor.watch(values, noise, before, column, monitor.CAP).worse, axis=1)
    for position, other, chosen in planted:
        known, seen = other.known[chosen, :periods], highest[owner == position]
        width = known.shape[1]
        seen[:, :width] = np.where(known >= 0, np.take_along_axis(seen, np.maximum(known, 0), axis=1), 0)
        made[position] = np.quantile(np.nan_to_num(seen), 1 - LEFT_ALONE, axis=0)
    return made
