"""Forms of places, roles, people and shares: each error tells the reader what to do."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from holdgood.design.fields import DateField, NumberField
from holdgood.design.forms import Form
from holdgood.people.models import User
from holdgood.places import finding
from holdgood.places.access import Actor
from holdgood.places.models import ABOVE, Holding, Kind, Level, Place
from holdgood.places.permissions import Permission
from holdgood.places.roles import Role

MOST = 100_000  # beds or staff


class PersonForm(Form):
    """Asks for somebody by e-mail address or name; where several have the name, the page offers them."""

    who = forms.CharField(label="Who", max_length=200, help_text="Their e-mail address, or their name")
    which = forms.ChoiceField(label="Which of them", required=False, widget=forms.RadioSelect)

    def __init__(self, *args: Any, actor: Actor, people: QuerySet[User], **options: Any) -> None:
        super().__init__(*args, **options)
        text = str(self.data.get(self.add_prefix("who"), "")).strip() if self.is_bound else ""
        found = finding.by_address(people, text) or finding.by_name(actor, text)
        self.found = {str(user.pk): user for user in found}
        if 1 < len(found) <= finding.MOST:
            self.fields["which"].choices = _told(actor, found)  # type: ignore[attr-defined]
        else:
            del self.fields["which"]

    def clean_who(self) -> User | None:
        text: str = self.cleaned_data["who"]
        if not text:
            return None
        chosen = self.found.get(str(self.data.get(self.add_prefix("which"), "")))
        if len(self.found) == 1:
            return next(iter(self.found.values()))
        if not self.found:
            raise ValidationError(
                f"Nobody called “{text}” can be chosen here. Write the address that they sign in with."
            )
        if len(self.found) > finding.MOST:
            raise ValidationError(
                f"More than {finding.MOST} people fit “{text}”. Write more of the name, or the address."
            )
        if chosen is None:
            raise ValidationError(
                f"{len(self.found)} people fit “{text}”. Choose one of them below, or write the address."
            )
        return chosen


def _told(actor: Actor, found: list[User]) -> list[tuple[str, str]]:
    """Each with a role that the actor may see, so that two of one name can be told apart."""
    held = Holding.objects.visible_to(actor, Permission.ROLE_VIEW).current(actor.on).filter(user__in=found)
    where = {row.user_id: f", {row.title}, {row.place.name}" for row in held.select_related("place")}
    return [(str(user.pk), f"{user.name}{where.get(user.pk, '')}") for user in found]


class RoleField(forms.ChoiceField):
    """Roles with what each is for."""

    widget = forms.RadioSelect

    def offer(self, roles: list[Role]) -> None:
        self.choices = [(role.code, role.title) for role in roles]
        self.hints = {role.code: role.description for role in roles}


class GiveRole(PersonForm):
    role = RoleField(label="Role")
    from_on = DateField(label="From")
    until_on = DateField(label="Last day", required=False)

    def __init__(self, *args: Any, roles: list[Role], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["role"].offer(roles)  # type: ignore[attr-defined]


class EndRole(Form):
    on = DateField(label="Last day")
    reason = forms.CharField(label="Why", max_length=200, required=False)


class ExtendRole(Form):
    until_on = DateField(label="New last day", required=False, help_text="Without one, the role has no end")


class SetCover(PersonForm):
    from_on = DateField(label="First day")
    until_on = DateField(label="Last day")
    reason = forms.CharField(label="Why", max_length=200, required=False, help_text="For example, annual leave")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["who"].label = "Who stands in"


class Invite(Form):
    name = forms.CharField(label="Name", max_length=120)
    email = forms.EmailField(label="E-mail address", help_text="The invitation goes there, and it is the sign-in name")
    outside = forms.BooleanField(
        label="From outside the trust",
        required=False,
        help_text="They need a second factor to sign in, and a last day",
    )
    ends_on = DateField(label="Last day of the account", required=False)
    role = RoleField(label="First role")

    def __init__(self, *args: Any, roles: list[Role], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["role"].offer(roles)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("outside") and not data.get("ends_on") and "ends_on" not in self.errors:
            self.add_error("ends_on", "Enter the last day: people from outside are there for a time.")
        return data


class Contact(Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    name = forms.CharField(label="Name", max_length=120)
    email = forms.EmailField(label="E-mail address", help_text="If it changes, the old address is told in a letter")


class Ends(Form):
    ends_on = DateField(label="Last day of the account", required=False)

    def __init__(self, *args: Any, outside: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["ends_on"].required = outside
        if not outside:
            self.fields["ends_on"].help_text = "Without one, the account has no end"


class Why(Form):
    reason = forms.CharField(label="Why", max_length=200)


class Facts(Form):
    """What is known of a place."""

    name = forms.CharField(label="Name", max_length=120)
    ods = forms.CharField(
        label="ODS code", max_length=10, required=False, help_text="Of the national list of organisations"
    )
    beds = NumberField(label="Beds", least=0, most=MOST, whole=True, required=False)
    staff = NumberField(label="People who work there", least=0, most=MOST, whole=True, required=False)
    remote = forms.BooleanField(label="Remote: far from the rest of the trust", required=False)
    open_at_night = forms.BooleanField(label="Open at night", required=False)

    def clean_ods(self) -> str:
        return str(self.cleaned_data["ods"]).strip().upper()


class OpenPlace(Facts):
    kind = forms.ChoiceField(label="What it is", widget=forms.RadioSelect)
    on = DateField(label="Open since")

    field_order = ["name", "kind", "on"]

    def __init__(self, *args: Any, parent: Place, **options: Any) -> None:
        super().__init__(*args, **options)
        inside = [(kind.value, kind.label) for kind in Kind if parent.kind in ABOVE[kind]]
        self.fields["kind"].choices = inside  # type: ignore[attr-defined]


class ChangePlace(PersonForm, Facts):
    version = forms.IntegerField(widget=forms.HiddenInput)
    led_since = DateField(label="Who leads it has led it since", required=False)
    on = DateField(label="So from which day on", help_text="What was before stays in the history")
    reason = forms.CharField(label="Why it changes", max_length=200, required=False)

    field_order = ["name", "ods", "beds", "staff", "remote", "open_at_night", "led_since", "who", "which"]
    who = forms.CharField(
        label="Improvement coach", max_length=200, required=False, help_text="Their e-mail address, or their name"
    )


class PlaceField(forms.ModelChoiceField):  # type: ignore[type-arg]  # at run time it takes none
    """Places by name, with what they lie in."""

    def label_from_instance(self, place: Any) -> str:
        above = f", in {place.parent.name}" if place.parent else ""
        return f"{place.name} ({place.get_kind_display().lower()}{above})"


class MovePlace(Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    parent = PlaceField(label="Where it will lie", queryset=Place.objects.none())
    on = DateField(label="From which day on")
    reason = forms.CharField(label="Why", max_length=200, required=False)

    def __init__(self, *args: Any, places: QuerySet[Place], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["parent"].queryset = places  # type: ignore[attr-defined]


class ClosePlace(Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    on = DateField(label="Closed from which day on")
    into = PlaceField(
        label="Merge it into",
        queryset=Place.objects.none(),
        required=False,
        empty_label="None: it only closes",
        help_text="What lies in it then lies there",
    )
    reason = forms.CharField(label="Why", max_length=200, required=False)

    def __init__(self, *args: Any, places: QuerySet[Place], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["into"].queryset = places  # type: ignore[attr-defined]


class GiveShare(Form):
    """With a person by their exact address, or with a place by its name or code: one of the two."""

    email = forms.EmailField(label="A person, by their e-mail address", required=False)
    place = forms.CharField(
        label="Or a place, by its name or code", max_length=120, required=False, help_text="Such as Ward 7, or ward-7"
    )
    level = forms.ChoiceField(label="What they may do", choices=Level.choices, widget=forms.RadioSelect)
    until_on = DateField(label="Last day")
    reason = forms.CharField(label="Why", max_length=200)

    def __init__(self, *args: Any, people: QuerySet[User], places: QuerySet[Place], **options: Any) -> None:
        super().__init__(*args, **options)
        self.people, self.places = people, places

    def clean_email(self) -> User | None:
        found = finding.by_address(self.people, self.cleaned_data["email"])
        if self.cleaned_data["email"] and not found:
            raise ValidationError("Nobody with an account here has this address. Ask an administrator to invite them.")
        return found[0] if found else None

    def clean_place(self) -> Place | None:
        text = str(self.cleaned_data["place"]).strip()
        if not text:
            return None
        found = list(self.places.filter(code=text.lower())[:1]) or list(self.places.filter(name__iexact=text)[:2])
        if not found:
            raise ValidationError(
                f"There is no place “{text}” that you can share with. Write its name in full, or its code."
            )
        if len(found) > 1:
            raise ValidationError(f"There is more than one “{text}”. Write its code: it is in the address of its page.")
        return found[0]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and bool(data.get("email")) == bool(data.get("place")):
            self.add_error("email", "Name either a person or a place: one of the two.")
        return data


class HandOver(PersonForm):
    """Who takes over, and what of it."""

    what = forms.MultipleChoiceField(label="What they take over", widget=forms.CheckboxSelectMultiple)
    reason = forms.CharField(label="Why", max_length=200, required=False)

    def __init__(self, *args: Any, offered: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["who"].label = "Who takes over"
        self.fields["what"].choices = offered  # type: ignore[attr-defined]


class AsAt(Form):
    """A day of the past."""

    on = DateField(label="As it was on", required=False)

    def __init__(self, *args: Any, today: dt.date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["on"].latest = today  # type: ignore[attr-defined]
