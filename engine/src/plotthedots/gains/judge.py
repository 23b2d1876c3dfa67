"""From values to statuses: what each claim was at each date, by what was known on it."""

from dataclasses import dataclass

import numpy as np

from plotthedots.constants import Flags, Floats, Whole
from plotthedots.gains import limits, monitor, placebos
from plotthedots.gains.claims import NEVER, Claims
from plotthedots.gains.evidence import Evidence, evidence
from plotthedots.gains.panel import LONGEST_BEFORE, Panel, Windows, borrow, windows
from plotthedots.gains.placebos import Claimed, Placebos

STATUSES = ("claimed", "signalled", "established", "holding", "improving", "slipping", "lost", "not_shown",
            "unwatched", "withdrawn")  # fmt: skip
CLAIMED, SIGNALLED, ESTABLISHED, HOLDING, IMPROVING, SLIPPING, LOST, NOT_SHOWN, UNWATCHED, WITHDRAWN = range(10)
# Odds for a change from which it is established: under 1 in 20 are fooled within 36 values (docs/methods/gains.md).
ODDS = np.log(10.0)
FEWEST_SINCE = 3  # observations: one alone, however good, is no level
NOT_SHOWN_AFTER = 24  # observations
CALM = 1.0  # a slipping gain holds again when its monitor has come down to this
UNWATCHED_AFTER = 3  # periods without a value beyond the usual lag
FEWEST_BETWEEN = 12  # values between two claims on a series from which the earlier one bounds the later one's baseline


@dataclass(slots=True)
class Judged:
    """Everything known of the claims; arrays are (claims, periods since the claim), codes are those of STATUSES."""

    claims: Claims
    panel: Panel
    claimed: Claimed
    windows: Windows
    frozen: limits.Frozen
    evidence: Evidence
    placebos: Placebos
    watch: monitor.Watch | None
    watched: Whole  # position of a claim among those watched, −1 where it was never established
    observed: Flags
    status: Whole
    established: Whole  # column, −1 where never
    signalled: Whole  # row of the prepared table, −1 where never
    retained: tuple[Floats, Floats, Floats]
    bar: Floats  # what the monitor must pass, by watched claim and period
    unwatched: Flags
    last_seen: Whole  # date of the last value of each claim's series
    withdrawn: Flags
    overlapping: Flags


def judge(
    panel: Panel, claims: Claims, *, other: Panel | None, siblings: Whole, own: bool, as_of: int, chart: str
) -> Judged:
    """Judge all claims by the rows up to `as_of`; `own` says whether own earlier dates are placebos."""
    claimed, overlapping = _place(panel, claims, as_of)
    made = windows(
        panel, claimed.series, claimed.place, claimed.gap, claimed.way, start=claimed.start, until=claimed.until
    )
    _borrow(panel, other, siblings, claimed, made)
    found = evidence(np.where(made.usable[:, None], made.values, np.nan), made.noise, made.before)
    observed = made.values[:, made.before :] == made.values[:, made.before :]
    against = placebos.compare(panel, other, siblings, claimed, found.highest, own=own)
    frozen = limits.freeze(
        panel.prepared, claimed.series, claimed.start, claimed.place, claimed.gap, claimed.until, panel.number,
        limits.making_data_count(chart),
    )  # fmt: skip
    batch = panel.prepared.batch
    ghost = np.zeros(len(frozen.rows), dtype=np.bool_) if batch.ghost is None else batch.ghost[frozen.rows]
    row = limits.signalled(batch.value[frozen.rows], ghost, frozen, claimed.way)
    signalled = np.full(len(row), -1)
    signalled[row >= 0] = frozen.rows[(frozen.claims.starts + row)[row >= 0]]
    established = _established(found, against, observed, made.usable)
    watched, seen, shares = _watch(made, established)
    bar = _bar(made, against, established, seen)
    status = _statuses(panel, claimed, observed, established, signalled, seen, shares, bar)
    unwatched, last_seen = _unwatched(panel, claimed, as_of)
    return Judged(
        claims, panel, claimed, made, frozen, found, against, seen, watched, observed, status, established, signalled,
        shares, bar, unwatched, last_seen, claims.withdrawn_on <= as_of, overlapping,
    )  # fmt: skip


def _counted(panel: Panel) -> Flags:
    batch = panel.prepared.batch
    there = batch.value == batch.value
    return np.asarray(there if batch.ghost is None else there & ~batch.ghost)


def _place(panel: Panel, claims: Claims, as_of: int) -> tuple[Claimed, Flags]:
    """Where the claims lie, and which have another claim on the same series so near that they share its values."""
    series = claims.series
    place, first = panel.place(claims.claimed, series)
    # However long before the first value a date lies, all values are after it.
    place, first = np.maximum(place, 0), first | (place < 0)
    moments = panel.prepared.moments
    rows = panel.prepared.stretches.series
    until = np.full(len(series), -1)
    for position, own in enumerate(series):
        begin = int(rows.starts[own])
        known = moments[begin : begin + int(rows.lengths[own])] <= as_of
        if known.any():
            until[position] = panel.number[begin + int(known.sum()) - 1]
    bounded = claims.baseline_from > np.iinfo(np.int64).min
    start = np.maximum(place - LONGEST_BEFORE, 0)
    if bounded.any():
        given, exact = panel.place(claims.baseline_from[bounded], series[bounded])
        start[bounded] = np.maximum(start[bounded], given + ~exact)
    overlapping = np.zeros(len(series), dtype=np.bool_)
    for position in range(len(series)):
        same = (series == series[position]) & (np.arange(len(series)) != position)
        earlier = same & (place < place[position]) & (place > start[position])
        overlapping[position] = bool((same & (place >= place[position]) & (place <= until[position])).any())
        if not earlier.any():
            continue
        latest = int((place + ~first)[earlier].max())  # its own period is of neither side here either
        between = panel.values[series[position], latest : place[position]]
        if (between == between).sum() >= FEWEST_BETWEEN:
            start[position] = latest
        else:
            overlapping[position] = True
    return Claimed(series, place, ~first, claims.way, start, until, claims.claimed), overlapping


