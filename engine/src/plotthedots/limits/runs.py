"""Run chart: a median and no limits."""

import numpy as np

from plotthedots.batch import Batch
from plotthedots.constants import Floats
from plotthedots.limits.lines import Lines, Sigma, computed, level_or_known


def run(batch: Batch, sigma: Sigma) -> Lines:  # noqa: ARG001 - one signature for every family
    """Run chart: centre = median; no limits.

    Source: Perla, Provost & Murray, The run chart, BMJ Quality & Safety 20 (2011).

    >>> import plotthedots as ptd
    >>> ptd.spc({"date": [1, 2, 3, 4], "value": [10.0, 12.0, 11.0, 40.0]}, chart="run").phases["centre"]
    array([11.5])
    """
    centre, level = level_or_known(batch, batch.phases.median(computed(batch, batch.value)))
    none = np.full_like(centre, np.nan)

    def at(k: float) -> tuple[Floats, Floats]:  # noqa: ARG001 - a run chart has no sigma
        return none, none

    return Lines(centre, at, level)
