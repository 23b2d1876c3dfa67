"""The signal budget on simulated boards: false discoveries, power beside one who knows the date, expected signals."""

import math
from functools import cache

import numpy as np
import numpy.typing as npt

from plotthedots.budget.assess import Asked, Assessed, assess, false_alarms, signalling
from plotthedots.budget.change import chance, evidence
from plotthedots.budget.discovery import q_values
from plotthedots.budget.scores import tamed
from plotthedots.evaluate import Chart, evaluate
from plotthedots.rules import RULE_SETS
from studies._boards import KINDS, Batch, Flags, Floats, Random, Stretches, Truth, autocorrelated, single, truth

Cell = dict[str, float | int | str]

NEEDS_DATA = False
BOARDS = 300
SHARE, WINDOW = 0.1, 12
MILLION, AT_ONCE = 1_000_000, 20_000
SMALL = np.array([1e-2, 1e-3, 1e-4, 1e-5])
RULES = RULE_SETS["making-data-count"]
USUAL: Cell = {
    "part": "", "kind": "normal", "charts": 300, "months": 36, "r": 0.0, "changed": 0.1, "size": 2.0, "age": "6",
    "method": "bh",
}  # fmt: skip


def cells() -> list[Cell]:
    def cell(part: str, **settings: float | str) -> Cell:
        return USUAL | {"part": part} | settings

    made = []
    for r in (0.0, 0.3, 0.6):
        made.append(cell("main", r=r, changed=0.0, age="any"))
        made += [
            cell("main", r=r, changed=c, age=age) for c in (0.02, 0.05, 0.1) for age in ("any", "2", "4", "6", "9")
        ]
        made += [cell("sizes", r=r, size=size, age=age) for size in (1.0, 1.5, 3.0) for age in ("any", "2", "6")]
        made += [cell("lengths", r=r, months=months) for months in (12, 15, 18, 24, 60, 120)]
    made += [cell("boards", charts=charts, r=r) for charts in (1, 10, 30, 100, 1000) for r in (0.0, 0.3)]
    made += [cell("boards", method="by", r=r) for r in (0.0, 0.3)]
    made += [cell("kinds", kind=kind, changed=c) for kind in KINDS for c in (0.0, 0.1)]
    made += [cell("tail", months=months, r=r, changed=0.0) for months in (12, 22, 36, 100) for r in (0.0, 0.5)]
    return made


def run(cell: Cell, random: Random) -> dict[str, float]:
    return _tail(cell, random) if cell["part"] == "tail" else _judged(cell, random)


