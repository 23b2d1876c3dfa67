"""Lists of things at places: shown, or taken away as a file, which the trail then tells."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from holdgood.design import exports, lists
from holdgood.places import guard, telling
from holdgood.places.models import Place


def respond(
    request: HttpRequest, template: str, shown: lists.List, rows: QuerySet[Any], *, place: Place, **context: Any
) -> HttpResponseBase:
    """The page of a list; with ?format=csv or xlsx the rows as a file: those of the filter, all pages of them."""
    page = shown.page(request, rows)
    wanted = lists.wanted(request)
    if wanted is None:
        return render(request, template, {"page": page, "area": place, **context})
    actor = guard.actor_of(request)
    taken = exports.export(page, wanted, on=actor.on, about=place.name)
    asked = {one.key: one.value for one in page.filters if one.value}
    with transaction.atomic():
        new = {"list": shown.name, "as": wanted, "asked": asked, "rows": taken.count}
        telling.record(event="access.list.exported", by=actor, at=actor.at, place=place, new=new)
    return taken.response
