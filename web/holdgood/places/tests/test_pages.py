"""Who may see and do what on each page; each write done once through its page."""

import datetime as dt
import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from holdgood.design import words
from holdgood.jobs.models import Mail
from holdgood.people.models import User
from holdgood.people.tests.factories import with_app
from holdgood.places import kinds
from holdgood.places.access import Actor
from holdgood.places.actions import reviews, roles
from holdgood.places.models import Cover, Decision, Holding, Place, Review, Share, Spell
from holdgood.places.permissions import Permission
from holdgood.places.tests.factories import Trust, give, person, place
from holdgood.trail.models import Entry

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def t():
    made = Trust()
    made.administrator.email, made.administrator.joined_at = "ros@fenmoor.example", timezone.now()
    made.administrator.save()
    made.staff.email = "tomasz@fenmoor.example"
    made.staff.save()
    made.hr = give(person("Hilda"), "hr-lead", made.trust)
    made.lead = give(person("Leo", email="leo@fenmoor.example"), "qi-lead", made.trust)
    with_app(made.partner)
    User.objects.filter(pk=made.partner.pk).update(ends_on=today() + 300 * DAY)
    return made


def today():
    return timezone.localdate()


def as_(user):
    client = Client()
    client.force_login(user, backend="holdgood.people.backends.Local")
    return client


def code(user, name, *args, method="get", **data):
    return getattr(as_(user), method)(reverse(name, args=args), data).status_code


def post(user, page, *args, follow=True, **data):
    return as_(user).post(reverse(page, args=args), data, follow=follow)


def sentence(answer):
    found = re.search(r'class="hg-done[^>]*>\s*<p>(.*?)</p>', answer.content.decode(), re.DOTALL)
    return found[1].replace("&#39;", "'") if found else ""


def text(answer):
    return answer.content.decode()


WHO = ("administrator", "auditor", "hr", "lead", "manager", "staff", "partner", "stranger")
TABLE = {  # in the order of WHO, at ward 7
    ("place-list",): "200 200 200 200 200 200 404 200",
    ("place", "ward7"): "200 200 200 200 200 200 404 404",
    ("place-open", "ward7"): "200 403 403 403 403 403 404 404",
    ("place-change", "ward7"): "200 403 403 403 403 403 404 404",
    ("place-move", "ward7"): "200 403 403 403 403 403 404 404",
    ("place-close", "ward7"): "200 403 403 403 403 403 404 404",
    ("role-list", "ward7"): "200 200 200 200 200 404 404 404",
    ("role-give", "ward7"): "200 403 403 403 200 404 404 404",
    ("person-list", "ward7"): "200 200 200 404 404 404 404 404",
    ("person-invite", "ward7"): "200 403 403 403 403 403 404 404",
    ("leavers", "ward7"): "200 200 200 404 404 404 404 404",
    ("access-review-list", "ward7"): "200 403 403 403 403 403 404 404",
    ("share-list", "ward7"): "200 200 404 200 404 404 404 404",
    ("my-roles",): "200 200 200 200 200 200 200 200",
    ("cover-set",): "200 200 200 200 200 200 200 200",
    ("shared-with-me",): "200 200 200 200 200 200 200 200",
    ("person", "staff"): "200 200 200 404 404 404 404 404",
    ("person-contact", "staff"): "200 403 403 404 404 404 404 404",
    ("person-ends", "staff"): "200 403 403 404 404 404 404 404",
    ("person-factor", "staff"): "200 403 403 404 404 404 404 404",
    ("person-lapses", "staff"): "200 200 200 404 404 404 404 404",
    ("person-stop", "staff"): "200 403 403 404 404 404 404 404",
    ("person-restart", "staff"): "200 403 403 404 404 404 404 404",
    ("person-cover", "manager"): "200 404 404 404 302 404 404 404",
    ("role-end", "ward7", "held"): "200 403 403 403 403 404 404 404",
    ("role-extend", "ward7", "held"): "200 403 403 403 403 404 404 404",
}


