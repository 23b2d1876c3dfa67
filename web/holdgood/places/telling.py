"""Trail entries of things that have a place: on their trust's chain."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Model

from holdgood.places.access import Actor
from holdgood.places.models import Place
from holdgood.trail import actions as trail
from holdgood.trail.models import Entry


def record(
    *,
    event: str,
    by: Actor,
    at: dt.datetime,
    place: Place,
    thing: Model | None = None,
    old: Any = None,
    new: Any = None,
    reason: str = "",
) -> Entry:
    """One entry about a thing at a place."""
    kind, key = about(thing)
    return trail.record(
        chain=place.chain, event=event, by=by.id, at=at, place=place.pk.hex, kind=kind, thing=key, old=old, new=new,
        reason=reason,
    )  # fmt: skip


def record_many(
    *,
    rows: Iterable[Any],
    event: str,
    by: Actor,
    at: dt.datetime,
    place: Place,
    thing: Model | None = None,
    reason: str = "",
) -> Entry:
    """One entry for a bulk action: how many rows, and a digest of all."""
    kind, key = about(thing)
    return trail.record_many(
        rows=rows, chain=place.chain, event=event, by=by.id, at=at, place=place.pk.hex, kind=kind, thing=key,
        reason=reason,
    )  # fmt: skip


def about(thing: Model | None) -> tuple[str, str]:
    """How the trail names a thing: its model's name and its id."""
    if thing is None:
        return "", ""
    return str(thing._meta.model_name), str(thing.pk.hex if hasattr(thing.pk, "hex") else thing.pk)
