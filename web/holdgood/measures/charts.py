"""What the engine makes of series: the one module that calls it. Plain values in, results out; no clock."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import plotthedots as ptd
from holdgood.measures.adding import Point
from holdgood.measures.models import AddsUp, Measure
from plotthedots import BadInput


@dataclass(frozen=True)
class Asked:
    """A series to be charted: its points, and what people decided about it."""

    name: str
    measure: Measure
    points: Sequence[Point]
    steps: tuple[dt.date, ...] = ()
    ghosts: frozenset[dt.date] = frozenset()
    targets: tuple[float | None, ...] = ()


@dataclass(frozen=True)
class Verdict:
    """What the chart says of the latest phase, in the engine's words."""

    variation: str = ""
    assurance: str = ""
    sentence: str = ""
    latest_on: dt.date | None = None
    latest: float | None = None


@dataclass
class _Columns:
    series: list[str] = field(default_factory=list)
    date: list[dt.date] = field(default_factory=list)
    value: list[float] = field(default_factory=list)
    denominator: list[float] = field(default_factory=list)
    direction: list[str] = field(default_factory=list)
    target: list[float] = field(default_factory=list)
    ghost: list[bool] = field(default_factory=list)
    steps: dict[str, list[dt.date]] = field(default_factory=dict)


NONE = float("nan")


def is_ratio(measure: Measure) -> bool:
    """Whether a chart divides: a weighted mean is a value already, its denominator only a weight."""
    return measure.is_rate and measure.adds_up != AddsUp.WEIGHTED


def value_of(measure: Measure, point: Point) -> float | None:
    """The plotted value of a point; None where there is none, or nothing to divide by."""
    if point.numerator is None:
        return None
    if not is_ratio(measure):
        return point.numerator
    return point.numerator / point.denominator * measure.per if point.denominator else None


def evaluate(asked: Iterable[Asked]) -> dict[str, Verdict]:
    """Verdicts of many series, in one call of the engine for each family of charts."""
    groups: dict[tuple[str, int, bool], list[Asked]] = defaultdict(list)
    for each in asked:
        if any(point.numerator is not None for point in each.points):
            groups[(each.measure.chart, each.measure.per, is_ratio(each.measure))].append(each)
    found: dict[str, Verdict] = {}
    for group in groups.values():
        result = chart(group)
        rows = result.summary
        for i, name in enumerate(rows["series"]):
            found[name] = Verdict(
                str(rows["variation"][i] or ""),
                str(rows["assurance"][i] or ""),
                str(rows["sentence"][i]),
                day(rows["latest_date"][i]),
                _number(rows["latest_value"][i]),
            )
    return found


def chart(asked: Sequence[Asked]) -> ptd.Result:
    """The engine's result of series of one family and multiplier."""
    measure = asked[0].measure
    ratio = is_ratio(measure)
    columns = _columns(asked, ratio)
    frame: dict[str, Any] = {
        "series": columns.series, "date": columns.date, "value": columns.value, "direction": columns.direction,
        "target": columns.target, "ghost": columns.ghost,
    }  # fmt: skip
    if ratio:
        frame["denominator"] = columns.denominator
    return ptd.spc(
        frame,
        by="series",
        chart=measure.chart,
        denominator="denominator" if ratio else None,
        target="target",
        direction="direction",
        exclude="ghost",
        rebase=columns.steps or None,
        multiply=measure.per if ratio else 1,
    )


def news(asked: Sequence[Asked]) -> tuple[list[str], float]:
    """Names of series to look at, so that at most one in ten is there by chance; and how many chance would mark.

    Charts of different families are judged side by side as single values.
    """
    columns = _Columns()
    for each in asked:
        if sum(point.numerator is not None for point in each.points) < 2:
            continue
        values = [value_of(each.measure, point) for point in each.points]
        columns.series += [each.name] * len(values)
        columns.date += [point.period for point in each.points]
        columns.value += [NONE if value is None else value for value in values]
        columns.direction += [each.measure.direction] * len(values)
        columns.ghost += [point.period in each.ghosts for point in each.points]
        steps = [step for step in each.steps if each.points[0].period < step <= each.points[-1].period]
        columns.steps |= {each.name: steps} if steps else {}
    if not columns.series:
        return [], 0.0
    frame = {
        "series": columns.series, "date": columns.date, "value": columns.value, "direction": columns.direction,
        "ghost": columns.ghost,
    }  # fmt: skip
    result = ptd.spc(frame, by="series", direction="direction", exclude="ghost", rebase=columns.steps or None)
    table = ptd.signal_budget(result).series
    by_chance = ptd.signal_budget(result, window=1).expected_false_alarms  # marked at their latest point
    shown = [
        (float(p), str(name))
        for name, p, show in zip(table["series"], table["p_value"], table["shown"], strict=True)
        if show
    ]
    return [name for _, name in sorted(shown)], by_chance


def forecast(asked: Asked, horizon: int) -> Any:
    """What the engine expects of one series over so many periods; the latest period's target is taken to stay."""
    measure, ratio = asked.measure, is_ratio(asked.measure)
    columns = _columns([asked], ratio)
    frame: dict[str, Any] = {"date": columns.date, "value": columns.value, "ghost": columns.ghost}
    if ratio:
        frame["denominator"] = columns.denominator
    return ptd.forecast(
        frame,
        denominator="denominator" if ratio else None,
        multiply=measure.per if ratio else 1,
        horizon=horizon,
        target=asked.targets[-1] if asked.targets else None,
        direction=None if measure.direction == "neutral" else measure.direction,
        bounds=_bounds(measure),
        rebase=columns.steps.get(asked.name),
        exclude="ghost",
    )


def _bounds(measure: Measure) -> tuple[float | None, float | None]:
    low, high = measure.minimum, measure.maximum
    return (None if low is None else float(low), None if high is None else float(high))


def _columns(asked: Sequence[Asked], ratio: bool) -> _Columns:
    columns = _Columns()
    for each in asked:
        targets = each.targets or (None,) * len(each.points)
        for point, target in zip(each.points, targets, strict=True):
            empty = ratio and not point.denominator
            columns.series.append(each.name)
            columns.date.append(point.period)
            columns.value.append(NONE if point.numerator is None or empty else point.numerator)
            columns.denominator.append(NONE if empty or point.denominator is None else point.denominator)
            columns.direction.append(each.measure.direction)
            columns.target.append(NONE if target is None else target)
            columns.ghost.append(point.period in each.ghosts)
        steps = [step for step in each.steps if each.points[0].period < step <= each.points[-1].period]
        if steps:
            columns.steps[each.name] = steps
    return columns


def day(value: Any) -> dt.date:
    """A day of the engine's tables, which are NumPy's."""
    found: dt.date = value.item()
    return found.date() if isinstance(found, dt.datetime) else found


def _number(value: Any) -> float | None:
    number = float(value)
    return None if number != number else number


__all__ = ["Asked", "BadInput", "Verdict", "chart", "day", "evaluate", "forecast", "is_ratio", "news", "value_of"]
