"""Limits frozen before each claim, and the first special cause the right way against them."""

from dataclasses import dataclass

import numpy as np

from plotthedots.batch import Batch
from plotthedots.constants import Flags, Floats, Whole
from plotthedots.evaluate import Chart, evaluate
from plotthedots.prepare import Prepared
from plotthedots.rules import RULE_SETS
from plotthedots.segments import Segments

BETTER = np.array(1, dtype=np.int8)
RUN, TREND = 7, 7  # points: the rules of Making Data Count


@dataclass(frozen=True, slots=True)
class Frozen:
    """Rows of each claim's window, one claim after another, with the limits that its values before give."""

    rows: Whole  # of the prepared table
    claims: Segments
    since: Flags  # rows that count as after
    centre: Floats
    lower: Floats
    upper: Floats
    near_lower: Floats
    near_upper: Floats
    unstable: Flags  # claims before which a rule fired


def freeze(
    prepared: Prepared, series: Whole, first: Whole, place: Whole, gap: Flags, until: Whole, number: Whole, chart: Chart
) -> Frozen:
    """Limits for each claim from its series' rows in columns `first` … `place` − 1; rows up to `until` are kept."""
    whole = prepared.stretches.series
    picked = []
    for position, owner in enumerate(series):
        own = np.arange(whole.starts[owner], whole.starts[owner] + whole.lengths[owner])
        column = number[own]
        wanted = (column >= first[position]) & (column <= until[position])
        if gap[position]:
            wanted &= column != place[position]
        picked.append(own[wanted])
    rows = np.concatenate(picked) if picked else np.zeros(0, dtype=np.int64)
    claims = Segments.of(np.array([len(own) for own in picked], dtype=np.int64))
    before = number[rows] < np.repeat(place, claims.lengths)
    batch = _batch(prepared, rows, claims, before)
    made = evaluate(batch, chart, BETTER)
    # By themselves, so that what came after cannot make a run of what was before.
    earlier = evaluate(_batch(prepared, rows[before], claims.keeping(before), before[before]), chart, BETTER)
    fired = np.zeros(len(rows), dtype=np.bool_)
    for signal in earlier.signals.values():
        fired[before] |= signal != 0
    return Frozen(
        rows, claims, ~before, made.centre, made.lower, made.upper, made.lower_near, made.upper_near,
        claims.count(fired) > 0,
    )  # fmt: skip


def _batch(prepared: Prepared, rows: Whole, claims: Segments, before: Flags) -> Batch:
    whole = prepared.batch

    def part(column: Floats | None) -> Floats | None:
        return None if column is None else column[rows]

    ghost = None if whole.ghost is None else whole.ghost[rows]
    return Batch(
        claims,
        whole.value[rows],
        part(whole.numerator),
        part(whole.denominator),
        part(whole.size),
        part(whole.spread),
        before if ghost is None else before & ~ghost,
        ghost,
    )


def signalled(values: Floats, ghost: Flags, frozen: Frozen, way: Floats) -> Whole:
    """Position, among the rows of each claim, of its first special cause the right way since; −1 where there is none.

    As it would have been seen on the day: a run counts from its seventh point, not from its first.
    `values` and `ghost` are those of `frozen.rows`. As in `spc`, a ghost is skipped, and a missing value ends a run.
    """
    made = np.full(len(way), -1)
    for position, better in enumerate(way):
        begin = int(frozen.claims.starts[position])
        here = slice(begin, begin + int(frozen.claims.lengths[position]))
        own = begin + np.flatnonzero(frozen.since[here] & ~ghost[here])
        if not len(own):
            continue
        y = better * values[own]
        centre = better * frozen.centre[own]
        limit, near = (
            (frozen.upper[own], frozen.near_upper[own]) if better > 0 else (-frozen.lower[own], -frozen.near_lower[own])
        )
        seen = (y > limit) | (_run(y > centre) >= RUN) | (_run(np.diff(y, prepend=np.nan) > 0) >= TREND - 1)
        close = (y > near) & ~(y > limit)
        two = np.convolve(close, np.ones(3), "full")[: len(y)] >= 2
        seen |= two & close & (_run(y > centre) >= 3)
        if seen.any():
            made[position] = int(own[seen.argmax()]) - begin
    return made


def _run(good: Flags) -> Whole:
    """How many in a row are good, up to each."""
    count = np.cumsum(good)
    return count - np.maximum.accumulate(np.where(good, 0, count))


def making_data_count(chart: str) -> Chart:
    return Chart(chart, RULE_SETS["making-data-count"])
