"""Writing to the trail: always inside the transaction of what is told."""

import datetime as dt
import hashlib
import secrets
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction

from holdgood.trail import keys
from holdgood.trail.chain import Key, canonical, digest, link, moment, signature
from holdgood.trail.models import Entry, Head, Salt


class OutsideTransaction(RuntimeError):
    """An entry without the change that it tells of would be a claim; a change without its entry, a secret."""


@dataclass(frozen=True, slots=True)
class Personal:
    """A value about a person: the trail keeps a digest that is salted by person, never the value."""

    person: str
    value: str


def record(
    *,
    chain: str,
    event: str,
    by: str,
    at: dt.datetime,
    place: str = "",
    kind: str = "",
    thing: str = "",
    old: Any = None,
    new: Any = None,
    reason: str = "",
) -> Entry:
    """Add one entry to a trust's chain."""
    if not transaction.get_connection().in_atomic_block:
        raise OutsideTransaction(f"{event}: an entry is written in the transaction of what it tells of.")
    key = keys.load(settings.TRAIL_KEYS)[-1]
    at = at.replace(microsecond=at.microsecond // 1000 * 1000)  # as it is signed
    fields = {
        "chain": chain,
        "at": moment(at),
        "actor": by,
        "place": place,
        "event": event,
        "kind": kind,
        "thing": thing,
        "old": "" if old is None else canonical(_without_personal(key, old)),
        "new": "" if new is None else canonical(_without_personal(key, new)),
        "reason": unicodedata.normalize("NFC", reason),
        "key": key.name,
    }
    Head.objects.bulk_create([Head(chain=chain)], ignore_conflicts=True)
    head = Head.objects.select_for_update().get(pk=chain)
    numbered = fields | {"seq": head.seq + 1}
    made = link(key, head.hash, numbered)
    entry = Entry(**numbered | {"at": at, "previous": head.hash, "hash": made})
    entry.save(force_insert=True)
    moved = Head.objects.filter(pk=chain, seq=head.seq).update(
        seq=head.seq + 1, hash=made, key=key.name, signature=signature(key, chain, head.seq + 1, made)
    )
    if moved != 1:
        raise RuntimeError(f"{chain}: the end of the trail moved while an entry was written.")
    return entry


def record_many(*, rows: Iterable[Any], chain: str, event: str, by: str, at: dt.datetime, **more: Any) -> Entry:
    """Add one entry for many rows of a bulk action: how many they were, and a digest of all of them."""
    count, whole = 0, hashlib.sha256()
    for row in rows:
        whole.update(canonical(row).encode() + b"\n")
        count += 1
    return record(chain=chain, event=event, by=by, at=at, new={"rows": count, "digest": whole.hexdigest()}, **more)


def forget(*, person: str) -> None:
    """Delete a person's salt: no digest in the trail can be matched with them any longer."""
    Salt.objects.filter(pk=person).delete()


def _without_personal(key: Key, value: Any) -> Any:
    if isinstance(value, Personal):
        return digest(key, _salt(value.person), value.value)
    if isinstance(value, dict):
        return {name: _without_personal(key, each) for name, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_without_personal(key, each) for each in value]
    return value


def _salt(person: str) -> str:
    Salt.objects.bulk_create([Salt(person=person, salt=secrets.token_hex(16))], ignore_conflicts=True)
    return Salt.objects.get(pk=person).salt
