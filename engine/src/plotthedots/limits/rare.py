"""Rare events: g counts the chances between two events, t measures the time between them."""

import numpy as np

from plotthedots.batch import Batch
from plotthedots.constants import D2, G_MEDIAN, T_POWER, Floats
from plotthedots.limits.lines import Lines, Sigma, around, computed, level_or_known, mean_moving_range


def g(batch: Batch, sigma: Sigma) -> Lines:  # noqa: ARG001 - one signature for every family
    """g: counts between events. Centre drawn = median; limits from the mean m: m ∓ 3 √(m(m + 1)), not below 0.

    A given centre is the line drawn; its mean is centre / 0.693. Source: Benneyan, Number-between g-type
    statistical quality control charts, Health Care Management Science 4 (2001); Montgomery 7.3.

    >>> import plotthedots as ptd
    >>> made = ptd.spc({"date": [1, 2, 3], "value": [2, 10, 3]}, chart="g")
    >>> made.phases["centre"], made.phases["upper"].round(4)  # 5 + 3 √30
    (array([3.]), array([21.4317]))
    """
    counted = computed(batch, batch.value)
    centre, level = level_or_known(batch, batch.phases.median(counted))
    mean = batch.phases.mean(counted) if level else centre / G_MEDIAN
    return Lines(centre, around(mean, np.sqrt(mean * (mean + 1))), level)


def t(batch: Batch, sigma: Sigma) -> Lines:
    """t: times between events. XmR (3/1.128) on the values to the power 1/3.6, lines taken back; not below 0.

    Source: Nelson, A control chart for parts-per-million nonconforming items, Journal of Quality
    Technology 26 (1994); Montgomery 7.3.

    >>> import plotthedots as ptd
    >>> made = ptd.spc({"date": [1, 2, 3], "value": [2.0, 10.0, 3.0]}, chart="t")
    >>> made.phases["centre"].round(3)  # ((2^a + 10^a + 3^a) / 3)^3.6 with a = 1/3.6
    array([4.185])
    """
    values = batch.value ** (1 / T_POWER)
    one = mean_moving_range(batch, values, screen=sigma.screen) / D2
    if batch.centre is None:
        middle = batch.phases.mean(computed(batch, values))
        drawn = middle**T_POWER
    else:
        drawn, one = batch.centre, batch.phases.spread(one)
        middle = drawn ** (1 / T_POWER)

    def at(k: float) -> tuple[Floats, Floats]:
        low, high = middle - k * one, middle + k * one
        below = np.where(low < 0, np.nan, low) ** T_POWER
        # The lower limit stands at 0 where the transformed one is negative; a near limit is then not defined.
        return (np.nan_to_num(below) if k == 3 else below), high**T_POWER

    # There and back again, so that a value on the centre is on it after rounding too.
    return Lines(drawn, at, level=batch.centre is None, judged=values**T_POWER)
