"""What a file says that is unlikely and still may be right: it is asked, not refused. Reads only."""

import datetime as dt
from bisect import bisect_left
from collections import defaultdict
from decimal import Decimal
from uuid import UUID

from holdgood.measures import periods, plausible, saying
from holdgood.measures.actions.counting import Counted
from holdgood.measures.checked import Checked
from holdgood.measures.known import Known
from holdgood.measures.models import Measure, Observation
from holdgood.places.models import Place

TIMES = 10  # what is so many times the value before it is asked about


def ask(checked: Checked, known: Known) -> None:
    """What is unlikely, and still may be right."""
    measures = {measure.pk: measure for measure in known.measures}
    series: dict[tuple[UUID, UUID], dict[dt.date, Decimal]] = defaultdict(dict)
    for found in Observation.objects.known().filter(
        measure__in={row.measure for row in checked.rows}, place__in={row.place for row in checked.rows}
    ):
        value = plausible.value_of(measures[found.measure_id], found.numerator, found.denominator)
        if value is not None:
            series[found.measure_id, found.place_id][found.period_on] = value
    for row in checked.rows:
        value = plausible.value_of(measures[row.measure], row.numerator, row.denominator)
        if value is not None:
            series[row.measure, row.place][row.period] = value
    order = {key: sorted(values) for key, values in series.items()}
    for row in checked.rows:
        _ask_of_size(checked, row, measures[row.measure], known.places[row.place], series, order)
    _ask_of_shares(checked, measures)


def _ask_of_size(
    checked: Checked,
    row: Counted,
    measure: Measure,
    place: Place,
    series: dict[tuple[UUID, UUID], dict[dt.date, Decimal]],
    order: dict[tuple[UUID, UUID], list[dt.date]],
) -> None:
    value = series.get((row.measure, row.place), {}).get(row.period) if row.numerator is not None else None
    if value is None:
        return
    at = bisect_left(order[row.measure, row.place], row.period)
    before = order[row.measure, row.place][at - 1] if at else None
    last = series[row.measure, row.place][before] if before else None
    if before and last and abs(value) >= TIMES * abs(last):
        figures = saying.figure(measure, float(value)), saying.figure(measure, float(last))
        when = periods.name(row.period, measure.granularity), periods.name(before, measure.granularity)
        checked.ask(
            f"Row {row.row or 0:,}: {measure.short} of {place.name} is {figures[0]} for {when[0]}, ten times or more "
            f"the {figures[1]} of {when[1]}. Is that right?"
        )


def _ask_of_shares(checked: Checked, measures: dict[UUID, Measure]) -> None:
    """Per cent that are all below one were perhaps meant as shares."""
    values: dict[UUID, list[Decimal]] = defaultdict(list)
    for row in checked.rows:
        measure = measures[row.measure]
        if measure.unit == "%" and not measure.is_rate and row.numerator is not None:
            values[row.measure].append(row.numerator)
    for pk, found in values.items():
        if len(found) > 1 and max(found) <= 1 and any(0 < each < 1 for each in found):
            checked.ask(
                f"{measures[pk].short} is in per cent, and every number is 1 or less ({found[0]:f}). "
                "If these are shares of one, write 95 for 0.95 and bring the file again."
            )
