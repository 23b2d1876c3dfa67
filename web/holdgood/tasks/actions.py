"""Something is asked, done, passed on, or no longer needed."""

import datetime as dt
from uuid import UUID

from django.db import transaction

from holdgood.people.models import User
from holdgood.places import guard, telling
from holdgood.places.access import Actor
from holdgood.places.models import Place
from holdgood.places.permissions import Permission
from holdgood.places.roles import ROLES
from holdgood.tasks.models import Letters, Task
from holdgood.trail import actions as trail
from holdgood.trail.versions import change


class UnableToAsk(ValueError):
    """The task cannot be so: what is wrong, and what to do."""


@transaction.atomic
def ask(
    *,
    by: Actor,
    at: dt.datetime,
    place: Place,
    kind: str,
    title: str,
    of: User | str,
    text: str = "",
    thing: tuple[str, UUID] | None = None,
    due_on: dt.date | None = None,
    key: str | None = None,
) -> Task:
    """Ask a person, or whoever holds a role at the place. With a key it is asked once, and the first is given back."""
    guard.require(by, Permission.TASK_CHANGE, place)
    if isinstance(of, str) and of not in ROLES:
        raise UnableToAsk(f'There is no role "{of}": choose one of {", ".join(ROLES)}.')
    if isinstance(of, User) and of.has_ended(by.on):
        raise UnableToAsk(f"The account of {of.name} has ended: ask somebody else.")
    if key is not None:
        there = Task.objects.filter(key=key).first()
        if there is not None:
            return there
    whom = {"user": of} if isinstance(of, User) else {"role": of}
    about, pk = thing or ("", None)
    task = Task(
        place=place, kind=kind, title=title, text=text, thing_kind=about, thing=pk, key=key, asked_by=by.id,
        asked_at=at, due_on=due_on, **whom,
    )  # fmt: skip
    task.save(force_insert=True)
    new = {"kind": kind, "of": of if isinstance(of, str) else of.pk.hex, "due": due_on and due_on.isoformat()}
    telling.record(event="task.task.asked", by=by, at=at, place=place, thing=task, new=new)
    return task


@transaction.atomic
def answer(*, by: Actor, at: dt.datetime, task: Task, version: int, text: str = "") -> Task:
    """It is done: by the one it was asked of, or somebody who runs the area."""
    _may_end(by, task)
    changed = change(task, version=version, ended_at=at, ended_by=by.id, end=Task.End.DONE, answer=text)
    telling.record(event="task.task.done", by=by, at=at, place=task.place, thing=task)
    return changed


@transaction.atomic
def take_back(*, by: Actor, at: dt.datetime, task: Task, version: int, reason: str) -> Task:
    """It is no longer needed."""
    if by.user is None or task.asked_by != by.id:
        guard.require(by, Permission.TASK_CHANGE, task.place)
    changed = change(task, version=version, ended_at=at, ended_by=by.id, end=Task.End.NEEDLESS, answer=reason)
    telling.record(event="task.task.taken-back", by=by, at=at, place=task.place, thing=task, reason=reason)
    return changed


@transaction.atomic
def pass_on(*, by: Actor, at: dt.datetime, task: Task, version: int, to: User, reason: str) -> Task:
    """Somebody else does it."""
    _may_end(by, task)
    if to.has_ended(by.on):
        raise UnableToAsk(f"The account of {to.name} has ended: choose somebody else.")
    changed = change(task, version=version, user=to, role="", reminded_on=None)
    telling.record(
        event="task.task.passed-on", by=by, at=at, place=task.place, thing=task, new={"to": to.pk.hex}, reason=reason
    )
    return changed


@transaction.atomic
def reopen(*, by: Actor, at: dt.datetime, task: Task, version: int) -> Task:
    """Undo the end of a task."""
    _may_end(by, task)
    changed = change(task, version=version, ended_at=None, ended_by="", end="", answer="")
    telling.record(event="task.task.reopened", by=by, at=at, place=task.place, thing=task)
    return changed


@transaction.atomic
def settle(*, by: Actor, at: dt.datetime, key: str) -> None:
    """What was asked under a key has come about by itself; nothing happens if it was not asked, or is over."""
    for task in Task.objects.open().filter(key=key).select_related("place"):
        answer(by=by, at=at, task=task, version=task.version)


@transaction.atomic
def choose_letters(*, by: Actor, at: dt.datetime, often: str) -> None:
    """How often one is told by letter."""
    if by.user is None or often not in Letters.Often.values:
        raise UnableToAsk(f"Letters come {', '.join(Letters.Often.values)}: choose one of these.")
    Letters.objects.update_or_create(user=by.user, defaults={"often": often})
    trail.record(chain=by.chain, event="task.letters.chosen", by=by.id, at=at, new={"often": often})


def may_end(by: Actor, task: Task) -> bool:
    """Whom it is asked of may end it; so may those who may ask in that area."""
    if by.name or by.may(Permission.TASK_CHANGE, task.place):
        return True
    return Task.objects.of(by).filter(pk=task.pk).exists()


def _may_end(by: Actor, task: Task) -> None:
    if not may_end(by, task):
        raise guard.NotAllowed(str(Permission.TASK_CHANGE))
