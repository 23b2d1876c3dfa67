"""The engine against a few lines of plain Python: every family's limits, and every rule, on random series."""

from collections.abc import Callable
from typing import Any

import polars as pl
import pytest

import plotthedots as ptd

from . import limits, rules
from .limits import Lines, Row
from .series import SHAPES, Asked, asked, frame, options, phases

SEEDS = range(12)
COLUMNS = ["centre", "lower", "upper", "lower_near", "upper_near"]
TWINS: dict[str, Callable[[list[Row]], list[Lines]]] = {
    "xmr": lambda rows: limits.xmr(rows, screen=True, making_data_count=False),
    "mr": limits.mr,
    "run": limits.run,
    "iprime": lambda rows: limits.iprime(rows, screen=True, all_rows=True),
    "p": lambda rows: limits.ratio(rows, lambda p: p * (1 - p), ceiling=1.0, laney=False, screen=True),
    "pprime": lambda rows: limits.ratio(rows, lambda p: p * (1 - p), ceiling=1.0, laney=True, screen=True),
    "u": lambda rows: limits.ratio(rows, lambda u: u, ceiling=None, laney=False, screen=True),
    "uprime": lambda rows: limits.ratio(rows, lambda u: u, ceiling=None, laney=True, screen=True),
    "c": limits.c,
    "g": limits.g,
    "t": lambda rows: limits.t(rows, screen=True),
    "xbar": limits.xbar,
    "s": limits.s,
}


def computed(given: Asked, seed: int, **more: Any) -> dict[str, pl.DataFrame]:
    points = ptd.spc(frame(given, seed), **options(given), **more).points
    return {str(name): rows for (name,), rows in points.group_by("series", maintain_order=True)}


def close(ours: float | None, twin: float | None) -> bool:
    return ours is twin if ours is None or twin is None else ours == pytest.approx(twin, rel=1e-9, abs=1e-11)


def wrong(rows: pl.DataFrame, columns: list[str], expected: list[Any]) -> list[str]:
    return [
        f"row {row}, {column}: engine {ours}, twin {twin}"
        for row, (found, wanted) in enumerate(zip(rows.select(columns).rows(), expected, strict=True))
        for column, ours, twin in zip(columns, found, wanted, strict=True)
        if not close(ours, twin)
    ]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("chart", TWINS)
def test_limits_of_a_family_are_those_of_its_formula(chart: str, seed: int) -> None:
    given = asked(chart, seed)
    found = computed(given, seed, rules="anhoej")
    assert list(found) == sorted(given.series)
    for name, rows in found.items():
        expected = [line for phase in phases(given, name) for line in TWINS[chart](phase)]
        values = [(row.value,) for phase in phases(given, name) for row in phase]
        numbered = [(place,) for place, phase in enumerate(phases(given, name), start=1) for _ in phase]
        assert wrong(rows, ["phase"], numbered) == []
        assert wrong(rows, ["value"], values) == []
        assert wrong(rows, COLUMNS, expected) == []


@pytest.mark.parametrize("seed", SEEDS)
def test_the_spread_of_iprime_is_that_of_the_rows_that_count_but_under_the_rules_of_qicharts2(seed: int) -> None:
    given = asked("iprime", seed)
    for name, rows in computed(given, seed, rules=("outside",)).items():
        expected = [line for phase in phases(given, name) for line in limits.iprime(phase, screen=True, all_rows=False)]
        assert wrong(rows, COLUMNS, expected) == []


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("chart", TWINS)
def test_points_outside_and_runs_are_those_of_the_definition(chart: str, seed: int) -> None:
    given = asked(chart, seed)
    for name, rows in computed(given, seed, rules="anhoej").items():
        expected = [signals for phase in phases(given, name) for signals in anhoej(phase, TWINS[chart](phase), chart)]
        columns = ["outside", "runs", "longest_run", "longest_run_max", "crossings", "crossings_min"]
        assert wrong(rows, columns, expected) == []


# On t a lone value and its centre differ by the rounding of the power: it stands on the line.
def anhoej(phase: list[Row], made: list[Lines], chart: str) -> list[tuple[int | None, ...]]:
    kept = [(row.value, line[0]) for row, line in zip(phase, made, strict=True) if not row.ghost]
    side = [0 if chart == "t" and close(value, centre) else rules.sides([value], centre)[0] for value, centre in kept]
    longest, most, crossings, fewest, signal = rules.runs(side)
    figures = (0 if chart == "mr" else signal, longest, most, crossings, fewest)
    return [(rules.outside(row, line), *figures) for row, line in zip(phase, made, strict=True)]


