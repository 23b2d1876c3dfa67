"""Several values a date: x̄ follows their mean, s their spread."""

import numpy as np

from plotthedots.batch import Batch
from plotthedots.constants import Floats, c4_of
from plotthedots.limits.lines import Lines, Sigma, around, computed, known_or


def xbar(batch: Batch, sigma: Sigma) -> Lines:
    """x̄: centre = mean of all values; limits centre ∓ 3 s̄ / (c4(n) √n), n the size of the subgroup.

    s̄ is the mean of the subgroups' standard deviations, or the pooled one where sizes differ within the
    phase. Source: Montgomery, Introduction to Statistical Quality Control, 6.3 (6.29 to 6.31).

    >>> import plotthedots as ptd
    >>> made = ptd.spc({"date": [1, 1, 2, 2], "value": [4.0, 6.0, 7.0, 9.0]}, chart="xbar")
    >>> made.phases["centre"]
    array([6.5])
    """
    assert batch.size is not None
    counted = computed(batch, batch.value)
    weight = np.where(counted == counted, batch.size, 0.0)
    total = batch.phases.sum(np.where(weight > 0, batch.value, 0.0) * weight)
    centre = known_or(batch, total / batch.phases.sum(weight))
    return Lines(
        centre,
        around(centre, batch.phases.spread(typical_spread(batch, sigma)) / (c4_of(batch.size) * np.sqrt(batch.size))),
    )


def s(batch: Batch, sigma: Sigma) -> Lines:
    """s: centre = s̄ as for x̄; limits s̄ (1 ∓ 3 √(1 − c4²)/c4), not below 0.

    Source: Montgomery, Introduction to Statistical Quality Control, 6.3 (B3, B4).

    >>> import plotthedots as ptd
    >>> made = ptd.spc({"date": [1, 1, 2, 2], "value": [4.0, 6.0, 7.0, 9.0]}, chart="s")
    >>> made.phases["centre"].round(4)
    array([1.4142])
    """
    assert batch.size is not None
    centre = known_or(batch, typical_spread(batch, sigma))
    c4 = c4_of(batch.size)
    share = np.sqrt(1 - c4**2) / c4
    return Lines(centre, lambda k: ((1 - k * share) * centre, (1 + k * share) * centre))


def typical_spread(batch: Batch, sigma: Sigma) -> Floats:
    """Mean standard deviation of each phase's subgroups, pooled where their sizes differ."""
    assert batch.size is not None
    assert batch.spread is not None
    phases, size = batch.phases, batch.size
    # Whether sizes differ is judged over the whole phase, ghosts included, as qicharts2 does.
    some = size if sigma.qicharts2 else np.where(size > 0, size, np.nan)
    differ = np.fmax.reduceat(some, phases.starts) != np.fmin.reduceat(some, phases.starts)
    spread = computed(batch, batch.spread)
    mean = phases.mean(spread)
    if not differ.any():
        return mean
    there = spread == spread
    squares = phases.sum(np.where(there, (size - 1) * batch.spread**2, 0.0))
    # qicharts2 counts an empty subgroup as −1 degree of freedom.
    freedom = computed(batch, size - 1) if sigma.qicharts2 else np.where(there, size - 1, 0.0)
    freedom = np.nan_to_num(freedom)
    return np.where(differ, np.sqrt(squares / phases.sum(freedom)), mean)
