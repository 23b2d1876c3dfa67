"""`kaplan_meier` and `log_rank` of gains beside lifelines, on random lives with late entry and many ties.

lifelines brings SciPy, autograd and matplotlib, so it has an environment of its own, outside the project:

    python -m venv ORACLE && ORACLE/bin/pip install lifelines pyarrow narwhals
    PYTHONPATH=engine/src ORACLE/bin/python engine/benchmarks/survival_oracle.py

Prints the largest differences, and ends with 1 where one is over 1e-9.

The curve of `gains` begins where five are at risk, that of lifelines where one is: lifelines is given the lives that go
on after that moment, entered there at the earliest. Who enters at the moment of a loss is not at risk of it, in both.
Where nobody survives there are no limits here, and 0 to 0 or 0 to 1 there: not compared. The log-rank test of lifelines
knows neither late entry nor strata; it is compared without them, for two to four groups (with them, the naive twins of
the tests are what it is held against).
"""

import sys

import numpy as np
from lifelines import KaplanMeierFitter
from lifelines.statistics import multivariate_logrank_test

from plotthedots.gains.survival import kaplan_meier, log_rank

RUNS, CLOSE = 400, 1e-9


def curve(random: np.random.Generator) -> dict[str, float]:
    """Largest differences of one random curve: survival, its limits, the median."""
    lives = int(random.integers(8, 120))
    entry = np.where(random.random(lives) < 0.4, 0, random.integers(0, 15, lives)).astype(np.float64)
    time = entry + random.integers(1, 30, lives)
    event = random.random(lives) < random.uniform(0.2, 0.95)
    own = kaplan_meier(time, event, entry)
    if own is None or len(own.time) < 2:
        return {}
    begin = own.time[0]
    on = time > begin
    fitted = KaplanMeierFitter().fit(time[on], event[on], entry=np.maximum(entry[on], begin))
    limits = fitted.confidence_interval_
    survival = fitted.survival_function_["KM_estimate"]
    alive = own.survival > 0
    told = {"survival": np.abs(own.survival[1:] - survival.loc[own.time[1:]].to_numpy()).max()}
    for name, column in (("lower limit", 0), ("upper limit", 1)):
        mine = own.lower if column == 0 else own.upper
        theirs = limits.iloc[:, column].loc[own.time].to_numpy()
        told[name] = np.abs(mine[alive][1:] - theirs[alive][1:]).max(initial=0)
    median = np.inf if own.median is None else own.median
    told["median"] = 0.0 if median == fitted.median_survival_time_ else abs(median - fitted.median_survival_time_)
    return told


def test(random: np.random.Generator) -> dict[str, float]:
    """Differences of one random log-rank test: statistic (relative) and p value."""
    lives, groups = int(random.integers(12, 150)), int(random.integers(2, 5))
    time = random.integers(1, 30, lives).astype(np.float64)
    event = random.random(lives) < random.uniform(0.3, 1)
    group = np.concatenate([np.arange(groups), random.integers(0, groups, lives - groups)])
    own = log_rank(time, event, np.zeros(lives), group)
    theirs = multivariate_logrank_test(time, group, event)
    if own is None or own.degrees != groups - 1:  # a group never at risk of a loss: theirs counts it all the same
        return {}
    return {
        "statistic": abs(own.statistic - theirs.test_statistic) / max(1.0, theirs.test_statistic),
        "p value": abs(own.p_value - theirs.p_value),
    }


def main() -> int:
    random = np.random.default_rng(1958)
    largest: dict[str, float] = {}
    compared = {"curves": 0, "tests": 0}
    for _ in range(RUNS):
        for kind, differences in (("curves", curve(random)), ("tests", test(random))):
            compared[kind] += bool(differences)
            for name, difference in differences.items():
                largest[name] = max(largest.get(name, 0.0), float(difference))
    print(f"compared: {compared['curves']} curves, {compared['tests']} tests")
    for name, difference in largest.items():
        print(f"{name:12} {difference:.1e}")
    return int(max(largest.values()) > CLOSE)


if __name__ == "__main__":
    sys.exit(main())
