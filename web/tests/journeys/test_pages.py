"""Every page type at four widths: axe finds nothing, nothing scrolls sideways, the console stays empty."""

import pytest
from web.tests.access.crawling import address
from web.tests.access.ground import Ground
from web.tests.access.matrix import PAGES, PUBLIC
from web.tests.journeys.stage import CHART, Stage

pytestmark = pytest.mark.django_db(transaction=True)
WIDTHS = (320, 768, 1440, 2560)
LOOKED_AT = (320, 1440)
HEIGHT = 900
MAIN = ("/at/ward-7/", CHART, f"{CHART}notes/new/", "/at/ward-7/measures/", "/places/")


def _wrong(visit, url):
    visit.go(url)
    found = []
    for width in WIDTHS:
        visit.page.set_viewport_size({"width": width, "height": HEIGHT})
        if visit.scrolls_sideways():
            found.append(f"{url} at {width}: scrolls sideways")
        if width in LOOKED_AT:
            found += [f"{url} at {width}: {each}" for each in visit.axe()]
    return found


def _told(found):
    assert not found, "\n".join(found)


@pytest.fixture
def stage(live_server):  # noqa: ARG001
    return Stage()


@pytest.fixture
def ground(live_server):  # noqa: ARG001
    return Ground()


def test_the_pages_that_most_people_open_are_for_everybody(stage, browse):
    visit = browse(stage.sister)
    _told([each for url in MAIN for each in _wrong(visit, url)])


@pytest.mark.long
@pytest.mark.parametrize("person", ["owner", "manager"])
def test_so_is_every_page_of_one_who_may(ground, browse, person):
    visit, found = browse(ground.people[person]), []
    for page in PAGES:
        if page.get != PUBLIC and page.may(person, "GET") and not page.only_post:
            url = address(page, page.kwargs(ground))
            if not _is_a_file(page.name):
                found += _wrong(visit, url)
    _told(found)


def _is_a_file(name):
    return name in ("batch-example", "mfa_download_recovery_codes")


@pytest.mark.long
def test_so_is_every_page_that_is_open_to_all(ground, browse):
    visit, found = browse(), []
    for page in PAGES:
        json = page.name in ("health", "ready", "mfa_login_webauthn")
        if page.get == PUBLIC and not page.only_post and not json:
            found += _wrong(visit, address(page, page.kwargs(ground)))
    _told(found)


@pytest.mark.long
@pytest.mark.parametrize("tab", ["places", "forecast", "definition", "history"])
def test_so_is_every_tab_of_a_chart(stage, browse, tab):
    visit = browse(stage.analyst)
    _told(_wrong(visit, f"{CHART}?tab={tab}") + _wrong(visit, f"/at/trust/measures/falls/?tab={tab}"))


@pytest.mark.long
def test_so_are_forty_charts_and_refusals(stage, browse):
    visit = browse(stage.sister)
    _told(_wrong(visit, "/at/ward-7/measures/?view=charts") + _wrong(visit, "/at/elm-ward/") + _wrong(visit, "/none/"))


@pytest.mark.long
@pytest.mark.parametrize("url", [f"{CHART}notes/new/", f"{CHART}add/", "/at/ward-7/tasks/new/"])
def test_so_are_forms_with_mistakes_in_them(stage, browse, url):
    visit, found = browse(stage.sister), []
    for width in LOOKED_AT:
        page = visit.go(url)
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.locator("main form button[type=submit]").first.click()
        page.wait_for_selector(".nhsuk-error-summary")
        found += visit.axe() + (["scrolls sideways"] if visit.scrolls_sideways() else [])
    _told(found)
