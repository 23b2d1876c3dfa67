"""Links of a chain: canonical text, its hash, signatures. No database, no clock."""

import datetime as dt
import hashlib
import hmac
import json
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import Any


class NotRecordable(ValueError):
    """A value that has no single canonical form, such as a float."""


@dataclass(frozen=True, slots=True)
class Key:
    """A secret outside the database, and the name by which entries say that it signed them."""

    name: str
    secret: bytes


def canonical(value: Any) -> str:
    """JSON with sorted keys, composed letters and no spaces: the same text for the same value, on every machine."""
    return json.dumps(_plain(value), sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _plain(value: Any) -> Any:
    match value:
        case None | bool() | int():
            return value
        case str():
            return unicodedata.normalize("NFC", value)
        case Decimal():
            return format(value, "f")
        case dt.datetime():
            return moment(value)
        case dt.date():
            return value.isoformat()
        case dict():
            return {str(_plain(name)): _plain(each) for name, each in value.items()}
        case list() | tuple():
            return [_plain(each) for each in value]
    raise NotRecordable(f"found {value!r}, expected text, whole numbers, decimals, dates, lists and dicts of these.")


def moment(at: dt.datetime) -> str:
    """UTC, to the millisecond."""
    if at.tzinfo is None:
        raise NotRecordable(f"found {at}, expected a time with its zone.")
    return at.astimezone(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def link(key: Key, previous: str, fields: dict[str, Any]) -> str:
    """Hash of an entry: its canonical fields and the hash of the one before, signed."""
    text = f"{previous}\n{canonical(fields)}"
    return hmac.new(key.secret, text.encode(), hashlib.sha256).hexdigest()


def signature(key: Key, chain: str, seq: int, last: str) -> str:
    """Of the head of a chain."""
    return hmac.new(key.secret, canonical(["head", chain, seq, last]).encode(), hashlib.sha256).hexdigest()


def digest(key: Key, salt: str, value: str) -> str:
    """What stands in the trail for a personal value: it can be compared, and not read."""
    text = canonical(["personal", salt, value])
    return "digest:" + hmac.new(key.secret, text.encode(), hashlib.sha256).hexdigest()
