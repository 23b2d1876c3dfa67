"""`spc`: the one door to control charts."""

from typing import Any

import numpy as np

from plotthedots import frame as frames
from plotthedots import rules as rule_sets
from plotthedots.errors import BadInput
from plotthedots.evaluate import RUN_COLUMNS, Chart, evaluate
from plotthedots.prepare import prepare
from plotthedots.result import PHASE_COLUMNS, POINT_COLUMNS, Result
from plotthedots.wanted import Wanted


def spc(
    frame: Any,
    *,
    value: str = "value",
    date: str = "date",
    by: str | list[str] | tuple[str, ...] | None = None,
    chart: str = "xmr",
    denominator: str | None = None,
    target: Any = None,
    direction: str | None = None,
    rebase: Any = None,
    baseline: Any = None,
    exclude: str | None = None,
    aggregate: str | None = None,
    rules: Any = "making-data-count",
    screen_moving_ranges: bool = True,
    multiply: float = 1,
    centre: Any = None,
    floor: float | None = None,
    as_of: Any = None,
) -> Result:
    """Control charts of the series in a frame: limits, special causes, phases, assurance.

    `frame` is a pandas, polars or pyarrow table (anything narwhals reads) or a dict of arrays, with a row
    per observation in any order. A missing value keeps its row and has no signal.

    value, date: names of columns. Dates are dates, datetimes (naive or UTC), whole numbers, or text that has
        one shape throughout (ISO, day/month/year, month names).
    by: column, or list of columns, that tells series apart; None for one series.
    chart: xmr mr iprime run p pprime u uprime c g t xbar s.
    denominator: column of what each value is out of; `value` is then the numerator.
    target: number, or column (which may change with time: a trajectory), in plotted units.
    direction: which way is better: "increase", "decrease", "neutral" (as None), or the name of a column.
    rebase: dates at which new phases begin, for all series or as {series: dates}; or a column of true and false.
    baseline: limits from the first n rows of each phase, or from the rows between two dates; or {series: either}.
    exclude: column of true and false: ghosts, drawn but not judged.
    aggregate: "sum", "mean" or "median" of rows that share a date; without it they are an error.
    rules: "making-data-count", "western-electric", "nelson", "anhoej", "bestbox", "cutbox", or a tuple such as
        ("outside", ("shift", 8), ("trend", 6), ("two_of_three", 2, 3, 2.0)); lengths count points.
    screen_moving_ranges: leave out moving ranges of 3.267 times their mean or more, once.
    multiply: scales value, centre and limits (per 100, per 1,000), never target or centre=.
    centre: a known centre line, number or column, in plotted units.
    floor: lowest that a lower limit may be drawn; None for the bounds of the family.
    as_of: date by which the latest value should be in; advice says where it is old.

    Raises BadInput with a sentence that names row and column. Sources: docs/methods, one page a family.
    """
    by = (by,) if isinstance(by, str) else tuple(by or ())
    wanted = Wanted(
        value, date, by, chart, denominator, target, direction, rebase, baseline, exclude, aggregate, centre
    )
    read_rules = rule_sets.read(rules, chart)
    runs = RUN_COLUMNS if read_rules.runs else ()
    frames.refuse_names(by, (*POINT_COLUMNS, *PHASE_COLUMNS, *read_rules.columns, *runs, "point"))
    _check_numbers(multiply, floor)
    prepared = prepare(frame, wanted)
    drawn = Chart(chart, read_rules, bool(screen_moving_ranges), float(multiply), floor)
    made = evaluate(prepared.batch, drawn, prepared.better)
    day = None if as_of is None else frames.as_date_key(as_of, prepared.dates.type, "as_of")
    return Result(prepared, made, drawn, day)


def _check_numbers(multiply: Any, floor: Any) -> None:
    number = (int, float, np.integer, np.floating)
    if isinstance(multiply, bool) or not isinstance(multiply, number) or not 0 < multiply < 1e15:
        raise BadInput(f"multiply: found {multiply!r}, expected a number above 0.")
    if floor is not None and (isinstance(floor, bool) or not isinstance(floor, number) or not np.isfinite(floor)):
        raise BadInput(f"floor: found {floor!r}, expected a number.")
