"""What each of the last points said when it was the latest: rules and budget asked again without what came after."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from plotthedots.batch import Batch
from plotthedots.budget.assess import Asked, assess
from plotthedots.constants import Flags, Signs, Whole
from plotthedots.evaluate import Chart, evaluate
from plotthedots.phases import Stretches
from plotthedots.segments import Segments

BUDGETED = 12  # points in which the budget looks for a change, as signal_budget does by itself


@dataclass(frozen=True, slots=True)
class Then:
    """A value a row: code of the point when it was the latest, whether the budget would have shown its series."""

    point: Signs
    shown: Flags


def replay(batch: Batch, stretches: Stretches, better: Signs, chart: Chart, window: int, share: float | None) -> Then:
    """Ask rules and budget once for each of the last `window` points; without `share` the rules alone.

    Rows before the window have the code −1 and are not shown.
    """
    rows = stretches.series.rows
    point, shown = np.full(rows, -1, dtype=np.int8), np.zeros(rows, dtype=np.bool_)
    for left_out in range(window):
        kept = stretches.series.lengths - left_out
        there = kept > 0
        if not there.any():
            break
        part, cut = without_last(batch, stretches, left_out)
        own = better if np.ndim(better) == 0 else better[_kept(stretches.series, left_out)]
        latest = cut.series.starts + cut.series.lengths - 1
        here = (stretches.series.starts + kept - 1)[there]
        point[here] = evaluate(part, chart, own).point[latest]
        if share is not None:
            shown[here] = assess(part, cut, chart.family, Asked(BUDGETED, share, "bh")).shown
    return Then(point, shown)


def without_last(batch: Batch, stretches: Stretches, left_out: int) -> tuple[Batch, Stretches]:
    """The batch had the last rows of each series not been there; series that have no others are left out."""
    if not left_out:
        return batch, stretches
    series = stretches.series
    kept = _kept(series, left_out)
    lengths = np.maximum(series.lengths - left_out, 0)
    begins = np.zeros(series.rows, dtype=np.bool_)
    begins[stretches.phases.starts] = True
    cut = Stretches.of(Segments.of(lengths[lengths > 0]), begins[kept])

    def part(column: npt.NDArray[Any] | None) -> Any:
        return None if column is None else column[kept]

    made = replace(
        batch, phases=cut.phases, value=batch.value[kept], numerator=part(batch.numerator),
        denominator=part(batch.denominator), size=part(batch.size), spread=part(batch.spread),
        counted=part(batch.counted), ghost=part(batch.ghost), centre=part(batch.centre),
    )  # fmt: skip
    return made, cut


def _kept(series: Segments, left_out: int) -> Flags:
    ends: Whole = series.starts + series.lengths - left_out
    return np.asarray(np.arange(series.rows) < np.repeat(ends, series.lengths))
