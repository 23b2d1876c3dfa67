"""What happens above when something of this app ends, or a place lies elsewhere: they say so at start-up."""

import datetime as dt
from collections.abc import Callable

from django.db.models import Model

from holdgood.places.access import Actor

Ended = Callable[[Actor, dt.datetime, Model], None]
_told: dict[str, list[Ended]] = {}


def register(model: str, ended: Ended) -> None:
    """`model`: holding, share, review, place. Called once for each function."""
    if ended not in _told.setdefault(model, []):
        _told[model].append(ended)


def tell(by: Actor, at: dt.datetime, thing: Model) -> None:
    """In the transaction in which it ends, its last day is set anew, or it moves."""
    for ended in _told.get(str(thing._meta.model_name), []):
        ended(by, at, thing)
