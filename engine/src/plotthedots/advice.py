"""What a reader should know before trusting a chart: codes, each by a stated criterion. Sentences are in `words`.

Each phase is judged on its own points alone. Criteria are given beside each function and in
docs/reference/advice.md, which a test holds against `words.ADVICE`.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from plotthedots.constants import D2, Flags, Floats, Whole
from plotthedots.evaluate import Chart, Evaluation
from plotthedots.figures import Figures
from plotthedots.limits.lines import mean_moving_range
from plotthedots.limits.proportions import binomial_sigma
from plotthedots.prepare import Prepared
from plotthedots.rules import meaningful
from plotthedots.segments import Segments

TOO_FEW = 12  # points, below which correlation, spread and kind of data are not judged
STRONGLY = 0.5  # lag-1 correlation
SEASONS_NEEDED = 2  # whole seasons
MOSTLY = 0.5  # share of zeros
SMALL_COUNT = 4.0  # mean of whole numbers below which XmR limits mislead
STEP_AFTER = 9  # points on the new side
STEP_BEFORE = 12  # points before them
STALE_AFTER = 3  # usual gaps between points


@dataclass(frozen=True, slots=True)
class Subject:
    """All that advice looks at: own values (ghosts and missing ones taken out) and where each phase of them lies."""

    prepared: Prepared
    made: Evaluation
    figures: Figures
    chart: Chart
    own: Flags
    values: Floats
    residuals: Floats
    phases: Segments
    as_of: int | None


def codes(prepared: Prepared, made: Evaluation, figures: Figures, chart: Chart, as_of: int | None) -> dict[str, Flags]:
    """For each code of advice, the phases to which it applies (codes that apply nowhere are left out)."""
    own = made.value == made.value
    if prepared.ghost is not None:
        own &= ~prepared.ghost
    kept = prepared.stretches.phases.keeping(own)
    values = made.value[own]
    subject = Subject(prepared, made, figures, chart, own, values, values - made.centre[own], kept, as_of)
    with np.errstate(all="ignore"):
        found = {code: np.asarray(judge(subject)) for code, judge in JUDGES.items()}
    return {code: phases for code, phases in found.items() if phases.any()}


def empty(s: Subject) -> Flags:
    """No value at all."""
    return np.asarray(s.phases.lengths == 0)


def provisional(s: Subject) -> Flags:
    """Fewer than 13 points from which limits are computed."""
    return s.figures.provisional & (s.phases.lengths > 0)


def flat(s: Subject) -> Flags:
    """Two points or more, all of them the same."""
    return np.asarray((s.phases.lengths > 1) & (_most(s.values, s.phases) == -_most(-s.values, s.phases)))


def correlated(s: Subject) -> Flags:
    """Twelve points or more with a lag-1 correlation of 0.5 or more (and beyond two standard errors, 2/√n)."""
    if s.chart.family == "mr":
        return np.zeros(len(s.phases.lengths), dtype=np.bool_)
    r = correlation(s.residuals, s.phases, 1)
    return (s.phases.lengths >= TOO_FEW) & (r >= STRONGLY) & (r > 2 / np.sqrt(s.phases.lengths))


def correlation(values: Floats, phases: Segments, lag: int) -> Floats:
    """Correlation of each phase's values with those `lag` points before; nan where there are too few or no spread."""
    centred = values - phases.spread(phases.mean(values))
    product = np.zeros_like(centred)
    product[lag:] = centred[lag:] * centred[: len(centred) - lag]
    # The first `lag` rows of a phase have nothing of their own to be compared with.
    product[np.arange(len(product)) - np.repeat(phases.starts, phases.lengths) < lag] = 0.0
    return phases.sum(product) / phases.sum(centred**2)


