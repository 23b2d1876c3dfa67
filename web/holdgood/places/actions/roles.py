"""Roles are given and ended; somebody stands in for one who is away."""

import datetime as dt

from django.db import transaction
from django.db.models import Q

from holdgood.design.words import day
from holdgood.people.models import User
from holdgood.places import ending, guard, telling
from holdgood.places.access import Actor
from holdgood.places.models import Cover, Holding, Place
from holdgood.places.permissions import Permission
from holdgood.places.roles import ROLES, granting
from holdgood.trail.actions import Personal

LONGEST_COVER = dt.timedelta(days=366)


class UnableToGive(ValueError):
    """The role or cover cannot be so: what is wrong, and what to do."""


@transaction.atomic
def give(
    *,
    by: Actor,
    at: dt.datetime,
    user: User,
    role: str,
    place: Place,
    from_on: dt.date,
    until_on: dt.date | None = None,
) -> Holding:
    """A person holds a role at a place and all below it, from a day on."""
    if role not in ROLES:
        raise UnableToGive(f'There is no role "{role}": choose one of {", ".join(ROLES)}.')
    guard.require(by, ROLES[role].given_with, place)
    _check(user, role, place, from_on, until_on, by)
    holding = Holding(
        user=user, role=role, place=place, from_on=from_on, until_on=until_on, given_by=by.id, given_at=at
    )
    holding.save(force_insert=True)
    telling.record(event="role.holding.given", by=by, at=at, place=place, thing=holding, new=_told(holding))
    return holding


@transaction.atomic
def give_many(*, by: Actor, at: dt.datetime, holdings: list[Holding], root: Place) -> None:
    """Many roles at once, by a part of the program: set-up, or a list that was checked; one entry."""
    if not by.name:
        raise guard.NotAllowed("role.give")
    Holding.objects.bulk_create(holdings)
    rows = [_plain(holding) for holding in holdings]
    telling.record_many(event="role.holdings.given", by=by, at=at, place=root, rows=rows)


@transaction.atomic
def end(*, by: Actor, at: dt.datetime, holding: Holding, on: dt.date, reason: str = "") -> Holding:
    """The role's last day is `on`; the day before its first, if it is never to have been used."""
    role = ROLES.get(holding.role)
    guard.require(by, role.given_with if role else Permission.ROLE_GIVE_ADMINISTRATOR, holding.place)
    if holding.until_on is not None and holding.until_on < on:
        raise UnableToGive(f"The role ended on {day(holding.until_on)} already.")
    _keeps_one(holding, on, by)
    last = max(on, holding.from_on - dt.timedelta(days=1))
    Holding.objects.filter(pk=holding.pk).update(until_on=last, ended_by=by.id)
    holding.refresh_from_db()
    new = {"until": last.isoformat()}
    telling.record(event="role.holding.ended", by=by, at=at, place=holding.place, thing=holding, new=new, reason=reason)
    ending.tell(by, at, holding)
    return holding


@transaction.atomic
def extend(*, by: Actor, at: dt.datetime, holding: Holding, until_on: dt.date | None) -> Holding:
    """The role's last day is a later one, or none; also how an end is undone."""
    role = ROLES.get(holding.role)
    guard.require(by, role.given_with if role else Permission.ROLE_GIVE_ADMINISTRATOR, holding.place)
    if holding.until_on is None:
        raise UnableToGive("The role has no last day, so there is nothing to put off.")
    if until_on is not None and until_on < max(by.on, holding.from_on):
        raise UnableToGive(f"{day(until_on)} is past, or before the role begins: enter a later day.")
    _check(holding.user, holding.role, holding.place, holding.from_on, until_on, by, but=holding)
    old = {"until": holding.until_on.isoformat()}
    Holding.objects.filter(pk=holding.pk).update(until_on=until_on, ended_by="")
    holding.refresh_from_db()
    new = {"until": until_on and until_on.isoformat()}
    telling.record(event="role.holding.extended", by=by, at=at, place=holding.place, thing=holding, old=old, new=new)
    ending.tell(by, at, holding)
    return holding


