"""What `forecast` gives back: tables in the caller's type of frame."""

from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa

from plotthedots import frame as frames
from plotthedots import svg
from plotthedots.constants import Floats, Whole
from plotthedots.errors import BadInput
from plotthedots.forecast import drawing, words
from plotthedots.forecast.foresee import METHODS_TOLD, STATUSES, Asked, Foreseen
from plotthedots.forecast.past import Past, targets


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
            "date": self._dates,
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

    def sentence(self, *series: Any) -> str:
        """What is expected of a series, how likely its target is, and how good such forecasts have been."""
        return self.sentence_at(self._position(series))

    def to_svg(self, *series: Any, **options: Any) -> str:
        """The past of a series and its forecast as an SVG text; with by=None the name is left out.

        Options are those of `svg.fan`: title, subtitle, width, height, last, style …
        """
        return self.draw(self._position(series), **options)

    def sentence_at(self, position: int) -> str:
        """The sentence of the series at a position of `series`."""
        return words.sentence(self._told(position))

    def _told(self, position: int) -> words.Told:
        dates = self._dates.slice(position * self._asked.horizon, self._asked.horizon).to_pylist()
        return drawing.told(self._past, self._asked, self._made, position, dates, self._targets)

    def draw(self, position: int, **options: Any) -> str:
        """The chart of the series at a position of `series`; options as for `to_svg`."""
        arguments = drawing.fan(self._past, self._asked, self._made, position, self._ahead, self._targets)
        if "title" not in options:
            said, name = words.heading(self._told(position)), self.series[position]
            shown = " · ".join(map(str, name)) if isinstance(name, tuple) else str(name)
            arguments["title"] = f"{shown}: {said}" if shown else said
        return svg.fan(**(arguments | options))

    def record_at(self, position: int) -> drawing.Record:
        """The record of the series at a position of `series`, in plain values."""
        return drawing.record(self._asked, self._made, position)

    def count(self) -> str:
        """All series in one sentence: how many are forecast, and why others are not."""
        if len(self.series) == 1:
            return self.sentence_at(0)
        return words.count([STATUSES[code] for code in self._made.status.tolist()])

    def _position(self, series: tuple[Any, ...]) -> int:
        name = series[0] if len(series) == 1 else tuple(series)
        if not self._past.prepared.by:
            if series:
                raise BadInput(f"found {name!r}, but there is only one series: leave the name out.")
            return 0
        try:
            return self._index[tuple(name) if isinstance(name, list) else name]
        except (KeyError, TypeError):
            import difflib

            close = difflib.get_close_matches(str(name), [str(own) for own in self.series], n=1)
            guess = f" Did you mean {close[0]!r}?" if close else f" The first is {self.series[0]!r}."
            raise BadInput(f"no series {name!r}.{guess}") from None

    @cached_property
    def _index(self) -> dict[Any, int]:
        return {name: position for position, name in enumerate(self.series)}

    @cached_property
    def _ahead(self) -> Whole:
        """Moments of the steps, a row a series."""
        return self._past.periods.ahead(self._past.last, self._asked.horizon)

    @cached_property
    def _targets(self) -> Floats:
        return targets(self._past, self._asked.horizon)

    def _keys(self, owner: Whole) -> dict[str, Any]:
        prepared = self._past.prepared
        keys = zip(prepared.by, prepared.order.keys, strict=True)
        return {name: key.take(pa.array(owner)) for name, key in keys}

    @cached_property
    def _dates(self) -> Any:
        """Dates of the steps, of the type of the date column."""
        kind = self._past.prepared.dates.type
        moments = self._ahead.ravel()
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
