"""How much of the power of one who knows the date is left to anyone who does not: the best possible test of either.

Both know the mean, the spread, the autocorrelation and that errors are normal. One knows the date and not the size of
the change; the other its size and not the date, and weighs all dates alike, which by Neyman and Pearson's lemma no test
beats on average. Boards of 300 charts of 36 months, a tenth changed by 2 σ at any of the last twelve; false discovery
rate 10 %.
"""

from math import erfc, sqrt

import numpy as np

from evidence import Cell, Figures
from plotthedots.budget.discovery import q_values
from studies._boards import Floats, autocorrelated

NEEDS_DATA = False
CHARTS, MONTHS, WINDOW, SIZE, CHANGED, SHARE = 300, 36, 12, 2.0, 30, 0.1
BOARDS, NULL = 200, 1_000_000


def cells() -> list[Cell]:
    return [{"r": r} for r in (0.0, 0.3, 0.6)]


def run(cell: Cell, random: np.random.Generator) -> Figures:
    r = float(cell["r"])
    null = np.sort(_without_date(autocorrelated(random, NULL, MONTHS, r), r))
    found = np.zeros(2)
    changed = np.arange(CHARTS) < CHANGED
    for _ in range(BOARDS):
        age = random.integers(1, WINDOW + 1, CHARTS)
        after = np.arange(MONTHS) >= MONTHS - age[:, None]
        values = autocorrelated(random, CHARTS, MONTHS, r) + SIZE * (changed[:, None] & after)
        no_date = 1 - np.searchsorted(null, _without_date(values, r)) / (NULL + 1)
        dated = np.array([erfc(each / sqrt(2)) for each in _with_date(values, r, age)])
        found += [((q_values(p, "bh") <= SHARE) & changed).sum() for p in (no_date, dated)]
    power = found / (BOARDS * CHANGED)
    return {"without_date": float(power[0]), "with_date": float(power[1]), "ratio": float(power[0] / power[1])}


def _news(values: Floats, r: float) -> Floats:
    """Independent errors of variance 1."""
    made = values.copy()
    made[:, 1:] -= r * values[:, :-1]
    made[:, 0] *= np.sqrt(1 - r * r)
    return made / np.sqrt(1 - r * r)


def _steps(r: float) -> Floats:
    """What a step of 1 looks like in them, by its age in months."""
    age = np.arange(1, WINDOW + 1)
    return _news((np.arange(MONTHS) >= MONTHS - age[:, None]).astype(np.float64), r)


def _without_date(values: Floats, r: float) -> Floats:
    steps = _steps(r)
    up = SIZE * _news(values, r) @ steps.T
    ratios = np.concatenate([up, -up], axis=1) - SIZE**2 * np.tile((steps**2).sum(axis=1) / 2, 2)
    most = ratios.max(axis=1)
    return np.asarray(most + np.log(np.exp(ratios - most[:, None]).mean(axis=1)))


def _with_date(values: Floats, r: float, age: Floats) -> Floats:
    step = _steps(r)[age.astype(np.int64) - 1]
    return np.asarray(np.abs((_news(values, r) * step).sum(axis=1)) / np.sqrt((step**2).sum(axis=1)))


def pages(rows: list[dict[str, str]]) -> dict[tuple[str, str], str]:
    del rows
    return {}
