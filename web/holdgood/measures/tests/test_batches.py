"""The pages of files: bring, look, commit, undo."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.core.management.base import CommandError
from django.urls import reverse

from holdgood.jobs import runner
from holdgood.jobs.models import Job
from holdgood.jobs.tests.factories import LEASE, claimed
from holdgood.measures import uploads
from holdgood.measures.models import Batch, Observation
from holdgood.measures.tests.factories import add, measure
from holdgood.places.tests.factories import AT, Trust, give, person
from holdgood.sheets.tests import books

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("enter")]
HEAD = "Measure,Place,Period,Numerator,Denominator\n"
GOOD = HEAD + "Falls,Ward 7,Apr-23,3,800\nFalls,Ward 8,Apr-23,4,800\n"


@pytest.fixture
def t():
    made = Trust()
    made.falls = measure(made.trust)
    made.analyst = give(person("Sam"), "analyst", made.trust)
    return made


@pytest.fixture
def enter(client, t):
    def as_(user):
        client.force_login(user, backend="holdgood.people.backends.Local")
        return client

    as_(t.analyst)
    return as_


def run_jobs() -> None:
    assert runner.run(claimed(), lease=LEASE) == "done"


def at(name: str, *args: object) -> str:
    return reverse(name, args=["fenmoor-nhs-trust", *args])


def bring(client, text: str | bytes = GOOD, name: str = "falls.csv", **said: str):
    data = text.encode() if isinstance(text, str) else text
    return client.post(at("batch-new"), {"file": SimpleUploadedFile(name, data), **said})


def heading(answer) -> str:
    title = re.search(r'<h1 class="hg-title">(.*?)</h1>', answer.text, re.DOTALL)[1]
    return re.sub(r"<[^>]+>", "", title).strip()


def test_a_file_is_looked_at_before_anything_is_stored(client) -> None:
    answer = bring(client)
    batch = Batch.objects.get()
    assert answer.url == at("batch", batch.pk)
    page = client.get(answer.url)
    assert heading(page) == "falls.csv: 2 numbers are new"
    assert "3 of 800" in page.text
    assert Observation.objects.count() == 0
    committed = client.post(at("batch-commit", batch.pk), {"version": batch.version}, follow=True)
    assert heading(committed) == "falls.csv: 2 new numbers and 0 corrections are in"
    assert "The numbers of falls.csv are in." in committed.text
    assert Observation.objects.known().count() == 2


def test_a_committed_file_is_undone_as_a_whole(t, client) -> None:
    add(t.falls, t.ward7, [9])
    bring(client)
    batch = Batch.objects.get(file="falls.csv")
    assert "becomes" not in client.get(at("batch", batch.pk)).text
    assert heading(client.get(at("batch", batch.pk))) == "falls.csv: 1 number is new and 1 changes what is known"
    client.post(at("batch-commit", batch.pk), {"version": batch.version})
    page = client.get(at("batch", batch.pk))
    assert heading(page) == "falls.csv: 1 new number and 1 correction are in"
    assert "−6" in page.text
    batch.refresh_from_db()
    page = client.post(at("batch-undo", batch.pk), {"version": batch.version}, follow=True)
    assert heading(page) == "falls.csv was undone"
    assert [int(row.numerator) for row in Observation.objects.known()] == [9]


def test_a_file_that_is_thrown_away_leaves_nothing(client) -> None:
    bring(client)
    batch = Batch.objects.get()
    answer = client.post(at("batch-discard", batch.pk), {"version": batch.version})
    batch.refresh_from_db()
    assert (answer.url, batch.state, batch.staged) == (at("batch-list"), "discarded", [])


def test_with_a_mistake_nothing_is_staged_and_all_are_listed(client) -> None:
    answer = bring(client, HEAD + "Falls,Ward 9,Apr-23,3,800\nFalls,Ward 8,31/02/2026,4,800\n")
    assert answer.status_code == 422
    assert heading(answer) == "Nothing was brought in: 2 things to put right in falls.csv"
    assert "Row 2, Place" in answer.text
    assert "There is no date “31/02/2026”" in answer.text
    assert Batch.objects.count() == 0


def test_a_hostile_file_is_a_sentence(client) -> None:
    answer = bring(client, books.entity_bomb(), "falls.xlsx")
    assert answer.status_code == 422
    assert "defines words of its own" in answer.text


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("falls.pdf", b"x", "is neither CSV nor Excel"),
        ("falls.csv", b"", "The file is empty"),
        ("falls.csv", b"x" * 10_000_001, "at most 10 can be read"),
    ],
)
def test_what_cannot_be_a_table_is_said_beside_the_field(client, name, data, said) -> None:
    assert said in bring(client, data, name).text


def test_measure_and_place_are_said_beside_the_file(t, client) -> None:
    text = "Month,Falls,Bed days\nApr-23,3,800\n"
    bring(client, text, measure=str(t.falls.pk), place="ward-7")
    page = client.get(at("batch", Batch.objects.get().pk))
    assert heading(page) == "falls.csv: 1 number is new"


def test_the_same_file_again_says_so_and_changes_nothing(client) -> None:
    bring(client)
    first = Batch.objects.get()
    client.post(at("batch-commit", first.pk), {"version": first.version})
    page = client.get(bring(client).url)
    assert heading(page) == "falls.csv: it would change nothing"
    assert "The same numbers were brought in on" in page.text
    assert "Bring them in</button>" not in page.text


def test_a_page_that_is_out_of_date_does_nothing(client) -> None:
    bring(client)
    batch = Batch.objects.get()
    client.post(at("batch-discard", batch.pk), {"version": batch.version})
    answer = client.post(at("batch-commit", batch.pk), {"version": batch.version}, follow=True)
    assert "bring the file in again" in answer.text
    bring(client)
    other = Batch.objects.get(state="staged")
    answer = client.post(at("batch-commit", other.pk), {"version": other.version + 1}, follow=True)
    assert "Somebody else decided on this file meanwhile." in answer.text
    assert Observation.objects.count() == 0


@pytest.mark.parametrize("name", ["batch-commit", "batch-discard", "batch-undo"])
def test_what_changes_something_is_posted(client, name) -> None:
    bring(client)
    batch = Batch.objects.get()
    assert client.get(at(name, batch.pk)).url == at("batch", batch.pk)
    batch.refresh_from_db()
    assert batch.state == "staged"


def test_those_who_may_not_bring_files_see_none_that_wait(t, client, enter) -> None:
    bring(client)
    batch = Batch.objects.get()
    for user, code in ((t.staff, 403), (t.stranger, 404)):
        enter(user)
        for name in ("batch-new", "batch-list", "batch-example"):
            assert client.get(at(name)).status_code == code
        assert client.get(at("batch", batch.pk)).status_code == code
        assert client.post(at("batch-commit", batch.pk)).status_code == code
        assert client.post(at("batch-undo", batch.pk)).status_code == code


def test_those_who_see_numbers_see_where_they_came_from(t, client, enter) -> None:
    bring(client)
    batch = Batch.objects.get()
    client.post(at("batch-commit", batch.pk), {"version": batch.version})
    enter(t.staff)
    page = client.get(at("batch", batch.pk))
    assert page.status_code == 200
    assert "Undo all of it" not in page.text


def test_what_was_entered_by_hand_is_undone_from_the_black_line(t, client, enter) -> None:
    enter(t.manager)
    address = reverse("observation-add", args=["ward-7", "falls"])
    client.post(address, {"period": "April 2023", "numerator": "3", "denominator": "800"})
    batch = Batch.objects.get()
    answer = client.post(reverse("batch-undo", args=["ward-7", batch.pk]))
    assert answer.url == reverse("measure", args=["ward-7", "falls"])
    assert Observation.objects.known().count() == 0


def test_the_list_tells_who_brought_what_and_can_be_taken_away(client) -> None:
    assert "Bring a file" in client.get(at("batch-list")).text
    bring(client)
    page = client.get(at("batch-list"))
    assert "falls.csv" in page.text
    assert "waiting for you to look" in page.text
    assert b"falls.csv" in b"".join(client.get(at("batch-list"), {"format": "csv"}).streaming_content)


def test_the_example_can_be_filled_in_and_brought_back(client) -> None:
    text = client.get(at("batch-example")).content.decode("utf-8-sig")
    assert text.splitlines()[0] == "Measure,Place,Period,Numerator,Denominator"
    assert bring(client, text).status_code == 422  # as it is, it says nothing
    assert "No row has a number" in bring(client, text).text
    filled = "\r\n".join(line[:-2] + ",3,800" if line.endswith(",,") else line for line in text.splitlines())
    assert bring(client, filled).status_code == 302


def test_a_large_file_is_read_by_a_job_and_the_page_shows_how_far_it_is(t, client, monkeypatch) -> None:
    monkeypatch.setattr(uploads, "LARGE", 10)
    answer = bring(client)
    job = Job.objects.get(task__endswith="read_file")
    assert answer.url == at("batch-new") + f"?reading={job.pk}"
    waiting = client.get(answer.url)
    assert heading(waiting) == "falls.csv is being read"
    assert "falls.csv is being read" in client.get(at("batch-list")).text
    run_jobs()
    batch = Batch.objects.get()
    assert client.get(answer.url).url == at("batch", batch.pk)
    assert client.get(answer.url, headers={"HX-Request": "true"})["HX-Redirect"] == at("batch", batch.pk)
    assert (batch.made_by, batch.rows) == (t.analyst.pk.hex, 2)
    assert not uploads.path(job.kwargs["upload"]).exists()


def test_what_is_wrong_with_a_large_file_waits_for_whoever_brought_it(t, client, enter, monkeypatch) -> None:
    monkeypatch.setattr(uploads, "LARGE", 10)
    address = bring(client, HEAD + "Falls,Ward 9,Apr-23,3,800\n").url
    run_jobs()
    answer = client.get(address)
    assert answer.status_code == 422
    assert "There is no place “Ward 9”" in answer.text
    enter(give(person("Una"), "analyst", t.trust))
    assert client.get(address).url == at("batch-list")


def test_one_whose_role_has_ended_meanwhile_brings_nothing_in(t, client, monkeypatch) -> None:
    monkeypatch.setattr(uploads, "LARGE", 10)
    bring(client)
    t.analyst.holdings.update(role="staff")
    run_jobs()
    assert Batch.objects.count() == 0
    assert Job.objects.get(task__endswith="read_file").state == "done"


def test_files_that_nobody_came_back_for_are_removed() -> None:
    kept = uploads.keep([b"x"])
    assert uploads.path(kept).stat().st_mode & 0o777 == 0o600
    assert uploads.sweep(AT.replace(year=2100)) >= 1
    assert not uploads.path(kept).exists()


def test_the_command_shows_asks_and_commits(tmp_path, capsys, monkeypatch) -> None:
    file = tmp_path / "falls.csv"
    file.write_text(GOOD)
    monkeypatch.setattr("builtins.input", lambda _: "no")
    call_command("import", "measures", str(file), "--place", "fenmoor-nhs-trust")
    assert "Nothing was brought in." in capsys.readouterr().out
    call_command("import", "measures", str(file), "--place", "fenmoor-nhs-trust", "--yes")
    assert "falls.csv is in: 2 numbers are new." in capsys.readouterr().out
    call_command("import", "measures", str(file), "--place", "fenmoor-nhs-trust", "--yes")
    assert "nothing would change" in capsys.readouterr().out
    assert Observation.objects.count() == 2


def test_the_command_names_every_mistake_and_may_no_more_than_the_person(tmp_path) -> None:
    file = tmp_path / "falls.csv"
    file.write_text(HEAD + "Falls,Ward 9,Apr-23,3,800\nFalls,Ward 8,x,4,800\n")
    with pytest.raises(CommandError, match=r"Row 2, Place: .*\nRow 3, Period: .*\nNothing was brought in\."):
        call_command("import", "measures", str(file), "--place", "fenmoor-nhs-trust")
    with pytest.raises(CommandError, match="You may not do this there"):
        call_command("import", "measures", str(file), "--place", "ward-7", "--as", "amina@fenmoor.example")
    with pytest.raises(CommandError, match="There is no place highweald-nhs-trust that you may see"):
        call_command("import", "measures", str(file), "--place", "highweald-nhs-trust", "--as", "amina@fenmoor.example")
