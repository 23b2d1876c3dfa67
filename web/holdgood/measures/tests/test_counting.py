import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from holdgood.measures import refresh
from holdgood.measures.actions import counting
from holdgood.measures.actions.counting import Counted
from holdgood.measures.models import Batch, Observation, Series
from holdgood.measures.tests.factories import APRIL, add, counted, measure, series
from holdgood.places import guard
from holdgood.places.tests.factories import AT, Trust, actor, give, person
from holdgood.trail.models import Entry
from holdgood.trail.versions import Changed

pytestmark = pytest.mark.django_db
LATER = AT + dt.timedelta(hours=1)
STEADY = [3, 5, 4, 6, 2, 5, 4, 3, 5, 6, 4, 3, 5, 4]


@pytest.fixture
def t():
    return Trust()


@pytest.fixture
def falls(t):
    return measure(t.trust)


def staged(t, rows, analyst):
    return counting.stage(
        by=actor(analyst), at=AT, place=t.trust, rows=rows, file="falls.csv", digest="0" * 64, report={}
    )


@pytest.fixture
def analyst(t):
    return give(person("Sam"), "analyst", t.trust)


def test_numbers_of_wards_are_added_up_to_the_trust(t, falls):
    add(falls, t.ward7, STEADY)
    add(falls, t.ward8, STEADY)
    added = refresh.points_of(series(falls, t.trust))
    assert (added[0].numerator, added[0].denominator, added[0].reported, added[0].of) == (6, 1600, 2, 2)
    assert series(falls, t.trust).latest == pytest.approx(8 / 1600 * 1000)
    assert series(falls, t.ward7).own
    assert not series(falls, t.trust).own
    assert series(falls, t.trust).variation == "common_cause"


def test_the_same_again_changes_nothing_and_a_correction_keeps_what_stood(t, falls):
    add(falls, t.ward7, STEADY)
    add(falls, t.ward7, STEADY, at=LATER)
    assert Observation.objects.count() == len(STEADY)
    add(falls, t.ward7, [7], at=LATER)
    then = Observation.objects.known(AT).get(period_on=APRIL)
    now = Observation.objects.known().get(period_on=APRIL)
    assert (then.numerator, now.numerator) == (3, 7)
    assert then.known_until == now.known_from == LATER
    assert refresh.points_as_known(falls, t.trust, AT)[0].numerator == 3
    assert refresh.points_of(series(falls, t.trust))[0].numerator == 7


def test_a_batch_is_looked_at_then_taken_as_a_whole(t, falls, analyst):
    add(falls, t.ward7, STEADY)
    rows = counted(falls, t.ward7, [9, 5, 4]) + counted(falls, t.ward8, STEADY)
    batch = staged(t, rows, analyst)
    found = counting.difference(counting.staged(batch))
    assert (len(found.new), len(found.changed), len(found.same)) == (len(STEADY), 1, 2)
    assert Observation.objects.filter(place=t.ward8).count() == 0
    counting.commit(by=actor(analyst, LATER), at=LATER, batch=batch, version=1)
    assert Observation.objects.known().filter(place=t.ward8).count() == len(STEADY)
    assert Batch.objects.get(pk=batch.pk).staged == []
    events = Entry.objects.filter(kind="batch", thing=batch.pk.hex).values_list("event", flat=True)
    assert set(events) == {"observation.batch.staged", "observation.batch.committed"}


def test_a_batch_is_taken_once(t, falls, analyst):
    batch = staged(t, counted(falls, t.ward7, STEADY), analyst)
    counting.commit(by=actor(analyst), at=AT, batch=batch, version=1)
    with pytest.raises(Changed):
        counting.commit(by=actor(analyst), at=AT, batch=batch, version=1)
    with pytest.raises(counting.UnableToCount, match="brought in: bring the file in again"):
        counting.commit(by=actor(analyst), at=AT, batch=Batch.objects.get(pk=batch.pk), version=2)


