"""The application's log: one line a thing, and nothing of people, of what they sent, or of addresses they asked for.

Messages of other libraries are told without what they quote; exceptions by kind and place, without their words.
"""

import datetime as dt
import json
import logging
import secrets
import time
import traceback
from collections.abc import Callable
from contextlib import ExitStack
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponseBase

FRAMES = 4
OURS = "/holdgood/"
_request: ContextVar[str] = ContextVar("request", default="")
pages = logging.getLogger("holdgood.pages")


def plain(record: logging.LogRecord) -> str:
    """What a record says, on one line. Only our own messages are known to quote nobody."""
    text = record.getMessage() if record.name.startswith("holdgood") else str(record.msg)
    return "".join(one if one.isprintable() else repr(one)[1:-1] for one in text)[:2000]


def where(record: logging.LogRecord) -> dict[str, Any]:
    """The kind of an exception and where it came up."""
    kind, _, trace = record.exc_info or (None, None, None)
    if kind is None:
        return {}
    frames = list(traceback.extract_tb(trace))
    last = len(frames) - FRAMES  # beside our own, where it came up in a library
    frames = [frame for at, frame in enumerate(frames) if at >= last or OURS in frame.filename]
    found = [f"{frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]
    return {"problem": f"{kind.__module__}.{kind.__qualname__}", "at_lines": found}


class Json(logging.Formatter):
    """A line of JSON for machines that gather logs."""

    def format(self, record: logging.LogRecord) -> str:
        at = dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds")
        told = {"at": at, "level": record.levelname.lower(), "logger": record.name, "event": plain(record)}
        if _request.get():
            told["request"] = _request.get()
        return json.dumps(told | where(record) | getattr(record, "facts", {}), ensure_ascii=False)


class Text(logging.Formatter):
    """A line for people."""

    def format(self, record: logging.LogRecord) -> str:
        at = dt.datetime.fromtimestamp(record.created, dt.UTC).strftime("%Y-%m-%d %H:%M:%S")
        found = where(record)
        facts = "".join(f" {key}={value}" for key, value in getattr(record, "facts", {}).items())
        lines = [f"{at} {record.levelname.lower()} {plain(record)}{facts}"]
        if found:
            lines += [f"  {found['problem']}", *(f"  {line}" for line in found["at_lines"])]
        return "\n".join(lines)


class Count:
    """Queries of one page, and how long the database took."""

    def __init__(self) -> None:
        self.queries, self.seconds = 0, 0.0

    def __call__(self, execute: Callable[..., Any], *rest: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(*rest)
        finally:
            self.queries += 1
            self.seconds += time.perf_counter() - began


class Middleware:
    """Gives each request a number for the log, and tells of it when it is over: the page's name, never its address."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        number = secrets.token_hex(8)
        token, began, count = _request.set(number), time.perf_counter(), Count()
        try:
            with ExitStack() as stack:
                if settings.HOLDGOOD_TRACE:
                    stack.enter_context(connection.execute_wrapper(count))
                response = self.answer(request)
            response.headers["X-Request-ID"] = number
            self._tell(request, response, time.perf_counter() - began, count)
            return response
        finally:
            _request.reset(token)

    def _tell(self, request: HttpRequest, response: HttpResponseBase, seconds: float, count: Count) -> None:
        match = request.resolver_match
        name = match.view_name if match else ""
        facts: dict[str, Any] = {
            "page": name or "",
            "method": request.method if request.method in METHODS else "other",
            "status": response.status_code,
            "ms": round(seconds * 1000, 1),
        }
        if settings.HOLDGOOD_TRACE:
            facts |= {"queries": count.queries, "database_ms": round(count.seconds * 1000, 1)}
        level = logging.DEBUG if name in QUIET else logging.INFO
        pages.log(level, "page", extra={"facts": facts})


METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
QUIET = {"health", "ready"}  # asked every few seconds


def configuration(style: str, *, traced: bool) -> dict[str, Any]:
    """What settings.LOGGING is: ours and libraries' warnings to standard error; pages where they are wanted."""
    silent = {"handlers": ["nowhere"], "level": "CRITICAL", "propagate": False}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": f"holdgood.operations.logs.{'Json' if style == 'json' else 'Text'}"}},
        "handlers": {
            "line": {"class": "logging.StreamHandler", "formatter": "line"},
            "nowhere": {"class": "logging.NullHandler"},
        },
        "root": {"handlers": ["line"], "level": "WARNING"},
        "loggers": {
            "django": {"handlers": ["line"], "level": "WARNING", "propagate": False},
            # These quote addresses, headers and values: what they tell of is in holdgood.incidents, with a number.
            "django.request": silent,
            "django.security": silent,
            "django.server": silent,
            "holdgood": {"handlers": ["line"], "level": "INFO", "propagate": False},
            "holdgood.pages": {"level": "INFO" if style == "json" or traced else "WARNING"},
        },
    }
