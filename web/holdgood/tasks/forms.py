"""Forms of tasks: each error tells the reader what to do."""

from typing import Any

from django import forms

from holdgood.design.fields import DateField
from holdgood.design.forms import Form
from holdgood.places.forms import PersonForm
from holdgood.places.roles import ROLES
from holdgood.tasks.models import Letters

LONGEST = 4000


class Ask(PersonForm):
    """Of a person, or of whoever holds a role at the place."""

    field_order = ["title", "text", "who", "which", "role", "due_on"]

    title = forms.CharField(label="What is to be done", max_length=200)
    text = forms.CharField(
        label="More about it", max_length=LONGEST, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    role = forms.ChoiceField(label="Or of whoever holds a role here", required=False)
    due_on = DateField(label="Due on", required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["who"].label = "Of whom"
        self.fields["who"].required = False
        choices = [("", "Nobody: I named a person"), *((role.code, role.title) for role in ROLES.values())]
        self.fields["role"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "who" not in self.errors and bool(data.get("who")) == bool(data.get("role")):
            self.add_error("who", "Name either a person or a role: one of the two.")
        return data


class Answer(Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(
        label="Your answer", max_length=LONGEST, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="What was done, or why not",
    )  # fmt: skip


class PassOn(PersonForm):
    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label="Why", max_length=200)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["who"].label = "To whom"


class TakeBack(Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label="Why it is no longer needed", max_length=200)


class ChooseLetters(Form):
    often = forms.ChoiceField(
        label="How often should a letter tell you what waits for you?",
        choices=Letters.Often.choices,
        widget=forms.RadioSelect,
    )
