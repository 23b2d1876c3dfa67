import datetime as dt
from decimal import Decimal

import pytest

from holdgood.measures import definitions, refresh
from holdgood.measures.actions import defining, noting
from holdgood.measures.models import Measure, Note, Target
from holdgood.measures.tests.factories import add, measure, series
from holdgood.places import guard
from holdgood.places.tests.factories import AT, Trust, actor, give, person
from holdgood.trail.models import Entry
from holdgood.trail.versions import Changed

pytestmark = pytest.mark.django_db
STEADY = [8, 6, 9, 7, 8, 5, 9, 8, 6, 7, 9, 8, 7, 6, 8, 9, 7, 5, 8, 7, 9, 6, 8, 7]
LOWER = [3, 4, 3, 5, 4, 3, 4, 5, 3, 4, 4, 3]
STEP = dt.date(2025, 4, 1)


@pytest.fixture
def t():
    return Trust()


@pytest.fixture
def lead(t):
    return give(person("Ruth"), "qi-lead", t.trust)


def test_shipped_definitions_are_taken_once_with_their_national_targets(t, lead):
    wanted = [definitions.load()[slug] for slug in ("falls", "ae-four-hours", "vte-risk-assessment")]
    made = defining.adopt(by=actor(lead), at=AT, trust=t.trust, definitions=wanted)
    assert [each.slug for each in made] == ["falls", "ae-four-hours", "vte-risk-assessment"]
    assert Target.objects.filter(measure__slug="vte-risk-assessment").get().value == 95
    assert defining.adopt(by=actor(lead), at=AT, trust=t.trust, definitions=wanted) == []
    assert Measure.objects.count() == 3


def test_every_shipped_definition_can_be_taken(t, lead):
    made = defining.adopt(by=actor(lead), at=AT, trust=t.trust, definitions=definitions.load().values())
    assert len(made) == len(definitions.load()) > 60


def test_nobody_defines_for_another_trust(t, lead):
    with pytest.raises(guard.NotVisible):
        defining.adopt(by=actor(lead), at=AT, trust=t.other, definitions=[])
    with pytest.raises(guard.NotAllowed):
        defining.adopt(by=actor(t.staff), at=AT, trust=t.trust, definitions=[])


def test_a_changed_definition_redraws_its_charts_and_says_why(t, lead):
    falls = measure(t.trust)
    add(falls, t.ward7, STEADY)
    before = series(falls, t.ward7)
    changed = defining.redefine(by=actor(lead), at=AT, measure=falls, version=1, reason="as published", per=100)
    after = series(falls, t.ward7)
    assert after.latest == pytest.approx(before.latest / 10)
    assert after.revision > before.revision
    assert Entry.objects.get(event="measure.measure.redefined").reason == "as published"
    with pytest.raises(Changed):
        defining.redefine(by=actor(lead), at=AT, measure=changed, version=1, reason="again", per=1)


def test_a_target_holds_below_its_place_and_a_wards_own_comes_first(t, lead):
    falls = measure(t.trust)
    for ward in (t.ward7, t.ward8):
        add(falls, ward, STEADY)
    promised = {"by": actor(lead), "at": AT, "measure": falls, "from_on": dt.date(2023, 4, 1), "source": "board"}
    defining.set_target(place=t.trust, value=Decimal(100), **promised)
    ward = defining.set_target(place=t.ward7, value=Decimal("0.1"), **promised)
    assert [series(falls, each).assurance for each in (t.ward7, t.ward8, t.trust)] == ["fail", "pass", "pass"]
    defining.end_target(by=actor(lead), at=AT, target=ward, reason="was a slip")
    assert series(falls, t.ward7).assurance == "pass"


def test_a_new_average_needs_more_than_a_note(t, lead):
    falls = measure(t.trust)
    add(falls, t.ward7, STEADY + LOWER)
    happened = {"at": AT, "measure": falls, "place": t.ward7, "on": STEP, "text": "Bay nursing"}
    with pytest.raises(guard.NotAllowed):
        noting.note(by=actor(t.manager), kind=Note.Kind.STEP, **happened)
    assert series(falls, t.ward7).variation == "improvement_low"
    made = noting.note(by=actor(lead), kind=Note.Kind.STEP, **happened)
    assert series(falls, t.ward7).variation == "common_cause"
    with pytest.raises(noting.UnableToNote, match="from that day already"):
        noting.note(by=actor(lead), kind=Note.Kind.STEP, **happened)
    gone = noting.remove_note(by=actor(lead), at=AT, note=made, version=1)
    assert series(falls, t.ward7).variation == "improvement_low"
    noting.put_back(by=actor(lead), at=AT, note=gone, version=gone.version)
    assert series(falls, t.ward7).variation == "common_cause"


def test_a_point_set_aside_does_not_move_the_limits(t, lead):
    falls = measure(t.trust)
    add(falls, t.ward7, [*STEADY, 60])
    assert series(falls, t.ward7).variation == "concern_high"
    noting.note(
        by=actor(lead), at=AT, measure=falls, place=t.ward7, kind=Note.Kind.GHOST, on=STEP, text="A counting error"
    )
    assert series(falls, t.ward7).variation == "common_cause"
    assert refresh.points_of(series(falls, t.ward7))[-1].numerator == 60


def test_what_has_not_happened_is_not_noted(t):
    falls = measure(t.trust)
    with pytest.raises(noting.UnableToNote, match="in the future"):
        noting.note(
            by=actor(t.manager), at=AT, measure=falls, place=t.ward7, kind="note", on=dt.date(2026, 5, 1), text="x"
        )