@pytest.mark.parametrize("page", TABLE, ids=lambda page: page[0])
def test_each_page_is_for_those_with_the_role(t, page):
    held = Holding.objects.get(user=t.manager).pk
    given = {"ward7": t.ward7.code, "staff": t.staff.pk, "manager": t.manager.pk, "held": held}
    args = [given[each] for each in page[1:]]
    found = {who: str(code(getattr(t, who), page[0], *args)) for who in WHO}
    expected = dict(zip(WHO, TABLE[page].split(), strict=True))
    if page[0] == "person-cover":
        expected["manager"] = "200"  # one's own cover by the same page
    assert found == expected


def test_nobody_who_is_signed_out_sees_a_page(t):
    for name, *rest in TABLE:
        args = [{"ward7": t.ward7.code}.get(each, uuid4()) for each in rest]
        answer = Client().get(reverse(name, args=args))
        assert answer.status_code == 302, name
        assert "sign-in" in answer["Location"]


def test_the_list_of_places_holds_what_one_may_see_and_no_other(t):
    shown = text(as_(t.manager).get("/places/"))
    assert "Ward 7" in shown
    assert "Surgery" not in shown
    assert "Elm Ward" not in shown
    assert "Elm Ward" not in text(as_(t.administrator).get("/places/?q=elm"))


def test_the_tree_can_be_seen_as_it_was(t):
    post(t.administrator, "place-change", t.ward7.code, version=1, name="Heron Ward", beds="20", on="1 April 2022")
    now, then = as_(t.administrator).get("/places/?q=heron"), as_(t.administrator).get("/places/?on=1 March 2021")
    assert "Heron Ward" in text(now)
    assert "Ward 7" in text(then)
    assert "Heron Ward" not in text(then).split("<main")[1]
    assert "Write the day, such as" in text(as_(t.administrator).get("/places/?on=spring"))
    assert "is after" in text(as_(t.administrator).get(f"/places/?on={today() + DAY}"))


def test_the_list_can_be_taken_away_and_the_trail_says_so(t):
    answer = as_(t.administrator).get("/places/?format=csv&kind=ward")
    assert b"".join(answer.streaming_content).decode("utf-8-sig").count("\r\n") == 3
    assert Entry.objects.filter(event="access.list.exported").count() == 1


def test_a_place_opens_in_another(t):
    answer = post(t.administrator, "place-open", t.ward7.code, name="7B Frailty", kind="team", on="1 April 2026")
    assert sentence(answer) == "7B Frailty is open. Its code in addresses is 7b-frailty."
    assert Place.objects.get(code="7b-frailty").parent == t.ward7
    wrong = post(t.administrator, "place-open", t.ward7.code, name="X", kind="division", on="1 April 2026")
    assert "cannot be chosen here" in text(wrong)


def test_what_is_known_changes_from_a_day_on_and_the_history_says_it_in_a_sentence(t):
    who = {"who": "leo@fenmoor.example", "led_since": "1 May 2025"}
    answer = post(
        t.administrator, "place-change", t.ward7.code, version=1, name="Ward 7", beds="20", on="1 April 2026", **who
    )
    assert sentence(answer) == "What is known of Ward 7 is changed."
    assert "20 beds, before that 28 beds" in text(answer)
    assert "Ward, 28 beds, in Medicine" in text(answer)
    t.ward7.refresh_from_db()
    assert t.ward7.coach == t.lead
    assert Spell.objects.filter(place=t.ward7).count() == 2


def test_of_two_who_change_a_place_the_second_sees_both(t):
    data = {"name": "Ward 7", "on": "1 April 2026"}
    post(t.administrator, "place-change", t.ward7.code, version=1, beds="20", **data)
    answer = post(t.administrator, "place-change", t.ward7.code, version=1, beds="22", **data)
    assert answer.status_code == 409
    assert "Save mine over it" in text(answer)
    assert 'value="2"' in text(answer)
    post(t.administrator, "place-change", t.ward7.code, version=2, beds="22", **data)
    assert Place.objects.get(pk=t.ward7.pk).beds == 22


def test_a_change_in_the_future_is_refused_in_a_sentence(t):
    answer = post(t.administrator, "place-change", t.ward7.code, version=1, name="W", on=f"{today() + 2 * DAY}")
    assert "is in the future: record a change when it has happened" in text(answer)


