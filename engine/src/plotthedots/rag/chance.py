"""How often each would cry wolf if nothing had changed: red by the tail of a normal, the rules by made-up charts."""

from dataclasses import replace
from functools import lru_cache

import numpy as np

from plotthedots.batch import Batch
from plotthedots.constants import Floats
from plotthedots.evaluate import Chart, evaluate
from plotthedots.segments import Segments

CHARTS = 2_000
LONGEST = 120  # points of a made-up chart: limits from more are hardly other
CONCERN = 2
# Families whose values are near to normal as they are; charts of counts are stood in for by xmr.
_NORMAL = ("xmr", "run", "iprime")


def red(centre: Floats, lower: Floats, upper: Floats, edge: Floats, better: Floats) -> Floats:
    """The chance that each point is worse than `edge` while the process stays as its centre and limits have it.

    Limits are three standard deviations from the centre; one that is bounded or missing is left aside. nan without.
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        spread = np.fmax(upper - centre, centre - lower) / 3
        short = (edge - centre) * better
        z = np.where(spread > 0, short / spread, np.where(short > 0, np.inf, -np.inf))
    return _below(np.where(spread == spread, z, np.nan))


def _below(z: Floats) -> Floats:
    """The normal distribution function."""
    from math import erf, sqrt

    return np.array([0.5 * (1 + erf(each / sqrt(2))) for each in z.tolist()])


def marked(chart: Chart, length: int, window: int) -> float:
    """How many of a chart's last points the rules mark as concern, each when it is the latest, on average.

    The charts are of normal values that know nothing of one another; seeded, so that a figure is the same each time.
    """
    family = chart.family if chart.family in _NORMAL else "xmr"
    plain = replace(chart, family=family, multiply=1.0, floor=None)
    return _marked(plain, min(length, LONGEST), min(window, length, LONGEST))


@lru_cache(maxsize=256)
def _marked(chart: Chart, length: int, window: int) -> float:
    charts = np.random.default_rng(20_260_401).standard_normal((CHARTS, length))
    better = np.ones(1, dtype=np.int8)[0]
    count = 0
    for left_out in range(window):
        left = length - left_out
        batch = Batch(Segments.of(np.full(CHARTS, left)), charts[:, :left].ravel())
        point = evaluate(batch, chart, better).point
        count += int((point[left - 1 :: left] == CONCERN).sum())
    return count / CHARTS
