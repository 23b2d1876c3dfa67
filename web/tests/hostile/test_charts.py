"""Definitions that contradict themselves or the numbers that are there; numbers that a chart cannot show."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from web.tests.hostile.ground import STEADY

from holdgood.design import words
from holdgood.measures.actions import defining
from holdgood.measures.forms import AddObservation
from holdgood.measures.models import Measure, Observation
from holdgood.measures.tests.factories import FALLS, add, measure

ON = dt.date(2026, 4, 21)
FORM = {**FALLS, "lag_days": 0, "whole": "on", "reason": "because", "minimum": ""}


def errors(of, **data):
    typed = {"period": "April 2024", "numerator": "3", "denominator": "800"} | data
    form = AddObservation(typed, measure=of, on=ON)
    form.is_valid()
    return " ".join(str(one) for each in form.errors.values() for one in each)


def made(**more):
    return Measure(slug="falls", **{**FALLS, "minimum": None, **more})


@pytest.mark.parametrize(
    ("of", "data", "said"),
    [
        ({"chart": "uprime"}, {"numerator": "-1"}, "-1 is below 0: the chart is one of counts"),
        ({"chart": "c", "denominator": ""}, {"numerator": "-1"}, "-1 is below 0"),
        ({"chart": "g", "denominator": ""}, {"numerator": "-1"}, "-1 is below 0"),
        ({"chart": "t", "denominator": ""}, {"numerator": "0"}, "0 is not above 0: the chart is one of times"),
        ({"chart": "p"}, {"numerator": "801"}, "801 is more than the 800 it is out of: the chart is one of shares"),
        ({"chart": "pprime"}, {"numerator": "801"}, "801 is more than the 800"),
        (
            {"maximum": Decimal(100), "per": 100},
            {"numerator": "1000", "denominator": "3"},
            "That makes 33,333.333333",
        ),
    ],
)
def test_a_number_that_the_chart_cannot_show_is_refused_where_it_is_typed(of, data, said):
    assert said in errors(made(**of), **data)


@pytest.mark.parametrize("chart", ["xmr", "run"])
def test_charts_of_values_take_what_is_below_nought(chart):
    assert errors(made(chart=chart), numerator="-1") == ""


def test_a_period_that_has_not_begun_has_no_number():
    assert "April 2099 has not begun. Correct the period." in errors(made(), period="April 2099")
    assert errors(made(), period="April 2026") == ""


def test_a_measure_that_is_retired_takes_no_more_numbers():
    retired = made(retired_on=dt.date(2026, 3, 1))
    assert "Falls was retired on 1 March 2026." in errors(retired, period="March 2026")
    assert errors(retired, period="February 2026") == ""


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"chart": "c"}, "This chart shows plain numbers"),
        ({"chart": "t"}, "This chart shows plain numbers"),
        ({"chart": "g"}, "This chart shows plain numbers"),
        ({"adds_up": "weighted"}, "a weighted mean is a value already"),
        ({"denominator": ""}, "This chart divides"),
    ],
)
def test_a_definition_whose_chart_cannot_be_is_refused_by_the_page(t, fields, said):
    add(t.falls, t.ward7, STEADY)
    assert said in change(t, **fields).text


def change(t, **fields):
    now = Measure.objects.get(pk=t.falls.pk)
    address = reverse("measure-change", args=["ward-7", "falls"])
    return t.client.post(address, FORM | {"version": now.version} | fields)


def test_a_chart_that_cannot_show_the_numbers_that_are_there_is_refused(t):
    add(t.falls, t.ward8, [30], denominator=20)
    answer = change(t, chart="p", per="100")
    assert "This chart cannot show 30 of 20, which Ward 8 has for April 2023." in answer.text
    assert Measure.objects.get(pk=t.falls.pk).chart == "uprime"


@pytest.mark.parametrize("granularity", ["week", "quarter", "year"])
def test_how_often_it_is_counted_stays_once_there_are_numbers(t, granularity):
    add(t.falls, t.ward7, STEADY)
    assert "There are numbers for each month already" in change(t, granularity=granularity).text
    assert "12 months" in t.client.get(t.at("measure")).text


def test_how_often_it_is_counted_can_change_before_the_first_number(t):
    assert change(t, granularity="quarter").status_code == 302


@pytest.mark.parametrize("numerators", [[5], [0] * 20, [7] * 20, [999_999_999_999_999, 1] * 10, [None] * 3])
def test_every_tab_opens_whatever_the_numbers(t, numerators):
    values = measure(t.trust, "values", short="Values", chart="xmr", denominator="", adds_up="sum", per=1)
    add(values, t.ward7, numerators, denominator=None)
    for tab in ("data", "places", "forecast", "definition", "history"):
        assert t.title(slug="values", tab=tab).startswith("Values on Ward 7: ")


def test_nought_out_of_nought_is_known_and_not_drawn(t):
    add(t.falls, t.ward7, [0], denominator=0)
    assert Observation.objects.known().count() == 1
    assert "on Ward 7" in t.title()


def test_what_an_action_is_told_of_a_chart_that_divides_nothing_is_refused(t):
    with pytest.raises(defining.UnableToDefine, match="This chart shows plain numbers"):
        measure(t.trust, "cases", chart="c")


def test_the_form_never_proposes_a_period_that_has_not_begun(t):
    now = timezone.localdate().replace(day=1)
    add(t.falls, t.ward7, [5], first=now)
    page = t.client.get(t.at("observation-add")).text
    assert f'value="{words.month(now)}"' in page
