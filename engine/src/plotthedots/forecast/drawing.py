"""A forecast as arguments of its drawing and of its sentence."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from plotthedots.constants import Floats, Whole
from plotthedots.forecast import words
from plotthedots.forecast.foresee import METHODS_TOLD, STATUSES, Asked, Foreseen
from plotthedots.forecast.past import Past
from plotthedots.forecast.periods import ticks_a_day

SECONDS_A_DAY = 86_400


def axis(kind: pa.DataType, moments: Whole) -> Floats:
    """Positions as the charts take them: days, seconds or plain numbers."""
    per_second = ticks_a_day(kind) / SECONDS_A_DAY if pa.types.is_timestamp(kind) else 1
    return np.asarray(moments / per_second)


def axis_kind(kind: pa.DataType) -> str:
    """What those positions are."""
    return "number" if pa.types.is_integer(kind) else "datetime" if pa.types.is_timestamp(kind) else "date"


def fan(past: Past, asked: Asked, made: Foreseen, position: int, ahead: Whole, targets: Floats) -> dict[str, Any]:
    """Arguments of `svg.fan` for the series at a position; ahead and targets have a row a series."""
    prepared = past.prepared
    here = _seen(past, position)
    kind = prepared.dates.type
    return {
        "x": axis(kind, prepared.moments[here]),
        "x_kind": axis_kind(kind),
        "value": prepared.batch.value[here] * asked.multiply,
        "ghost": None if prepared.ghost is None else prepared.ghost[here],
        "ahead": axis(kind, ahead[position]),
        "mean": made.mean[position],
        "lower": made.lower[:, position],
        "upper": made.upper[:, position],
        "levels": asked.levels,
        "target": None if prepared.target is None else prepared.target[here],
        "target_ahead": None if prepared.target is None else targets[position],
        "percent": percent(past, asked, made, position),
    }


def _seen(past: Past, position: int) -> slice:
    """Rows of a series up to its last value: later ones may hold targets."""
    begin = int(past.series.starts[position])
    rows = past.back[begin : begin + int(past.series.lengths[position])]
    return slice(begin, begin + int((rows >= 0).sum()))


def percent(past: Past, asked: Asked, made: Foreseen, position: int) -> bool:
    """Whether a series is a share of a whole: a ratio, not multiplied, that nowhere passes 1."""
    if past.prepared.denominator is None or asked.multiply != 1:
        return False
    values = np.concatenate([past.prepared.batch.value[_seen(past, position)], made.mean[position]])
    return not (values > 1).any()


def told(past: Past, asked: Asked, made: Foreseen, position: int, dates: list[Any], targets: Floats) -> words.Told:
    """What there is to say of the series at a position; dates are those of its steps."""
    place = int(np.argmin(asked.levels))
    steps = []
    for step in sorted({0, asked.horizon - 1}):
        mean = float(made.mean[position, step])
        if not np.isfinite(mean):
            continue
        lower, upper = (float(side[place, position, step]) for side in (made.lower, made.upper))
        chance, target = float(made.chance[position, step]), float(targets[position, step])
        steps.append(words.Step(dates[step], mean, lower, upper, _known(chance), _known(target)))
    prepared = past.prepared
    return words.Told(
        STATUSES[int(made.status[position])],
        prepared.dates[int(past.series.starts[position])].as_py(),
        steps,
        asked.levels[place],
        int(past.better[position]),
        int(made.forecasts[position]),
        _known(float(made.coverage[place, position])),
        percent(past, asked, made, position),
    )


@dataclass(frozen=True, slots=True)
class Record:
    """How good the forecasts of a series have been; None where that cannot be said."""

    method: str
    forecasts: int
    origins: int
    coverage: list[tuple[float, float | None]]  # levels, and what came within
    mase: float | None
    brier: float | None


def record(asked: Asked, made: Foreseen, position: int) -> Record:
    """The record of the series at a position."""
    code = int(made.method[position])
    held = [_known(float(share)) for share in made.coverage[:, position]]
    return Record(
        "" if code < 0 else METHODS_TOLD[code].replace("_", " "),
        int(made.forecasts[position]),
        int(made.origins[position]),
        list(zip(asked.levels, held, strict=True)),
        _known(float(made.mase[position])),
        _known(float(made.brier[position])),
    )


def _known(value: float) -> float | None:
    return value if math.isfinite(value) else None
