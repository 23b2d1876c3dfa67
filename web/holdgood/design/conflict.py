"""Two people changed one thing: the second sees both, keeps what they typed, and can save over it knowingly."""

from collections.abc import Mapping
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from holdgood.design import words

VERSION = "version"  # the hidden field that names the version the form was opened at


def page(
    request: HttpRequest,
    form: BaseForm,
    current: Mapping[str, tuple[Any, Any]],
    *,
    version: int | None = None,
    who: str = "",
    back: str = "",
) -> HttpResponse:
    """Answer 409. `current`: a field's label to (theirs, yours). `version`: the one that is stored now; with it the
    form can be saved again as it was typed. `who` changed it; `back` is the address of the thing as it is."""
    rows = [
        {"label": label, "theirs": words.said(theirs) or "nothing", "yours": words.said(yours) or "nothing"}
        for label, (theirs, yours) in current.items()
        if theirs != yours
    ]
    again = newer(form, version) if version is not None else None
    context = {"form": again, "rows": rows, "who": who or "Someone else", "back": back or request.path}
    return render(request, "design/conflict.html", context, status=409)


def newer(form: BaseForm, version: int) -> BaseForm:
    """The same form with what was typed, made from the version that is stored now."""
    data = form.data.copy() if isinstance(form.data, QueryDict) else dict(form.data)
    data[form.add_prefix(VERSION)] = str(version)
    form.data = data
    form.full_clean()
    return form
