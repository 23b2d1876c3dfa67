"""What of places lapses when somebody leaves: roles, coaching, cover, shares."""

import datetime as dt

from django.db.models import Q, QuerySet
from django.urls import reverse

from holdgood.design.words import day
from holdgood.people.models import User
from holdgood.places import lapsing
from holdgood.places.access import Actor
from holdgood.places.actions import roles, tree
from holdgood.places.models import Cover, Holding, Place, Share
from holdgood.places.permissions import Permission
from holdgood.places.roles import ROLES


def register() -> None:
    lapsing.register(
        lapsing.Lapse(
            "roles", ("role", "roles"), _roles, "user",
            said=lambda row: f"{row.title}, {row.place.name}",
            after="They end on the day the account stops. Handed over, the other gets the same roles.",
            address=lambda row: reverse("role-list", args=[row.place.code]),
            permission=Permission.ROLE_GIVE_EVERYDAY,
            hand_over=_give_roles,
        )
    )  # fmt: skip
    lapsing.register(
        lapsing.Lapse(
            "coached", ("place coached", "places coached"), _coached, "coach",
            said=lambda row: row.name,
            after="The places keep the name until another coach is set.",
            address=lambda row: reverse("place", args=[row.code]),
            permission=Permission.PLACE_CHANGE,
            hand_over=_coach,
        )
    )  # fmt: skip
    lapsing.register(
        lapsing.Lapse(
            "cover", ("cover for somebody", "covers for others"), _covers, "deputy",
            said=lambda row: f"for {row.absent.name}, until {day(row.until_on)}",
            after="It ends with the account. Somebody else must be named.",
            address=lambda row: reverse("person", args=[row.absent_id]),
        )
    )  # fmt: skip
    lapsing.register(
        lapsing.Lapse(
            "shares", ("share", "shares"), _shares, "to_user",
            said=lambda row: f"a {row.kind} of {row.place.name}, until {day(row.until_on)}",
            after="Nobody can sign in to see them any longer.",
            address=lambda row: reverse("share-list", args=[row.place.code]),
        )
    )  # fmt: skip


def _roles(actor: Actor) -> QuerySet[Holding]:
    rows = Holding.objects.visible_to(actor, Permission.ROLE_VIEW)
    return rows.filter(Q(until_on__isnull=True) | Q(until_on__gte=actor.on)).select_related("place")


def _coached(actor: Actor) -> QuerySet[Place]:
    return Place.objects.visible_to(actor, Permission.PLACE_VIEW).filter(coach__isnull=False, closed_on__isnull=True)


def _covers(actor: Actor) -> QuerySet[Cover]:
    rows = Cover.objects.visible_to(actor, Permission.ROLE_VIEW)
    return rows.filter(until_on__gte=actor.on).select_related("absent")


def _shares(actor: Actor) -> QuerySet[Share]:
    rows = Share.objects.visible_to(actor, Permission.SHARE_VIEW)
    return rows.filter(to_user__isnull=False, until_on__gte=actor.on).select_related("place")


def _give_roles(by: Actor, at: dt.datetime, things: list[Holding], to: User, reason: str) -> int:  # noqa: ARG001
    """The same roles, as far as one may give them and the other has them not yet."""
    there = set(_roles(by).filter(user=to).values_list("role", "place"))
    done = 0
    for row in things:
        role = ROLES.get(row.role)
        if role is None or (row.role, row.place_id) in there or not by.may(role.given_with, row.place):
            continue
        first = max(row.from_on, by.on)
        roles.give(by=by, at=at, user=to, role=row.role, place=row.place, from_on=first, until_on=row.until_on)
        done += 1
    return done


def _coach(by: Actor, at: dt.datetime, things: list[Place], to: User, reason: str) -> int:
    mine = [place for place in things if by.may(Permission.PLACE_CHANGE, place)]
    for place in mine:
        tree.change_place(by=by, at=at, place=place, version=place.version, on=by.on, reason=reason, coach=to)
    return len(mine)
