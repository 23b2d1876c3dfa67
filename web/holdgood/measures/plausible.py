"""What cannot be, by a measure's definition and by its chart. Forms, files and commits are checked by this alone."""

import datetime as dt
from decimal import Decimal

from holdgood.design import words
from holdgood.measures import periods
from holdgood.measures.models import AddsUp, Measure
from plotthedots.limits import FAMILIES


def problems(measure: Measure, numerator: Decimal | None, denominator: Decimal | None) -> list[tuple[str, str]]:
    """Field and sentence of whatever cannot be; "no data" always can."""
    if numerator is None:
        return []
    found = []
    if measure.whole and numerator != numerator.to_integral_value():
        found.append(("numerator", f"{numerator} is not a whole number: these are counted, so leave out the decimals."))
    if measure.is_rate and denominator is None:
        found.append(("denominator", "Fill in what it is out of: without it there is no rate."))
    if not measure.is_rate and denominator is not None:
        found.append(("denominator", f"{measure.short} is a plain number: leave out what it is out of."))
    if denominator is not None and denominator == 0 and numerator != 0:
        found.append(("denominator", f"Out of 0 there cannot be {numerator}: correct one of them."))
    if measure.within and denominator is not None and numerator > denominator:
        found.append(("numerator", f"{numerator} is more than the {denominator} it is out of: correct one of them."))
    value = value_of(measure, numerator, denominator)
    if value is not None and not found:
        found = _outside(measure, value) or not_shown(measure, numerator, denominator)
    return found


def not_shown(measure: Measure, numerator: Decimal, denominator: Decimal | None) -> list[tuple[str, str]]:
    """What a chart of its kind cannot show."""
    family = FAMILIES[measure.chart]
    divides = measure.is_rate and measure.adds_up != AddsUp.WEIGHTED
    if divides and not denominator:
        return []
    if family.counts and numerator < 0:
        return [("numerator", f"{numerator} is below 0: the chart is one of counts, which cannot be.")]
    if family.positive and numerator <= 0:
        return [("numerator", f"{numerator} is not above 0: the chart is one of times between events, which are.")]
    if family.highest == 1 and denominator is not None and numerator > denominator:
        return [("numerator", f"{numerator} is more than the {denominator} it is out of: the chart is one of shares.")]
    return []


def not_counted(measure: Measure, first: dt.date, on: dt.date) -> list[str]:
    """Why there can be no number for a period, seen on a day."""
    when = periods.name(first, measure.granularity)
    if first > on:
        return [f"{when} has not begun."]
    if measure.retired_on is not None and first >= measure.retired_on:
        return [f"{measure.short} was retired on {words.day(measure.retired_on)}."]
    return []


def contradictions(chart: str, denominator: str, adds_up: str) -> list[str]:
    """Why a chart cannot go with what a measure counts."""
    wanted = FAMILIES[chart].denominator
    if wanted == "needed" and not denominator:
        return ["This chart divides: say out of what, or choose the XmR chart."]
    if wanted == "refused" and denominator:
        return ["This chart shows plain numbers: leave out of what empty, or choose the XmR chart."]
    if wanted == "needed" and adds_up == AddsUp.WEIGHTED:
        return ["This chart divides, and a weighted mean is a value already: choose the XmR chart."]
    return []


def value_of(measure: Measure, numerator: Decimal | None, denominator: Decimal | None) -> Decimal | None:
    """What the chart would show of it."""
    if numerator is None or not measure.is_rate or measure.adds_up == AddsUp.WEIGHTED:
        return numerator
    return numerator / denominator * measure.per if denominator else None


def _outside(measure: Measure, value: Decimal) -> list[tuple[str, str]]:
    shown = f"{value:,.6f}".rstrip("0").rstrip(".")
    if measure.minimum is not None and value < measure.minimum:
        return [("numerator", f"That makes {shown}, less than {measure.minimum.normalize():f}, the least it can be.")]
    if measure.maximum is not None and value > measure.maximum:
        return [("numerator", f"That makes {shown}, more than {measure.maximum.normalize():f}, the most it can be.")]
    return []
