"""False discovery rates: which of many p-values to show."""

import numpy as np

from plotthedots.constants import Floats

METHODS = ("bh", "by")


def q_values(p: Floats, method: str) -> Floats:
    """The share of false discoveries at which each would just be shown; nan where p is nan, which do not count.

    "bh": Benjamini and Hochberg, Journal of the Royal Statistical Society B 57 (1995), for series that are
    independent or rise and fall together; "by": Benjamini and Yekutieli, Annals of Statistics 29 (2001), for any.

    >>> q_values(np.array([0.01, 0.04, np.nan, 0.03]), "bh")
    array([0.03, 0.04,  nan, 0.04])
    """
    q = np.full(len(p), np.nan)
    judged = np.flatnonzero(p == p)
    count = len(judged)
    if not count:
        return q
    order = judged[np.argsort(p[judged], kind="stable")]
    ranks = np.arange(1, count + 1)
    allowance = (1 / ranks).sum() if method == "by" else 1.0
    steps = p[order] * (count * allowance) / ranks
    q[order] = np.minimum(np.minimum.accumulate(steps[::-1])[::-1], 1.0)
    return q
