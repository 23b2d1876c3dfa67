"""The engine over arrays beside the floor: the same number of points, with phases, holes and ragged lengths."""

from functools import partial

import numpy as np

import floor
from plotthedots.batch import Batch, cores
from plotthedots.evaluate import Chart, Evaluation, evaluate
from plotthedots.rules import RULE_SETS
from plotthedots.segments import Segments
from report import Report, rate, ratio
from series import Floats, Ragged, ragged, rectangle
from timing import best, once

CHART = Chart("xmr", RULE_SETS["making-data-count"])
BETTER = np.array(1, dtype=np.int8)
POINTS = 36


def batch(made: Ragged) -> Batch:
    return Batch(Segments.of(made.phases), made.values)


def full(values: Floats) -> Batch:
    return Batch(Segments.of(np.full(len(values), values.shape[1])), values.ravel())


def with_ghosts(made: Ragged) -> Batch:
    """A ghost in thirty points, and limits from the first dozen of each phase."""
    phases = Segments.of(made.phases)
    ghost = np.random.default_rng(1).random(len(made.values)) < 1 / 30
    first = np.arange(len(ghost)) - np.repeat(phases.starts, phases.lengths) < 12
    return Batch(phases, made.values, counted=first & ~ghost, ghost=ghost)


def run(one: Batch, threads: int) -> Evaluation:
    return evaluate(one, CHART, BETTER, threads=threads)


def agree() -> None:
    """The floor is only a floor if it computes the same: every signal and reading, on a full rectangle."""
    values = rectangle(500, POINTS)
    plain, ours = floor.chart(values), run(full(values), 1)
    for name in ("outside", "shift", "trend", "two_of_three"):
        assert np.array_equal(getattr(plain, name).ravel(), ours.signals[name]), name
    assert np.array_equal(plain.point.ravel(), np.where(ours.point == 1, 1, np.where(ours.point == 2, 2, 0)))
    assert np.allclose(np.repeat(plain.lower.ravel(), POINTS), ours.lower, rtol=1e-12)


def beside_the_floor(report: Report, series: int) -> float:
    """Seconds of the floor on one core, for the tables that follow."""
    agree()
    values, made = rectangle(series, POINTS), ragged(series, POINTS)
    uneven, ghosts, even, two = batch(made), with_ghosts(made), full(values), min(2, cores())
    jobs = {
        "floor: plain NumPy, full rectangle, one core": lambda: floor.in_one_go(values),
        "floor in blocks that fit the cache, one core": lambda: floor.in_blocks(values, 1),
        f"floor in blocks, {two} threads": lambda: floor.in_blocks(values, two),
        "engine: phases, holes, ragged lengths, one core": lambda: run(uneven, 1),
        f"engine: phases, holes, ragged lengths, {two} threads": lambda: run(uneven, two),
        f"engine: ghosts and baselines as well, {two} threads": lambda: run(ghosts, two),
        "engine: full rectangle, one core": lambda: run(even, 1),
    }
    seconds = best(jobs, rounds=5)
    base = next(iter(seconds.values()))
    rows = [(name, rate(values.size, taken), ratio(taken, base)) for name, taken in seconds.items()]
    report.table(
        f"Arrays: {series:,} series of {POINTS} points (XmR, four rules)",
        ["", "points a second", "times the floor"],
        rows,
    )
    return base / values.size


def shapes(report: Report, per_point: float, *, whole: bool) -> None:
    """Few long series and many short ones."""
    many = 1_000_000 if whole else 100_000
    rows = []
    for series, points in ((36, many), (many, 36)):
        made = batch(ragged(series, points))
        taken = min(once(partial(run, made, cores())) for _ in range(3))
        rows.append(
            (
                f"{series:,} series of {points:,}",
                rate(len(made.value), taken),
                f"{per_point * len(made.value) / taken:.2f}",
            )
        )
    report.table("Arrays: shapes, all cores", ["", "points a second", "times the floor on one core"], rows)


def streamed(report: Report, per_point: float, *, points: int) -> None:
    """More points than are wanted in memory at once: ten blocks, each charted and let go."""
    made = batch(ragged(points // 10 // POINTS, POINTS))
    taken = sum(once(lambda: run(made, cores())) for _ in range(10))
    total = 10 * len(made.value)
    report.table(
        f"Arrays: {total:,} points in ten blocks, all cores",
        ["seconds", "points a second", "times the floor on one core"],
        [(f"{taken:.1f}", rate(total, taken), f"{per_point * total / taken:.2f}")],
    )
