"""Counts of events: c for equal chances, u and u′ for a rate over a changing amount of exposure."""

import numpy as np

from plotthedots.batch import Batch
from plotthedots.limits.lines import Lines, Sigma, around, computed, level_or_known
from plotthedots.limits.proportions import laney, pooled


def c(batch: Batch, sigma: Sigma) -> Lines:  # noqa: ARG001 - one signature for every family
    """c: centre c̄ = mean count; limits c̄ ∓ 3 √c̄, not below 0.

    Source: Montgomery, Introduction to Statistical Quality Control, 7.3.1.

    >>> import plotthedots as ptd
    >>> made = ptd.spc({"date": [1, 2, 3], "value": [21, 24, 18]}, chart="c")
    >>> made.phases["centre"], made.phases["upper"].round(4)
    (array([21.]), array([34.7477]))
    """
    centre, level = level_or_known(batch, batch.phases.mean(computed(batch, batch.value)))
    return Lines(centre, around(centre, np.sqrt(centre)), level)


def u(batch: Batch, sigma: Sigma) -> Lines:
    """u: centre ū = Σ events / Σ exposure; limits ū ∓ 3 √(ū/n), not below 0.

    Source: Montgomery, Introduction to Statistical Quality Control, 7.3.2.

    >>> import plotthedots as ptd
    >>> made = ptd.spc({"date": [1, 2], "value": [6, 10], "n": [4, 4]}, chart="u", denominator="n")
    >>> made.phases["centre"], made.phases["upper"].round(4)  # 2 + 3 √(2 / 4)
    (array([2.]), array([4.1213]))
    """
    centre = pooled(batch, sigma)
    return Lines(centre, around(centre, np.sqrt(centre / batch.exposure)))


def uprime(batch: Batch, sigma: Sigma) -> Lines:
    """u′: as u, with sigma times the spread of the standardised values (Laney's correction).

    Source: Laney, Improved control charts for attributes, Quality Engineering 14 (2002).

    >>> import plotthedots as ptd
    >>> made = ptd.spc({"date": [1, 2, 3], "value": [6, 10, 8], "n": [4, 4, 4]}, chart="uprime", denominator="n")
    >>> made.phases["centre"]
    array([2.])
    """
    centre = pooled(batch, sigma)
    within = np.sqrt(centre / batch.exposure)
    return Lines(centre, around(centre, within * batch.phases.spread(laney(batch, centre, within, sigma))))
