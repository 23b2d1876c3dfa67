import datetime as dt

import pytest

from holdgood.places import guard
from holdgood.places.access import Actor
from holdgood.places.actions import reviews, roles
from holdgood.places.models import Cover, Decision, Holding, Place
from holdgood.places.permissions import WORDS, Permission
from holdgood.places.roles import ROLES
from holdgood.places.tests.factories import AT, SETTING_UP, Trust, actor, give, person
from holdgood.trail.models import Entry

pytestmark = pytest.mark.django_db
VIEW = Permission.PLACE_VIEW
TODAY = AT.date()


@pytest.fixture
def t():
    return Trust()


def seen(user, permission=VIEW, at=AT):
    return {each.name for each in Place.objects.visible_to(actor(user, at), permission)}


def test_a_role_reaches_its_place_and_all_below(t):
    assert seen(t.manager) == {"Ward 7", "7A Older people"}
    assert seen(t.staff) == {"Fenmoor NHS Trust", "Medicine", "Surgery", "Ward 7", "Ward 8", "7A Older people"}
    assert seen(t.stranger) == {"Highweald NHS Trust", "Elm Ward"}
    assert seen(t.partner) == set()
    assert seen(person("Nobody")) == set()


def test_a_role_counts_from_its_first_day_to_its_last(t):
    bank = give(person("Bank"), "staff", t.ward8, from_on=dt.date(2026, 4, 1), until_on=dt.date(2026, 4, 21))
    day = dt.timedelta(days=1)
    assert seen(bank) == {"Ward 8"}
    assert seen(bank, at=AT + day) == set()
    assert seen(bank, at=AT - 21 * day) == set()


def test_an_ended_account_sees_nothing(t):
    t.manager.ends_on = dt.date(2026, 4, 20)
    assert seen(t.manager) == set()
    t.manager.ends_on, t.manager.is_active = None, False
    assert seen(t.manager) == set()


def test_a_deputy_has_the_roles_while_the_other_is_away_but_not_an_administrators(t):
    deputy = person("Femi")
    for absent in (t.manager, t.administrator):
        roles.cover(
            by=actor(absent), at=AT, absent=absent, deputy=deputy, place=t.trust,
            from_on=TODAY, until_on=TODAY + dt.timedelta(days=6),
        )  # fmt: skip
    assert seen(deputy) == {"Ward 7", "7A Older people"}
    assert seen(deputy, at=AT + dt.timedelta(days=7)) == set()
    assert not Actor(deputy, AT).may_anywhere(Permission.ROLE_GIVE_ADMINISTRATOR)
    roles.end_cover(
        by=actor(t.manager), at=AT, cover=Cover.objects.get(absent=t.manager), on=TODAY - dt.timedelta(days=1)
    )
    assert seen(deputy) == set()


def test_nobody_sets_cover_for_another_without_the_permission(t):
    with pytest.raises(guard.NotAllowed):
        roles.cover(
            by=actor(t.staff), at=AT, absent=t.manager, deputy=t.staff, place=t.ward7, from_on=TODAY, until_on=TODAY
        )


def test_who_may_give_a_role_is_a_permission(t):
    nurse = person("Nell")
    give_ = {"at": AT, "user": nurse, "place": t.ward7, "from_on": TODAY}
    roles.give(by=actor(t.manager), role="staff", **give_)
    with pytest.raises(guard.NotAllowed):
        roles.give(by=actor(t.manager), role="analyst", **give_)
    with pytest.raises(guard.NotVisible):
        roles.give(by=actor(t.stranger), role="staff", **give_)
    with pytest.raises(roles.UnableToGive, match="holds this role at Ward 7 already"):
        roles.give(by=actor(t.administrator), role="staff", **give_)
    assert Holding.objects.filter(user=nurse).count() == 1


def test_an_ended_role_is_kept_as_history(t):
    holding = Holding.objects.get(user=t.manager)
    roles.end(by=actor(t.administrator), at=AT, holding=holding, on=TODAY - dt.timedelta(days=1), reason="moved on")
    assert seen(t.manager) == set()
    assert Holding.objects.filter(user=t.manager).count() == 1
    assert Entry.objects.get(event="role.holding.ended").reason == "moved on"


def test_the_guard_says_not_found_for_what_may_not_be_seen_and_forbidden_for_what_may_not_be_done(t):
    with pytest.raises(guard.NotVisible):
        guard.require(actor(t.stranger), Permission.PLACE_CHANGE, t.ward7)
    with pytest.raises(guard.NotAllowed):
        guard.require(actor(t.staff), Permission.PLACE_CHANGE, t.ward7)
    guard.require(actor(t.administrator), Permission.PLACE_CHANGE, t.ward7)
    guard.require(SETTING_UP, Permission.PLACE_CHANGE, t.ward7)


def test_paths_are_found_once_for_all_permissions(t, django_assert_num_queries):
    asked = actor(t.manager)
    with django_assert_num_queries(2):  # whom they stand in for, and the roles
        for permission in Permission:
            asked.paths(permission)


def test_an_auditor_reads_everything_and_changes_nothing():
    assert ROLES["auditor"].permissions == {each for each in Permission if each.is_view}


def test_every_permission_is_said_in_words_and_held_by_some_role():
    assert set(WORDS) == set(Permission)
    assert set().union(*(role.permissions for role in ROLES.values())) == set(Permission)


def test_a_review_lists_every_role_and_ends_those_not_needed(t):
    review = reviews.open_review(by=actor(t.administrator), at=AT, trust=t.trust)
    assert reviews.open_review(by=actor(t.administrator), at=AT, trust=t.trust) == review
    rows = list(Decision.objects.filter(review=review))
    assert len(rows) == 5
    go = [row for row in rows if row.holding.user == t.manager]
    with pytest.raises(reviews.UnableToReview, match="5 roles have not been looked at"):
        reviews.close(by=actor(t.administrator), at=AT, review=review, version=1)
    keep = [row for row in rows if row not in go]
    reviews.decide(by=actor(t.administrator), at=AT, review=review, keep=keep, finish=go)
    closed = reviews.close(by=actor(t.administrator), at=AT, review=review, version=1)
    assert closed.closed_at == AT
    assert seen(t.manager, at=AT + dt.timedelta(days=1)) == set()


def test_another_trusts_review_is_not_to_be_opened(t):
    with pytest.raises(guard.NotVisible):
        reviews.open_review(by=actor(t.stranger), at=AT, trust=t.trust)
