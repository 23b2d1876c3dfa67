"""Constants of control charts, each with its source."""

import math
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Signs = npt.NDArray[np.int8]
Whole = npt.NDArray[np.int64]

D2 = 1.128  # mean range of two standard normals (exactly 2/√π): Montgomery, Introduction to SQC, appendix VI
XMR = 2.66  # 3 / d2, as Wheeler rounds it: Understanding Variation (2000), and Making Data Count
MOVING_RANGE = 3.267  # D4 for two: upper limit of a moving range as a multiple of its mean: Montgomery, appendix VI
MOVING_RANGE_IPRIME = 3.2665  # the same to four places, as Taylor's normalised individuals chart uses it (2017)
G_MEDIAN = (
    0.693  # ln 2: median of a geometric count as a share of its mean: Provost & Murray, The Health Care Data Guide
)
T_POWER = 3.6  # Weibull times to near normal: Nelson, Journal of Quality Technology 26 (1994)


def c4(size: int) -> float:
    """Mean standard deviation of `size` standard normals; nan below 2.

    Source: Montgomery, Introduction to Statistical Quality Control, appendix VI.

    >>> round(c4(5), 4)
    0.94
    """
    if size < 2:
        return math.nan
    return math.sqrt(2 / (size - 1)) * math.exp(math.lgamma(size / 2) - math.lgamma((size - 1) / 2))


def c4_of(sizes: Floats) -> Floats:
    """`c4` for each of many subgroup sizes (whole numbers; nan below 2)."""
    distinct, back = np.unique(sizes, return_inverse=True)
    return np.array([c4(int(size)) for size in distinct])[back]


def names(values: Iterable[str]) -> str:
    """Values as a person lists them: `"p", "u" or "c"`."""
    quoted = [f'"{value}"' for value in values]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"
