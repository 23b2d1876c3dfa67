"""Series to time on: a level each, noise, a spike in a hundred points, and for some a step in the last third."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]

SEED = 20240101
MONTHS_FROM = np.datetime64("1990-01", "M")


def rectangle(series: int, points: int, seed: int = SEED) -> Floats:
    """A full table, a series a row."""
    rng = np.random.default_rng(seed)
    values = rng.normal(0, 3, (series, points))
    values += rng.uniform(20, 80, (series, 1))
    values[:, points * 2 // 3 :] += rng.choice([0.0, 0.0, 0.0, 4.0, -4.0], (series, 1))
    values[rng.random((series, points)) < 0.01] += 25
    return values.round(3)


@dataclass(frozen=True)
class Ragged:
    """Flat values, missing ones nan; the length of each series and of each phase."""

    values: Floats
    lengths: Whole
    phases: Whole


def ragged(series: int, points: int, seed: int = SEED) -> Ragged:
    """As many points as the rectangle: lengths from half to three halves, holes, two phases in every other series."""
    rng = np.random.default_rng(seed)
    extra = rng.integers(-(points // 2), points // 2 + 1, series // 2)
    lengths = np.full(series, points)
    lengths[: len(extra)] += extra
    lengths[len(extra) : 2 * len(extra)] -= extra
    values = rectangle(series, points, seed).ravel()
    values[rng.random(len(values)) < 0.01] = np.nan
    second = np.where(np.arange(series) % 2 == 0, lengths // 3, 0)
    phases = np.column_stack([lengths - second, second]).ravel()
    return Ragged(values, lengths, phases[phases > 0])


def table(series: int, points: int, *, mixed: bool) -> pa.Table:
    """A frame of names, months (days where they are many) and values; in order, or the rows mixed."""
    rows = series * points
    order = np.random.default_rng(SEED).permutation(rows) if mixed else np.arange(rows)
    names = np.array([f"s{number:07d}" for number in range(series)])
    months = (MONTHS_FROM + np.arange(points)) if points < 1000 else (MONTHS_FROM.astype("M8[D]") + np.arange(points))
    return pa.table(
        {
            "series": pa.DictionaryArray.from_arrays(pa.array((order // points).astype(np.int32)), names).cast(
                pa.string()
            ),
            "date": pa.array(months.astype("M8[D]")[order % points]),
            "value": pa.array(rectangle(series, points).ravel()[order]),
        }
    )