def _tail(cell: Cell, random: Random) -> dict[str, float]:
    """How many of a million unchanged series have a p-value this small, their autocorrelation known."""
    months, r = int(cell["months"]), float(cell["r"])
    n, known = np.full(AT_ONCE, months), np.full((AT_ONCE, 1), r)
    below = np.zeros(len(SMALL))
    for _ in range(MILLION // AT_ONCE):
        values, _scale = tamed(autocorrelated(random, AT_ONCE, months, r), n)
        p = chance(evidence(values, n, WINDOW, known), n, WINDOW, known)
        below += (p <= SMALL).sum(axis=0)
    return {f"below_{level:g}": float(count) for level, count in zip(SMALL, below, strict=True)}


def _judged(cell: Cell, random: Random) -> dict[str, float]:
    charts, months, method = int(cell["charts"]), int(cell["months"]), str(cell["method"])
    boards = BOARDS if charts >= 100 else 10 * BOARDS if charts >= 10 else 20 * BOARDS
    boards = boards // 4 if charts > 300 else boards
    asked = Asked(WINDOW, SHARE, method)
    told = []
    for _ in range(boards):
        true = truth(random, charts, float(cell["changed"]), str(cell["age"]), WINDOW, months - 6)
        shift = float(cell["size"]) * true.after(months)
        if cell["kind"] == "normal":
            values = autocorrelated(random, charts, months, float(cell["r"])) + shift
            (batch, stretches), family, r = single(values), "xmr", float(cell["r"])
            oracle = _knowing(values, float(cell["r"]), _dates(random, true, str(cell["age"]), months), method)
        else:
            kind = KINDS[str(cell["kind"])]
            (batch, stretches), family, oracle, r = kind.draw(random, shift), kind.chart, None, np.nan
        told.append(_figures(batch, stretches, family, asked, true, oracle, r))
    return _summed(told)


def _figures(
    batch: Batch, stretches: Stretches, family: str, asked: Asked, true: Truth, oracle: Flags | None, r: float
) -> dict[str, float]:
    made: Assessed = assess(batch, stretches, family, asked)
    chart = Chart(family, RULES)
    signals = evaluate(batch, chart, np.int8(0), threads=1).signals  # type: ignore[arg-type]
    seen = signalling(made.here, signals, asked.window)
    unchanged = ~true.changed
    return {
        "false_share": float((made.shown & unchanged).sum() / max(made.shown.sum(), 1)),
        "found": float((made.shown & true.changed).sum()),
        "oracle_found": np.nan if oracle is None else float((oracle & true.changed).sum()),
        "told_r_found": np.nan if oracle is None else float((_told_r(made, r, asked) & true.changed).sum()),
        "changed_charts": float(true.changed.sum()),
        "shown": float(made.shown.sum()),
        "shown_false": float((made.shown & unchanged).sum()),
        "any_false": float((made.shown & unchanged).any()),
        "under_5_percent": float((made.p[unchanged] < 0.05).mean()) if unchanged.any() else np.nan,
        "seen": float(seen.sum()),
        "expected": float(false_alarms(made, batch, chart, asked.window).sum()),
        "seen_share_of_unchanged": float(seen[unchanged].mean()) if unchanged.any() else np.nan,
    }


def _told_r(made: Assessed, r: float, asked: Asked) -> Flags:
    """What the budget would show were the autocorrelation known."""
    n, known = made.scores.n, np.full((len(made.p), 1), r)
    found = evidence(made.scores.values, n, asked.window, known)
    p = chance(found, n, asked.window, known)[:, 0]
    return np.asarray(q_values(np.where(made.able, p, np.nan), asked.method) <= asked.share)


def _summed(told: list[dict[str, float]]) -> dict[str, float]:
    column = {name: np.array([one[name] for one in told]) for name in told[0]}
    changed = column["changed_charts"].sum()
    count = math.sqrt(len(told))
    return {
        "boards": float(len(told)),
        "false_share": float(column["false_share"].mean()),
        "false_share_error": float(column["false_share"].std() / count),
        "power": float(column["found"].sum() / changed) if changed else np.nan,
        "power_told_r": float(column["told_r_found"].sum() / changed) if changed else np.nan,
        "oracle": float(column["oracle_found"].sum() / changed) if changed else np.nan,
        "shown": float(column["shown"].mean()),
        "shown_false": float(column["shown_false"].mean()),
        "any_false": float(column["any_false"].mean()),
        "under_5_percent": float(np.nanmean(column["under_5_percent"])),
        "seen": float(column["seen"].mean()),
        "expected": float(column["expected"].mean()),
        "seen_share_of_unchanged": float(np.nanmean(column["seen_share_of_unchanged"])),
    }


# One who knows the date, the autocorrelation and that errors are normal


def _dates(random: Random, true: Truth, age: str, months: int) -> npt.NDArray[np.int64]:
    """The month asked about on each chart; on those that did not change, drawn as on the others."""
    drawn = truth(random, max(len(true.age), 2), 1.0, age, WINDOW, months - 6).age[: len(true.age)]
    return np.where(true.changed, true.age, drawn)


def _knowing(values: Floats, r: float, age: npt.NDArray[np.int64], method: str) -> Flags:
    """Shown by a two-sided t test of the known date after generalised least squares, then as the budget does."""
    months = values.shape[1]
    step = (np.arange(months) >= months - age[:, None]).astype(np.float64)
    whitened = [_whitened(column, r) for column in (values, np.ones_like(values), step)]
    y, one, after = whitened
    level = (one * one).sum(axis=1)
    after = after - one * ((one * after).sum(axis=1) / level)[:, None]
    y = y - one * ((one * y).sum(axis=1) / level)[:, None]
    size = (after * y).sum(axis=1) / (after * after).sum(axis=1)
    left = ((y - size[:, None] * after) ** 2).sum(axis=1) / (months - 2)
    t = np.abs(size) / np.sqrt(left / (after * after).sum(axis=1))
    grid, logs = _student(months - 2)
    return np.asarray(q_values(np.exp(np.interp(t, grid, logs)), method) <= SHARE)


def _whitened(values: Floats, r: float) -> Floats:
    made = values.copy()
    made[:, 1:] -= r * values[:, :-1]
    made[:, 0] *= math.sqrt(1 - r * r)
    return made


@cache
def _student(free: int) -> tuple[Floats, Floats]:
    """Logarithms of the two-sided tail of Student's t on a grid, by adding up its density from the far end."""
    grid = np.linspace(0, 200, 400_001)
    density = (1 + grid**2 / free) ** (-(free + 1) / 2)
    tail = np.cumsum(density[::-1])[::-1] - density / 2
    return grid[:-1:20], np.log(tail / tail[0])[:-1:20]


# The tables of the docs


def pages(rows: list[dict[str, str]]) -> dict[tuple[str, str], str]:
    page = "signal-budget.md"
    return {
        (page, "false discoveries"): _discoveries(_part(rows, "main")),
        (page, "power"): _power(_part(rows, "main")),
        (page, "sizes"): _sizes(_part(rows, "sizes") + _part(rows, "main")),
        (page, "lengths"): _lengths(_part(rows, "lengths") + _part(rows, "main")),
        (page, "boards"): _boards(_part(rows, "boards") + _part(rows, "main")),
        (page, "kinds"): _kinds(_part(rows, "kinds")),
        (page, "tail"): _tails(_part(rows, "tail")),
        (page, "expected"): _expected(_part(rows, "main") + _part(rows, "kinds")),
    }


Row = dict[str, str]


def _part(rows: list[Row], part: str) -> list[Row]:
    return [row for row in rows if row["part"] == part]


def _one(rows: list[Row], **settings: object) -> Row:
    return next(row for row in rows if all(row[name] == str(value) for name, value in settings.items()))


def _table(*lines: list[str]) -> str:
    made = [f"| {' | '.join(line)} |" for line in lines]
    return "\n".join([made[0], f"|{' --- |' * len(lines[0])}", *made[1:]])


def _percent(row: Row, column: str, digits: int = 0) -> str:
    return f"{100 * float(row[column]):.{digits}f}"


def _beside(row: Row) -> str:
    return f"{_percent(row, 'power')} of {_percent(row, 'oracle')}"


def _discoveries(rows: list[Row]) -> str:
    lines = [["changed", "autocorrelation 0", "0.3", "0.6"]]
    for changed in ("0.0", "0.02", "0.05", "0.1"):
        cells = [_one(rows, changed=changed, r=r, age="any") for r in (0.0, 0.3, 0.6)]
        shown = [f"{_percent(c, 'false_share', 1)} ± {_percent(c, 'false_share_error', 1)}" for c in cells]
        lines.append([f"{100 * float(changed):.0f} %", *shown])
    return _table(*lines)


def _power(rows: list[Row]) -> str:
    lines = [["autocorrelation", "changed", "2 months ago", "4", "6", "9", "any of the last 12"]]
    for r in (0.0, 0.3, 0.6):
        for changed in (0.02, 0.05, 0.1):
            cells = [_one(rows, r=r, changed=changed, age=age) for age in ("2", "4", "6", "9", "any")]
            found = [
                f"{_percent(c, 'power')} ({_percent(c, 'power_told_r')}) of {_percent(c, 'oracle')}" for c in cells
            ]
            lines.append([f"{r:g}", f"{100 * changed:.0f} %", *found])
    return _table(*lines)


def _sizes(rows: list[Row]) -> str:
    lines = [["autocorrelation", "changed by", "2 months ago", "6", "any of the last 12"]]
    for r in (0.0, 0.3, 0.6):
        for size in (1.0, 1.5, 2.0, 3.0):
            found = [_beside(_one(rows, r=r, changed=0.1, size=size, age=age)) for age in ("2", "6", "any")]
            lines.append([f"{r:g}", f"{size:g} σ", *found])
    return _table(*lines)


def _lengths(rows: list[Row]) -> str:
    lines = [["points in the phase", *(f"autocorrelation {r:g}: shown, false" for r in (0.0, 0.3, 0.6))]]
    for months in (12, 15, 18, 24, 36, 60, 120):
        cells = [_one(rows, months=months, r=r, changed=0.1, age="6") for r in (0.0, 0.3, 0.6)]
        lines.append([str(months), *(f"{_beside(c)}, {_percent(c, 'false_share', 1)}" for c in cells)])
    return _table(*lines)


def _boards(rows: list[Row]) -> str:
    lines = [["charts on the board", *(f"autocorrelation {r:g}: shown, false" for r in (0.0, 0.3))]]
    for charts, method in ((1, "bh"), (10, "bh"), (30, "bh"), (100, "bh"), (300, "bh"), (1000, "bh"), (300, "by")):
        cells = [_one(rows, charts=charts, r=r, changed=0.1, age="6", method=method) for r in (0.0, 0.3)]
        name = f"{charts:,}" + (', method="by"' if method == "by" else "")
        lines.append([name, *(f"{_beside(c)}, {_percent(c, 'false_share', 1)}" for c in cells)])
    return _table(*lines)


def _kinds(rows: list[Row]) -> str:
    lines = [
        ["process", "p under 0.05, unchanged", "any shown, none changed", "shown of 10 % changed", "false among shown"]
    ]
    for kind in KINDS:
        still, moved = _one(rows, kind=kind, changed=0.0), _one(rows, kind=kind, changed=0.1)
        lines.append(
            [
                kind,
                _percent(still, "under_5_percent", 1),
                _percent(still, "any_false"),
                _percent(moved, "power"),
                f"{_percent(moved, 'false_share', 1)} ± {_percent(moved, 'false_share_error', 1)}",
            ]
        )
    return _table(*lines)


def _tails(rows: list[Row]) -> str:
    lines = [["points", "autocorrelation", "p of 0.01", "0.001", "0.0001", "0.00001"]]
    return _table(*lines, *(_tail_line(row) for row in rows))


def _tail_line(row: Row) -> list[str]:
    return [row["months"], f"{float(row['r']):g}", *(f"{float(row[f'below_{p:g}']):,.0f}" for p in SMALL)]


def _expected(rows: list[Row]) -> str:
    lines = [
        ["process, 300 charts", "signals, none changed", "said by chance", "signals, 10 % changed", "said by chance"]
    ]
    named = [(f"normal, autocorrelation {r:g}", {"kind": "normal", "r": r, "age": "any"}) for r in (0.0, 0.3, 0.6)]
    for name, settings in [*named, *((kind, {"kind": kind}) for kind in KINDS)]:
        cells = [_one(rows, changed=changed, **settings) for changed in (0.0, 0.1)]
        figures = [f"{float(cell[column]):.0f}" for cell in cells for column in ("seen", "expected")]
        lines.append([name, *figures])
    return _table(*lines)


__all__ = ["NEEDS_DATA", "cells", "pages", "run"]
