"""Shares of a whole, each row with its own denominator: p, and p′ with Laney's correction."""

import numpy as np

from plotthedots.batch import Batch
from plotthedots.constants import D2, Floats
from plotthedots.limits.lines import Lines, Sigma, around, computed, known_or, mean_moving_range


def p(batch: Batch, sigma: Sigma) -> Lines:
    """p: centre p̄ = Σ events / Σ n; limits p̄ ∓ 3 √(p̄(1 − p̄)/n), within 0 and 1.

    Source: Montgomery, Introduction to Statistical Quality Control, 7.2.

    >>> import plotthedots as ptd
    >>> made = ptd.spc({"date": [1, 2], "value": [5, 15], "n": [50, 50]}, chart="p", denominator="n")
    >>> made.phases["centre"], made.phases["upper"].round(4)  # 0.2 + 3 √(0.16 / 50)
    (array([0.2]), array([0.3697]))
    """
    centre = pooled(batch, sigma)
    return Lines(centre, around(centre, binomial_sigma(batch, centre)))


def pprime(batch: Batch, sigma: Sigma) -> Lines:
    """p′: as p, with sigma times the spread of the standardised values (Laney's correction).

    Source: Laney, Improved control charts for attributes, Quality Engineering 14 (2002).

    >>> import plotthedots as ptd
    >>> made = ptd.spc({"date": [1, 2, 3], "value": [5, 15, 10], "n": [50, 50, 50]}, chart="pprime", denominator="n")
    >>> made.phases["centre"]
    array([0.2])
    """
    centre = pooled(batch, sigma)
    within = binomial_sigma(batch, centre)
    return Lines(centre, around(centre, within * batch.phases.spread(laney(batch, centre, within, sigma))))


def pooled(batch: Batch, sigma: Sigma) -> Floats:
    """Σ events / Σ denominators of the rows that count, in each phase, a value a row (or the centre given).

    A row with a denominator of 0 has no value and does not count; qicharts2 counts its events.
    """
    assert batch.numerator is not None
    counted = computed(batch, batch.numerator if sigma.qicharts2 else batch.value)
    there = counted == counted
    denominator = np.where(there, np.nan_to_num(batch.exposure), 0.0)
    events = np.where(there, batch.numerator, 0.0)
    return known_or(batch, batch.phases.sum(events) / batch.phases.sum(denominator))


def binomial_sigma(batch: Batch, centre: Floats) -> Floats:
    return np.sqrt(centre * (1 - centre) / batch.exposure)


def laney(batch: Batch, centre: Floats, within: Floats, sigma: Sigma) -> Floats:
    """Laney's sigma of each phase: spread of (value − centre)/sigma from its moving ranges; 1 means no correction."""
    return mean_moving_range(batch, (batch.value - centre) / within, screen=sigma.screen) / D2
