"""How likely the rules of a chart signal near its end though nothing changed, by simulation.

A process is drawn as AR(1) normals and turned into values of its own distribution; the chart's own limits and rules
then judge it.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from plotthedots.batch import Batch
from plotthedots.budget.grids import WINDOWS, at_window, between, corners, table
from plotthedots.constants import Floats, Whole
from plotthedots.evaluate import Chart, evaluate
from plotthedots.rules import RULE_SETS, RuleSet
from plotthedots.segments import Segments

LENGTHS = np.array([4, 6, 8, 10, 12, 16, 20, 24, 30, 36, 48, 60, 84, 120])
LIKENESS = np.array([-0.3, 0.0, 0.15, 0.3, 0.45, 0.6, 0.75, 0.9])
MEANS = (1.0, 2.0, 4.0, 8.0, 16.0)  # events a point, of counts
WILD = (0.0, 0.01, 0.03, 0.06)  # share of points that are four sigmas off
DISPERSIONS = (0.7, 1.0, 1.3, 1.7, 2.5, 4.0, 8.0)  # spread of values as a multiple of what the limits take it to be
RULES = tuple(RULE_SETS.values())
SEED = 20_261_126
CHARTS = 2_000  # simulated when asked for, where there is no table


@dataclass(frozen=True, slots=True)
class Process:
    """The chart that is made of values drawn from standard normals."""

    chart: str
    draw: Callable[[Floats], Floats]
    wild: float = 0.0


def _normal_share(values: Floats) -> Floats:
    """The standard normal's distribution function, to 1e-6."""
    grid = np.linspace(-6, 6, 2401)
    return np.interp(values, grid, [0.5 * math.erfc(-one / math.sqrt(2)) for one in grid])


def _geometric(values: Floats) -> Floats:
    """Chances between events of 1 in 20."""
    return np.floor(np.log1p(-np.minimum(_normal_share(values), 1 - 1e-9)) / math.log(0.95))


def _poisson(mean: float) -> Callable[[Floats], Floats]:
    counts = np.arange(int(mean + 10 * math.sqrt(mean) + 10))
    chances = np.exp(counts * math.log(mean) - mean - np.array([math.lgamma(count + 1) for count in counts]))
    return lambda values: np.searchsorted(np.cumsum(chances), _normal_share(values)).astype(np.float64)


def _dispersed(times: float) -> Callable[[Floats], Floats]:
    """Counts so large that they are as good as normal, with so many times the spread of Poisson counts."""
    return lambda values: 1e6 + 1e3 * times * values


def _ranges(values: Floats) -> Floats:
    return np.abs(np.diff(values, axis=1, append=values[:, :1]))


INDIVIDUALS, RUN, RANGES, RARE, FIRST_COUNT, FIRST_DISPERSED = 0, 1, 2, 3, 4, 4 + len(MEANS)
FIRST_WILD = FIRST_DISPERSED + len(DISPERSIONS)
PROCESSES = (
    Process("xmr", lambda values: values),
    Process("run", lambda values: values),
    Process("mr", _ranges),
    Process("g", _geometric),
    *(Process("c", _poisson(mean)) for mean in MEANS),
    *(Process("c", _dispersed(times)) for times in DISPERSIONS),
    *(Process("xmr", lambda values: values, share) for share in WILD[1:]),
)
SHAPE = (len(RULES), len(PROCESSES), len(LENGTHS), len(LIKENESS), len(WINDOWS))


def simulate(
    process: Process,
    length: int,
    likeness: float,
    rules: Sequence[RuleSet],
    charts: int,
    random: np.random.Generator,
    baseline: int | None = None,
) -> list[Floats]:
    """For each rule set the share of charts with a signal among the last points, for each of the windows."""
    values = random.standard_normal((charts, length))
    values[:, 1:] *= math.sqrt(1 - likeness**2)
    for i in range(1, length):
        values[:, i] += likeness * values[:, i - 1]
    if process.wild:
        values += wildness(random, values.shape, process.wild)
    drawn = np.ascontiguousarray(process.draw(values)).ravel()
    batch = Batch(Segments.of(np.full(charts, length)), drawn)
    if baseline is not None and baseline < length:
        batch = replace(batch, counted=np.tile(np.arange(length) < baseline, charts))
    return [_shares(batch, Chart(process.chart, one), length) for one in rules]


def wildness(random: np.random.Generator, shape: tuple[int, ...], share: float) -> Floats:
    """What is added to standard normals so that a share of them is four sigmas off, up or down."""
    return np.where(random.random(shape) < share, random.choice([-4.0, 4.0], shape), 0.0)