@pytest.mark.parametrize("screen", [True, False])
@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("shape", SHAPES)
def test_making_data_count_is_what_its_definition_says(shape: str, seed: int, screen: bool) -> None:
    given = asked("xmr", seed, shape)
    for name, rows in computed(given, seed, screen_moving_ranges=screen, direction="increase").items():
        expected = [line for phase in phases(given, name) for line in making_data_count(phase, screen)]
        assert wrong(rows, [*COLUMNS, "outside", "shift", "trend", "two_of_three"], expected) == []
        assert rows["point"].to_list() == [
            reading(row, signals) for row, signals in zip(all_rows(given, name), expected, strict=True)
        ]


def all_rows(given: Asked, name: str) -> list[Row]:
    return [row for phase in phases(given, name) for row in phase]


def making_data_count(phase: list[Row], screen: bool) -> list[tuple[Any, ...]]:
    """Lines of every row, then its signals; ghosts have `outside` alone, and the other rules do not see them."""
    made = limits.xmr(phase, screen, making_data_count=True)
    seen = [place for place, row in enumerate(phase) if not row.ghost]
    values = [phase[place].value for place in seen]
    side = rules.sides(values, made[0][0])
    close = rules.two_of_three([phase[place] for place in seen], [made[place] for place in seen], side)
    windows = dict(zip(seen, zip(rules.shift(side, 7), rules.trend(values, 7), close, strict=True), strict=True))
    return [
        (*line, rules.outside(row, line), *windows.get(place, (0, 0, 0)))
        for place, (row, line) in enumerate(zip(phase, made, strict=True))
    ]


def reading(row: Row, signals: tuple[Any, ...]) -> str | None:
    outside, shift, trend, close = signals[5:]
    way = outside or trend or close or shift
    if row.value is None:
        return None
    return {1: "improvement", -1: "concern", 0: "common_cause"}[way]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("length", [2, 5, 8])
def test_a_shift_of_any_length_is_every_window_on_one_side(length: int, seed: int) -> None:
    given = asked("xmr", seed, "walk")
    found = computed(given, seed, rules=("outside", ("shift", length)))
    for name, rows in found.items():
        expected = [(signal,) for phase in phases(given, name) for signal in shifts(phase, length)]
        assert wrong(rows, ["shift"], expected) == []


def shifts(phase: list[Row], length: int) -> list[int]:
    centre = limits.xmr(phase, screen=True, making_data_count=False)[0][0]
    seen = [place for place, row in enumerate(phase) if not row.ghost]
    marked = dict(
        zip(seen, rules.shift(rules.sides([phase[place].value for place in seen], centre), length), strict=True)
    )
    return [marked.get(place, 0) for place in range(len(phase))]


OTHERS = (("beyond", 4, 5, 1.0), ("trend", 4), ("alternating", 4), ("stratification", 5, 1.0), ("mixture", 3, 1.0))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("shape", ["continuous", "walk", "steps"])
def test_the_other_rules_mark_every_window_that_fits(shape: str, seed: int) -> None:
    given = asked("xmr", seed, shape)
    for name, rows in computed(given, seed, rules=OTHERS).items():
        expected = [signals for phase in phases(given, name) for signals in others(phase)]
        assert wrong(rows, [rule[0] for rule in OTHERS], expected) == []


def others(phase: list[Row]) -> list[tuple[int, ...]]:
    centre, _, upper, _, _ = limits.xmr(phase, screen=True, making_data_count=False)[0]
    seen = [place for place, row in enumerate(phase) if not row.ghost]
    values = [phase[place].value for place in seen]
    found = dict(zip(seen, signs(values, centre, upper), strict=True))
    return [found.get(place, (0,) * len(OTHERS)) for place in range(len(phase))]


def signs(values: list[float | None], centre: float | None, upper: float | None) -> list[tuple[int, ...]]:
    known = centre is not None and upper is not None
    zone = rules.zones(values, centre, (upper - centre) / 3) if centre is not None and upper is not None else []
    side, nothing = rules.sides(values, centre), [0] * len(values)
    columns = [
        rules.beyond(values, zone, 4, 5) if known else nothing,
        rules.trend_by_steps(values, 4),
        rules.alternating(values, 4),
        rules.throughout(values, [way == 0 for way in zone], side, 5) if known else nothing,
        rules.throughout(values, [way != 0 for way in zone], side, 3) if known else nothing,
    ]
    return list(zip(*columns, strict=True))
