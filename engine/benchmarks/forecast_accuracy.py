"""Accuracy of forecasts beside StatsForecast's AutoETS and AutoTheta, written into docs/methods/forecast.md.

    python engine/benchmarks/forecast_accuracy.py

The oracle is an environment of its own, as it asks for much that the engine does not:

    python -m venv .venv-oracle && .venv-oracle/bin/pip install statsforecast pyarrow -e engine
    .venv-oracle/bin/python engine/benchmarks/forecast_accuracy.py      # a few minutes; FULL=1 takes all series

Where StatsForecast cannot be imported its columns say so and nothing is written. Each series is forecast 12 periods
ahead from 12, 24 and 36 periods before its end; MASE is scaled by the seasonal naive errors before the origin. The
oracle takes no gaps: they are filled in for it by straight lines. Series of rare events are left to coverage.py.
"""

import importlib.util
import os
import time
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from forecast_series import (
    HELD_OUT,
    SEED,
    Floats,
    Series,
    Set,
    development,
    frame,
    held_out,
    simulated,
    table,
    there,
    what_came,
    write,
)
from plotthedots.forecast import forecast

BACK = (12, 24, 36)
DRAWN = None if os.environ.get("FULL") == "1" else 40  # series of each set, at random
LEAST = 24  # values before an origin
RARE = 5  # mean count below which events are rare
ORACLE = importlib.util.find_spec("statsforecast") is not None
NAMES = ("seasonal naive", "AutoTheta", "AutoETS")


@dataclass(slots=True)
class Figures:
    """Errors of a set, a row per series and origin: ours, then those of `NAMES`; and seconds spent."""

    name: str
    errors: list[list[float]] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=lambda: dict.fromkeys(("ours", *NAMES), 0.0))
    made: int = 0
    untold: int = 0

    def add(self, who: str, since: float) -> None:
        self.seconds[who] += time.process_time() - since


def measure(of: Set) -> Figures:
    made = Figures(of.name)
    for back in BACK:
        chosen = [one for one in of.series if _fit(one, back)]
        if DRAWN and len(chosen) > DRAWN:
            # The same series at each origin, so that origins compare.
            random = np.random.default_rng([SEED, *of.name.encode()])
            rank = dict(zip((one.name for one in of.series), random.permutation(len(of.series)), strict=True))
            chosen = sorted(sorted(chosen, key=lambda one: rank[one.name])[:DRAWN], key=lambda one: one.name)
        if chosen:
            _measure(of, chosen, back, made)
    return made


def _fit(one: Series, back: int) -> bool:
    """Enough values, a last one, few gaps, something that varies, and no rare events, which MASE cannot judge."""
    before = one.values[: max(len(one.values) - back, 0)]
    known = before[before == before]
    usable = len(known) >= LEAST and len(known) >= 0.9 * len(before)
    if not usable or before[-1] != before[-1] or np.ptp(known) == 0 or _scale(before, 12) == 0:
        return False
    return bool((known != np.floor(known)).any() or known.mean() >= RARE)


def _scale(values: Floats, season: int) -> float:
    return float(np.nanmean(np.abs(values[season:] - values[:-season])))


def _measure(of: Set, chosen: list[Series], back: int, made: Figures) -> None:
    actual = what_came(chosen, back, of.horizon)
    since = time.process_time()
    result = forecast(frame(chosen, back), by="by", bounds=of.bounds, horizon=of.horizon)
    ours = result.points["mean"].reshape(actual.shape)
    made.add("ours", since)
    made.made += len(chosen)
    for row, one in enumerate(chosen):
        if np.isnan(ours[row]).any() or np.isnan(actual[row]).all():
            made.untold += int(np.isnan(ours[row]).any())
            continue
        before = one.values[: len(one.values) - back]
        means = [ours[row], *_others(before, of, made)]
        made.errors.append(
            [float(np.nanmean(np.abs(mean - actual[row]))) / _scale(before, of.season) for mean in means]
        )


def _others(values: Floats, of: Set, made: Figures) -> Iterator[Floats]:
    place, known = np.arange(len(values)), values == values
    complete = np.interp(place, place[known], values[known])
    yield np.resize(complete[-of.season :], of.horizon)
    if not ORACLE:
        yield from (np.full(of.horizon, np.nan) for _ in NAMES[1:])
        return
    from statsforecast.models import AutoETS, AutoTheta  # type: ignore[import-not-found]

    for name, model in (("AutoTheta", AutoTheta), ("AutoETS", AutoETS)):
        since = time.process_time()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield np.asarray(model(season_length=of.season).forecast(complete, of.horizon)["mean"])
        made.add(name, since)


def rows(figures: list[Figures]) -> Iterator[tuple[str, ...]]:
    means = []
    for one in figures:
        errors = np.array(one.errors)
        means.append(errors.mean(axis=0))
        yield (one.name, f"{len(errors)}", str(one.untold), *(_number(mean) for mean in means[-1]))
    yield ("**mean of the sets**", "", "", *(_number(mean) for mean in np.mean(means, axis=0)))
    ratios = np.exp(np.mean([np.log(mean[0] / mean) for mean in means], axis=0))
    yield ("ours by theirs, geometric mean of the sets", "", "", *(_number(ratio) for ratio in ratios))


def _number(value: float) -> str:
    return "not measured" if np.isnan(value) else f"{value:.3f}"


def speed(figures: list[Figures]) -> list[tuple[str, ...]]:
    made = []
    for one in figures:
        cost = {who: 1000 * seconds / one.made for who, seconds in one.seconds.items()}
        times = [f"{cost[who] / cost['ours']:.0f}" if ORACLE else "not measured" for who in NAMES[1:]]
        made.append((one.name, f"{cost['ours']:.2f}", *times))
    return made


def text() -> str:
    """All tables of the page."""
    columns = ("series", "forecasts", "left out", "ours", *NAMES)
    measure(simulated("seasonal", 2, 60))  # so that no set pays for what is loaded once
    first, others = measure(development()), [measure(of) for of in held_out(HELD_OUT)]
    drawn = "all series" if DRAWN is None else f"up to {DRAWN} series of each set at each of three origins"
    parts = [
        f"Seed {SEED}; {drawn}.",
        table(columns, [next(rows([first]))]),
        "Kept back:",
        table(columns, list(rows(others))),
        "Speed: milliseconds of processor a series, back-test included, and how many times that a fit of theirs takes.",
        table(("series", "ours", *(f"{name}, times" for name in NAMES[1:])), speed([first, *others])),
    ]
    return "\n\n".join(parts)


def main() -> None:
    if not there():
        print("forecast accuracy: ../shared/data is not there (nor HOLDGOOD_DATA); nothing measured")
        return
    made = text()
    print(made)
    if ORACLE:
        write("accuracy", made)
    else:
        print("forecast accuracy: statsforecast cannot be imported; the page is left as it was")


if __name__ == "__main__":
    main()
