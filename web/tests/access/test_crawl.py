"""Every page as everybody: who gets it, what it shows, and that a refusal changes nothing and tells nothing."""

import itertools

import pytest
from web.tests.access import crawling
from web.tests.access.matrix import MATRIX, PAGES, PEOPLE, PUBLIC, SIGNED_IN

SHORT = ("owner", "neighbour", "stranger", "nobody")
OTHERS = tuple(person for person in PEOPLE if person not in SHORT)
HOME = {  # a place of their own for each who has one that is not A1
    "neighbour": "A2", "stranger": "B", "child": "TEAM", "owner": "A2", "auditor": "A2", "joint": "B",
    "manager": "TEAM", "deputy": "TEAM",
}  # fmt: skip


def test_every_page_has_its_line_and_every_line_its_page():
    assert sorted(set(crawling.names())) == sorted(MATRIX)


def _walk(crawl, person, methods, queries=("",)):
    problems = [
        found
        for page, method, query in itertools.product(PAGES, methods, queries)
        for found in crawl.problems(page, person, method, query)
    ]
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize("person", SHORT)
def test_those_who_may_alone_get_a_page_and_send_its_form(crawl, person):
    _walk(crawl, person, ("GET", "POST"))


@pytest.mark.long
@pytest.mark.parametrize("person", OTHERS)
def test_so_do_all_others(crawl, person):
    _walk(crawl, person, ("GET", "POST"))


@pytest.mark.long
@pytest.mark.parametrize("person", PEOPLE)
def test_so_it_is_whatever_the_method(crawl, person):
    _walk(crawl, person, [method for method in crawling.METHODS if method not in ("GET", "POST")])


@pytest.mark.long
@pytest.mark.parametrize("person", PEOPLE)
def test_so_it_is_whatever_the_form_of_the_answer(crawl, person):
    _walk(crawl, person, ("GET",), crawling.FORMATS)


def test_files_of_lists_show_no_more_than_their_pages(crawl):
    for person, query in itertools.product(("manager", "neighbour", "stranger"), ("format=csv", "tab=history&all=1")):
        names = ("place-list", "role-list", "measure-list", "measure", "catalogue", "my-work", "trail", "task-list")
        found = [each for name in names for each in crawl.problems(MATRIX[name], person, "GET", query)]
        assert not found, "\n".join(found)


def _same(crawl, person, one, other):
    """Both addresses refuse alike; what stands in the address itself is left out."""
    told = []
    for url in (one, other):
        answer = crawl.ask(person, "GET", url)
        parts = [part for part in url.split("/") if len(part) > len("measures")]
        told.append((answer.status, answer.plain(url, *parts)))
    return told[0] == told[1]


@pytest.mark.parametrize("person", ["neighbour", "stranger", "partner", "child"])
def test_what_may_not_be_seen_looks_as_if_it_were_not_there(crawl, person):
    different = []
    for page in PAGES:
        kwargs = page.kwargs(crawl.ground)
        gone = crawling.absent(kwargs)
        if gone == kwargs or page.may(person, "GET") or page.get == PUBLIC:
            continue
        if not _same(crawl, person, crawling.address(page, kwargs), crawling.address(page, gone)):
            different.append(page.name)
    assert not different


@pytest.mark.parametrize("person", HOME)
def test_a_thing_of_one_place_is_not_found_under_the_address_of_another(crawl, person):
    """What one may do at home, with a thing that is elsewhere: the same as with a thing that is nowhere."""
    code, different = crawl.ground.places[HOME[person]].code, []
    for page in PAGES:
        kwargs = page.kwargs(crawl.ground)
        if "code" not in kwargs or "pk" not in kwargs or page.name.startswith("access-review"):
            continue
        here = {**kwargs, "code": code}
        gone = {**here, "pk": crawling.absent(kwargs)["pk"]}
        for method in ("GET", "POST"):
            told = [crawl.ask(person, method, crawling.address(page, each)) for each in (here, gone)]
            if told[0].status != told[1].status or told[0].wrote - crawling.OWN_TABLES:
                different.append(f"{method} {page.name}: {told[0].status}, {told[1].status}")
    assert not different


@pytest.mark.parametrize("person", [*SHORT[:3], pytest.param("*", marks=pytest.mark.long)])
def test_a_search_for_every_canary_finds_only_what_one_may_see(crawl, person):
    words = ("", "sys", "at", "a1", "a2", "team", "b")
    kinds = ("place", "person", "measure", "task", "note", "contact", "share", "batch", "falls")
    everybody = sorted(SIGNED_IN) if person == "*" else [person]
    for who, word, kind in itertools.product(everybody, words, kinds):
        url = f"/search/?q=canary+{word}+{kind}"
        problems = list(crawl.seen(who, crawl.ask(who, "GET", url), url))
        assert not problems, (who, word, kind, problems)


def test_a_search_finds_what_one_may_see(crawl):
    assert "canary-a2-place-name" in crawl.ask("neighbour", "GET", "/search/?q=canary+a2").text.lower()
