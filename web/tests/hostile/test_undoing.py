"""Corrections after undo, undo of what an undo brought back, sending twice, definitions that change meanwhile."""

import datetime as dt
from decimal import Decimal

import pytest
from web.tests.hostile.ground import STEADY, later

from holdgood.measures import batches
from holdgood.measures.actions import counting, defining
from holdgood.measures.actions.counting import UnableToCount
from holdgood.measures.models import Batch, Observation
from holdgood.measures.tests.factories import add, counted, measure, series
from holdgood.places.tests.factories import AT, SETTING_UP

WHO = {"by": SETTING_UP}
PLAIN = {"denominator": "", "chart": "xmr", "adds_up": "sum", "per": 1}
RATE = {"denominator": "Bed days", "chart": "uprime", "adds_up": "ratio", "per": 1000}


def undo(batch, days):
    return counting.undo(**WHO, at=later(days), batch=batch, version=batch.version)


def known():
    return sorted(Observation.objects.known().values_list("numerator", flat=True))


def stage(t, denominator=800):
    rows = counted(t.falls, t.ward7, STEADY, denominator=denominator)
    return counting.stage(**WHO, at=AT, place=t.trust, rows=rows, file="falls.csv", digest="d", report={})


def commit(batch, days=1):
    return counting.commit(**WHO, at=later(days), batch=batch, version=batch.version)


def test_what_an_undo_brought_back_can_be_undone_in_its_turn(t):
    first, second = add(t.falls, t.ward7, [5] * 6), add(t.falls, t.ward7, [6] * 6, at=later(1))
    undo(second, 2)
    assert known() == [5] * 6
    undo(first, 3)
    assert known() == []


def test_a_batch_whose_numbers_came_back_counts_each_of_them_once(t):
    first, second = add(t.falls, t.ward7, [5] * 6), add(t.falls, t.ward7, [6] * 6, at=later(1))
    undo(second, 2)
    assert batches.preview(first).said == "6 numbers are new"


def test_one_on_whose_numbers_a_correction_stands_is_still_not_undone(t):
    first, second = add(t.falls, t.ward7, [5] * 6), add(t.falls, t.ward7, [6] * 6, at=later(1))
    undo(second, 2)
    add(t.falls, t.ward7, [7], at=later(3))
    with pytest.raises(UnableToCount, match="Later corrections stand on this batch"):
        undo(first, 4)


def test_sending_the_same_number_twice_makes_one_batch_and_says_so(t):
    data = {"period": "April 2024", "numerator": "3", "denominator": "800"}
    t.client.post(t.at("observation-add"), data)
    made = Batch.objects.count()
    answer = t.client.post(t.at("observation-add"), data, follow=True)
    assert "April 2024 was in already, with the same numbers." in answer.text
    assert Batch.objects.count() == made


@pytest.mark.parametrize("order", [(PLAIN,), (PLAIN, RATE, PLAIN)])
def test_a_staged_file_is_not_taken_by_another_definition_than_it_was_read_by(t, order):
    batch, now = stage(t), t.falls
    for fields in order:
        now = defining.redefine(**WHO, at=AT, measure=now, version=now.version, reason="r", **fields)
    with pytest.raises(UnableToCount, match="The definition of Falls was changed after this file was read"):
        commit(batch)


def test_one_that_was_read_as_plain_numbers_is_not_taken_into_a_rate(t):
    plain = defining.redefine(**WHO, at=AT, measure=t.falls, version=t.falls.version, reason="r", **PLAIN)
    batch = stage(t, denominator=None)
    defining.redefine(**WHO, at=AT, measure=plain, version=plain.version, reason="r", **RATE)
    with pytest.raises(UnableToCount, match="was changed after this file was read"):
        commit(batch)


def test_a_definition_that_went_and_came_back_takes_the_file(t):
    batch, now = stage(t), t.falls
    for fields in (PLAIN, RATE):
        now = defining.redefine(**WHO, at=AT, measure=now, version=now.version, reason="r", **fields)
    commit(batch)
    assert series(t.falls, t.ward7).latest == 10


def test_a_staged_file_of_a_measure_that_was_retired_meanwhile_is_not_taken(t):
    batch = stage(t)
    day = dt.date(2023, 5, 1)
    defining.retire(**WHO, at=AT, measure=t.falls, version=t.falls.version, on=day, reason="r")
    with pytest.raises(UnableToCount, match="was changed after this file was read"):
        commit(batch)


def test_two_files_of_the_same_rows_are_both_taken_and_the_later_stands(t):
    first, second = stage(t), stage(t)
    commit(first)
    commit(second, 2)
    assert len(known()) == len(STEADY)


def test_a_sum_has_no_more_digits_than_what_was_counted(t):
    hours = measure(t.trust, "hours", short="Hours", whole=False, **PLAIN)
    rows = [
        counting.Counted(hours.pk, place.pk, dt.date(2024, 4, 1), Decimal(number))
        for place, number in ((t.ward7, "0.1"), (t.ward8, "0.2"))
    ]
    counting.add(**WHO, at=AT, place=t.trust, rows=rows)
    assert series(hours, t.medicine).latest == 0.3