def test_a_place_moves(t):
    data = {"version": 1, "parent": str(t.surgery.pk), "on": "1 April 2026"}
    assert sentence(post(t.administrator, "place-move", t.ward7.code, **data)) == "Ward 7 lies in Surgery now."
    foreign = {**data, "version": 2, "parent": str(t.other.pk)}
    assert "cannot be chosen here" in text(post(t.administrator, "place-move", t.ward7.code, **foreign))
    gone = post(t.administrator, "place-move", t.ward7.code, **{**data, "parent": str(t.medicine.pk)})
    assert gone.status_code == 409


def test_closing_says_first_what_will_happen_and_merging_moves_what_lies_in_it(t):
    asked = text(as_(t.administrator).get(reverse("place-close", args=[t.ward7.code])))
    assert "7A Older people lies in it" in asked
    assert "1 role is held here" in asked
    alone = post(t.administrator, "place-close", t.ward7.code, version=1, on="1 April 2026")
    assert "has open places in it" in text(alone)
    post(t.administrator, "place-close", t.ward7.code, version=1, on="1 April 2026", into=str(t.ward8.pk))
    t.ward7.refresh_from_db()
    t.team.refresh_from_db()
    assert (t.ward7.merged_into, t.team.parent) == (t.ward8, t.ward8)


def test_a_role_is_given_by_address_and_taken_back(t):
    data = {"who": "tomasz@fenmoor.example", "role": "coach", "from_on": f"{today()}"}
    answer = post(t.administrator, "role-give", t.ward7.code, **data)
    assert sentence(answer) == "Tomasz is Improvement coach of Ward 7."
    undo = re.search(r'action="([^"]*take-back[^"]*)"', text(answer))[1]
    as_(t.administrator).post(undo)
    assert not Holding.objects.current(today()).filter(user=t.staff, role="coach").exists()


def test_a_role_is_given_by_name_and_two_of_one_name_are_told_apart(t):
    twins = [give(person("Ada Quist"), "staff", t.ward8), give(person("Ada Quist"), "staff", t.surgery)]
    data = {"who": "ada quist", "role": "coach", "from_on": f"{today()}"}
    answer = text(post(t.administrator, "role-give", t.ward7.code, **data))
    assert "2 people fit" in answer
    assert "Ada Quist, Member of staff, Surgery" in answer
    post(t.administrator, "role-give", t.ward7.code, which=str(twins[1].pk), **data)
    assert Holding.objects.filter(user=twins[1], role="coach").exists()
    data["which"] = str(t.stranger.pk)
    assert "2 people fit" in text(post(t.administrator, "role-give", t.ward8.code, **data))


def test_people_of_another_trust_cannot_be_named(t):
    t.stranger.email = "imogen@highweald.example"
    t.stranger.save()
    data = {"role": "coach", "from_on": f"{today()}"}
    for who in ("imogen@highweald.example", "Imogen", "nobody@nowhere.example"):
        answer = text(post(t.administrator, "role-give", t.ward7.code, who=who, **data))
        assert f"Nobody called “{who}” can be chosen here." in answer


def test_only_roles_that_one_may_give_are_offered(t):
    shown = text(as_(t.manager).get(reverse("role-give", args=[t.ward7.code])))
    assert 'value="staff"' in shown
    assert 'value="administrator"' not in shown
    data = {"who": "tomasz@fenmoor.example", "role": "administrator", "from_on": f"{today()}"}
    assert "cannot be chosen here" in text(post(t.manager, "role-give", t.ward7.code, **data))
    assert not Holding.objects.filter(user=t.staff, role="administrator").exists()


def test_a_role_ends_and_can_be_put_back(t):
    held = Holding.objects.get(user=t.manager)
    Holding.objects.filter(pk=held.pk).update(until_on=today() + 9 * DAY)
    answer = post(t.administrator, "role-end", t.trust.code, held.pk, on=f"{today()}", reason="moves on")
    held.refresh_from_db()
    assert held.until_on == today()
    as_(t.administrator).post(re.search(r'action="([^"]*put-back[^"]*)"', text(answer))[1])
    held.refresh_from_db()
    assert held.until_on == today() + 9 * DAY
    assert code(t.administrator, "role-put-back", t.trust.code, held.pk) == 405
    bad = as_(t.administrator).post(reverse("role-put-back", args=[t.trust.code, held.pk]) + "?until=soon")
    assert bad.status_code == 400


