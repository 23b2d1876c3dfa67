"""The same as plotthedots.budget computes, written as one reads it: one series at a time, with matrices and loops."""

import math

import numpy as np

from plotthedots.constants import Floats


def likelihood(values: Floats, r: float, change: int | None) -> float:
    """What is left, squared, after a level (and a step before `change`) under AR(1): generalised least squares."""
    n = len(values)
    covariance = r ** np.abs(np.subtract.outer(np.arange(n), np.arange(n)))
    design = np.ones((n, 1))
    if change is not None:
        design = np.column_stack([design, np.arange(n) >= change])
    inverse = np.linalg.inv(covariance)
    fitted = np.linalg.solve(design.T @ inverse @ design, design.T @ inverse @ values)
    left = values - design @ fitted
    return float(left @ inverse @ left)


def evidence(values: Floats, window: int, r: float) -> float:
    n = len(values)
    whole = likelihood(values, r, None)
    ratios = [(whole / likelihood(values, r, n - m)) ** ((n - 2) / 2) for m in range(1, window + 1) if n - m >= 6]
    return 2 * math.log(sum(ratios) / len(ratios))


def q_values(p: list[float], method: str) -> list[float]:
    """By the definition: the least share at which the step-up rule would reject each."""
    count = len(p)
    allowance = sum(1 / i for i in range(1, count + 1)) if method == "by" else 1.0
    ranked = sorted(p)
    return [min(1.0, *(count * allowance * ranked[j] / (j + 1) for j in range(count) if ranked[j] >= one)) for one in p]


def raw_likeness(values: Floats, window: int) -> float:
    """Autocorrelation of what the best step leaves."""
    n = len(values)
    left = []
    for m in range(1, window + 1):
        if n - m >= 6:
            before, after = values[: n - m], values[n - m :]
            left.append(np.concatenate([before - before.mean(), after - after.mean()]))
    best = min(left, key=lambda one: float(one @ one))
    return float(best[1:] @ best[:-1] / (best @ best))
