import datetime as dt

import pytest

from holdgood.measures import charts, periods, presenting, reading, saying
from holdgood.measures.adding import Point
from holdgood.measures.models import Measure
from holdgood.measures.tests.factories import FALLS

FIRST = dt.date(2023, 4, 1)


def made(**more):
    return Measure(slug="falls", **{**FALLS, **more})


def points(numerators, denominator=1000.0):
    return [
        Point(periods.following(FIRST, "month", i), n, None if n is None else denominator, 1, 1)
        for i, n in enumerate(numerators)
    ]


def read(numerators, measure=None, **asked):
    measure = measure or made()
    return reading.read(charts.Asked("falls", measure, points(numerators), **asked), "on Ward 7")


STEADY = [8.0, 6, 9, 7, 8, 5, 9, 8, 6, 7, 9, 8, 7, 6, 8, 9, 7, 5, 8, 7, 9, 6, 8, 7]
LOWER = [3.0, 4, 3, 5, 4, 3, 4, 5, 3, 4, 4, 3]


def test_the_title_is_the_answer():
    assert read(STEADY).title == "Falls on Ward 7: no change beyond chance"
    assert read([]).title == "Falls on Ward 7: no numbers yet"
    assert read([3.0]).title == "Falls on Ward 7: too few numbers to say anything yet"
    assert read(STEADY + LOWER).title == "Falls on Ward 7: fewer since April 2025"
    stepped = read(STEADY + LOWER, steps=(dt.date(2025, 4, 1),))
    assert stepped.title == "Falls on Ward 7: fewer since April 2025"
    assert len(stepped.phases) == 2


def test_the_title_says_whether_the_target_is_kept():
    kept = read(STEADY, targets=(50.0,) * 24)
    assert kept.title == "Falls on Ward 7: no change beyond chance, and keeps to 50 or fewer"
    assert kept.kept == "It was met in all of the last 13 months."
    missed = read(STEADY, targets=(0.1,) * 24)
    assert missed.title.endswith(", and as it is cannot reach 0.1 or fewer")
    assert missed.kept == "It was missed in each of the last 13 months."


def test_one_point_beyond_the_limits_is_told_by_its_month():
    assert read([*STEADY, 30.0]).title == "Falls on Ward 7: more than chance explains in April 2025"


def test_missing_periods_are_rows_without_a_value():
    rows = read([*STEADY, None, 7.0]).rows
    assert (rows[24].shown, rows[24].seen) == ("no data", "No data")
    assert rows[25].shown == "7.0"


def test_a_zero_denominator_has_no_value():
    zero = [*points(STEADY), Point(dt.date(2025, 4, 1), 0.0, 0.0, 1, 1)]
    found = reading.read(charts.Asked("falls", made(), zero), "on Ward 7")
    assert found.rows[-1].value is None


@pytest.mark.parametrize(
    ("value", "measure", "text"),
    [
        (4.25, {}, "4.2"),
        (1234.5, {"decimals": 0}, "1,234"),
        (94.237, {"unit": "%", "decimals": 1}, "94.2%"),
        (-0.04, {}, "0.0"),
        (-3.0, {}, "−3.0"),
        (None, {}, "no data"),
    ],
)
def test_figures_are_written_as_the_measure_is(value, measure, text):
    assert saying.figure(made(**measure), value) == text


@pytest.mark.parametrize(
    ("share", "words"),
    [(0.0, "less than 1 in 20"), (0.05, "1 in 20"), (0.5, "5 in 10"), (0.96, "more than 19 in 20"), (0.949, "9 in 10")],
)
def test_a_chance_is_never_certain(share, words):
    assert saying.chance(share) == words


def test_a_forecast_needs_twelve_values_and_says_how_good_such_ones_were():
    measure = made()
    assert reading.ahead(charts.Asked("falls", measure, points(STEADY[:11])), "") is None
    found = reading.ahead(charts.Asked("falls", measure, points(STEADY * 2), targets=(7.5,) * 48), "7.5 or fewer")
    assert found is not None
    assert found.next_period == "April 2027"
    assert found.next_chance.endswith(("in 10", "in 20"))
    assert len(found.rows) == 6
    assert "came true within the range" in found.record


def test_the_chart_can_be_walked_and_its_ids_do_not_clash():
    found = read(STEADY)
    assert found.wide.count("data-row=") == 24
    assert found.phone.count("data-row=") == 18
    assert 'id="chart-wide-t"' in found.wide
    assert 'id="chart-phone-t"' in found.phone
    assert "<style" not in found.wide


def test_words_beside_the_icons():
    worse = read([*STEADY, 30.0])
    assert (presenting.variation(worse), presenting.variation_means(worse)) == (
        "Concerning",
        "Higher than chance explains",
    )
    assert presenting.assurance(worse) == "No target"
    assert presenting.variation(read([])) == "Too few to tell"
