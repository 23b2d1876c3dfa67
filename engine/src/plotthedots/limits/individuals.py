"""Single values over time: XmR, the moving ranges themselves, and I′ for values with a denominator."""

import math

import numpy as np

from plotthedots.batch import Batch
from plotthedots.constants import D2, MOVING_RANGE, MOVING_RANGE_IPRIME, XMR, Floats
from plotthedots.limits.lines import (
    Lines,
    Sigma,
    around,
    computed,
    known_or,
    level_or_known,
    mean_moving_range,
    screened_mean,
)


def xmr(batch: Batch, sigma: Sigma) -> Lines:
    """XmR (individuals): centre = mean x̄; limits x̄ ∓ 2.66 R̄, R̄ the mean moving range.

    Making Data Count uses 2.66 as printed, other rule sets 3/1.128. Source: Wheeler, Understanding
    Variation (2000); Provost & Murray, The Health Care Data Guide (2011), chapter 5.

    >>> import plotthedots as ptd
    >>> made = ptd.spc({"date": [1, 2, 3, 4], "value": [10.0, 12.0, 11.0, 13.0]})
    >>> made.phases["centre"], made.phases["upper"].round(4)  # 11.5 and 11.5 + 2.66 × 5/3
    (array([11.5]), array([15.9333]))
    """
    ranges = mean_moving_range(batch, batch.value, screen=sigma.screen)

    def step(k: float) -> Floats:
        if not sigma.making_data_count:
            return k * (ranges / D2)
        return XMR * ranges if k == 3 else k * (XMR / 3) * ranges

    if batch.centre is not None:
        centre, spread = batch.centre, batch.phases.spread
        return Lines(centre, lambda k: (centre - spread(step(k)), centre + spread(step(k))))
    mean = batch.phases.mean(computed(batch, batch.value))
    return Lines(mean, lambda k: (mean - step(k), mean + step(k)), level=True)


def mr(batch: Batch, sigma: Sigma) -> Lines:  # noqa: ARG001 - one signature for every family
    """Moving ranges as values: centre R̄, upper limit 3.267 R̄, lower 0; near limit at two thirds of the upper.

    Source: Montgomery, Introduction to Statistical Quality Control, 6.4 (D4 = 3.267 for two).

    >>> import plotthedots as ptd
    >>> made = ptd.spc({"date": [1, 2, 3, 4], "value": [10.0, 12.0, 11.0, 13.0]}, chart="mr")
    >>> made.phases["centre"].round(4), made.phases["upper"].round(4)
    (array([1.6667]), array([5.445]))
    """
    centre, level = level_or_known(batch, batch.phases.mean(computed(batch, batch.value)))

    def at(k: float) -> tuple[Floats, Floats]:
        return np.zeros_like(centre), MOVING_RANGE * centre if k == 3 else MOVING_RANGE / 3 * k * centre

    return Lines(centre, at, level)


def iprime(batch: Batch, sigma: Sigma) -> Lines:
    """I′: ratio y of each row with its own denominator n; centre Σ(y n)/Σn; limits centre ∓ 3 s/√n.

    s is the mean of √(π/2) |yᵢ − yᵢ₋₁| / √(1/nᵢ + 1/nᵢ₋₁). Source: Taylor, Normalized Individuals (IN) Chart (2017).

    >>> import plotthedots as ptd
    >>> table = {"date": [1, 2, 3], "value": [10.0, 24.0, 11.0], "n": [5, 10, 5]}
    >>> made = ptd.spc(table, chart="iprime", denominator="n")
    >>> made.phases["centre"]
    array([2.25])
    """
    counted = computed(batch, batch.value)
    weight = np.where(counted == counted, batch.exposure, 0.0)
    total = batch.phases.sum(weight)
    centre = known_or(batch, batch.phases.sum(np.where(weight > 0, batch.value, 0.0) * weight) / total)
    return Lines(centre, around(centre, batch.phases.spread(_iprime_sigma(batch, sigma)) * np.sqrt(1 / batch.exposure)))


def _iprime_sigma(batch: Batch, sigma: Sigma) -> Floats:
    """Mean normalised moving range of each phase, of the rows that count (of all rows, as qicharts2 has it)."""
    phases, values, inverse = batch.phases, batch.value, 1 / batch.exposure
    if batch.counted is not None and not sigma.qicharts2:
        phases, values, inverse = phases.keeping(batch.counted), values[batch.counted], inverse[batch.counted]
    ranges = np.full_like(values, np.nan)
    ranges[1:] = math.sqrt(math.pi / 2) * np.abs(values[1:] - values[:-1]) / np.sqrt(inverse[1:] + inverse[:-1])
    ranges[phases.starts[phases.lengths > 0]] = np.nan
    return screened_mean(phases, ranges, screen=sigma.screen, limit=MOVING_RANGE_IPRIME)
