"""Views of the test pages. They show every kind of field and every state of a list with the parts that pages use."""

import datetime as dt
from pathlib import Path

from django import forms as django
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template import engines
from django.views.decorators.http import require_POST

from holdgood.design import conflict, lists, messages
from holdgood.design.fields import DateField, MonthField, NumberField, TimeField
from holdgood.design.forms import Form
from holdgood.design.typed import typed

TEMPLATES = Path(__file__).parent / "templates" / "gallery"
WARDS = [("7", "Ward 7"), ("8", "Ward 8"), ("12", "Ward 12")]


class Everything(Form):
    version = django.IntegerField(widget=django.HiddenInput, initial=1)
    name = django.CharField(label="Name of the measure", max_length=80, help_text="As the ward says it")
    why = django.CharField(label="Why it matters", widget=django.Textarea, required=False)
    short = django.CharField(label="In one sentence", max_length=200, widget=django.Textarea(attrs={"rows": 2}))
    begun = DateField(label="When did it begin?")
    month = MonthField(label="Which month?", required=False)
    at = TimeField(label="At what time?", required=False)
    target = NumberField(label="Target", least=0, most=100, decimals=2)
    share = NumberField(label="Share of staff trained", percent=True, required=False)
    beds = NumberField(label="Beds", whole=True, least=0, required=False)
    ward = django.ChoiceField(label="Ward", choices=[("", "Choose one"), *WARDS])
    better = django.ChoiceField(
        label="Which way is better?", choices=[("up", "Higher"), ("down", "Lower")], widget=django.RadioSelect
    )
    where = django.MultipleChoiceField(
        label="Where does it apply?", choices=WARDS, widget=django.CheckboxSelectMultiple, required=False
    )
    split = django.DateField(label="A date in three parts", widget=django.SelectDateWidget, required=False)
    agreed = django.BooleanField(label="The ward has agreed", help_text="Ask before you tick")
    mail = django.EmailField(label="Mail address", required=False)
    password = django.CharField(label="Password", widget=django.PasswordInput, required=False)
    photo = django.FileField(label="Photo", required=False)


class Short(Form):
    version = django.IntegerField(widget=django.HiddenInput, initial=1)
    name = django.CharField(label="Name", max_length=80)
    due = DateField(label="By when?")


def sample(stem, context, request, status=200):
    source = (TEMPLATES / f"{stem}.html").read_text(encoding="utf-8")
    return HttpResponse(engines["jinja2"].from_string(source).render(context, request), status=status)


def parts(request):
    return sample("parts", {"form": None}, request)


def form(request):
    shown = Everything(typed(request), request.FILES or None)
    if request.method == "POST" and shown.is_valid():
        return redirect("done")
    return sample("form", {"form": shown}, request)


def short(request):
    shown = Short(typed(request))
    if request.method == "POST" and shown.is_valid():
        messages.done(request, "Idea answered. Tomasz has been told.", undo="/undo/")
        return redirect("parts")
    return sample("form", {"form": shown}, request)


COLUMNS = [
    lists.Column("key", "Session", lambda row: row.session_key, link=lambda row: f"/{row.session_key}/", sort=["pk"]),
    lists.Column("data", "Holds", lambda row: row.session_data, sort=["session_data"]),
    lists.Column("ends", "Ends", lambda row: row.expire_date, sort=["expire_date"]),
    lists.Column("size", "Characters", lambda row: len(row.session_data), numeric=True),
]
SESSIONS = lists.List(
    "Sessions",
    ("session", "sessions"),
    COLUMNS,
    filters=[
        lists.Choice("holds", "Holds", [("tea", "Tea"), ("=1+1", "A sum")], "session_data"),
        lists.Words("words", "Words", ["session_key", "session_data"]),
    ],
    order="key",
    empty=("When somebody signs in, their session is listed here.", "/form/", "Sign somebody in"),
    per_page=10,
)


def listed(request):
    kind = lists.wanted(request)
    if kind:
        return SESSIONS.export(request, Session.objects.all(), kind).response
    return sample("list", {"page": SESSIONS.page(request, Session.objects.all())}, request)


def clash(request):
    shown = Short(request.POST or {"name": "Falls", "due": "3/3/2026", "version": "1"})
    current = {"Name": ("Falls each month", "Falls"), "By when?": (dt.date(2026, 4, 1), dt.date(2026, 3, 3))}
    return conflict.page(request, shown, current, version=4, who="Ruth")


def done(request):
    messages.done(request, "Idea answered. Tomasz has been told.", undo="/undo/")
    return redirect("parts")


@require_POST
def undo(request):
    return render(request, "design/error.html", {})


def wrong(request, kind):  # noqa: ARG001
    problem = {
        "missing": Http404("secret detail"),
        "denied": PermissionDenied("secret detail"),
        "bad": SuspiciousOperation("secret detail"),
        "too-big": RequestDataTooBig("secret detail"),
    }.get(kind) or RuntimeError("secret detail")
    raise problem