def _shares(batch: Batch, chart: Chart, length: int) -> Floats:
    signals = evaluate(batch, chart, np.int8(0)).signals  # type: ignore[arg-type]
    marked = np.any([signals[column] != 0 for column in chart.rules.columns], axis=0).reshape(-1, length)
    since = np.where(marked.any(axis=1), marked[:, ::-1].argmax(axis=1), length)
    return np.asarray((since[:, None] < np.minimum(WINDOWS, length)).mean(axis=0))


@dataclass(frozen=True, slots=True)
class Series:
    """What bears on false alarms, a value a series: points, autocorrelation, events a point, dispersion, the share of
    points that are wild.

    `baseline` is how many of the points the limits are computed from, 0 for all of them.
    """

    n: Whole
    likeness: Floats
    events: Floats
    dispersion: Floats
    wild: Floats
    baseline: Whole


def chances(chart: Chart, series: Series, window: int) -> Floats:
    """The chance of a chart signal among the last points of each series though nothing changed."""
    family = chart.family
    if family in ("p", "u", "c"):
        made = _of_counts(chart.rules, series, window)
    elif family in ("xbar", "s"):
        made = _of_dispersion(chart.rules, series, window)
    elif family in ("run", "mr", "g"):
        made = _of(chart.rules, {"run": RUN, "mr": RANGES, "g": RARE}[family], series, window)
    else:
        made = _mixed(chart.rules, WILD, series.wild, (INDIVIDUALS, *range(FIRST_WILD, len(PROCESSES))), series, window)
    return np.where(series.n < LENGTHS[0], 0.0, np.clip(made, 0, 1))


def _mixed(
    rules: RuleSet, grid: Sequence[float], at: Floats, processes: Sequence[int], series: Series, window: int
) -> Floats:
    """Between the two processes whose settings are next to each series' own."""
    low, share = between(np.array(grid), at)
    made = np.zeros(len(series.n))
    for place in np.unique([low, low + 1]).tolist():
        weight = np.where(low == place, 1 - share, np.where(low + 1 == place, share, 0))
        made += weight * _of(rules, processes[place], series, window)
    return made


def _of_dispersion(rules: RuleSet, series: Series, window: int) -> Floats:
    processes = range(FIRST_DISPERSED, FIRST_WILD)
    return _mixed(rules, np.log(DISPERSIONS).tolist(), np.log(series.dispersion), processes, series, window)


def _of_counts(rules: RuleSet, series: Series, window: int) -> Floats:
    """Of small counts, by their mean; what dispersion adds is taken from large ones."""
    large = FIRST_DISPERSED + DISPERSIONS.index(1.0)
    added = _of_dispersion(rules, series, window) - _of(rules, large, series, window)
    grid = (0.0, *(1 / mean for mean in MEANS[::-1]))
    processes = (large, *range(FIRST_DISPERSED - 1, FIRST_COUNT - 1, -1))
    return added + _mixed(rules, grid, 1 / np.maximum(series.events, 1e-9), processes, series, window)


def _of(rules: RuleSet, process: int, series: Series, window: int) -> Floats:
    made = np.zeros(len(series.n))
    for i, j, share in corners(series.n, series.likeness, LENGTHS, LIKENESS):
        made += share * _cells(rules, process, i, j, series.baseline, window)
    return made


def _cells(rules: RuleSet, process: int, i: Whole, j: Whole, baseline: Whole, window: int) -> Floats:
    if rules in RULES and not baseline.any():
        cells = at_window(table("alarms")[RULES.index(rules), process] / 10_000, window, axis=-1)
        return np.asarray(cells[i, j])
    # The nearest baseline that is simulated, by its length.
    near = np.where(baseline > 0, LENGTHS[np.abs(LENGTHS[:, None] - baseline).argmin(axis=0)], 0)
    distinct, back = np.unique(np.stack([i, j, near]), axis=1, return_inverse=True)
    made = [_simulated(rules, process, *cell) for cell in distinct.T.tolist()]
    return np.asarray(at_window(np.array(made), window, axis=-1)[back.ravel()])


@cache
def _simulated(rules: RuleSet, process: int, i: int, j: int, baseline: int) -> npt.NDArray[Any]:
    random = np.random.default_rng([SEED, process, i, j, baseline])
    length, likeness = int(LENGTHS[i]), float(LIKENESS[j])
    return simulate(PROCESSES[process], length, likeness, (rules,), CHARTS, random, baseline or None)[0]
