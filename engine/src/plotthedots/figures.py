"""A row a phase: how many points, its latest one, its lines there, its variation and assurance."""

from dataclasses import dataclass

import numpy as np

from plotthedots import verdict
from plotthedots.constants import Flags, Floats, Signs, Whole
from plotthedots.evaluate import Evaluation
from plotthedots.prepare import Prepared
from plotthedots.segments import Segments

PROVISIONAL_BELOW = 13  # points; NHSRplotthedots 0.2.2 warns below 13 of them


@dataclass(frozen=True, slots=True)
class Figures:
    """A value a phase. `latest` is the row of the last point neither ghosted nor missing, −1 where there is none."""

    n: Whole
    first: Whole
    latest: Whole
    latest_value: Floats
    centre: Floats
    lower: Floats
    upper: Floats
    target: Floats
    way: Signs
    variation: Signs
    assurance: Signs
    provisional: Flags


def figures(prepared: Prepared, made: Evaluation) -> Figures:
    """What there is to say of each phase in numbers; `variation` −1 where a phase has no value at all."""
    stretches = prepared.stretches.phases
    there = made.value == made.value
    own = there if prepared.ghost is None else there & ~prepared.ghost
    latest = latest_rows(own, stretches)
    has = latest >= 0
    # A phase without a value still has a centre where its line is known; read it off its last row.
    at = np.where(has, latest, stretches.starts + stretches.lengths - 1)
    counted = there if prepared.batch.counted is None else there & prepared.batch.counted

    def there_or_none(values: Floats) -> Floats:
        return np.where(has, values[at], np.nan)

    way = np.where(has, made.way[at], np.int8(0))
    better = (
        np.broadcast_to(prepared.better, len(made.value))[at]
        if np.ndim(prepared.better)
        else np.full(len(at), prepared.better)
    )
    sideless = (way != 0) & (made.point[at] >= 3)
    target = np.full(len(at), np.nan) if prepared.target is None else there_or_none(prepared.target)
    lower, upper = made.one_a_phase("lower", at), made.one_a_phase("upper", at)
    return Figures(
        n=stretches.count(counted),
        first=stretches.starts,
        latest=latest,
        latest_value=there_or_none(made.value),
        centre=made.one_a_phase("centre", at),
        lower=lower,
        upper=upper,
        target=target,
        way=way,
        variation=np.where(has, verdict.variation_codes(way, np.where(sideless, np.int8(0), better)), verdict.MISSING),
        assurance=verdict.assurance_codes(target, lower, upper, better),
        provisional=stretches.count(counted) < PROVISIONAL_BELOW,
    )


def latest_rows(own: Flags, stretches: Segments) -> Whole:
    """The last row of each stretch where `own` is True, −1 where there is none."""
    if not len(stretches.starts):
        return np.zeros(0, dtype=np.int64)
    ends = stretches.starts + stretches.lengths - 1
    if own[ends].all():
        return ends
    return np.maximum.reduceat(np.where(own, np.arange(len(own)), -1), stretches.starts)
