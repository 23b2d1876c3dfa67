"""The first page of an installation: the trust, and its administrator."""

import datetime as dt
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from holdgood.design.fields import DateField
from holdgood.design.forms import Form
from holdgood.people import actions as people
from holdgood.people.actions import UnableToEnrol
from holdgood.people.models import User
from holdgood.places.access import Actor
from holdgood.places.actions import roles, tree
from holdgood.places.models import Kind, Place

SET_UP = "set-up"

__all__ = ["Start", "UnableToEnrol", "begin", "needed"]


class Start(Form):
    """What a trust must have before anything else."""

    trust = forms.CharField(label="Name of your organisation", max_length=120)
    ods = forms.CharField(label="Its ODS code, if it has one", max_length=10, required=False)
    opened = DateField(label="Since when has it been?", help_text="The history of its places begins on that day.")
    name = forms.CharField(label="Your name", max_length=120)
    email = forms.EmailField(label="Your e-mail address", help_text="You sign in with it, and are its administrator.")
    password = forms.CharField(
        label="A password", widget=forms.PasswordInput, max_length=200, help_text="Twelve characters or more."
    )

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        user = User(name=self.cleaned_data.get("name", ""), email=self.cleaned_data.get("email", ""))
        validate_password(password, user)
        return password

    def clean_opened(self) -> Any:
        day = self.cleaned_data["opened"]
        if day > timezone.localdate():
            raise ValidationError("The day is in the future: choose one that has been.")
        return day


def needed() -> bool:
    """Whether there is no organisation yet."""
    return not Place.objects.exists()


@transaction.atomic
def begin(*, at: dt.datetime, trust: str, ods: str, opened: dt.date, name: str, email: str, password: str) -> User:
    """The trust, its administrator, and the administrator's roles: to look after it, and to bring numbers in."""
    by = Actor.machine(SET_UP, at)
    place = tree.open_place(by=by, at=at, name=trust, kind=Kind.TRUST, parent=None, on=opened, ods=ods)
    user = people.enrol(name=name, email=email, by=by.id, chain=place.chain, at=at, password=password)
    for role in ("administrator", "analyst"):
        roles.give(by=by, at=at, user=user, role=role, place=place, from_on=by.on)
    return user
