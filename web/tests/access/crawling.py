"""The crawl's machinery: one request as one person, and all that must hold of its answer."""

import io
import re
import uuid
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any

from django.core.cache import caches
from django.db import connection, transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from web.tests.access.ground import CANARY, TELLTALE, Ground
from web.tests.access.matrix import PUBLIC, SIGNED_IN, Page
from web.tests.access.sight import may_see

from holdgood.trail.models import Entry

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
FORMATS = (
    "format=csv", "format=xlsx", "as=csv", "as=svg", "tab=places", "tab=definition", "tab=forecast",
    "tab=history&all=1", "view=charts", "q=canary", "on=2021-05-01",
)  # fmt: skip
SAFE = ("GET", "HEAD", "OPTIONS")
FINE = {200, 302, 303, 400, 405, 409, 422}  # 405: not in this way, whoever asks
WRITING = re.compile(r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)"?', re.IGNORECASE)
OWN_TABLES = {  # written by whoever looks: the trail, and what a session is
    "trail_entries", "trail_heads", "trail_salts", "django_session", "people_remembered",
    "usersessions_usersession",
}  # fmt: skip
WITHOUT_DATA = {"batch-example", "mfa_download_recovery_codes"}  # files that are no export: to be filled in; one's own
IDS = re.compile(r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}")
CHANGING = (
    re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"'),
    re.compile(r'name="_who" value="[^"]*"'),
    re.compile(r"\b[2-9B-DF-HJ-NP-TV-Z]{4}-[2-9B-DF-HJ-NP-TV-Z]{4}\b"),  # numbers of incidents
)


@dataclass
class Answer:
    status: int
    text: str  # the body, a workbook opened
    head: str
    type: str
    wrote: set[str] = field(default_factory=set)
    events: list[str] = field(default_factory=list)

    def plain(self, *names: str) -> str:
        """The same for everybody who gets the same: without tokens, numbers of incidents, and what was asked for."""
        text = self.text
        for pattern in CHANGING:
            text = pattern.sub("", text)
        for name in names:
            text = text.replace(name, "…")
        return text


