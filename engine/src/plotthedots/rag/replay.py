"""What each of the last points said when it was the latest: rules and budget asked again without what came after."""

from dataclasses import dataclass

import numpy as np

from plotthedots.budget.assess import Asked, assess
from plotthedots.constants import Flags, Signs
from plotthedots.evaluate import Chart, evaluate
from plotthedots.prepare import Prepared

BUDGETED = 12  # points in which the budget looks for a change, as signal_budget does by itself


@dataclass(frozen=True, slots=True)
class Then:
    """A value a row: code of the point when it was the latest, whether the budget would have shown its series."""

    point: Signs
    shown: Flags


def replay(prepared: Prepared, chart: Chart, window: int, share: float) -> Then:
    """Ask rules and budget once for each of the last `window` points.

    Rows before the window have the code −1 and are not shown.
    """
    series = prepared.stretches.series
    point, shown = np.full(series.rows, -1, dtype=np.int8), np.zeros(series.rows, dtype=np.bool_)
    for left_out in range(window):
        kept = series.lengths - left_out
        if not (kept > 0).any():
            break
        then = prepared.without_last(left_out)
        here = (series.starts + kept - 1)[kept > 0]
        own = then.stretches.series
        point[here] = evaluate(then.batch, chart, then.better).point[own.starts + own.lengths - 1]
        shown[here] = assess(then.batch, then.stretches, chart.family, Asked(BUDGETED, share, "bh")).shown
    return Then(point, shown)
