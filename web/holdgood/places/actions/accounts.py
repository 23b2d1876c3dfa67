"""Accounts of people, as somebody with a role may change them. What is written is written by `people`."""

import datetime as dt

from django.db import transaction
from django.db.models import Q, QuerySet

from holdgood.people import actions as people
from holdgood.people.models import User
from holdgood.places import guard
from holdgood.places.access import Actor, chain_of
from holdgood.places.actions import roles
from holdgood.places.models import Cover, Holding, Place
from holdgood.places.permissions import Permission


class UnableToChange(ValueError):
    """The account cannot be so: what is wrong, and what to do."""


def may_change(by: Actor, user: User) -> bool:
    """Whether all that the person may do lies where the actor looks after accounts.

    Whoever sets another's address can sign in as them: so one who looks after a ward does not change its director.
    """
    if by.name:
        return True
    held = Holding.objects.filter(user=user)
    running = held.filter(Q(until_on__isnull=True) | Q(until_on__gte=by.on))
    paths = list((running if running.exists() else held).values_list("place__path", flat=True))
    mine = by.paths(Permission.PERSON_CHANGE)
    return bool(paths) and all(any(path.startswith(each) for each in mine) for path in paths)


def require(by: Actor, user: User) -> None:
    if not may_change(by, user):
        raise guard.NotAllowed(str(Permission.PERSON_CHANGE))


@transaction.atomic
def invite(
    *, by: Actor, at: dt.datetime, place: Place, name: str, email: str, role: str, outside: bool = False,
    ends_on: dt.date | None = None,
) -> User:  # fmt: skip
    """An account, a letter with the link to begin, and the first role."""
    guard.require(by, Permission.PERSON_CHANGE, place)
    user = people.invite(name=name, email=email, outside=outside, ends_on=ends_on, by=by.id, chain=place.chain, at=at)
    roles.give(by=by, at=at, user=user, role=role, place=place, from_on=by.on, until_on=ends_on)
    return user


@transaction.atomic
def invite_again(*, by: Actor, at: dt.datetime, user: User) -> None:
    """Another link, for one who has not begun; the one before is void."""
    require(by, user)
    if user.joined_at is not None or user.has_ended(by.on):
        raise UnableToChange(f"{user.name} has signed in before, or the account has ended: no invitation is needed.")
    people.send_invitation(user=user, by=by.id, chain=chain_of(user), at=at)


@transaction.atomic
def change_contact(*, by: Actor, at: dt.datetime, user: User, version: int, name: str, email: str) -> User:
    require(by, user)
    return people.change_contact(
        user=user, version=version, name=name, email=email, by=by.id, chain=chain_of(user), at=at
    )


@transaction.atomic
def set_end(*, by: Actor, at: dt.datetime, user: User, ends_on: dt.date | None) -> User:
    require(by, user)
    return people.set_end(user=user, ends_on=ends_on, by=by.id, chain=chain_of(user), at=at)


@transaction.atomic
def stop(*, by: Actor, at: dt.datetime, user: User, reason: str) -> int:
    """Somebody leaves: the account stops now, their roles and cover end today. How many roles ended."""
    require(by, user)
    if by.user is not None and by.user.pk == user.pk:
        raise UnableToChange("Nobody stops their own account: ask another administrator.")
    held = list(_left(Holding.objects.filter(user=user), by.on).select_related("place", "user"))
    for holding in held:
        roles.end(by=by, at=at, holding=holding, on=by.on, reason=reason)
    covers = Cover.objects.filter(Q(absent=user) | Q(deputy=user), until_on__gte=by.on)
    for cover in covers.select_related("place", "absent"):
        roles.cut_cover(by=by, at=at, cover=cover, on=by.on)
    people.stop(user=user, by=by.id, chain=chain_of(user), at=at, reason=reason)
    return len(held)


@transaction.atomic
def restart(*, by: Actor, at: dt.datetime, user: User, ends_on: dt.date | None) -> User:
    """Somebody is back; their roles have ended, and are given anew."""
    require(by, user)
    return people.restart(user=user, by=by.id, chain=chain_of(user), at=at, ends_on=ends_on)


@transaction.atomic
def recover_second_factor(*, by: Actor, at: dt.datetime, user: User, reason: str) -> int:
    """Whoever does it has made sure, face to face or by a known telephone, who asks."""
    require(by, user)
    if by.user is not None and by.user.pk == user.pk:
        raise UnableToChange("Nobody takes their own second factor away here: ask another administrator.")
    return people.recover_second_factor(user=user, by=by.id, chain=chain_of(user), at=at, reason=reason)


def _left(rows: QuerySet[Holding], on: dt.date) -> QuerySet[Holding]:
    """Roles that run, and roles that are still to begin."""
    return rows.filter(Q(until_on__isnull=True) | Q(until_on__gte=on))
