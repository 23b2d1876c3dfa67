"""Forms that take a person, a place, a measure or a row: one that may not be seen is as one that is not there."""

import uuid
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from web.tests.access import crawling
from web.tests.access.matrix import MATRIX

NOWHERE = "00000000-0000-4000-8000-00000000abcd"
NOBODY = "nobody.at.all@a.example"


@dataclass(frozen=True)
class Form:
    """A form of a page, whole but for one field; `known` is a value that is taken."""

    page: str
    person: str
    field: str
    known: str
    unseen: tuple[str, ...]
    gone: str
    data: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.page}-{self.field}"


def _forms(ground):
    day, later = ground.on.isoformat(), ground.on.replace(year=ground.on.year + 1, day=1).isoformat()
    people = {"known": ground.people["reader"].email, "gone": NOBODY}
    people["unseen"] = (ground.people["stranger"].email, ground.people["stranger"].name)
    place, other = ground.places["A1"], ground.places["B"]
    yield Form("role-give", "manager", "who", **people, data={"role": "patient-partner", "from_on": day})
    yield Form("task-ask", "manager", "who", **people, data={"title": "Count again"})
    yield Form("task-pass-on", "manager", "who", **people, data={"version": 1, "reason": "away"})
    known = {"version": place.version, "name": place.name, "ods": place.ods, "beds": 21, "on": day}
    yield Form("place-change", "owner", "who", **people, data=known)
    yield Form("person-lapses", "owner", "who", **people, data={"what": ["roles"]})
    yield Form("cover-set", "manager", "who", **people, data={"from_on": day, "until_on": day})
    to = {"until_on": later, "reason": "joint work", "level": "view"}
    seen = ground.places["A2"].code
    yield Form("share-give", "owner", "place", seen, (other.code, other.name), "no-such-place", to)
    ids = {"unseen": (str(other.pk), str(ground.places["BT"].pk)), "gone": NOWHERE}
    yield Form(
        "place-close", "owner", "into", str(ground.places["A2"].pk), **ids, data={"version": place.version, "on": day}
    )
    yield Form("place-move", "owner", "parent", "", **ids, data={"version": place.version, "on": day})
    file = {"measure": str(ground.things["A1"]["measure"].pk), "place": place.code}
    yield Form("batch-new", "owner", "place", place.code, (other.code,), "no-such-place", file)
    of = {"unseen": (str(ground.things["B"]["measure"].pk),), "gone": NOWHERE}
    yield Form("batch-new", "owner", "measure", file["measure"], **of, data=file)


def _send(crawl, form, value):
    page = MATRIX[form.page]
    url = crawling.address(page, page.kwargs(crawl.ground))
    data = {**form.data, form.field: value}
    if form.page == "batch-new":
        data["file"] = SimpleUploadedFile("falls.csv", b"period,numerator,denominator\n2024-01,4,800\n")
    return crawl.ask(form.person, "POST", url, data)


def test_what_may_not_be_seen_is_answered_like_what_is_not_there(crawl):
    wrong = []
    for form in _forms(crawl.ground):
        gone = _send(crawl, form, form.gone)
        for value in form.unseen:
            told = _send(crawl, form, value)
            same = (told.status, told.plain(value)) == (gone.status, gone.plain(form.gone))
            if not same or (told.wrote | gone.wrote) - crawling.OWN_TABLES:
                wrong.append(f"{form}: {value}: {told.status}, {gone.status}, {told.wrote - crawling.OWN_TABLES}")
    assert not wrong


def test_those_forms_are_whole_and_take_what_may_be_seen(crawl):
    for form in _forms(crawl.ground):
        if form.known:
            told = _send(crawl, form, form.known)
            assert (told.status, str(form)) == (302, str(form)), told.text[:20_000]


def test_a_row_of_another_trusts_review_is_not_decided(crawl):
    page = MATRIX["access-review"]
    url = crawling.address(page, page.kwargs(crawl.ground))
    foreign = crawl.ground.things["B"]["decision"].pk
    for pk in (foreign, uuid.UUID(NOWHERE)):
        told = crawl.ask("owner", "POST", url, {"row": [str(pk)], f"d-{pk}": "end"})
        assert (told.status, told.wrote - crawling.OWN_TABLES) == (302, set())


@pytest.mark.parametrize(("name", "query"), [("role-give", "person"), ("batch-new", "reading"), ("my-work", "area")])
def test_what_a_link_names_is_looked_for_among_what_may_be_seen(crawl, name, query):
    from holdgood.jobs.models import Job

    unseen = {"person": crawl.ground.id("stranger"), "area": crawl.ground.places["B"].path}
    unseen["reading"] = Job.objects.get(task__endswith="read_file").pk
    gone = {"person": NOWHERE, "area": "0123456789/", "reading": 99_999_999}
    url = crawling.address(MATRIX[name], MATRIX[name].kwargs(crawl.ground))
    told = [crawl.ask("owner", "GET", f"{url}?{query}={value[query]}") for value in (unseen, gone)]
    assert told[0].status == told[1].status
    assert told[0].plain(str(unseen[query])) == told[1].plain(str(gone[query]))
    assert not list(crawl.seen("owner", told[0], url))
