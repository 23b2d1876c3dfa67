"""Letters about what waits: the digest of a morning, and the reminder of one thing."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import get_template
from django.urls import reverse

from holdgood.design import words
from holdgood.jobs import outbox
from holdgood.people.models import User
from holdgood.tasks.waiting import Waiting

MOST = 30  # of a heading; the rest is a number
AHEAD = dt.timedelta(days=3)


@dataclass(frozen=True)
class Group:
    """What stands under one heading."""

    title: str
    things: Sequence[Waiting]

    @property
    def shown(self) -> Sequence[Waiting]:
        return self.things[:MOST]

    @property
    def more(self) -> int:
        return max(0, len(self.things) - MOST)


def grouped(things: Sequence[Waiting], on: dt.date, since: dt.datetime, ahead: dt.timedelta = AHEAD) -> list[Group]:
    """Late, due and new; what is none of these is not worth a letter. Each stands once."""
    late = [one for one in things if one.due_on is not None and one.due_on < on]
    due = [one for one in things if one.due_on is not None and on <= one.due_on <= on + ahead]
    there = {one.task.pk for one in [*late, *due]}
    new = [one for one in things if one.task.asked_at >= since and one.task.pk not in there]
    named = (("Late", late), ("Due soon", due), ("New", new))
    return [Group(title, rows) for title, rows in named if rows]


def digest(user: User, groups: list[Group], rest: int, *, at: dt.datetime, key: str) -> None:
    """One letter with everything; nothing is posted when there is nothing to say."""
    if not groups or not user.email:
        return
    told = words.listed([f"{len(group.things)} {_SHORT[group.title]}" for group in groups])
    _post(user, f"Waiting for you in Holdgood: {told}", groups, rest, at=at, key=key)


def reminder(user: User, thing: Waiting, *, at: dt.datetime, key: str) -> None:
    """Of one thing that is due tomorrow, or late."""
    if user.email:
        group = Group(thing.due_words.capitalize(), [thing])
        _post(user, f"{thing.due_words.capitalize()}: {thing.title}"[:200], [group], 0, at=at, key=key)


def link(address: str) -> str:
    """One click from the letter to the thing, whatever a request said it was asked as."""
    return f"{settings.HOLDGOOD_ADDRESS}{address}"


_SHORT = {"Late": "late", "Due soon": "due soon", "New": "new"}


def _post(user: User, subject: str, groups: list[Group], rest: int, *, at: dt.datetime, key: str) -> None:
    context = {"user": user, "groups": groups, "rest": rest, "link": link, "all": link(reverse("my-work"))}
    html = get_template("tasks/letter.html", using="jinja2").render(context)
    line = " ".join(subject.split())
    outbox.post(to=user.email, subject=line, text=_text(user, groups, rest), html=html, at=at, key=key)


def _text(user: User, groups: list[Group], rest: int) -> str:
    parts = [f"Dear {user.name},"]
    for group in groups:
        parts.append(f"{group.title.upper()}\n" + "\n\n".join(_line(one) for one in group.shown))
        if group.more:
            parts.append(f"and {group.more} more")
    if rest:
        parts.append(f"{words.count(rest, 'more thing waits', 'more things wait')} without haste.")
    parts.append(f"All of it, and how often such letters come: {link(reverse('my-work'))}")
    return "\n\n".join(parts) + "\n"


def _line(one: Waiting) -> str:
    due = f", {one.due_words}" if one.due_words else ""
    return f"{one.title}\n{one.noun}, {one.task.place.name}; {one.who}{due}\n{link(one.address)}"