@transaction.atomic
def cover(
    *, by: Actor, at: dt.datetime, absent: User, deputy: User, place: Place, from_on: dt.date, until_on: dt.date,
    reason: str = "",
) -> Cover:  # fmt: skip
    """A deputy has the absent one's roles for some days. One sets it for oneself, or for others with the permission."""
    _may_cover(by, absent, from_on)
    if absent.pk == deputy.pk:
        raise UnableToGive("Nobody stands in for themselves: choose somebody else.")
    if until_on < from_on or until_on - from_on > LONGEST_COVER:
        raise UnableToGive("Cover ends after it begins, and within a year: change the last day.")
    if deputy.has_ended(from_on):
        raise UnableToGive(f"The account of {deputy.name} has ended: choose somebody else.")
    made = Cover(
        absent=absent, deputy=deputy, place=place, from_on=from_on, until_on=until_on, reason=reason, set_by=by.id,
        set_at=at,
    )  # fmt: skip
    made.save(force_insert=True)
    new = {"absent": absent.pk.hex, "deputy": deputy.pk.hex, "from": from_on.isoformat(), "until": until_on.isoformat()}
    telling.record(event="role.cover.set", by=by, at=at, place=place, thing=made, new=new)
    return made


@transaction.atomic
def end_cover(*, by: Actor, at: dt.datetime, cover: Cover, on: dt.date) -> Cover:
    """Back earlier: the last day of the cover is `on`."""
    _may_cover(by, cover.absent, on)
    return cut_cover(by=by, at=at, cover=cover, on=on)


@transaction.atomic
def cut_cover(*, by: Actor, at: dt.datetime, cover: Cover, on: dt.date) -> Cover:
    """The same, where that one may is known: who stops an account ends its cover."""
    last = min(max(on, cover.from_on - dt.timedelta(days=1)), cover.until_on or on)
    Cover.objects.filter(pk=cover.pk).update(until_on=last)
    telling.record(
        event="role.cover.ended", by=by, at=at, place=cover.place, thing=cover, new={"until": last.isoformat()}
    )
    cover.refresh_from_db()
    return cover


def end_all(*, by: Actor, at: dt.datetime, user: User, on: dt.date, reason: str) -> int:
    """Every role of one who leaves ends."""
    held = list(Holding.objects.current(on).filter(user=user).select_related("place"))
    for holding in held:
        end(by=by, at=at, holding=holding, on=on, reason=reason)
    return len(held)


def _keeps_one(holding: Holding, on: dt.date, by: Actor) -> None:
    """A trust keeps an administrator: without one, nobody could make the next."""
    if by.name or holding.role != "administrator" or holding.place_id != (holding.place.root_id or holding.place_id):
        return
    others = Holding.objects.current(on).filter(role=holding.role, place=holding.place).exclude(user=holding.user_id)
    if not others.filter(user__is_active=True).exclude(until_on=on).exists():
        raise UnableToGive(f"This is the last administrator of {holding.place.name}: give the role to another first.")


def may_cover(by: Actor, absent: User, on: dt.date) -> bool:
    """For oneself; for another where one has the permission at every place whose roles the deputy would have.

    Of one's own right: else a deputy could prolong their own time.
    """
    if by.name or (by.user is not None and by.user.pk == absent.pk):
        return True
    covered = [role.code for role in ROLES.values() if role.covered]
    held = Holding.objects.filter(Q(until_on__isnull=True) | Q(until_on__gte=on), user=absent, role__in=covered)
    paths, carry = list(held.values_list("place__path", flat=True)), granting(Permission.COVER_SET)
    mine = [each.path for each in by.held if each.own and each.role in carry]
    return bool(paths) and all(any(path.startswith(each) for each in mine) for path in paths)


def _may_cover(by: Actor, absent: User, on: dt.date) -> None:
    if not may_cover(by, absent, on):
        raise guard.NotAllowed(str(Permission.COVER_SET))


def _check(
    user: User, role: str, place: Place, from_on: dt.date, until_on: dt.date | None, by: Actor,
    but: Holding | None = None,
) -> None:  # fmt: skip
    if until_on is not None and until_on < from_on:
        raise UnableToGive(f"The last day, {day(until_on)}, is before the first: change one of them.")
    if user.has_ended(max(from_on, by.on)):
        raise UnableToGive(f"The account of {user.name} has ended: restart it first.")
    running = Holding.objects.filter(user=user, role=role, place=place)
    if but is not None:
        running = running.exclude(pk=but.pk)
    if running.filter(Q(until_on__isnull=True) | Q(until_on__gte=from_on)).exists():
        raise UnableToGive(f"{user.name} holds this role at {place.name} already.")


def _told(holding: Holding) -> dict[str, object]:
    return {**_plain(holding), "name": Personal(holding.user_id.hex, holding.user.name)}


def _plain(holding: Holding) -> dict[str, object]:
    until = holding.until_on and holding.until_on.isoformat()
    dates = {"from": holding.from_on.isoformat(), "until": until}
    return {"user": holding.user_id.hex, "role": holding.role, "place": holding.place_id.hex, **dates}
