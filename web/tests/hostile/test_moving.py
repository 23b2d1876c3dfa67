"""Wards that move, merge, close and are renamed, with numbers, roles and tasks in them."""

import datetime as dt

import pytest
from web.tests.hostile.ground import STEADY, later

from holdgood.jobs.models import Job
from holdgood.measures.models import Series
from holdgood.measures.refresh import refresh_area
from holdgood.measures.tests.factories import add, series
from holdgood.places.access import Actor
from holdgood.places.actions import tree
from holdgood.places.actions.tree import UnableToPlace
from holdgood.places.models import Spell
from holdgood.places.tests.factories import AT, SETTING_UP, place
from holdgood.tasks import tables

NOVEMBER, FEBRUARY = dt.date(2025, 11, 1), dt.date(2026, 2, 1)


def move(of, parent, on=FEBRUARY):
    return tree.move(by=SETTING_UP, at=AT, place=of, version=of.version, parent=parent, on=on)


def close(of, on, **more):
    return tree.close(by=SETTING_UP, at=AT, place=of, version=of.version, on=on, **more)


def counts(t, area):
    found = Series.objects.filter(measure=t.falls, place=area).first()
    return [] if found is None else [(point[1], point[4]) for point in found.points]


@pytest.fixture
def counted(t):
    add(t.falls, t.ward7, [5] * 6, first=NOVEMBER)
    add(t.falls, t.ward8, [3] * 6, first=NOVEMBER)


@pytest.mark.usefixtures("counted")
def test_sums_follow_a_ward_from_the_day_it_moved_and_expect_it_there_alone(t):
    moved = move(t.ward7, t.surgery)
    assert Job.objects.filter(task__endswith="measures.background.add_up", kwargs={"place": moved.pk.hex}).exists()
    refresh_area(moved, at=later(1))
    assert counts(t, t.medicine) == [(8, 2)] * 3 + [(3, 1)] * 3
    assert counts(t, t.surgery) == [(5, 1)] * 3


@pytest.mark.usefixtures("counted")
def test_a_number_from_before_the_move_is_corrected_where_it_was_counted(t):
    moved = move(t.ward7, t.surgery)
    add(t.falls, moved, [50], first=NOVEMBER, at=later(1))
    assert counts(t, t.medicine)[0] == (53, 2)
    assert counts(t, t.trust)[0] == (53, 2)


def test_a_place_with_a_closed_one_in_it_can_move(t):
    specialty = place("Older people", "specialty", t.medicine)
    ward = place("Ward 9", "ward", specialty)
    close(ward, dt.date(2025, 1, 1))
    specialty.refresh_from_db()
    move(specialty, t.surgery, dt.date(2025, 6, 1))
    ward.refresh_from_db()
    assert ward.path.startswith(t.surgery.path)
    assert Spell.objects.get(place=ward).path.startswith(t.medicine.path)


def test_a_place_does_not_close_before_one_in_it_opened(t):
    division = place("Community", "division", t.trust)
    place("New team", "team", division, on=dt.date(2025, 6, 1))
    with pytest.raises(UnableToPlace, match="has open places in it"):
        close(division, dt.date(2025, 1, 1))


def test_what_was_known_of_a_place_ends_on_the_day_it_closed(t):
    day = dt.date(2025, 3, 1)
    tree.change_place(by=SETTING_UP, at=AT, place=t.ward8, version=t.ward8.version, on=day, beds=10)
    t.ward8.refresh_from_db()
    close(t.ward8, dt.date(2025, 2, 1))
    assert Spell.objects.get(place=t.ward8).until_on == dt.date(2025, 2, 1)


def test_a_chart_is_told_by_the_name_that_the_place_has_now(t):
    add(t.falls, t.ward7, STEADY)
    assert t.title() == "Falls on Ward 7: no change beyond chance"
    tree.change_place(by=SETTING_UP, at=AT, place=t.ward7, version=t.ward7.version, on=AT.date(), name="Cedar Ward")
    assert t.title() == "Falls on Cedar Ward: no change beyond chance"


@pytest.mark.usefixtures("counted")
def test_a_ward_that_merged_keeps_its_chart_and_its_numbers(t):
    close(t.ward8, FEBRUARY, into=t.ward7)
    assert series(t.falls, t.ward8).latest == 3.75
    assert t.title(code="ward-8").startswith("Falls on Ward 8: ")


def test_what_was_asked_just_after_midnight_of_summer_time_was_asked_that_day(t):
    midnight = dt.datetime(2026, 6, 30, 23, 30, tzinfo=dt.UTC)
    row = type("Row", (), {"asked_at": midnight})()
    column = next(each for each in tables.of_area(Actor(t.manager, AT), {}).columns if each.key == "since")
    assert column.value(row) == dt.date(2026, 7, 1)