def seasonal(s: Subject) -> Flags:
    """Two whole seasons or more, and values one season apart alike: correlation of 0.3 or more and beyond 2/√n,
    and higher than half a season apart. Seasons: 7 days, 52 weeks, 12 months, 4 quarters by the usual gap of dates."""
    found = np.zeros(len(s.phases.lengths), dtype=np.bool_)
    season = _season(s)
    for length in np.unique(season[season > 0]):
        rows = (season == length) & (s.phases.lengths >= SEASONS_NEEDED * length)
        if rows.any():
            apart = correlation(s.values, s.phases, int(length))
            half = correlation(s.values, s.phases, int(length) // 2)
            # Pairs one season apart are fewer than n, so the plain estimate is scaled up to all of them.
            apart = apart * s.phases.lengths / np.maximum(s.phases.lengths - length, 1)
            found |= rows & (apart >= 0.3) & (apart > 2 / np.sqrt(s.phases.lengths)) & (apart > half + 0.2)
    return found


def _season(s: Subject) -> Whole:
    """Points a season of each phase, 0 where the dates tell none."""
    gap = _usual_gap_days(s)
    table = ((0.9, 1.1, 7), (6.5, 7.5, 52), (28, 31.5, 12), (89, 93, 4))
    season = np.zeros(len(gap), dtype=np.int64)
    for low, high, points in table:
        season[(gap >= low) & (gap <= high)] = points
    return season


def _usual_gap_days(s: Subject) -> Floats:
    """Median gap between neighbouring points in days; nan where dates are plain numbers."""
    per_day = {"s": 86_400, "ms": 86_400_000, "us": 86_400_000_000, "ns": 86_400_000_000_000}
    kind = s.prepared.dates.type
    if pa.types.is_integer(kind):
        return np.full(len(s.phases.lengths), np.nan)
    scale = per_day[kind.unit] if pa.types.is_timestamp(kind) else 1
    return _usual_gap(s) / scale


def _usual_gap(s: Subject) -> Floats:
    moments = s.prepared.moments[s.own]
    gaps = np.full(len(moments), np.nan)
    gaps[1:] = np.diff(moments)
    gaps[s.phases.starts[s.phases.lengths > 0]] = np.nan
    return s.phases.median(gaps)


def zeros(s: Subject) -> Flags:
    """More than half of twelve points or more are 0 (not on a chart of rare events)."""
    if s.chart.family in ("g", "t", "mr"):
        return np.zeros(len(s.phases.lengths), dtype=np.bool_)
    return (s.phases.lengths >= TOO_FEW) & (s.phases.count(s.values == 0) > MOSTLY * s.phases.lengths)


def overdispersed(s: Subject) -> Flags:
    """On p and u: values spread more than the denominators explain. Σz² over its n − 1 is beyond 1 + 3 √(2/(n − 1)),
    and so is the spread of neighbours: Laney's sigma is 1.2 or more."""
    if s.chart.family not in ("p", "u"):
        return np.zeros(len(s.phases.lengths), dtype=np.bool_)
    n = s.phases.lengths
    z = _standardised(s)[s.own]
    ratio = s.phases.sum(np.nan_to_num(z) ** 2) / (n - 1)
    return (n >= TOO_FEW) & (ratio > 1 + 3 * np.sqrt(2 / np.maximum(n - 1, 1))) & (laney_sigma(s) >= 1.2)


def underdispersed(s: Subject) -> Flags:
    """On p′ and u′: Laney's sigma is below 1, so that the limits are narrower than the denominators alone explain."""
    if s.chart.family not in ("pprime", "uprime"):
        return np.zeros(len(s.phases.lengths), dtype=np.bool_)
    return laney_sigma(s) < 1


def _standardised(s: Subject) -> Floats:
    batch, centre = s.prepared.batch, s.made.centre / s.chart.multiply
    if s.chart.family in ("p", "pprime"):
        return (batch.value - centre) / binomial_sigma(batch, centre)
    return (batch.value - centre) / np.sqrt(centre / batch.exposure)


def laney_sigma(s: Subject) -> Floats:
    return mean_moving_range(s.prepared.batch, _standardised(s), screen=s.chart.screen) / D2


def below_zero(s: Subject) -> Flags:
    """The lower limit is below 0 though no value is: floor=0 keeps it there."""
    lowest = -_most(-s.values, s.phases)
    return (s.figures.lower < 0) & (lowest >= 0) & (s.phases.lengths > 0)


def whole_numbers(s: Subject) -> Flags:
    """XmR of twelve or more small whole numbers (mean below 4): a chart of counts, or of rare events, suits them."""
    if s.chart.family != "xmr" or s.prepared.denominator is not None or s.chart.multiply != 1:
        return np.zeros(len(s.phases.lengths), dtype=np.bool_)
    n = s.phases.lengths
    whole = s.phases.count((s.values == np.floor(s.values)) & (s.values >= 0)) == n
    return np.asarray((n >= TOO_FEW) & whole & (s.phases.mean(s.values) < SMALL_COUNT))


def not_counts(s: Subject) -> Flags:
    """A chart of counts (c, g, p, u) of numbers that are not whole."""
    if s.chart.family not in ("c", "g", "p", "pprime", "u", "uprime"):
        return np.zeros(len(s.phases.lengths), dtype=np.bool_)
    events = s.prepared.numerator if s.prepared.numerator is not None else s.prepared.batch.value
    own = events[s.own]
    return s.phases.count(own != np.floor(own)) > 0


def unstable(s: Subject) -> Flags:
    """Assurance is shown, but one of the last twelve points is a special cause: the limits may not tell what comes."""
    return (s.figures.assurance >= 0) & (_last_signals(s, 12) > 0)


def _last_signals(s: Subject, last: int) -> Whole:
    special = s.made.way[s.own] != 0
    position = np.arange(len(special)) - np.repeat(s.phases.starts, s.phases.lengths)
    recent = position >= np.repeat(s.phases.lengths, s.phases.lengths) - last
    return s.phases.count(special & recent)


def assurance_correlated(s: Subject) -> Flags:
    """Assurance is shown on a strongly correlated process, whose limits are too narrow."""
    return (s.figures.assurance >= 0) & correlated(s)


def step(s: Subject) -> Flags:
    """The last nine points or more lie on one side of the centre, after twelve or more others, and on average beyond
    half of the way to the near limit: a new phase may be warranted where they begin (`step_rows`)."""
    return step_rows(s) >= 0


def step_rows(s: Subject) -> Whole:
    """Row (of the ordered table) at which the last run begins where a step is suggested, −1 elsewhere."""
    side = np.sign(s.residuals)
    begins = s.phases.first()
    begins[1:] |= side[1:] != side[:-1]
    starts = np.flatnonzero(begins)
    full = s.phases.lengths > 0
    rows = np.full(len(full), -1)
    if not full.any():
        return rows
    ends = s.phases.starts[full] + s.phases.lengths[full]
    run_start = starts[np.searchsorted(starts, ends - 1, side="right") - 1]
    run = ends - run_start
    before = run_start - s.phases.starts[full]
    running = np.concatenate([[0.0], np.cumsum(s.residuals)])
    mean_run = np.abs(running[ends] - running[run_start]) / run
    reach = (s.figures.upper[full] - s.figures.centre[full]) / 3
    warranted = (run >= STEP_AFTER) & (before >= STEP_BEFORE) & (side[run_start] != 0) & ~(mean_run < reach)
    rows[full] = np.where(warranted, np.flatnonzero(s.own)[run_start], -1)
    return rows


def stale(s: Subject) -> Flags:
    """The latest value is more than three usual gaps older than `as_of`, or than the last row of the series."""
    gap = _usual_gap(s)
    last_row = s.prepared.stretches.phases.starts + s.prepared.stretches.phases.lengths - 1
    until = s.prepared.moments[last_row].astype(np.float64)
    if s.as_of is not None:
        until = np.maximum(until, float(s.as_of))
    latest = np.where(s.figures.latest >= 0, s.prepared.moments[s.figures.latest], np.nan)
    is_latest = np.zeros(len(gap), dtype=np.bool_)
    is_latest[s.prepared.stretches.last_of_series] = True
    return np.asarray(is_latest & (until - latest > STALE_AFTER * gap))


def gaps(s: Subject) -> Flags:
    """More than a tenth of the rows have no value."""
    rows = s.prepared.stretches.phases
    missing = rows.count(s.made.value != s.made.value)
    if s.chart.family == "mr":
        missing = missing - 1  # the first moving range of a phase is never there
    return missing * 10 > rows.lengths


def short_baseline(s: Subject) -> Flags:
    """The phase has fewer rows than the baseline asks for; its limits use what it has."""
    short = s.prepared.short_baseline
    return np.zeros(len(s.phases.lengths), dtype=np.bool_) if short is None else short


def unused_rebase(s: Subject) -> Flags:
    """A date for a new phase lies after the last row of the series, and is ignored."""
    found = np.zeros(len(s.phases.lengths), dtype=np.bool_)
    late = [position for position, _ in s.prepared.unused_rebase]
    found[s.prepared.stretches.last_of_series[late]] = True
    return found


def rules_left_out(s: Subject) -> Flags:
    """The rule set has rules that mean nothing on this family; their columns stay 0."""
    left = any(not meaningful(s.chart.family, rule.kind) for rule in s.chart.rules.rules)
    return np.full(len(s.phases.lengths), left or (s.chart.family == "mr" and s.chart.rules.runs is not None))


def runs_signal(s: Subject) -> Flags:
    """Anhøj rules: the longest run is longer, or crossings of the centre fewer, than chance gives."""
    runs = s.made.signals.get("runs")
    return (
        np.zeros(len(s.phases.lengths), dtype=np.bool_)
        if runs is None
        else runs[s.prepared.stretches.phases.starts] != 0
    )


def _most(values: Floats, phases: Segments) -> Floats:
    most = np.full(len(phases.lengths), np.nan)
    full = phases.lengths > 0
    if full.any():
        most[full] = np.maximum.reduceat(values, phases.starts[full])
    return most


# In the order in which a reader should hear of them.
JUDGES: dict[str, Callable[[Subject], Flags]] = {
    "empty": empty,
    "provisional": provisional,
    "stale": stale,
    "flat": flat,
    "gaps": gaps,
    "unstable": unstable,
    "assurance_correlated": assurance_correlated,
    "correlated": correlated,
    "seasonal": seasonal,
    "zeros": zeros,
    "overdispersed": overdispersed,
    "underdispersed": underdispersed,
    "whole_numbers": whole_numbers,
    "not_counts": not_counts,
    "below_zero": below_zero,
    "step": step,
    "short_baseline": short_baseline,
    "unused_rebase": unused_rebase,
    "rules_left_out": rules_left_out,
    "runs": runs_signal,
}