def test_the_end_of_a_role_is_put_off(t):
    held = Holding.objects.get(user=t.manager)
    assert "no last day, so" in text(post(t.administrator, "role-extend", t.trust.code, held.pk, until_on=""))
    Holding.objects.filter(pk=held.pk).update(until_on=today() + 9 * DAY)
    post(t.administrator, "role-extend", t.trust.code, held.pk, until_on=f"{today() + 90 * DAY}")
    held.refresh_from_db()
    assert held.until_on == today() + 90 * DAY


def test_the_last_administrator_stays(t):
    held = Holding.objects.get(user=t.administrator)
    answer = post(t.administrator, "role-end", t.trust.code, held.pk, on=f"{today()}")
    assert "last administrator of Fenmoor NHS Trust" in text(answer)
    give(person("Second"), "administrator", t.trust)
    assert "The role ends on" in sentence(post(t.administrator, "role-end", t.trust.code, held.pk, on=f"{today()}"))


def test_somebody_is_invited_with_a_first_role_or_not_at_all(t):
    data = {"name": "Nina Falk", "email": "Nina@Fenmoor.example", "role": "staff"}
    answer = post(t.administrator, "person-invite", t.ward7.code, **data)
    assert "Nina Falk is invited" in sentence(answer)
    assert "not begun yet" in text(answer)
    assert Mail.objects.filter(to="nina@fenmoor.example").count() == 1
    again = text(post(t.administrator, "person-invite", t.ward7.code, **data))
    assert "is another person&#x27;s sign-in name" in again or "is another person&#39;s sign-in name" in again
    outside = text(
        post(t.administrator, "person-invite", t.ward7.code, outside="on", **{**data, "email": "q@w.example"})
    )
    assert "Enter the last day: people from outside are there for a time." in outside
    assert not User.objects.filter(email="q@w.example").exists()


def test_the_invitation_is_sent_again_to_one_who_has_not_begun(t):
    assert "is on its way" in sentence(post(t.administrator, "person-invitation", t.staff.pk))
    User.objects.filter(pk=t.staff.pk).update(joined_at=timezone.now())
    assert "no invitation is needed" in sentence(post(t.administrator, "person-invitation", t.staff.pk))
    assert code(t.administrator, "person-invitation", t.staff.pk) == 302


def test_contact_data_change_and_the_second_who_changes_them_sees_both(t):
    data = {"name": "Tomasz Lis", "email": "t.lis@fenmoor.example"}
    post(t.administrator, "person-contact", t.staff.pk, version=1, **data)
    t.staff.refresh_from_db()
    assert (t.staff.name, t.staff.email) == ("Tomasz Lis", "t.lis@fenmoor.example")
    answer = post(t.administrator, "person-contact", t.staff.pk, version=1, **{**data, "name": "Tom"})
    assert answer.status_code == 409
    taken = post(t.administrator, "person-contact", t.staff.pk, version=2, name="T", email="leo@fenmoor.example")
    assert "sign-in name" in text(taken)


def test_who_looks_after_a_ward_does_not_change_the_account_of_one_with_a_role_above(t):
    ward_administrator = give(person("Wanda"), "administrator", t.ward7)
    director = give(give(person("Dora"), "director", t.trust), "staff", t.ward7)
    both = give(give(person("Bo"), "staff", t.trust), "staff", t.other)
    assert code(ward_administrator, "person", director.pk) == 200
    for name in ("person-contact", "person-ends", "person-factor", "person-stop", "person-restart"):
        assert code(ward_administrator, name, director.pk) == 403
        assert code(t.administrator, name, both.pk) == 403
    assert "also holds a role outside" in text(as_(t.administrator).get(reverse("person", args=[both.pk])))
    assert "Highweald" not in text(as_(t.administrator).get(reverse("person", args=[both.pk])))


