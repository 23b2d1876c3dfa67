"""Did a claimed improvement come, and does it hold? The one door, `gains`."""

import sys
from collections.abc import Sequence
from types import ModuleType
from typing import Any

import numpy as np
import pyarrow as pa

from plotthedots import frame as frames
from plotthedots.constants import names
from plotthedots.errors import BadInput
from plotthedots.gains import claims as claiming
from plotthedots.gains.judge import judge
from plotthedots.gains.panel import Panel, panel
from plotthedots.gains.result import RESERVED, Gains
from plotthedots.prepare import Prepared, prepare
from plotthedots.wanted import Wanted

__all__ = ["Gains", "gains"]

CHARTS = ("xmr", "run", "iprime", "p", "pprime", "u", "uprime", "c", "g", "t", "xbar")
FURTHEST = 120  # periods


def gains(
    frame: Any,
    claims: Any,
    *,
    value: str = "value",
    date: str = "date",
    by: str | list[str] | tuple[str, ...] | None = None,
    direction: str | None = None,
    chart: str = "xmr",
    denominator: str | None = None,
    exclude: str | None = None,
    placebos: Any = "siblings",
    horizons: Sequence[int] = (3, 6, 12),
    conditions: Sequence[str] = (),
    as_of: Any = None,
    aggregate: str | None = None,
) -> Gains:
    """What became of claimed improvements: shown or not, how large, holding, slipping or lost, and for how long.

    `frame` and `claims` are pandas, polars or pyarrow tables (anything narwhals reads) or dicts of arrays. The frame
    has a row per observation, in any order; claims have a row each.

    claims: the `by` columns, `claimed` (a date); if wanted `gain` (a name, unique), `direction`, `baseline_from`,
        `entered_on` (when the claim came into the record), `withdrawn_on`, and the columns named in `conditions`.
    value, date, by, denominator, exclude, aggregate: as in `spc`.
    direction: which way is better: "increase", "decrease", or the name of a column of the frame.
    chart: the family whose limits are frozen before each claim, of those for levels: not mr and s.
    placebos: "siblings" (the series without a claim, and earlier dates of the claim's own), a frame of series on which
        nothing was done, or None.
    horizons: periods ahead for which the chance of slipping is given.
    conditions: columns of the claims by which `survival` may be split.
    as_of: nothing after this date is looked at; None is the latest date of the frame.

    Raises BadInput with a sentence that names row and column. The mathematics and how often they are wrong:
    docs/methods/gains.md.
    """
    by = (by,) if isinstance(by, str) else tuple(by or ())
    conditions = (conditions,) if isinstance(conditions, str) else tuple(conditions)
    ahead = _horizons(horizons)
    frames.refuse_names(by, (*RESERVED, *(f"chance_of_slipping_{horizon}" for horizon in ahead)))
    if chart not in CHARTS:
        raise BadInput(f'chart: found "{chart}", expected {names(CHARTS)}.')
    wanted = Wanted(value, date, by, chart, denominator, None, direction, None, None, exclude, aggregate)
    with np.errstate(all="ignore"):  # what has nothing to divide ends as a missing number
        prepared = prepare(frame, wanted)
        day = _as_of(as_of, prepared)
        claimed = claiming.read(claims, prepared, direction, conditions)
        own = panel(prepared, chart)
        other, siblings = _placebos(placebos, own, claimed, wanted)
        judged = judge(
            own, claimed, other=other, siblings=siblings, own=_siblings(placebos), as_of=day, chart=chart
        )  # fmt: skip
        return Gains(judged, ahead)


class _Door(ModuleType):
    """The package under the name of its function: whichever was loaded first, `plotthedots.gains(…)` works."""

    def __call__(self, *arguments: Any, **options: Any) -> Gains:
        return gains(*arguments, **options)


sys.modules[__name__].__class__ = _Door


def _siblings(placebos: Any) -> bool:
    return isinstance(placebos, str)


def _placebos(given: Any, own: Panel, claimed: claiming.Claims, wanted: Wanted) -> tuple[Panel | None, Any]:
    """The panel of placebo series and which of its series are."""
    none = np.empty(0, dtype=np.int64)
    if given is None:
        return None, none
    if isinstance(given, str):
        if given != "siblings":
            raise BadInput(f'placebos: found "{given}", expected "siblings", a frame of series or None.')
        return own, np.setdiff1d(np.arange(len(own.season)), claimed.series)
    try:
        other = panel(_dated_alike(prepare(given, wanted), own.prepared), wanted.chart)
    except BadInput as problem:
        raise BadInput(problem.problem, row=problem.row, column=problem.column, table="placebos") from None
    return other, np.arange(len(other.season))


def _dated_alike(other: Prepared, own: Prepared) -> Prepared:
    """Placebo rows with their dates on the scale of the measure's."""
    like, kind = own.dates.type, other.dates.type
    if pa.types.is_integer(like) != pa.types.is_integer(kind):
        expected = "whole numbers" if pa.types.is_integer(like) else "dates"
        raise BadInput(f"found {other.dates[0].as_py()}, expected {expected} as in the frame.")
    if kind != like and not pa.types.is_integer(like):
        try:
            other.moments = claiming.scaled(other.dates, like)
        except pa.ArrowInvalid:
            raise BadInput("found a date further off than those of the frame can be.") from None
        other.dates = frames.dates_of(other.moments, like)
        same = other.moments[1:] == other.moments[:-1]
        same[other.stretches.series.starts[1:] - 1] = False
        if same.any():
            raise BadInput("found several times of one day, expected whole days as in the frame.")
    return other


def _as_of(given: Any, prepared: Prepared) -> int:
    if given is None:
        return int(prepared.moments.max())
    return frames.as_date_key(given, prepared.dates.type, "as_of")


def _horizons(given: Any) -> tuple[int, ...]:
    found = tuple(given) if isinstance(given, (list, tuple, np.ndarray)) else (given,)
    number = (int, float, np.integer, np.floating)
    for one in found:
        if isinstance(one, bool) or not isinstance(one, number) or not 1 <= one <= FURTHEST or one != int(one):
            raise BadInput(f"horizons: found {one!r}, expected whole numbers of periods from 1 to {FURTHEST}.")
    if len(set(found)) < len(found):
        raise BadInput(f"horizons: found {given!r}, expected each once.")
    return tuple(int(one) for one in found)
