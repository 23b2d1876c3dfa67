"""Red, amber and green, plain rules and the signal budget on the same boards, month by month through a year."""

from collections.abc import Callable, Iterator

import numpy as np

from plotthedots.budget.assess import Asked, assess
from plotthedots.evaluate import Chart, evaluate
from plotthedots.rules import RULE_SETS
from studies._boards import Flags, Floats, Random, autocorrelated, single

Cell = dict[str, float | int | str]

NEEDS_DATA = False
BOARDS, CHARTS, BEFORE, MONTHS = 100, 300, 24, 12
CHANGED = 0.1
BAND = 0.5  # sigmas short of the target that are amber; more is red
SLACK = (-1.0, 0.0, 0.5, 1.0, 2.0)  # sigmas by which the usual level is better than the target
RULES = ("making-data-count", "anhoej")


def cells() -> list[Cell]:
    """Boards on which nothing changes, and such on which a tenth gets worse by `size` sigmas after 24 months."""
    return [{"r": r, "size": size} for r in (0.0, 0.3, 0.6) for size in (0.0, 1.0, 2.0, 3.0)]


def run(cell: Cell, random: Random) -> dict[str, float]:
    size = float(cell["size"])
    changed = np.arange(CHARTS) < round(CHANGED * CHARTS) if size else np.zeros(CHARTS, dtype=np.bool_)
    after = np.arange(BEFORE + MONTHS) >= BEFORE
    years: dict[str, list[dict[str, float]]] = {}
    for _ in range(BOARDS):
        values = autocorrelated(random, CHARTS, BEFORE + MONTHS, float(cell["r"]))
        values -= size * (changed[:, None] & after)  # lower is worse
        for name, flags in _methods(values):
            years.setdefault(name, []).append(_year(flags, changed))
    return {
        f"{name}:{figure}": float(np.mean([year[figure] for year in told]))
        for name, told in years.items()
        for figure in told[0]
    }


def _methods(values: Floats) -> Iterator[tuple[str, Flags]]:
    """Which charts each way of looking flags (charts, months): the last month before the year, then each of it."""
    for slack in SLACK:
        yield f"red_{slack:g}", values[:, BEFORE - 1 :] < -slack - BAND
        yield f"not_green_{slack:g}", values[:, BEFORE - 1 :] < -slack
    for name in RULES:
        yield name, _each_month(values, lambda part, name=name: _signals(part, name))  # type: ignore[misc]
    yield "budget", _each_month(values, _shown)


def _each_month(values: Floats, look: Callable[[Floats], Flags]) -> Flags:
    return np.stack([look(values[:, :months]) for months in range(BEFORE, BEFORE + MONTHS + 1)], axis=1)


def _signals(values: Floats, name: str) -> Flags:
    """Charts whose latest point a rule marks, limits from all points so far."""
    batch, _ = single(values)
    signals = evaluate(batch, Chart("xmr", RULE_SETS[name]), np.int8(0), threads=1).signals  # type: ignore[arg-type]
    return np.asarray(np.any([column.reshape(values.shape)[:, -1] != 0 for column in signals.values()], axis=0))


def _shown(values: Floats) -> Flags:
    batch, stretches = single(values)
    return assess(batch, stretches, "xmr", Asked(12, 0.1, "bh")).shown


def _year(flags: Flags, changed: Flags) -> dict[str, float]:
    """Alarms are flags that were not there the month before."""
    alarms = flags[:, 1:] & ~flags[:, :-1]
    false = alarms[~changed].sum()
    flagged = flags[:, 1:]
    first = np.where(flagged.any(axis=1), flagged.argmax(axis=1) + 1, MONTHS + 1)
    # On a board where nothing changes: how soon charts that did not change are flagged.
    which = changed if changed.any() else ~changed
    months = first[which]
    shares = (flagged & ~changed[:, None]).sum(axis=0) / np.maximum(flagged.sum(axis=0), 1)
    return {
        "false_alarms": float(false) * CHARTS / float((~changed).sum()),
        "charts_with_a_false_alarm": float(alarms[~changed].any(axis=1).mean()),
        "flagged": float(flagged.sum(axis=0).mean()),
        "flagged_false": float(shares.mean()),
        "median_months": float(np.median(months)),
        **{f"within_{m}": float((months <= m).mean()) for m in (1, 3, 6, 12)},
        "flagged_in_month_6": float(flagged[which, 5].mean()),
        "flagged_in_month_12": float(flagged[which, 11].mean()),
    }


# The tables of the docs

NAMES = {
    "red_-1": "red; the target is 1 σ better than the usual level",
    "red_0": "red; the target is at the usual level",
    "not_green_0": "red or amber; the same",
    "red_0.5": "red; the usual level is 0.5 σ better than the target",
    "red_1": "red; 1 σ better",
    "red_2": "red; 2 σ better",
    "making-data-count": "dots: latest point marked, Making Data Count rules",
    "anhoej": "dots: latest point outside, or runs, Anhøj rules",
    "budget": "dots: shown by the signal budget, one in ten",
}
Row = dict[str, str]


def pages(rows: list[Row]) -> dict[tuple[str, str], str]:
    page = "dots-not-rag.md"
    return {
        (page, "false alarms"): _false_alarms(rows),
        **{(page, f"detection at {r:g}"): _detection(rows, r) for r in (0, 0.3, 0.6)},
        (page, "of what is flagged"): _false_share(rows),
    }


def _one(rows: list[Row], r: float, size: float) -> Row:
    return next(row for row in rows if float(row["r"]) == r and float(row["size"]) == size)


def _table(*lines: list[str]) -> str:
    made = [f"| {' | '.join(line)} |" for line in lines]
    return "\n".join([made[0], f"|{' --- |' * len(lines[0])}", *made[1:]])


def _count(text: str) -> str:
    value = float(text)
    return f"{value:,.0f}" if value >= 9.95 else f"{value:.1f}"


def _false_alarms(rows: list[Row]) -> str:
    lines = [["what is called an alarm", "autocorrelation 0", "0.3", "0.6"]]
    for name, told in NAMES.items():
        lines.append([told, *(_count(_one(rows, r, 0)[f"{name}:false_alarms"]) for r in (0, 0.3, 0.6))])
    return _table(*lines)


def _percent(text: str) -> str:
    return f"{100 * float(text):.0f}"


def _detection(rows: list[Row], r: float) -> str:
    lines = [["what is called an alarm", "nothing changed", "1 σ worse", "2 σ worse", "3 σ worse"]]
    for name, told in NAMES.items():
        lines.append([told, *(_soon(_one(rows, r, size), name) for size in (0, 1, 2, 3))])
    return _table(*lines)


def _soon(row: Row, name: str) -> str:
    months = float(row[f"{name}:median_months"])
    within = " / ".join(_percent(row[f"{name}:within_{m}"]) for m in (1, 3, 6, 12))
    return f"{'over 12' if months > MONTHS else f'{months:.1f}'} ({within})"


def _false_share(rows: list[Row]) -> str:
    lines = [["what is flagged", "charts in a month", "of these unchanged", "of changed, month 6", "month 12"]]
    for name, told in NAMES.items():
        row = _one(rows, 0, 2)
        figures = ("flagged_false", "flagged_in_month_6", "flagged_in_month_12")
        flagged = _count(row[f"{name}:flagged"])
        lines.append([told, flagged, *(f"{_percent(row[f'{name}:{figure}'])} %" for figure in figures)])
    return _table(*lines)


__all__ = ["NEEDS_DATA", "cells", "pages", "run"]
