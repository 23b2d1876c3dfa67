"""What `forecast` gives back: tables in the caller's type of frame."""

from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa

from plotthedots import frame as frames
from plotthedots.constants import Floats, Whole
from plotthedots.forecast.foresee import METHODS_TOLD, STATUSES, Asked, Foreseen
from plotthedots.forecast.past import Past


class Forecast:
    """Forecasts of one or many series, with the record of how good they have been.

    `points` has a row per series and step, `record` a row per series; both in the type of frame that came in.
    `levels` are the probabilities of the limits, `series` the names of the series (a tuple for several `by`
    columns; "" with by=None), `said` what was converted while reading.
    """

    def __init__(self, past: Past, asked: Asked, made: Foreseen) -> None:
        self._past = past
        self._asked = asked
        self._made = made
        self.levels = asked.levels
        self.said: list[str] = list(past.prepared.table.said)

    @cached_property
    def series(self) -> list[Any]:
        """Names of the series, in order."""
        return self._past.prepared.labels()

    @cached_property
    def points(self) -> Any:
        """A row per series and step: by, date, step, mean, lower and upper limits of each level, chance.

        Null where there is no forecast (the record's status says why); chance also without a target or direction.
        """
        horizon, made = self._asked.horizon, self._made
        count = len(self._past.n)
        columns = self._keys(np.repeat(np.arange(count), horizon))
        columns |= {
            "date": self._dates(),
            "step": np.tile(np.arange(1, horizon + 1), count),
            "mean": _finite(made.mean.ravel()),
        }
        for position, level in enumerate(self.levels):
            columns[f"lower_{percent(level)}"] = _finite(made.lower[position].ravel())
            columns[f"upper_{percent(level)}"] = _finite(made.upper[position].ravel())
        columns["chance"] = made.chance.ravel()
        return frames.like(self._past.prepared.table, columns)

    @cached_property
    def record(self) -> Any:
        """A row per series: by, status, method, origins, n_forecasts, mase, coverage of each level, brier."""
        made = self._made
        columns = self._keys(np.arange(len(self._past.n)))
        columns |= {
            "status": _coded(STATUSES, made.status),
            "method": _coded(METHODS_TOLD, made.method),
            "origins": made.origins,
            "n_forecasts": made.forecasts,
            "mase": _finite(made.mase),
        }
        for position, level in enumerate(self.levels):
            columns[f"coverage_{percent(level)}"] = made.coverage[position].copy()
        columns["brier"] = made.brier
        return frames.like(self._past.prepared.table, columns)

    def _keys(self, owner: Whole) -> dict[str, Any]:
        prepared = self._past.prepared
        keys = zip(prepared.by, prepared.order.keys, strict=True)
        return {name: key.take(pa.array(owner)) for name, key in keys}

    def _dates(self) -> Any:
        """Dates of the steps, of the type of the date column."""
        past = self._past
        kind = past.prepared.dates.type
        moments = past.periods.ahead(past.last, self._asked.horizon).ravel()
        if pa.types.is_date32(kind):
            return pa.array(moments.astype(np.int32)).cast(kind)
        return pa.array(moments).cast(kind)


def percent(level: float) -> str:
    """A level as it stands in names of columns: 0.8 is 80, 0.975 is 97_5."""
    return f"{level * 100:.10g}".replace(".", "_")


def _finite(values: Floats) -> Floats:
    """What is too large for a number is undefined."""
    return np.where(np.isfinite(values), values, np.nan)


def _coded(names: tuple[str, ...], codes: Whole) -> Any:
    """Arrow text column from codes; −1 is null."""
    indices = pa.array(codes, mask=codes < 0)
    return pa.DictionaryArray.from_arrays(indices, pa.array(names)).cast(pa.string())
