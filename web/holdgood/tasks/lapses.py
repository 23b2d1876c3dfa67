"""What is asked of somebody who leaves."""

import datetime as dt

from django.db.models import QuerySet
from django.urls import reverse

from holdgood.people.models import User
from holdgood.places import lapsing
from holdgood.places.access import Actor
from holdgood.places.permissions import Permission
from holdgood.tasks import actions
from holdgood.tasks.models import Task


def register() -> None:
    lapsing.register(
        lapsing.Lapse(
            "tasks", ("thing asked", "things asked"), _tasks, "user",
            said=lambda row: row.title,
            after="They wait for somebody who does not come until they are passed on.",
            address=lambda row: reverse("task", args=[row.pk]),
            permission=Permission.TASK_CHANGE,
            hand_over=_pass_on,
        )
    )  # fmt: skip


def _tasks(actor: Actor) -> QuerySet[Task]:
    rows = Task.objects.open().visible_to(actor, Permission.TASK_VIEW)
    return rows.filter(user__isnull=False).select_related("place")


def _pass_on(by: Actor, at: dt.datetime, things: list[Task], to: User, reason: str) -> int:
    mine = [task for task in things if by.may(Permission.TASK_CHANGE, task.place)]
    for task in mine:
        actions.pass_on(by=by, at=at, task=task, version=task.version, to=to, reason=reason or "somebody leaves")
    return len(mine)
