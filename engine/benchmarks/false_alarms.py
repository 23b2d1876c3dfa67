"""How often each rule signals when nothing changes: a seeded simulation, written into docs/methods/rules.md.

Each process is drawn from the family's own distribution and charted as an analyst would: limits from the
same points, every rule of every rule set. `python engine/benchmarks/false_alarms.py` takes under a minute.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from plotthedots.batch import Batch
from plotthedots.evaluate import Chart, evaluate
from plotthedots.limits import FAMILIES
from plotthedots.rules import RULE_SETS, RuleSet, meaningful
from plotthedots.segments import Segments

SEED = 20_260_301
SERIES = 20_000
LENGTHS = (24, 36)
PAGE = Path(__file__).parents[2] / "docs" / "methods" / "rules.md"

Random = np.random.Generator
NONE = "–"


@dataclass(frozen=True, slots=True)
class Process:
    """What is drawn, a row a series, and the chart that is made of it."""

    name: str
    chart: str
    draw: Callable[[Random, tuple[int, int]], Batch]


def flat(values: npt.NDArray[Any]) -> Batch:
    """Series side by side as one batch."""
    count, length = values.shape
    return Batch(Segments.of(np.full(count, length)), np.ascontiguousarray(values, dtype=np.float64).ravel())


def ratio(numerator: npt.NDArray[Any], denominator: npt.NDArray[np.float64]) -> Batch:
    made = flat(numerator / denominator)
    return Batch(made.phases, made.value, numerator.astype(np.float64).ravel(), denominator.ravel())


def normal(random: Random, shape: tuple[int, int]) -> Batch:
    return flat(random.normal(50, 5, shape))


def autocorrelated(r: float) -> Callable[[Random, tuple[int, int]], Batch]:
    """AR(1): each value is r times the one before, and news; begun in its long-run distribution."""

    def draw(random: Random, shape: tuple[int, int]) -> Batch:
        values = random.normal(size=shape)
        values[:, 0] /= np.sqrt(1 - r * r)
        for i in range(1, shape[1]):
            values[:, i] += r * values[:, i - 1]
        return flat(values)

    return draw


def moving_ranges(random: Random, shape: tuple[int, int]) -> Batch:
    values = random.normal(50, 5, shape)
    values[:, 1:] = np.abs(np.diff(values, axis=1))
    values[:, 0] = np.nan
    return flat(values)


def with_denominators(random: Random, shape: tuple[int, int]) -> Batch:
    n = random.integers(50, 151, shape).astype(np.float64)
    return ratio(50 * n + 20 * np.sqrt(n) * random.normal(size=shape), n)


def binomial(random: Random, shape: tuple[int, int]) -> Batch:
    n = random.integers(50, 151, shape)
    return ratio(random.binomial(n, 0.1), n.astype(np.float64))


def counts(mean: float) -> Callable[[Random, tuple[int, int]], Batch]:
    return lambda random, shape: flat(random.poisson(mean, shape).astype(np.float64))


def rates(mean: float) -> Callable[[Random, tuple[int, int]], Batch]:
    """Events over an exposure of half to one and a half times the usual one."""

    def draw(random: Random, shape: tuple[int, int]) -> Batch:
        exposure = random.uniform(0.5, 1.5, shape)
        return ratio(random.poisson(mean * exposure), exposure)

    return draw


def chances_between(random: Random, shape: tuple[int, int]) -> Batch:
    return flat(random.geometric(0.05, shape) - 1.0)


def times_between(power: float) -> Callable[[Random, tuple[int, int]], Batch]:
    return lambda random, shape: flat(10 * random.weibull(power, shape))


def subgroups(which: str) -> Callable[[Random, tuple[int, int]], Batch]:
    def draw(random: Random, shape: tuple[int, int]) -> Batch:
        values = random.normal(50, 5, (*shape, 5))
        mean, spread = values.mean(axis=2), values.std(axis=2, ddof=1)
        made = flat(mean if which == "xbar" else spread)
        return Batch(made.phases, made.value, size=np.full(mean.size, 5.0), spread=spread.ravel())

    return draw


PROCESSES = (
    Process("xmr: normal", "xmr", normal),
    Process("xmr: autocorrelation 0.3", "xmr", autocorrelated(0.3)),
    Process("xmr: autocorrelation 0.6", "xmr", autocorrelated(0.6)),
    Process("mr: of normal values", "mr", moving_ranges),
    Process("iprime: normal, n 50 to 150", "iprime", with_denominators),
    Process("run: normal", "run", normal),
    Process("p: 0.1 of 50 to 150", "p", binomial),
    Process("pprime: 0.1 of 50 to 150", "pprime", binomial),
    Process("u: Poisson, mean 4", "u", rates(4)),
    Process("u: Poisson, mean 16", "u", rates(16)),
    Process("uprime: Poisson, mean 4", "uprime", rates(4)),
    Process("uprime: Poisson, mean 16", "uprime", rates(16)),
    Process("c: Poisson, mean 4", "c", counts(4)),
    Process("c: Poisson, mean 16", "c", counts(16)),
    Process("g: geometric, mean 19", "g", chances_between),
    Process("t: exponential", "t", times_between(1.0)),
    Process("t: Weibull, shape 1.5", "t", times_between(1.5)),
    Process("xbar: normal, 5 a subgroup", "xbar", subgroups("xbar")),
    Process("s: normal, 5 a subgroup", "s", subgroups("s")),
)


@dataclass(frozen=True, slots=True)
class Shares:
    """Per cent of points that a rule marks on charts of 36 (nan: it marks none), and of charts that it
    signals on at all, by length."""

    points: float
    charts: tuple[float, ...]

    def __str__(self) -> str:
        points = NONE if self.points != self.points else f"{self.points:.2f}"
        return " / ".join((points, *(f"{share:.1f}" for share in self.charts)))


def shares(process: Process, rules: RuleSet, *, series: int = SERIES) -> dict[str, Shares]:
    """For each rule column that means something on the family, and for all together ("any")."""
    drawn = [_signals(process, rules, length, series) for length in LENGTHS]
    # Runs analysis judges a phase as a whole and marks no point.
    marking = [column for column in drawn[-1] if column != "runs"]
    each = {column: [signals[column] != 0 for signals in drawn] for column in drawn[-1]}
    each["any"] = [np.any([signals[column] != 0 for column in signals], axis=0) for signals in drawn]
    points = {column: float(marks[-1].mean()) for column, marks in each.items()} | {"runs": np.nan}
    points["any"] = float(np.any([each[column][-1] for column in marking], axis=0).mean()) if marking else np.nan
    return {
        column: Shares(100 * points[column], tuple(100 * float(one.any(axis=1).mean()) for one in marks))
        for column, marks in each.items()
    }


def _signals(process: Process, rules: RuleSet, length: int, series: int) -> dict[str, npt.NDArray[np.int8]]:
    """The rule columns that mean something on the family, a row a series."""
    random = np.random.default_rng([SEED, length, *process.name.encode()])
    batch = process.draw(random, (series, length))
    signals = evaluate(batch, Chart(process.chart, rules), np.int8(0)).signals  # type: ignore[arg-type]
    return {
        column: signals[column].reshape(series, length)
        for column in rules.columns
        if _means_something(process.chart, rules, column)
    }


def _means_something(chart: str, rules: RuleSet, column: str) -> bool:
    if column == "runs":
        return FAMILIES[chart].judged_by_runs
    return meaningful(chart, next(rule.kind for rule in rules.rules if rule.column == column))


def row(process: Process, rules: RuleSet, *, series: int = SERIES) -> str:
    """A line of the table: the process, then a cell a rule, then all rules together."""
    found = {column: str(share) for column, share in shares(process, rules, series=series).items()}
    return line(process.name, *(found.get(column, NONE) for column in (*rules.columns, "any")))


def sides(process: Process, *, series: int = SERIES) -> str:
    """How often shifts of Making Data Count go up and down: shares of charts of 36."""
    shift = _signals(process, RULE_SETS["making-data-count"], LENGTHS[-1], series)["shift"]
    return line(process.name, *(f"{100 * float((shift == way).any(axis=1).mean()):.1f}" for way in (1, -1)))


def line(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def heading(*columns: str) -> str:
    return f"{line(*columns)}\n|{' --- |' * len(columns)}"


def tables() -> Iterator[str]:
    yield f"Seed {SEED}; {SERIES:,} series for each process and length.\n"
    for name, rules in RULE_SETS.items():
        rows = "\n".join(row(process, rules) for process in PROCESSES)
        yield f"### False alarms: {name}\n\n{heading('process', *rules.columns, 'any')}\n{rows}\n"
    rows = "\n".join(sides(process) for process in PROCESSES if meaningful(process.chart, "shift"))
    yield f"### Which way shifts go when nothing changes\n\n{heading('process', 'above', 'below')}\n{rows}\n"


def text() -> str:
    """All tables of the page."""
    return "\n".join(tables())


def main() -> None:
    """Write the tables between their markers."""
    page = PAGE.read_text(encoding="utf-8")
    made = text()
    region = re.compile(r"(<!-- false alarms: .*? -->\n)(.*?)(<!-- end of false alarms -->)", re.DOTALL)
    PAGE.write_text(region.sub(lambda found: f"{found[1]}\n{made}\n{found[3]}", page), encoding="utf-8")
    print(f"false alarms: written into {PAGE.name}")


if __name__ == "__main__":
    main()