class Crawl:
    """Asks as each of the people on the ground; what a request wrote is rolled back."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.asked = 0
        self.clients = {name: self._client(name) for name in ground.people}

    def _client(self, name: str) -> tuple[Client, dict[str, str]]:
        client = Client(raise_request_exception=False)
        user = self.ground.people[name]
        if user is not None:
            client.force_login(user, backend="holdgood.people.backends.Local")
        return client, {key: morsel.value for key, morsel in client.cookies.items()}

    def ask(self, person: str, method: str, url: str, data: dict[str, Any] | None = None) -> Answer:
        self.asked += 1
        client, cookies = self.clients[person]
        client.cookies = SimpleCookie(cookies)
        last = Entry.objects.order_by("-id").values_list("id", flat=True).first() or 0
        with _rolled_back(), _written() as wrote:
            response = client.generic(method, url) if method not in ("GET", "POST") else (
                client.post(url, data or {}) if method == "POST" else client.get(url)
            )  # fmt: skip
            events = list(Entry.objects.filter(id__gt=last).values_list("event", flat=True))
            answer = Answer(
                response.status_code, _body(response), "\n".join(f"{k}: {v}" for k, v in response.headers.items()),
                response.headers.get("Content-Type", ""), wrote, events,
            )  # fmt: skip
        if wrote:
            caches["charts"].clear()  # drawn of what has been rolled back
        return answer

    def problems(self, page: Page, person: str, method: str, query: str = "") -> list[str]:
        """Everything that is wrong with one answer, in sentences."""
        url = address(page, page.kwargs(self.ground)) + (f"?{query}" if query else "")
        answer = self.ask(person, method, url)
        found = [*self._status(page, person, method, answer), *self.seen(person, answer, url)]
        may = page.may(person, method)
        writes = answer.wrote - OWN_TABLES
        if writes and (not may or method in SAFE):
            found.append(f"wrote {sorted(writes)}")
        if (
            answer.status in (403, 404)
            and person in SIGNED_IN
            and not may
            and "access.request.refused" not in answer.events
        ):
            found.append("the refusal is not in the trail")
        told = page.name in WITHOUT_DATA
        if (
            may
            and method == "GET"
            and _is_file(answer)
            and not told
            and not any("exported" in each for each in answer.events)
        ):
            found.append("the export is not in the trail")
        return [f"{person} {method} {page.name}?{query}: {answer.status}: {each}" for each in found]

    def _status(self, page: Page, person: str, method: str, answer: Answer) -> Iterator[str]:
        status = answer.status
        if status >= 500 and status not in page.answers:
            yield "the program failed"
            return
        if page.only_post and method != "POST" and status == 405:
            return
        if page.may(person, method):
            if status not in FINE | page.answers:
                yield "expected an answer"
        elif person in SIGNED_IN:
            if status not in (403, 404, 405):
                yield "expected a refusal"
            elif status == 403 and not may_see(person, *self._about(page)):
                yield "403 tells that it is there"
        elif status not in (302, 404, 405):
            yield "expected the way to the sign-in page"
        elif status == 302 and page.get != PUBLIC and "/sign-in/" not in answer.head:
            yield "expected the way to the sign-in page, not to another"

    def _about(self, page: Page) -> tuple[str, str]:
        """What must be seen for a page to say 403: the thing alone, or the place."""
        kwargs = page.kwargs(self.ground)
        if "code" in kwargs:
            return ("AT" if kwargs["code"] == self.ground.places["AT"].code else "A1"), "place"
        if "number" in kwargs:
            return "SVC", "job"
        if page.name.startswith("task"):
            return "A1", "task"
        return "A1", "role" if page.name == "person-cover" else "contact"

    def seen(self, person: str, answer: Answer, url: str) -> Iterator[str]:
        """Words and ids in the answer that the person may not see."""
        whole = answer.text + answer.head
        for part in sorted({found.group(0).lower() for found in CANARY.finditer(whole)} - _in(url, CANARY)):
            _, owner, kind = part.split("-")[:3]
            if not may_see(person, owner.upper(), kind) and not self._own(person, owner, kind, whole):
                yield f"shows {part}"
        for key in {found.replace("-", "") for found in IDS.findall(whole)} - _in(url, IDS):
            owner, kind = self.ground.owners.get(key, ("", ""))
            if owner and not may_see(person, owner, kind):
                yield f"shows the id of a {kind} of {owner}"
        for owner, number in TELLTALE.items():
            if any(f"{number:{form}}" in whole for form in ("", ",")) and not may_see(person, owner, "observation"):
                yield f"shows a number of {owner}"

    def _own(self, person: str, owner: str, kind: str, text: str) -> bool:
        """One's own name, address, cover, and what is asked of oneself."""
        if kind not in ("person", "contact"):
            return False
        said = {found.lower() for found in re.findall(rf"canary-{owner}-{kind}[-\w]*", text, re.IGNORECASE)}
        return said <= {f"canary-{owner}-{kind}-{person}"}


def address(page: Page, kwargs: dict[str, Any]) -> str:
    return reverse(page.name, kwargs=kwargs)


def absent(kwargs: dict[str, Any]) -> dict[str, Any]:
    """The same address with what is not there."""
    made = dict(kwargs)
    for name, value in kwargs.items():
        if isinstance(value, uuid.UUID):
            made[name] = uuid.UUID("00000000-0000-4000-8000-00000000abcd")
        elif name == "code":
            made[name] = "no-such-place"
        elif name == "number":
            made[name] = 987654321
    return made


def names() -> Iterator[str]:
    """Every name of a URL, however deep."""
    yield from _names(get_resolver())


def _names(resolver: Any) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _names(pattern)
        else:
            yield pattern.name or str(pattern.pattern)


def _in(url: str, pattern: re.Pattern[str]) -> set[str]:
    return {found.group(0).lower().replace("-", "") if pattern is IDS else found.group(0).lower()
            for found in pattern.finditer(url)}  # fmt: skip


def _is_file(answer: Answer) -> bool:
    return answer.status == 200 and not answer.type.startswith(("text/html", "application/json"))


def _body(response: HttpResponseBase) -> str:
    raw = b"".join(response.streaming_content) if response.streaming else response.content
    if not raw.startswith(b"PK\x03\x04"):
        return raw.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(raw)) as book:
        return "\n".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())


@contextmanager
def _rolled_back() -> Iterator[None]:
    point = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(point)


@contextmanager
def _written() -> Iterator[set[str]]:
    """The tables that are written meanwhile, whatever comes of it."""
    tables: set[str] = set()

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        found = WRITING.match(sql)
        if found:
            tables.add(found[1])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield tables