def _borrow(panel: Panel, other: Panel | None, siblings: Whole, claimed: Claimed, made: Windows) -> None:
    """Take out the season of the other series where a claim's own is too short to show one."""
    if other is None or not len(siblings):
        return
    length = panel.season[claimed.series]
    n = made.n_before
    short = made.usable & ~made.seasonal & (length > 1) & (n < 2 * length)
    everyone = siblings
    for position in np.flatnonzero(short):
        siblings = everyone[placebos.alike(panel, int(claimed.series[position]), other, everyone)]
        if not len(siblings):
            continue
        place, first = other.place(np.full(len(siblings), claimed.moment[position]), siblings)
        others = windows(
            other, siblings, place, ~first, np.full(len(siblings), claimed.way[position]),
            start=np.maximum(place - LONGEST_BEFORE, 0), until=place + made.values.shape[1] - made.before - 1,
        )  # fmt: skip
        borrow(made, others, np.array([position]), int(length[position]))


def _established(found: Evidence, against: Placebos, observed: Flags, usable: Flags) -> Whole:
    """The first column at which the model's test is passed, and the placebos' where there are enough."""
    passed = observed & (found.log_odds >= ODDS) & usable[:, None]
    passed &= np.cumsum(observed, axis=1) >= FEWEST_SINCE
    enough = against.count >= placebos.ENOUGH
    passed &= ~enough | (against.share <= placebos.SHARE)
    return np.where(passed.any(axis=1), passed.argmax(axis=1), -1)


def _watch(made: Windows, established: Whole) -> tuple[Whole, monitor.Watch | None, tuple[Floats, Floats, Floats]]:
    rows = np.flatnonzero(established >= 0)
    position = np.full(len(established), -1)
    position[rows] = np.arange(len(rows))
    if not len(rows):
        empty = np.empty((0, made.values.shape[1] - made.before))
        return position, None, (empty, empty, empty)
    seen = monitor.watch(made.values[rows], made.noise[rows], made.before, made.before + established[rows], monitor.CAP)
    return position, seen, monitor.retained(seen)


def _bar(made: Windows, against: Placebos, established: Whole, seen: monitor.Watch | None) -> Floats:
    """What each monitor must pass: its own threshold, and that of gains planted where nothing was done."""
    if seen is None:
        return np.empty((0, made.values.shape[1] - made.before))
    rows = np.flatnonzero(established >= 0)
    strength = seen.change[np.arange(len(rows)), established[rows]]
    periods = seen.change.shape[1]
    asked = placebos.thresholds([against.others[row] for row in rows], strength, established[rows], periods)
    return np.fmax(monitor.threshold(seen.strength), asked)


def _statuses(
    panel: Panel, claimed: Claimed, observed: Flags, established: Whole, signalled: Whole, seen: monitor.Watch | None,
    shares: tuple[Floats, Floats, Floats], bar: Floats,
) -> Whole:  # fmt: skip
    periods = observed.shape[1]
    count = np.cumsum(observed, axis=1)
    signal = np.where(signalled >= 0, panel.number[np.maximum(signalled, 0)] - claimed.place, NEVER)
    unseen = np.where(count >= NOT_SHOWN_AFTER, NOT_SHOWN, CLAIMED)
    status = np.where(np.arange(periods) >= signal[:, None], SIGNALLED, unseen)
    if seen is not None:
        for position, row in enumerate(np.flatnonzero(established >= 0)):
            status[row] = _life(
                status[row], int(established[row]), seen.worse[position], seen.better[position], bar[position],
                shares[2][position], observed[row],
            )  # fmt: skip
    return np.where(observed, status, -1)


def _life(
    status: Whole, established: int, worse: Floats, better: Floats, bar: Floats, upper: Floats, seen: Flags
) -> Whole:
    status = status.copy()
    status[established] = ESTABLISHED
    slipping = False
    for column in range(established + 1, len(status)):
        if not seen[column]:
            continue
        slipping = worse[column] >= bar[column] or (slipping and worse[column] > CALM)
        if upper[column] < 0.5:
            status[column] = LOST
        elif slipping:
            status[column] = SLIPPING
        elif better[column] >= monitor.FURTHER:
            status[column] = IMPROVING
        else:
            status[column] = HOLDING
    return status


def _unwatched(panel: Panel, claimed: Claimed, as_of: int) -> tuple[Flags, Whole]:
    """No value for three periods beyond the usual lag, that of the most recent series; and the date of the last."""
    rows = panel.prepared.stretches.series
    every = np.arange(len(rows.starts))
    now, _ = panel.place(np.full(len(every), as_of), every)
    counted = _counted(panel) & (panel.prepared.moments <= as_of)
    latest = np.maximum.reduceat(np.where(counted, panel.number, -1), rows.starts)
    behind = np.where(panel.in_turn, 0, now - latest)
    lag = min(int(behind[latest >= 0].min(initial=UNWATCHED_AFTER)), UNWATCHED_AFTER)
    stopped = (behind >= UNWATCHED_AFTER + lag)[claimed.series] & (claimed.moment <= as_of)
    moments = np.where(counted, panel.prepared.moments, NEVER)
    last = np.maximum.reduceat(np.where(moments == NEVER, np.iinfo(np.int64).min, moments), rows.starts)
    return stopped, np.where(latest >= 0, last, NEVER)[claimed.series]