def test_somebody_leaves_and_comes_back(t):
    t.ward7.coach = t.staff
    t.ward7.save()
    asked = text(as_(t.administrator).get(reverse("person-stop", args=[t.staff.pk])))
    assert "1 role: Member of staff, Fenmoor NHS Trust" in asked
    assert "1 place coached: Ward 7" in asked
    answer = post(t.administrator, "person-stop", t.staff.pk, reason="retires")
    assert sentence(answer) == "The account is stopped, and 1 role ended today."
    t.staff.refresh_from_db()
    assert not t.staff.is_active
    assert as_(t.staff).get("/places/").status_code == 302
    post(t.administrator, "person-restart", t.staff.pk, ends_on=f"{today() + 30 * DAY}")
    t.staff.refresh_from_db()
    assert (t.staff.is_active, t.staff.ends_on) == (True, today() + 30 * DAY)
    post(t.administrator, "person-ends", t.staff.pk, ends_on="")
    t.staff.refresh_from_db()
    assert t.staff.ends_on is None


def test_nobody_stops_themselves_or_takes_their_own_second_factor_away(t):
    give(person("Second"), "administrator", t.trust)
    for name in ("person-stop", "person-factor"):
        answer = text(post(t.administrator, name, t.administrator.pk, reason="x"))
        assert "ask another administrator" in answer


def test_a_lost_second_factor_is_taken_away(t):
    assert t.partner.authenticator_set.exists()
    answer = post(t.administrator, "person-factor", t.partner.pk, reason="lost the telephone")
    assert "sets up a new second factor" in sentence(answer)
    assert not t.partner.authenticator_set.exists()


def test_leavers_are_those_who_go_have_gone_or_no_longer_come(t):
    now = timezone.now()
    soon = give(person("Sol", ends_on=today() + 9 * DAY, last_login=now), "staff", t.ward7)
    away = give(person("Ava", last_login=now - 100 * DAY), "staff", t.ward7)
    gone = give(person("Gus"), "staff", t.ward7)
    User.objects.filter(pk=gone.pk).update(is_active=False, left_at=now)
    User.objects.filter(pk=t.manager.pk).update(last_login=now)
    shown = text(as_(t.hr).get(reverse("leavers", args=[t.ward7.code])))
    main = shown.split("<main")[1]
    assert all(each.name in main for each in (soon, away, gone))
    assert "Amina" not in main
    assert "not signed in since" in main
    roles.end(by=Actor.machine("worker", now), at=now, holding=Holding.objects.get(user=gone), on=today() - DAY)
    assert "Gus" not in text(as_(t.hr).get(reverse("leavers", args=[t.ward7.code]))).split("<main")[1]


def test_what_hangs_on_somebody_is_handed_over(t):
    t.ward7.coach = t.staff
    t.ward7.save()
    data = {"who": "leo@fenmoor.example", "what": ["coached", "roles"], "reason": "retires"}
    answer = post(t.administrator, "person-lapses", t.staff.pk, **data)
    assert sentence(answer) == "Leo takes over 2 things."
    assert Place.objects.get(pk=t.ward7.pk).coach == t.lead
    assert Holding.objects.filter(user=t.lead, role="staff", place=t.trust).exists()
    assert 'name="what"' not in text(as_(t.auditor).get(reverse("person-lapses", args=[t.staff.pk])))
    refused = post(t.auditor, "person-lapses", t.staff.pk, **data)
    assert "What they take over" not in sentence(refused)
    assert Holding.objects.filter(user=t.lead, role="staff").count() == 1


def test_cover_gives_a_deputy_the_roles_and_ends(t):
    data = {"who": "tomasz@fenmoor.example", "from_on": f"{today()}", "until_on": f"{today() + 5 * DAY}"}
    answer = post(t.manager, "cover-set", **data)
    assert "Tomasz stands in until" in sentence(answer)
    assert "You stand in for Amina" in text(as_(t.staff).get("/my/roles/"))
    assert code(t.staff, "cover-end", Cover.objects.get().pk, method="post") == 404
    as_(t.manager).post(reverse("cover-end", args=[Cover.objects.get().pk]))
    assert Cover.objects.get().until_on == today()
    assert code(t.manager, "cover-end", Cover.objects.get().pk) == 405


