"""What the log says, and never says."""

import json
import logging
import sys

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import path

from holdgood.operations import logs
from holdgood.places import guard

NAME = "Maud Ashworth of Ward 7"


@guard.public("a page that fails, for this test")
def failing(request, who):
    raise ValueError(f"cannot greet {who}, who wrote {request.POST.get('text')}")


@guard.public("a page that works, for this test")
def working(_request, **_who):
    return HttpResponse("fine")


urlpatterns = [
    path("greet/<str:who>/", failing, name="greet"),
    path("works/<str:who>/", working, name="works"),
]
handler500 = "holdgood.design.errors.failed"


class Kept(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(logs.Json())
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture
def kept(monkeypatch):
    """Every line that the application's own loggers, and those of libraries, would write."""
    handler = Kept()
    for name in ("holdgood", "django", ""):
        monkeypatch.setattr(logging.getLogger(name), "handlers", [handler])
    pages = logging.getLogger("holdgood.pages")
    before = pages.level
    pages.setLevel(logging.INFO)  # clears what loggers remember of who is listened to
    yield handler
    pages.setLevel(before)


@pytest.mark.urls(__name__)
@pytest.mark.django_db
def test_a_failing_page_leaves_no_name_text_or_address_in_the_log(client, kept):
    client.raise_request_exception = False
    answer = client.post(f"/greet/{NAME}/?q=maud@river.example", {"text": "what Maud wrote"})
    assert answer.status_code == 500
    whole = "\n".join(kept.lines)
    assert "ValueError" in whole
    assert "test_logs.py" in whole
    assert "greet" in whole  # the page's name
    assert not any(word in whole for word in ("Maud", "Ashworth", "river.example", "wrote", "q="))
    number = answer.content.decode().partition("Number of this incident")[2] or answer.content.decode()
    told = [json.loads(line) for line in kept.lines]
    incident = next(one for one in told if one["event"].startswith("incident "))
    assert incident["event"].split()[1].rstrip(":") in number
    assert {one["request"] for one in told} == {answer.headers["X-Request-ID"]}


@pytest.mark.urls(__name__)
@pytest.mark.django_db
def test_each_page_is_a_line_with_its_name_and_how_long_it_took(client, kept):
    client.get(f"/works/{NAME}/")
    told = json.loads(kept.lines[-1])
    assert (told["event"], told["page"], told["status"], told["method"]) == ("page", "works", 200, "GET")
    assert told["ms"] >= 0
    assert "queries" not in told


@pytest.mark.urls(__name__)
@pytest.mark.django_db
def test_a_trace_tells_queries_and_their_time(client, kept, settings):
    settings.HOLDGOOD_TRACE = True
    client.get("/works/x/")
    told = json.loads(kept.lines[-1])
    assert told["queries"] >= 0
    assert told["database_ms"] >= 0


def record(name: str, message: str, *args: object) -> logging.LogRecord:
    return logging.LogRecord(name, logging.WARNING, __file__, 1, message, args, None)


@pytest.mark.parametrize("formatter", [logs.Json(), logs.Text()])
def test_a_line_stays_one_line(formatter):
    line = formatter.format(record("holdgood.x", "one\r\n2026-01-01 error two\x1b[31m\u2028three"))
    assert len(line.splitlines()) == 1
    assert "\x1b" not in line


def test_messages_of_libraries_are_told_without_what_they_quote():
    line = json.loads(logs.Json().format(record("urllib3", "cannot reach %s", "https://maud:secret@river.example")))
    assert line["event"] == "cannot reach %s"


def test_the_words_of_an_exception_stay_out_of_both_forms():
    try:
        raise KeyError(NAME)
    except KeyError:
        one = logging.LogRecord("holdgood.x", logging.ERROR, __file__, 1, "failed", (), sys.exc_info())
    for formatter in (logs.Json(), logs.Text()):
        assert "Maud" not in formatter.format(one)
        assert "KeyError" in formatter.format(one)


def test_methods_that_nobody_knows_are_not_quoted(kept):
    request = RequestFactory().generic("EVIL\tX", "/")
    request.resolver_match = None
    logs.Middleware(lambda _: HttpResponse(""))(request)
    assert json.loads(kept.lines[-1])["method"] == "other"


@pytest.mark.parametrize(("style", "traced", "level"), [("text", False, "WARNING"), ("text", True, "INFO"),
                                                        ("json", False, "INFO")])  # fmt: skip
def test_pages_are_told_where_they_are_wanted(style, traced, level):
    assert logs.configuration(style, traced=traced)["loggers"]["holdgood.pages"]["level"] == level
