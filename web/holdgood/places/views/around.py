"""What pages of this app have around them: the tabs of an area, the page of a form."""

from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from holdgood.places import guard
from holdgood.places.models import Place
from holdgood.places.permissions import Permission

Steps = list[tuple[str, str]]

_TABS = (
    ("place", "About the place", Permission.PLACE_VIEW),
    ("person-list", "People", Permission.PERSON_VIEW),
    ("role-list", "Roles", Permission.ROLE_VIEW),
    ("task-list", "What is asked", Permission.TASK_VIEW),
    ("leavers", "Leavers", Permission.PERSON_VIEW),
    ("share-list", "Shares", Permission.SHARE_VIEW),
)


def tabs(request: HttpRequest, place: Place, name: str) -> list[dict[str, Any]]:
    """Pages about an area and its people, as far as one may see them."""
    actor = guard.actor_of(request)
    shown = [(each, text) for each, text, needs in _TABS if actor.may(needs, place)]
    if actor.may(Permission.ACCESS_REVIEW, place.root or place):
        shown.append(("access-review-list", "Access reviews"))
    return [{"text": text, "url": reverse(each, args=[place.code]), "here": each == name} for each, text in shown]


def form_page(
    request: HttpRequest, form: BaseForm, title: str, button: str, *, steps: Steps, lead: list[str] | None = None,
    danger: bool = False, area: Place | None = None, kicker: str = "",
) -> HttpResponse:  # fmt: skip
    """A form with what is to be known before it; the last but one of the steps is where Cancel leads."""
    context = {
        "form": form, "title": title, "button": button, "steps": steps, "lead": lead or [], "danger": danger,
        "area": area, "cancel": steps[-1][1] if steps else "", "kicker": kicker,
    }  # fmt: skip
    return render(request, "places/form.html", context)


def confirm_page(
    request: HttpRequest,
    title: str,
    button: str,
    action: str,
    *,
    steps: Steps,
    lead: list[str],
    area: Place | None = None,
) -> HttpResponse:
    """What a button does, and the button."""
    context = {"title": title, "button": button, "action": action, "steps": steps, "lead": lead, "area": area}
    return render(request, "places/confirm.html", context)