def test_cover_of_another_needs_the_permission_wherever_they_have_roles(t):
    nurse = give(person("Nell"), "staff", t.ward7)
    data = {"who": "amina@fenmoor.example", "from_on": f"{today()}", "until_on": f"{today()}"}
    post(t.manager, "person-cover", nurse.pk, **data)
    assert Cover.objects.get().absent == nurse
    give(nurse, "director", t.trust)
    assert code(t.manager, "person-cover", nurse.pk, method="post", **data) == 403
    assert Cover.objects.count() == 1


def test_my_roles_say_in_words_what_they_let_me_do(t):
    shown = text(as_(t.manager).get("/my/roles/"))
    assert "You hold 1 role" in shown
    assert "enter observations" in shown
    assert "You hold no role yet" in text(as_(person("New")).get("/my/roles/"))


def test_a_review_is_opened_decided_and_closed(t):
    answer = post(t.administrator, "access-review-open", t.trust.code)
    review = Review.objects.get()
    assert "roles have not been looked at" in text(answer)
    rows = list(Decision.objects.filter(review=review))
    chosen = next(row for row in rows if row.holding.user == t.staff)
    early = post(t.administrator, "access-review-close", t.trust.code, review.pk, version=1)
    assert "have not been looked at: decide on each" in text(early)
    data = {"row": [str(row.pk) for row in rows], f"d-{chosen.pk}": "end", "all": "keep"}
    answer = post(t.administrator, "access-review", t.trust.code, review.pk, **data)
    assert sentence(answer) == f"{len(rows) - 1} roles kept, 1 role ended."
    assert not Holding.objects.current(today() + DAY).filter(user=t.staff).exists()
    assert "Nothing was chosen" in sentence(post(t.administrator, "access-review", t.trust.code, review.pk))
    stale = post(t.administrator, "access-review-close", t.trust.code, review.pk, version=7)
    assert "Somebody else closed or changed" in sentence(stale)
    post(t.administrator, "access-review-close", t.trust.code, review.pk, version=1)
    review.refresh_from_db()
    assert review.closed_at is not None


def test_a_review_of_another_trust_is_not_there(t):
    at = timezone.now()
    review = reviews.open_review(by=Actor.machine("worker", at), at=at, trust=t.other)
    assert code(t.administrator, "access-review", t.trust.code, review.pk) == 404
    assert code(t.administrator, "access-review", t.other.code, review.pk) == 404
    own = reviews.open_review(by=Actor.machine("worker", at), at=at, trust=t.trust)
    foreign = Decision.objects.filter(review=review).first()
    post(t.administrator, "access-review", t.trust.code, own.pk, row=str(foreign.pk), **{f"d-{foreign.pk}": "end"})
    foreign.refresh_from_db()
    assert foreign.keep is None


def test_what_cannot_be_shared_looks_as_if_it_was_not_there(t):
    for kind, pk in (("place", t.ward7.pk), ("person", t.staff.pk), ("measure", uuid4()), ("nothing", uuid4())):
        assert code(t.lead, "share-give", t.trust.code, kind, pk) == 404


def test_lists_cost_the_same_however_long_they_are(t):
    pages = [("place-list",), ("place", t.ward7.code), ("role-list", t.trust.code), ("person-list", t.trust.code),
             ("leavers", t.trust.code), ("person", t.staff.pk)]  # fmt: skip
    User.objects.filter(pk=t.lead.pk).update(ends_on=today() + DAY)
    before = {page: _queries(t.administrator, page) for page in pages}
    for n in range(12):
        inside = place(f"Team {n}", "team", t.ward7)
        somebody = give(give(person(f"Person {n}"), "staff", inside), "coach", t.trust)
        User.objects.filter(pk=somebody.pk).update(ends_on=today() + DAY, last_login=timezone.now())
        give(t.staff, "coach", inside)
    assert {page: _queries(t.administrator, page) for page in pages} == before


