"""The crawl itself: with a guard taken off it turns red, with all of them on it is green."""

from contextlib import contextmanager

import pytest
from django.http import Http404, HttpResponse
from django.urls import URLResolver, get_resolver
from web.tests.access.matrix import MATRIX

from holdgood.measures.models import Series
from holdgood.places import guard
from holdgood.places.models import Place
from holdgood.places.scoped import ScopedQuerySet

SOME = ("area", "place", "role-list", "task-list", "measure", "note", "batch", "person", "trail", "place-list")


def _problems(crawl, person="neighbour", names=SOME, method="GET", query=""):
    return [each for name in names for each in crawl.problems(MATRIX[name], person, method, query)]


def test_it_is_green_with_every_guard_on(crawl):
    assert _problems(crawl) == []


def test_it_notices_that_all_rows_are_visible(crawl, monkeypatch):
    monkeypatch.setattr(ScopedQuerySet, "visible_to", lambda rows, *_: rows)
    found = _problems(crawl)
    for name in ("area", "role-list", "measure", "note", "trail"):
        assert any(f"GET {name}?" in each and "expected a refusal" in each for each in found), name
    shown = "\n".join(found)
    assert "place-list?: 200: shows canary-b-place" in shown
    assert "shows the id of a" in shown
    assert "shows a number of A1" in shown


def test_it_notices_rows_that_slip_into_a_page_one_may_see(crawl, monkeypatch):
    """The page answers as it should: only what it shows is wrong."""
    seen = ScopedQuerySet.visible_to
    monkeypatch.setattr(
        ScopedQuerySet, "visible_to", lambda rows, *more: rows if rows.model is Series else seen(rows, *more)
    )
    url = f"/at/{crawl.ground.places['A2'].code}/measures/falls/?tab=places"
    found = crawl.seen("neighbour", crawl.ask("neighbour", "GET", url), url)
    assert any("shows canary-a1-place" in each for each in found)


def test_it_notices_a_guard_that_skips_the_scope(crawl, monkeypatch):
    def find(request, rows, permission, **lookup):  # noqa: ARG001
        guard.passed(request)
        return rows.filter(**lookup).first()

    monkeypatch.setattr(guard, "find", find)
    found = _problems(crawl)
    for name in ("area", "place", "role-list", "task-list", "trail"):
        assert any(f"GET {name}?: 200: expected a refusal" in each for each in found), name


def _patterns(resolver):
    for each in resolver.url_patterns:
        yield from _patterns(each) if isinstance(each, URLResolver) else [each]


@contextmanager
def _instead(name, view):
    """Another view at the address of a page."""
    pattern = next(each for each in _patterns(get_resolver()) if each.name == name)
    there, pattern.callback = pattern.callback, view
    try:
        yield
    finally:
        pattern.callback = there


@pytest.mark.parametrize("name", ["place", "measure", "person", "search", "job"])
def test_a_view_without_a_guard_is_not_answered_and_the_crawl_says_so(crawl, name):
    def unguarded(*_, **__):
        return HttpResponse("CANARY-B-note-text")

    with _instead(name, unguarded):
        answer = crawl.ask("owner", "GET", f"/at/{crawl.ground.places['A1'].code}/place/") if name == "place" else None
        found = _problems(crawl, "owner", [name])
    assert [each.rpartition(": ")[2] for each in found] == ["the program failed"]
    assert answer is None or (answer.status, "CANARY-B" in answer.text) == (500, False)


def test_it_notices_a_write_before_the_refusal(crawl):
    def hasty(request, **_):
        Place.objects.filter(code=crawl.ground.places["A1"].code).update(beds=1)
        guard.passed(request)
        raise Http404

    with _instead("place-change", hasty):
        found = _problems(crawl, "neighbour", ["place-change"], "POST")
    assert any("wrote ['places']" in each for each in found)
    assert any("not in the trail" in each for each in found)


def test_it_notices_an_export_that_the_trail_does_not_tell(crawl):
    def secret(request, **_):
        guard.passed(request)
        return HttpResponse("a,b", content_type="text/csv")

    with _instead("place-list", secret):
        found = _problems(crawl, "owner", ["place-list"], query="format=csv")
    assert [each.rpartition(": ")[2] for each in found] == ["the export is not in the trail"]


@pytest.mark.parametrize("where", ["Location", "Content-Disposition"])
def test_it_looks_into_headers_too(crawl, where):
    def telling(request, **_):
        guard.passed(request)
        return HttpResponse(headers={where: f"/at/{crawl.ground.places['B'].code}/"})

    with _instead("place-list", telling):
        assert any("shows canary-b-place" in each for each in _problems(crawl, "owner", ["place-list"]))
