"""Which target holds where and when. No database, no clock."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple


class Promise(NamedTuple):
    """A target of a place (its key), from a day to a day; with an end value a straight line between them."""

    place: str
    from_on: dt.date
    until_on: dt.date | None
    value: float
    end_value: float | None
    kind: str
    source: str


def on(promises: Sequence[Promise], path: str, day: dt.date) -> tuple[float, Promise] | None:
    """The target of a place on a day: its own, else that of the nearest place above; the latest begun of several."""
    keys = path.split("/")[:-1]
    running = [each for each in promises if each.from_on <= day and (each.until_on is None or day <= each.until_on)]
    for key in reversed(keys):
        here = [each for each in running if each.place == key]
        if here:
            chosen = max(here, key=lambda each: each.from_on)
            return _at(chosen, day), chosen
    return None


def _at(promise: Promise, day: dt.date) -> float:
    if promise.end_value is None or promise.until_on is None or promise.until_on == promise.from_on:
        return promise.value
    share = (day - promise.from_on).days / (promise.until_on - promise.from_on).days
    return promise.value + share * (promise.end_value - promise.value)
