import datetime as dt

import pytest

from holdgood.places import guard
from holdgood.places.actions import tree
from holdgood.places.models import Place, Spell
from holdgood.places.tests.factories import AT, SETTING_UP, Trust, actor
from holdgood.trail.models import Entry
from holdgood.trail.versions import Changed

pytestmark = pytest.mark.django_db
ON = dt.date(2026, 4, 1)


@pytest.fixture
def t():
    return Trust()


def test_a_place_lies_in_the_paths_of_all_above_it(t):
    assert [each.name for each in Place.objects.above(t.team)] == ["Fenmoor NHS Trust", "Medicine", "Ward 7"]
    assert t.trust.holds(t.team)
    assert not t.other.holds(t.team)
    assert t.team.root_id == t.trust.pk
    assert t.team.chain == t.trust.pk.hex


def test_a_moved_ward_takes_its_teams_along_and_the_past_stays_where_it_was(t):
    moved = tree.move(
        by=actor(t.administrator), at=AT, place=t.ward7, version=1, parent=t.surgery, on=ON, reason="merged take"
    )
    t.team.refresh_from_db()
    assert t.team.path == f"{moved.path}{t.team.key}/"
    before = Spell.objects.as_at(dt.date(2026, 3, 31)).get(place=t.team)
    after = Spell.objects.as_at(ON).get(place=t.team)
    assert before.path.startswith(t.medicine.path)
    assert after.path.startswith(t.surgery.path)
    inside = Spell.objects.as_at(dt.date(2026, 3, 31)).filter(path__startswith=t.medicine.path)
    assert {each.name for each in inside} == {"Medicine", "Ward 7", "Ward 8", "7A Older people"}


def test_a_changed_fact_is_so_from_its_day_on(t):
    tree.change_place(by=actor(t.administrator), at=AT, place=t.ward7, version=1, on=ON, beds=20, name="Ward 7 East")
    assert Spell.objects.as_at(dt.date(2026, 3, 31)).get(place=t.ward7).beds == 28
    now = Spell.objects.as_at(ON).get(place=t.ward7)
    assert (now.beds, now.name) == (20, "Ward 7 East")


def test_two_changes_of_one_day_leave_one_spell(t):
    first = tree.change_place(by=actor(t.administrator), at=AT, place=t.ward7, version=1, on=ON, beds=20)
    tree.change_place(by=actor(t.administrator), at=AT, place=t.ward7, version=first.version, on=ON, beds=22)
    assert list(Spell.objects.filter(place=t.ward7).values_list("beds", flat=True).order_by("from_on")) == [28, 22]


def test_the_second_of_two_editors_is_told(t):
    tree.change_place(by=actor(t.administrator), at=AT, place=t.ward7, version=1, on=ON, beds=20)
    with pytest.raises(Changed) as told:
        tree.change_place(by=actor(t.administrator), at=AT, place=t.ward7, version=1, on=ON, beds=21)
    assert told.value.current.beds == 20


def test_a_merged_ward_closes_and_its_teams_go_on_in_the_other(t):
    closed = tree.close(
        by=actor(t.administrator), at=AT, place=t.ward7, version=1, on=ON, into=t.ward8, reason="one ward"
    )
    t.team.refresh_from_db()
    assert (closed.closed_on, closed.merged_into) == (ON, t.ward8)
    assert t.ward8.holds(t.team)
    assert not Spell.objects.as_at(ON).filter(place=t.ward7).exists()
    assert Spell.objects.as_at(dt.date(2026, 3, 31)).filter(place=t.ward7).exists()
    assert Entry.objects.filter(event="place.place.closed").count() == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda t: {"place": t.ward7, "parent": t.team}, "A ward cannot lie in a team"),
        (lambda t: {"place": t.team, "parent": t.team}, "A team cannot lie in a team"),
        (lambda t: {"place": t.ward7, "parent": t.other}, "another trust"),
        (lambda t: {"place": t.ward7, "parent": t.surgery, "on": dt.date(2026, 4, 22)}, "in the future"),
        (lambda t: {"place": t.ward7, "parent": t.surgery, "on": dt.date(2019, 1, 1)}, "is not open on 01/01/2019"),
    ],
)
def test_what_cannot_be_is_told(t, change, said):
    asked = {"on": ON, "version": 1, **change(t)}
    with pytest.raises(tree.UnableToPlace, match=said):
        tree.move(by=SETTING_UP, at=AT, **asked)
    assert Place.objects.get(pk=t.ward7.pk).path == t.ward7.path


def test_a_place_with_open_places_in_it_does_not_close(t):
    with pytest.raises(tree.UnableToPlace, match="move or close them first"):
        tree.close(by=actor(t.administrator), at=AT, place=t.medicine, version=1, on=ON)


def test_only_those_who_may_change_the_tree(t):
    with pytest.raises(guard.NotAllowed):
        tree.change_place(by=actor(t.staff), at=AT, place=t.ward7, version=1, on=ON, beds=1)
    with pytest.raises(guard.NotVisible):
        tree.change_place(by=actor(t.stranger), at=AT, place=t.ward7, version=1, on=ON, beds=1)
    with pytest.raises(guard.NotAllowed):
        tree.open_place(by=actor(t.administrator), at=AT, name="Mine", kind="trust", parent=None, on=ON)


def test_codes_in_addresses_are_free_ones(t):
    again = tree.open_place(by=SETTING_UP, at=AT, name="Ward 7", kind="ward", parent=t.other, on=ON)
    assert (t.ward7.code, again.code) == ("ward-7", "highweald-nhs-trus-ward-7")
