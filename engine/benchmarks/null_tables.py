"""Make the null tables of `signal_budget` by simulation: engine/src/plotthedots/budget/null.npz.

    python engine/benchmarks/null_tables.py            all of them (about a quarter of an hour on one core)
    python engine/benchmarks/null_tables.py evidence   those of the evidence and of autocorrelation alone
    python engine/benchmarks/null_tables.py alarms     those of chart signals and wild points alone

Each cell has a seed of its own (SEED, what it is for, length, autocorrelation), so that any can be made again.
"""

import sys
import time
from typing import Any

import numpy as np
import numpy.typing as npt

from plotthedots.budget import alarms
from plotthedots.budget.change import by_window
from plotthedots.budget.grids import LENGTHS, LEVELS, LIKENESS, TABLES, WINDOWS
from plotthedots.budget.likeness import raw
from plotthedots.budget.scores import tamed, wild_share

SEED = 20_261_125
SERIES = 400_000  # for a table of evidence: 40 of them lie beyond its last level
AT_ONCE = 20_000
SERIES_OF_RAW = 40_000
CHARTS = 12_000

Table = npt.NDArray[np.float32]


def autocorrelated(random: np.random.Generator, count: int, length: int, r: float) -> npt.NDArray[np.float64]:
    """AR(1) series, a row each, begun in their long-run distribution."""
    values = random.standard_normal((count, length))
    values[:, 1:] *= np.sqrt(1 - r * r)
    for i in range(1, length):
        values[:, i] += r * values[:, i - 1]
    return values


def evidence_of(length: int, r: float) -> tuple[Table, Table, Table]:
    """Quantiles of the evidence (window, level); mean and spread of the raw autocorrelation (window)."""
    random = np.random.default_rng([SEED, 1, length, round(100 * (r + 1))])
    windows = WINDOWS.tolist()
    found = np.empty((len(windows), SERIES), dtype=np.float32)
    raws = np.empty((len(windows), SERIES_OF_RAW))
    for first in range(0, SERIES, AT_ONCE):
        values = autocorrelated(random, AT_ONCE, length, r)
        n = np.full(AT_ONCE, length)
        values, _ = tamed(values, n)
        made = by_window(values, n, windows, np.full((AT_ONCE, 1), r))
        found[:, first : first + AT_ONCE] = [one[:, 0] for one in made]
        if first < SERIES_OF_RAW:
            raws[:, first : first + AT_ONCE] = [raw(values, n, window) for window in windows]
    quantiles = np.quantile(found, 1 - LEVELS, axis=1).T
    return quantiles.astype(np.float32), raws.mean(axis=1).astype(np.float32), raws.std(axis=1).astype(np.float32)


def evidence_tables() -> dict[str, npt.NDArray[Any]]:
    cells = [[_told(evidence_of, int(length), float(r)) for r in LIKENESS] for length in LENGTHS]
    evidence, mean, spread = (np.array([[cell[i] for cell in row] for row in cells]) for i in range(3))
    # length, window, autocorrelation, level
    return {
        "evidence": evidence.transpose(0, 2, 1, 3),
        "likeness_mean": mean.transpose(0, 2, 1),
        "likeness_spread": spread.transpose(0, 2, 1),
    }


def wild_of(share: float, length: int, r: float) -> float:
    """Mean share of points far out where such a share is wild."""
    random = np.random.default_rng([SEED, 3, round(100 * share), length, round(100 * (r + 1))])
    values = autocorrelated(random, SERIES_OF_RAW, length, r)
    values += alarms.wildness(random, values.shape, share)
    values -= values.mean(axis=1, keepdims=True)
    return float(wild_share(values, np.full(SERIES_OF_RAW, length)).mean())


def wild_tables() -> dict[str, npt.NDArray[Any]]:
    """The same for all: share, length, autocorrelation."""
    made = [[[wild_of(share, int(n), float(r)) for r in LIKENESS] for n in LENGTHS] for share in alarms.WILD]
    return {"wild_share": np.array(made, dtype=np.float32)}


def alarms_of(process: int, length: int, r: float) -> npt.NDArray[np.uint16]:
    """Chances of a chart signal as whole ten-thousandths (rule set, window)."""
    random = np.random.default_rng([SEED, 2, process, length, round(100 * (r + 1))])
    made = alarms.simulate(alarms.PROCESSES[process], length, r, alarms.RULES, CHARTS, random)
    return np.round(10_000 * np.array(made)).astype(np.uint16)


def alarm_tables() -> dict[str, npt.NDArray[Any]]:
    """The same for all: rule set, process, length, autocorrelation, window."""
    cells = [
        [[_told(alarms_of, p, int(length), float(r)) for r in alarms.LIKENESS] for length in alarms.LENGTHS]
        for p in range(len(alarms.PROCESSES))
    ]
    return {"alarms": np.moveaxis(np.array(cells), 3, 0)}


def _told(make: Any, *cell: Any) -> Any:
    began = time.perf_counter()
    made = make(*cell)
    print(f"{make.__name__} {cell}: {time.perf_counter() - began:.1f} s", flush=True)
    return made


def main(which: list[str]) -> None:
    made: dict[str, npt.NDArray[Any]] = {}
    if TABLES.exists():
        with np.load(TABLES) as old:
            made = {name: old[name] for name in old.files}
    if "evidence" in which or not which:
        made |= evidence_tables()
    if "alarms" in which or not which:
        made |= wild_tables() | alarm_tables()
    np.savez_compressed(TABLES, **made)
    print(f"{TABLES.name}: {TABLES.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main(sys.argv[1:])
