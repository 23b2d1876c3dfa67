"""Settings out of the environment: a bad value is told with what to set instead."""

import datetime as dt
import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from holdgood import is_safe


class WrongSetting(Exception):
    """A setting that cannot be used: which, what was found, what to set."""


def flag(name: str, default: bool) -> bool:
    """1 or 0."""
    value = os.environ.get(name, "").strip()
    if value not in ("", "0", "1"):
        raise WrongSetting(f'{name} is "{value}", expected 1 or 0.')
    return default if not value else value == "1"


def number(name: str, default: int, least: int, most: int) -> int:
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    if not value.isascii() or not value.isdigit() or not least <= int(value) <= most:
        raise WrongSetting(f'{name} is "{value}", expected a whole number from {least} to {most}.')
    return int(value)


def folder(name: str, default: Path) -> Path:
    """A folder, made if it is not there, for one user alone."""
    path = Path(os.environ.get(name) or default).resolve()
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as problem:
        raise WrongSetting(
            f"{name} is {path}, which cannot be made: {problem.strerror}. Name another folder."
        ) from None
    return path


def database(name: str, data: Path) -> dict[str, Any]:
    """The database of a URL such as postgres://user:password@host:5432/name; without one SQLite in the data folder."""
    url = os.environ.get(name, "").strip()
    if not url:
        return sqlite(data / "holdgood.sqlite3")
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql") or len(parts.path) < 2:
        raise WrongSetting(
            f"{name} is not understood: expected postgres://user:password@host:5432/name, or nothing for SQLite."
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        # A query that hangs must not take a worker with it, nor a lock the whole trust.
        "OPTIONS": {"options": "-c statement_timeout=15000 -c lock_timeout=3000"},
    }


def sqlite(path: Path) -> dict[str, Any]:
    """SQLite as it is safe under several processes: immediate transactions, write-ahead log, synced to disk."""
    import sqlite3

    journal = "WAL" if is_safe(sqlite3.sqlite_version_info) else "DELETE"
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "CONN_MAX_AGE": 60,
        "NAME": str(path),
        "OPTIONS": {
            # A transaction that begins by reading cannot upgrade while another writes: it would fail at once.
            "transaction_mode": "IMMEDIATE",
            "timeout": 10,
            "init_command": (
                f"PRAGMA journal_mode={journal};PRAGMA synchronous=FULL;"
                "PRAGMA journal_size_limit=67108864;PRAGMA wal_autocheckpoint=1000"
            ),
        },
    }


def secret(name: str, path: Path) -> str:
    """A secret from the environment, else from a file that is made on first use and readable by its owner alone."""
    given = os.environ.get(name, "").strip()
    if given:
        if len(given) < 50:
            raise WrongSetting(f"{name} has {len(given)} characters, expected 50 or more that nobody can guess.")
        return given
    if not path.exists():
        from django.core.management.utils import get_random_secret_key

        path.parent.mkdir(parents=True, exist_ok=True)
        made = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(made, "w", encoding="ascii") as file:
            file.write(get_random_secret_key())
    return path.read_text(encoding="ascii").strip()


def key(name: str) -> str:
    """A key as 64 hexadecimal digits, or nothing."""
    value = os.environ.get(name, "").strip()
    if value and not re.fullmatch(r"[0-9a-f]{64}", value):
        raise WrongSetting(
            f"{name} has {len(value)} characters, expected 64 of 0-9 and a-f. “openssl rand -hex 32” makes such a key."
        )
    return value


def hours(name: str, default: str) -> tuple[dt.time, dt.time] | None:
    """From and to, such as 21:00-07:00; None for "off"."""
    value = os.environ.get(name, "").strip() or default
    if value == "off":
        return None
    time = r"([01][0-9]|2[0-3]):[0-5][0-9]"
    start, _, end = value.partition("-")
    if not re.fullmatch(f"{time}-{time}", value) or start == end:
        raise WrongSetting(f'{name} is "{value}", expected two times such as 21:00-07:00, or off.')
    return dt.time.fromisoformat(start), dt.time.fromisoformat(end)


def mail(name: str) -> dict[str, Any]:
    """The mail server of a URL: smtp+starttls://user:password@host:587, smtps://host:465 or smtp://host:25."""
    url = os.environ.get(name, "").strip()
    if not url:
        return {}
    ports = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme not in ports or not parts.hostname:
        raise WrongSetting(f"{name} is not understood: expected smtp+starttls://user:password@host:587, or nothing.")
    return {
        "host": parts.hostname,
        "port": port or ports[parts.scheme],
        "user": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "starttls": parts.scheme == "smtp+starttls",
        "tls": parts.scheme == "smtps",
    }


def address(name: str, default: str) -> str:
    """A mail address, alone."""
    value = os.environ.get(name, "").strip() or default
    if value and not re.fullmatch(r"[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+", value):
        raise WrongSetting(f'{name} is "{value}", expected one mail address such as holdgood@trust.nhs.uk.')
    return value


def choice(name: str, default: str, choices: tuple[str, ...]) -> str:
    """One of some words."""
    value = os.environ.get(name, "").strip() or default
    if value not in choices:
        raise WrongSetting(f'{name} is "{value}", expected {", ".join(choices[:-1])} or {choices[-1]}.')
    return value


def web_address(name: str, default: str) -> str:
    """Where people reach the application: https, or http on this machine alone; no path, no slash at its end."""
    value = os.environ.get(name, "").strip() or default
    match = re.fullmatch(r"(https?)://([a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[::1\])(:[0-9]{1,5})?", value)
    if match is None:
        raise WrongSetting(
            f'{name} is "{value}", expected an address such as https://holdgood.trust.nhs.uk, in small letters and '
            "without a path or a slash at its end."
        )
    if match[1] == "http" and match[2] not in ("127.0.0.1", "localhost", "[::1]"):
        raise WrongSetting(
            f'{name} is "{value}": without https, passwords could be read on their way. Expected https://{match[2]}, '
            "or http://127.0.0.1 or http://localhost to try it on one machine."
        )
    return value
