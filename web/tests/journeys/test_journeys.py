"""What people come for, from the first page to the last."""

import pytest
from django.contrib.sessions.models import Session
from web.tests.journeys.stage import CHART, PASSWORD, Stage

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def stage(live_server):  # noqa: ARG001
    return Stage()


def test_a_ward_manager_walks_a_chart_by_keyboard_notes_a_change_and_undoes_it(stage, browse):
    # Given a ward manager who signs in with a password
    visit = browse()
    page = visit.go("/account/sign-in/")
    visit.sign_in(stage.sister, PASSWORD)
    page.goto(f"{visit.home}/")
    assert visit.title().startswith("Ward 7")

    # When she opens the chart and walks to its ends with the keyboard alone
    page.get_by_role("link", name="Falls").first.click()
    page.wait_for_url(f"**{CHART}")
    chart = page.get_by_role("group", name="Chart. Arrow keys walk through its points.").first
    chart.press("Home")
    first = page.locator(".hg-point").inner_text()
    chart.press("ArrowRight")
    second = page.locator(".hg-point").inner_text()
    chart.press("End")
    # Then each point says its period and its value
    assert "April 2023" in first
    assert "May 2023" in second
    assert "May 2025" in page.locator(".hg-point").inner_text()
    chart.press("Escape")
    assert not page.locator(".hg-point").is_visible()

    # When she notes what happened
    visit.press("Note a change")
    page.get_by_label("When did it happen?").fill("3 March 2025")
    page.get_by_label("In a few words").fill("Red socks")
    page.get_by_label("What happened?").fill("Everybody at risk wears red socks.")
    visit.press("Put it on the chart")
    # Then it is on the chart, and one press takes it off again
    assert "It is on the chart." in visit.banner()
    assert page.get_by_text("Everybody at risk wears red socks.").is_visible()
    visit.press("Undo")
    assert "The note is off the chart." in visit.banner()
    assert page.get_by_text("Everybody at risk wears red socks.").count() == 0
    visit.press("Undo")
    assert page.get_by_text("Everybody at risk wears red socks.").is_visible()


def test_an_analyst_brings_a_file_in_looks_first_and_undoes_it(stage, browse, tmp_path):
    # Given a file with one new month and one correction
    file = tmp_path / "falls.csv"
    file.write_text(
        "measure,place,period,numerator,denominator\nFalls,Ward 7,2025-05-01,9,800\nFalls,Ward 7,2025-06-01,3,800\n",
        encoding="utf-8",
    )
    visit = browse(stage.analyst)
    page = visit.go("/at/ward-7/files/new/")
    # When it is read
    page.locator("input[type=file]").set_input_files(str(file))
    visit.press("Read the file")
    # Then it says what it would change, and has changed nothing
    assert "1 number is new and 1 changes what is known" in visit.title()
    # When the numbers are brought in
    visit.press("Bring them in")
    assert "The numbers of falls.csv are in." in visit.banner()
    visit.go(CHART)
    page.get_by_role("group", name="Chart. Arrow keys walk through its points.").first.press("End")
    assert "June 2025" in page.locator(".hg-point").inner_text()
    # And undone: then what was known before is known again
    page.go_back()
    page.reload()
    visit.press("Undo all of it")
    assert "what was known before is known again" in visit.banner()
    visit.go(CHART)
    page.get_by_role("group", name="Chart. Arrow keys walk through its points.").first.press("End")
    assert "May 2025: 2.5" in page.locator(".hg-point").inner_text()


def _typed_when_the_session_ends(visit):
    """Somebody types a note; meanwhile their session ends."""
    page = visit.go(f"{CHART}notes/new/")
    page.get_by_label("When did it happen?").fill("3 March 2025")
    page.get_by_label("What happened?").fill("What I had typed.")
    Session.objects.all().delete()
    visit.press("Put it on the chart")
    page.wait_for_url("**/sign-in/**")
    return page


def test_what_was_typed_is_there_after_signing_in_again(stage, browse):
    visit = browse(stage.sister)
    page = _typed_when_the_session_ends(visit)
    visit.sign_in(stage.sister, PASSWORD)
    assert page.get_by_label("What happened?").input_value() == "What I had typed."
    assert page.get_by_text("What you typed is here; nothing has been saved yet.").is_visible()
    visit.press("Put it on the chart")
    assert "It is on the chart." in visit.banner()


def test_nobody_else_who_signs_in_there_sees_what_was_typed(stage, browse):
    visit = browse(stage.sister)
    page = _typed_when_the_session_ends(visit)
    visit.sign_in(stage.deputy, PASSWORD)
    assert "What I had typed." not in page.content()
    visit.go(f"{CHART}notes/new/")
    assert page.get_by_label("What happened?").input_value() == ""


def test_the_second_of_two_who_change_a_note_is_told_and_keeps_what_they_typed(stage, browse):
    # Given two people with the same note open
    address = f"{CHART}notes/{stage.note.pk}/"
    one, two = browse(stage.sister), browse(stage.deputy)
    for visit in (one, two):
        visit.go(address)
    # When both change it
    one.page.get_by_label("What happened?").fill("Hers.")
    one.press("Save")
    assert "The note is changed." in one.banner()
    two.page.get_by_label("What happened?").fill("The second one's.")
    two.press("Save")
    # Then the second is told, sees both, and has lost nothing
    assert "changed this while you had it open" in two.title()
    assert two.page.get_by_role("cell", name="Hers.").is_visible()
    assert two.page.get_by_label("What happened?").input_value() == "The second one's."
    assert two.axe() == []
    two.press("Save mine over it")
    assert "The note is changed." in two.banner()
    assert two.page.get_by_text("The second one's.").is_visible()


def test_without_scripts_the_area_the_chart_and_a_form_work(stage, browse):
    visit = browse(stage.sister, java_script_enabled=False)
    page = visit.go("/at/ward-7/")
    assert visit.title().startswith("Ward 7")
    page.get_by_role("link", name="Falls").first.click()
    assert page.locator(".hg-chart__wide svg").first.is_visible()
    assert page.locator(".hg-chart__table").get_by_role("cell", name="2.5").first.is_visible()
    page.get_by_role("link", name="Add data").click()
    page.get_by_label("Falls", exact=True).fill("12x")
    page.get_by_label("Bed days").fill("800")
    visit.press("Add")
    assert page.get_by_label("Bed days").input_value() == "800"  # nothing is typed twice
    page.get_by_label("Falls", exact=True).fill("4")
    visit.press("Add")
    assert "is in." in visit.banner()
    visit.press("Undo")
    assert "It is undone" in visit.banner()
    page.locator(".hg-account summary").click()
    assert page.locator(".hg-account").get_by_role("link", name="My roles and cover").is_visible()
