"""What who may do what asks of people: a review each quarter, roles and shares that are about to end."""

import datetime as dt
from uuid import UUID

from django.db.models import Model
from django.urls import reverse

from holdgood.design.words import day
from holdgood.people.models import User
from holdgood.places import ending
from holdgood.places.access import Actor
from holdgood.places.models import Holding, Place, Review, Share
from holdgood.places.permissions import Permission
from holdgood.places.roles import ROLES
from holdgood.tasks import actions, kinds
from holdgood.tasks.models import Task

AHEAD = dt.timedelta(days=14)
REVIEW, ROLE, SHARE = "access-review", "role-ends", "share-ends"
ASKED = "administrator"  # where whoever gave it can no longer be asked


def register() -> None:
    kinds.register(kinds.TaskKind(REVIEW, "Access review", "Review", _at("access-review")))
    kinds.register(kinds.TaskKind(ROLE, "Role", "Extend", _at("role-extend")))
    kinds.register(kinds.TaskKind(SHARE, "Share", "Look", _at("share")))
    for model in ("review", "holding", "share"):
        ending.register(model, _over)


def ask(by: Actor, at: dt.datetime) -> None:
    """Everything that is due to be asked; what was asked before is not asked again."""
    for review in Review.objects.filter(closed_at__isnull=True).select_related("place"):
        title = f"Review who may do what in {review.place.name}, quarter from {day(review.quarter_on)}"
        _ask(by, at, REVIEW, review, review.place, ASKED, title, review.due_on)
    last = {"until_on__gte": by.on, "until_on__lte": by.on + AHEAD}
    for held in Holding.objects.current(by.on).filter(**last, user__is_active=True).select_related("place__root"):
        role = ROLES.get(held.role)
        of = _giver(held.given_by, role.given_with if role else Permission.ROLE_GIVE_ADMINISTRATOR, held.place, by)
        title = f"A role ends on {day(held.until_on)}: {held.title}, {held.place.name}. Extend it, or let it end"
        _ask(by, at, ROLE, held, held.place, of, title, held.until_on)
    for share in Share.objects.filter(Share.running(by.on), **last).select_related("place__root"):
        of = _giver(share.given_by, Permission.SHARE_GIVE, share.place, by)
        title = f"A share of {share.place.name} ends on {day(share.until_on)}. Share it anew, or let it end"
        _ask(by, at, SHARE, share, share.place, of, title, share.until_on)


def settle(by: Actor, at: dt.datetime) -> None:
    """Roles and shares whose last day is past have ended by themselves: nothing is left to decide."""
    for task in Task.objects.open().filter(kind__in=[ROLE, SHARE], due_on__lt=by.on).select_related("place"):
        actions.answer(by=by, at=at, task=task, version=task.version, text="It has ended by itself.")


def _over(by: Actor, at: dt.datetime, thing: Model) -> None:
    """A review is closed, or a role or share has ended or has another last day: what was asked about it is done."""
    kind = {"review": REVIEW, "holding": ROLE, "share": SHARE}[str(thing._meta.model_name)]
    machine = Actor.machine("worker", at)  # whoever ended it may not be the one who was asked
    for task in Task.objects.open().filter(key__startswith=f"{kind}:{thing.pk}:").select_related("place"):
        actions.answer(by=by if by.name else machine, at=at, task=task, version=task.version)


def _ask(
    by: Actor, at: dt.datetime, kind: str, thing: Model, place: Place, of: User | str, title: str, due: dt.date | None
) -> None:
    key = f"{kind}:{thing.pk}:{due}"
    if not Task.objects.filter(key=key).exists():
        actions.ask(by=by, at=at, place=place, kind=kind, title=title[:200], of=of, due_on=due, key=key)


def _giver(given_by: str, permission: Permission, place: Place, by: Actor) -> User | str:
    """Whoever gave it, if they are still there and may still; else whoever looks after the trust."""
    try:
        user: User | None = User.objects.filter(pk=UUID(given_by)).first()
    except ValueError:
        return ASKED
    if user is None or not Actor(user, by.at).may(permission, place):
        return ASKED
    return user


def _at(name: str) -> kinds.Address:
    """The page of the thing, whose id stands in the task's key."""

    def address(task: Task) -> str:
        thing = (task.key or "::").split(":")[1]
        return reverse(name, args=[task.place.code, thing]) if thing else reverse("task", args=[task.pk])

    return address
