"""Criteria of WCAG 2.2 that axe cannot see: each test is named for the one it holds."""

import datetime as dt

import pytest
from web.tests.access.crawling import address
from web.tests.access.ground import Ground
from web.tests.access.matrix import PAGES
from web.tests.journeys.stage import CHART, PASSWORD, Stage

from holdgood.measures.tests.factories import add

pytestmark = pytest.mark.django_db(transaction=True)
LEAST = 24  # pixels
PHONE, TABLET, DESK = ({"width": width, "height": 900} for width in (320, 700, 1440))
MOST_STOPS = 120

HIDDEN = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const box = one.getBoundingClientRect();
  const spots = [[0.5, 0.5], [0.1, 0.5], [0.9, 0.5], [0.5, 0.1], [0.5, 0.9]];
  const seen = spots.some(([x, y]) => {
    const there = document.elementFromPoint(box.left + box.width * x, box.top + box.height * y);
    const labels = [...(one.labels || [])];
    return there && (one.contains(there) || there.contains(one) || labels.some((label) => label.contains(there)));
  });
  return { what: one.outerHTML.slice(0, 160), seen, at: `${one.tagName} ${box.left} ${box.top}` };
}"""
SIZES = """() => [...document.querySelectorAll('.ptd-touch circle')]
  .map((one) => one.getBoundingClientRect())
  .filter((box) => box.width > 0)
  .map((box) => Math.min(box.width, box.height))"""


@pytest.fixture
def stage(live_server):  # noqa: ARG001
    return Stage()


@pytest.mark.parametrize("screen", [PHONE, TABLET, DESK], ids=["phone", "tablet", "desk"])
def test_2_5_8_points_of_charts_are_24_pixels_or_more(stage, browse, screen):
    visit = browse(stage.sister, viewport=screen)
    sizes = visit.go(CHART).evaluate(SIZES)
    assert len(sizes) >= 12
    assert min(sizes) >= LEAST


def test_2_5_8_pointing_at_one_of_many_points_tells_of_that_one(stage, browse):
    add(stage.falls, stage.ward8, [7 + n % 2 for n in range(110)], first=dt.date(2014, 1, 1))  # they overlap
    visit = browse(stage.analyst, viewport=TABLET)
    page = visit.go("/at/ward-8/measures/falls/")
    circles = page.locator(".hg-chart__wide .ptd-touch circle")
    told = page.evaluate("JSON.parse(document.querySelector('.hg-points').textContent).map((one) => one.when)")
    for position in (0, 37, 71, circles.count() - 1):
        box = circles.nth(position).bounding_box()
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        row = int(circles.nth(position).get_attribute("data-row"))
        assert page.locator(".hg-point").inner_text().startswith(told[row])


@pytest.mark.parametrize("screen", [PHONE, pytest.param(DESK, marks=pytest.mark.long)], ids=["phone", "desk"])
@pytest.mark.parametrize("url", ["/at/ward-7/", CHART, f"{CHART}notes/new/", "/places/"])
def test_2_4_11_what_has_the_focus_is_not_hidden(stage, browse, screen, url):
    visit = browse(stage.sister, viewport=screen)
    page = visit.go(url)
    hidden, stops, before = [], 0, None
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        found = page.evaluate(HIDDEN)
        if found is None or found == before:
            break
        stops, before = stops + 1, found
        if not found["seen"]:
            hidden.append(found["what"])
    assert stops > 5
    assert hidden == []


def test_3_3_8_passwords_and_codes_can_be_pasted_and_filled_in_by_a_manager(stage, browse):
    visit = browse(permissions=["clipboard-read", "clipboard-write"])
    page = visit.go("/account/sign-in/")
    page.evaluate("text => navigator.clipboard.writeText(text)", PASSWORD)
    page.fill("[name=login]", stage.sister.email)
    page.focus("[name=password]")
    page.keyboard.press("Control+V")
    assert page.locator("[name=password]").input_value() == PASSWORD
    assert page.locator("[name=password]").get_attribute("autocomplete") == "current-password"
    assert page.locator("[name=login]").get_attribute("autocomplete") in ("email", "username")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/sign-in/" not in url)
    page.goto(f"{visit.home}/account/second-factor/totp/activate/")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.evaluate("text => navigator.clipboard.writeText(text)", "123456")
    page.focus("[name=code]")
    page.keyboard.press("Control+V")
    assert page.locator("[name=code]").input_value() == "123456"
    assert page.locator("[name=code]").get_attribute("autocomplete") == "one-time-code"


def test_3_2_6_help_is_at_the_same_place_of_every_page(live_server, browse):  # noqa: ARG001
    ground = Ground()
    visit = browse(ground.people["owner"])
    told = {}
    for page in PAGES:
        if page.name in ("area", "place", "measure", "note", "task", "my-work", "search", "account", "help", "trail"):
            visit.go(address(page, page.kwargs(ground)))
            links = visit.page.locator("footer a")
            told[page.name] = links.all_inner_texts()
    told["missing"] = visit.go("/none/").locator("footer a").all_inner_texts()
    first = told["area"]
    assert first[0] == "Help"
    assert {name: links for name, links in told.items() if links != first} == {}


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        (f"{CHART}notes/new/", {"What happened?": "A long story."}),
        pytest.param("/at/ward-7/tasks/new/", {"What is to be done": "Count"}, marks=pytest.mark.long),
        pytest.param("/at/ward-7/roles/give/", {"Last day": "3 March 2029"}, marks=pytest.mark.long),
    ],
)
def test_3_3_7_nothing_is_asked_twice(stage, browse, url, kept):
    visit = browse(stage.sister)
    page = visit.go(url)
    for label, text in kept.items():
        page.get_by_label(label).first.fill(text)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_selector(".nhsuk-error-summary")
    for label, text in kept.items():
        assert page.get_by_label(label).first.input_value() == text


@pytest.mark.long
def test_2_5_7_nothing_needs_to_be_dragged(stage, browse):
    page = browse(stage.sister).go(CHART)
    assert page.locator("[draggable=true]").count() == 0


def test_2_1_1_menus_open_and_close_by_keyboard_and_give_the_focus_back(stage, browse):
    page = browse(stage.sister).go("/at/ward-7/")
    summary = page.locator(".hg-account summary")
    summary.focus()
    page.keyboard.press("Enter")
    assert page.get_by_role("link", name="My roles and cover").first.is_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    assert not page.locator(".hg-account .hg-pop__panel").is_visible()
    assert page.evaluate("document.activeElement.matches('.hg-account summary')")


def test_2_4_1_the_first_stop_skips_to_the_page_itself(stage, browse):
    page = browse(stage.sister).go("/at/ward-7/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "maincontent"


def test_4_1_3_what_was_wrong_is_said_at_once_and_has_the_focus(stage, browse):
    page = browse(stage.sister).go(f"{CHART}notes/new/")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_selector(".nhsuk-error-summary")
    assert page.evaluate("document.activeElement.matches('.nhsuk-error-summary')")
    assert page.title().startswith("Error: ")
    page.locator(".nhsuk-error-summary a").first.click()
    assert page.evaluate("document.activeElement.matches('input, textarea')")