def _queries(user, page):
    client = as_(user)
    address = reverse(page[0], args=page[1:])
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as counted:
        assert client.get(address).status_code == 200
    return len(counted)


def test_every_page_of_one_who_may_little_offers_no_button_that_is_refused(t):
    ways = {"place-open", "place-change", "place-move", "place-close", "role-give", "person-invite"}
    for name in ("place", "role-list", "person-list"):
        shown = text(as_(t.auditor).get(reverse(name, args=[t.ward7.code])))
        assert not [way for way in ways if reverse(way, args=[t.ward7.code]) in shown]
    page = text(as_(t.auditor).get(reverse("person", args=[t.staff.pk])))
    assert "/contact/" not in page
    assert "/stop/" not in page


@pytest.fixture
def shared(t, monkeypatch):
    """A review of access, as if it was a thing that can be shared."""
    monkeypatch.setattr(Review, "shared_as", "review")
    monkeypatch.setattr(Review, "view_permission", Permission.ACCESS_REVIEW)
    kind = kinds.Kind(
        "review", ("review", "reviews"), title=lambda row: f"Review of {row.place.name}", address=lambda _: "/x/",
        seen=lambda actor: Review.objects.visible_to(actor, Permission.ACCESS_REVIEW).select_related("place"),
    )  # fmt: skip
    monkeypatch.setitem(kinds.KINDS, "review", kind)
    at = timezone.now()
    return reviews.open_review(by=Actor.machine("worker", at), at=at, trust=t.trust)


def test_a_thing_is_shared_with_a_person_seen_there_and_no_longer(t, shared):
    t.stranger.email = "imogen@highweald.example"
    t.stranger.save()
    data = {"level": "contribute", "until_on": f"{today() + 30 * DAY}", "reason": "joint audit"}
    args = (t.trust.code, "review", shared.pk)
    assert "Nobody with an account here" in text(
        post(t.administrator, "share-give", *args, email="a@b.example", **data)
    )
    assert "one of the two" in text(post(t.administrator, "share-give", *args, **data))
    answer = post(t.administrator, "share-give", *args, email="Imogen@highweald.example", **data)
    assert sentence(answer) == f"Imogen may see it until {words.day(today() + 30 * DAY)}."
    assert "Review of Fenmoor NHS Trust" in text(answer)
    assert "Review of Fenmoor NHS Trust" in text(as_(t.stranger).get("/shared/"))
    assert "Ros shares it: joint audit" in text(as_(t.stranger).get("/shared/"))
    share = Share.objects.get()
    assert code(t.administrator, "share", t.trust.code, share.pk) == 200
    assert code(t.auditor, "share", t.trust.code, share.pk) == 403
    assert code(t.stranger, "share", t.trust.code, share.pk) == 404
    assert code(t.auditor, "share-end", t.trust.code, share.pk, method="post") == 403
    assert sentence(post(t.administrator, "share-end", t.trust.code, share.pk)) == "It is no longer shared."
    assert "Nothing is shared with you now" in text(as_(t.stranger).get("/shared/"))


def test_a_thing_is_shared_with_a_place_by_name_or_code(t, shared):
    data = {"level": "view", "until_on": f"{today()}", "reason": "joint audit"}
    args = (t.trust.code, "review", shared.pk)
    for name in ("ward-7", "ward 8"):
        assert "may see it" in sentence(post(t.administrator, "share-give", *args, place=name, **data))
    unseen = text(post(t.administrator, "share-give", *args, place="elm-ward", **data))
    assert unseen.count("There is no place “elm-ward”") == 2
    assert "no place “nowhere”" in text(post(t.administrator, "share-give", *args, place="nowhere", **data))
    assert code(t.lead, "share-give", *args) == 404


def test_what_one_may_not_see_of_a_share_is_not_named(t, shared):
    data = {"level": "view", "until_on": f"{today()}", "reason": "joint audit", "place": "ward-7"}
    post(t.administrator, "share-give", t.trust.code, "review", shared.pk, **data)
    shown = text(as_(t.auditor).get(reverse("share-list", args=[t.trust.code])))
    assert "A review that you may not see" in shown
    assert "Review of Fenmoor" not in shown