def test_undoing_brings_back_what_stood_before(t, falls, analyst):
    add(falls, t.ward7, STEADY)
    batch = staged(t, counted(falls, t.ward7, [9, 9]) + counted(falls, t.ward8, [1]), analyst)
    done = counting.commit(by=actor(analyst, LATER), at=LATER, batch=batch, version=1)
    again = LATER + dt.timedelta(minutes=1)
    counting.undo(by=actor(analyst, again), at=again, batch=done, version=done.version)
    known = Observation.objects.known().order_by("period_on")
    assert [row.numerator for row in known] == STEADY
    assert refresh.points_of(series(falls, t.ward8)) == []
    assert refresh.points_as_known(falls, t.ward7, LATER)[0].numerator == 9


def test_what_was_corrected_since_is_not_undone(t, falls, analyst):
    batch = staged(t, counted(falls, t.ward7, STEADY), analyst)
    done = counting.commit(by=actor(analyst), at=AT, batch=batch, version=1)
    add(falls, t.ward7, [8], at=LATER)
    with pytest.raises(counting.UnableToCount, match="undo those first"):
        counting.undo(by=actor(analyst, LATER), at=LATER, batch=done, version=done.version)


def test_nobody_counts_where_they_may_not(t, falls, analyst):
    rows = counted(falls, t.ward8, [1])
    with pytest.raises(guard.NotVisible):
        counting.add(by=actor(t.manager), at=AT, place=t.ward7, rows=rows)
    with pytest.raises(guard.NotAllowed):
        counting.add(by=actor(t.staff), at=AT, place=t.ward8, rows=rows)
    neighbour = give(person("Olu"), "analyst", t.other)
    with pytest.raises(guard.NotVisible):
        counting.add(by=actor(neighbour), at=AT, place=t.other, rows=rows)
    counting.add(by=actor(t.manager), at=AT, place=t.ward7, rows=[])
    elsewhere = counted(falls, t.other_ward, [1])
    with pytest.raises(guard.NotVisible):
        staged(t, elsewhere, analyst)
    assert not Observation.objects.exists()


def test_a_ward_manager_counts_on_the_ward_by_the_trusts_definition(t, falls):
    counting.add(by=actor(t.manager), at=AT, place=t.ward7, rows=counted(falls, t.ward7, [1]))
    assert Observation.objects.count() == 1


def test_two_rows_of_one_period_are_refused(t, falls, analyst):
    with pytest.raises(counting.UnableToCount, match="leave one of them out"):
        staged(t, counted(falls, t.ward7, [1]) * 2, analyst)


def test_no_data_is_kept_apart_from_zero(t, falls):
    add(falls, t.ward7, [0, None, 3])
    points = refresh.points_of(series(falls, t.ward7))
    assert [point.numerator for point in points] == [0, None, 3]


def test_the_database_keeps_one_known_row_a_period(t, falls):
    add(falls, t.ward7, [1])
    row = Observation.objects.get()
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_numbers_come_back_digit_by_digit(t, falls):
    exact = Decimal("123456789.123456")
    row = Counted(falls.pk, t.ward7.pk, APRIL, exact, Decimal("999999999.000001"))
    counting.add(by=actor(give(person("Sam"), "analyst", t.trust)), at=AT, place=t.ward7, rows=[row])
    there = Observation.objects.get()
    assert (there.numerator, there.denominator) == (exact, Decimal("999999999.000001"))


def test_a_shared_series_is_seen_by_the_partner_alone_and_until_its_end(t, falls):
    from holdgood.places.actions import shares
    from holdgood.places.permissions import Permission

    add(falls, t.ward7, STEADY)
    add(falls, t.ward8, STEADY)
    lead = give(person("Ruth"), "qi-lead", t.trust)
    shares.share(
        by=actor(lead), at=AT, thing=series(falls, t.ward7), to=t.partner, from_on=AT.date(),
        until_on=AT.date() + dt.timedelta(days=10), reason="joint discharge round",
    )  # fmt: skip
    seen = Series.objects.visible_to(actor(t.partner), Permission.MEASURE_VIEW)
    assert [each.place for each in seen] == [t.ward7]
    after = actor(t.partner, AT + dt.timedelta(days=11))
    assert not Series.objects.visible_to(after, Permission.MEASURE_VIEW).exists()
    assert not Series.objects.visible_to(actor(t.partner), Permission.NOTE_ADD).exists()
    assert not Series.objects.visible_to(actor(t.stranger), Permission.MEASURE_VIEW).exists()
