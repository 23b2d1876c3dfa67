"""Steps and ghosts in one month, moved, taken off and put back; steps where there is nothing to step from."""

import datetime as dt
from pathlib import Path

import pytest
from web.tests.hostile.ground import STEADY

from holdgood.measures import charts, periods, reading
from holdgood.measures.actions import noting
from holdgood.measures.adding import Point
from holdgood.measures.models import Measure, Note
from holdgood.measures.tests.factories import APRIL, FALLS, add
from holdgood.places.tests.factories import AT, SETTING_UP

FIRST = dt.date(2023, 4, 1)


def step(t, on):
    return noting.note(by=SETTING_UP, at=AT, measure=t.falls, place=t.ward7, kind=Note.Kind.STEP, on=on, text="x")


@pytest.fixture
def two(t):
    add(t.falls, t.ward7, STEADY * 2)
    return step(t, dt.date(2024, 1, 5)), step(t, dt.date(2024, 6, 5))


def move(t, note, on):
    return t.client.post(t.at("note", note.pk), {"version": note.version, "on": on, "title": "", "text": "y"})


def test_a_step_is_not_moved_onto_another(t, two):
    answer = move(t, two[1], "9 January 2024")
    assert "There is a new average from that day already: change that one." in answer.text


def test_a_note_is_not_moved_into_the_future(t, two):
    assert "The day is in the future: note what has happened." in move(t, two[1], "1 June 2099").text
    two[1].refresh_from_db()
    assert two[1].on == dt.date(2024, 6, 1)


def test_a_step_is_not_put_back_beside_one_that_stands_there_by_now(t, two):
    t.client.post(t.at("note-remove", two[0].pk))
    step(t, dt.date(2024, 1, 9))
    answer = t.client.post(t.at("note-put-back", two[0].pk), follow=True)
    assert "There is a new average from that day already: change that one." in answer.text


def test_taking_a_note_off_twice_and_putting_it_back_twice_is_doing_it_once(t, two):
    for name, gone in (
        ("note-remove", True),
        ("note-remove", True),
        ("note-put-back", False),
        ("note-put-back", False),
    ):
        assert t.client.post(t.at(name, two[0].pk)).status_code == 302
        assert (Note.objects.get(pk=two[0].pk).removed_at is not None) is gone


def read(numerators, **asked):
    made = [Point(periods.following(FIRST, "month", i), float(n), 1000.0, 1, 1) for i, n in enumerate(numerators)]
    measure = Measure(slug="falls", **{**FALLS, **asked.pop("measure", {})})
    return reading.read(charts.Asked("falls", measure, made, **asked), "on Ward 7")


def months(*steps):
    return tuple(periods.following(FIRST, "month", each) for each in steps)


@pytest.mark.parametrize("steps", [(0,), (-5,), (40,)])
def test_a_step_outside_the_numbers_says_nothing(steps):
    assert read(STEADY * 2, steps=months(*steps)).title == "Falls on Ward 7: no change beyond chance"


def test_a_step_of_which_there_is_one_number_is_no_change_yet():
    title = read([*STEADY, 30], steps=months(12)).title
    assert title == "Falls on Ward 7: too few numbers since April 2024 to say anything yet"


def test_a_step_that_changed_nothing_that_is_shown_is_not_told_as_a_change():
    assert read(STEADY * 2, steps=months(12)).title == "Falls on Ward 7: no change beyond chance since April 2024"


def test_a_chart_whose_points_are_all_set_aside_says_nothing_of_chance():
    read_ = read(STEADY, ghosts=frozenset(months(*range(12))))
    assert read_.title == "Falls on Ward 7: too few numbers to say anything yet"


@pytest.mark.parametrize(
    ("target", "more", "said"),
    [
        (7.46, {}, "7.46 or fewer"),
        (7.5, {}, "7.5 or fewer"),
        (5.0, {}, "5 or fewer"),
        (5.4, {"decimals": 0}, "5.4 or fewer"),
        (0.0, {}, "0"),
        (100.0, {"direction": "increase", "unit": "%", "maximum": 100}, "100%"),
        (99.95, {"direction": "increase", "unit": "%", "maximum": 100}, "99.95% or more"),
    ],
)
def test_a_target_is_told_as_it_was_promised(target, more, said):
    assert read(STEADY, targets=(target,) * 12, measure={"minimum": 0, **more}).aim == said


def test_a_forecast_has_no_chance_of_a_target_that_has_ended():
    made = [Point(periods.following(APRIL, "month", i), float(n), 1000.0, 1, 1) for i, n in enumerate(STEADY * 2)]
    targets = (7.0,) * 12 + (None,) * 12
    ahead = reading.ahead(charts.Asked("falls", Measure(slug="falls", **FALLS), made, (), frozenset(), targets), "")
    assert "The chance of" not in ahead.sentence


def test_going_back_and_sending_a_note_again_does_not_note_it_twice(t):
    t.enter(t.manager)
    for _ in range(2):
        sent = {"on": "1 April 2024", "title": "New beds", "text": "All beds were changed."}
        assert t.client.post(t.at("note-add"), sent).status_code == 302
    assert Note.objects.count() == 1


def test_an_endless_word_does_not_widen_the_page():
    style = (Path(__file__).parents[2] / "holdgood/design/static/design/holdgood.css").read_text(encoding="utf-8")
    body = style[style.index(".hg-body {") :]
    assert "overflow-wrap: break-word" in body[: body.index("}")]
