"""Forms of measures: each error tells the reader what to do."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django import forms

from holdgood.design.fields import DateField, MonthField, NumberField
from holdgood.design.forms import Form
from holdgood.measures import periods, plausible
from holdgood.measures.models import AddsUp, Granularity, Measure, Note

CHARTS = [
    ("xmr", "XmR: single values, the usual choice"),
    ("pprime", "P′: a share of a whole, with large numbers"),
    ("p", "P: a share of a whole"),
    ("uprime", "U′: events for a number of days or people, with large numbers"),
    ("u", "U: events for a number of days or people"),
    ("c", "C: a count where the chance of one is the same each time"),
    ("run", "Run chart: the median alone"),
    ("t", "T: time between rare events"),
    ("g", "G: cases between rare events"),
]
MOST = Decimal("999999999999999")


class AddObservation(Form):
    """One period of a measure at a place: what was counted, or that there is no data."""

    period = DateField(label="Period")
    numerator = NumberField(label="Counted", required=False, needed_unless=True, most=MOST, least=-MOST, decimals=6)
    denominator = NumberField(label="Out of", required=False, needed_unless=True, most=MOST, least=0, decimals=6)
    no_data = forms.BooleanField(label="There is no data for this period", required=False)

    def __init__(self, *args: Any, measure: Measure, on: dt.date, **options: Any) -> None:
        self.measure, self.on = measure, on
        super().__init__(*args, **options)
        if measure.granularity == "month":
            self.fields["period"] = MonthField(label="Month", required=True)
        else:
            self.fields["period"].label = f"A day of the {measure.granularity}"
        self.fields["numerator"].label = measure.numerator
        if not measure.is_rate:
            del self.fields["denominator"]
        else:
            self.fields["denominator"].label = measure.denominator

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("period"):
            data["period"] = periods.first_day(data["period"], self.measure.granularity)
            for said in plausible.not_counted(self.measure, data["period"], self.on):
                self.add_error("period", f"{said} Correct the period.")
        if self.errors:
            return data
        if data["no_data"]:
            data["numerator"] = data["denominator"] = None
        elif data["numerator"] is None:
            self.add_error("numerator", "Fill in what was counted, or tick that there is no data.")
        else:
            for name, said in plausible.problems(self.measure, data["numerator"], data.get("denominator")):
                self.add_error(name, said)
        return data


class WriteNote(Form):
    """What happened, and what it means for the chart."""

    on = DateField(label="When did it happen?")
    title = forms.CharField(label="In a few words", max_length=80, required=False)
    text = forms.CharField(label="What happened?", widget=forms.Textarea(attrs={"rows": 4}))
    kind = forms.ChoiceField(
        label="What does it mean for the chart?",
        choices=[
            (Note.Kind.NOTE, "Mark it on the chart"),
            (Note.Kind.STEP, "Start a new average from then on"),
            (Note.Kind.GHOST, "Set that point aside: it is not typical and must not move the average"),
        ],
        widget=forms.RadioSelect,
        initial=Note.Kind.NOTE,
    )

    def __init__(self, *args: Any, rebase: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not rebase:
            del self.fields["kind"]
        else:
            self.fields["kind"].help_text = (
                "A new average needs all of these: the process was changed, on a known date, "
                "the numbers show it, and it is expected to last. Say in the text which change it was."
            )


class ChangeNote(Form):
    """The same, once it is there."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    on = DateField(label="When did it happen?")
    title = forms.CharField(label="In a few words", max_length=80, required=False)
    text = forms.CharField(label="What happened?", widget=forms.Textarea(attrs={"rows": 4}))


class SetTarget(Form):
    """What is promised, from when, by whom."""

    value = NumberField(label="Target", most=MOST, least=-MOST, decimals=6)
    from_on = DateField(label="From")
    until_on = DateField(label="Until", required=False, help_text="Leave empty for a target without an end.")
    end_value = NumberField(
        label="Target on the last day", required=False, most=MOST, least=-MOST, decimals=6,
        help_text="Only for a trajectory: the target moves in a straight line from the first day to the last.",
    )  # fmt: skip
    source = forms.CharField(label="Who promised it, and where is it written?", max_length=300)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        start, end = data.get("from_on"), data.get("until_on")
        if start and end and end < start:
            self.add_error("until_on", "The last day is before the first: change one of them.")
        if data.get("end_value") is not None and not end:
            self.add_error("until_on", "A trajectory has a last day: fill it in, or leave the last target empty.")
        return data


class Why(Form):
    """A reason, where one is asked for."""

    reason = forms.CharField(label="Why?", max_length=300)


class DefineMeasure(Form):
    """A measure in words and figures; the same form defines and changes."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label="Name", max_length=160, help_text="As people say it: Falls for each 1,000 bed days")
    short = forms.CharField(label="Short name, for charts", max_length=60)
    sentence = forms.CharField(label="What it is, in a sentence", widget=forms.Textarea(attrs={"rows": 3}))
    numerator = forms.CharField(label="What is counted?", max_length=300)
    denominator = forms.CharField(
        label="Out of what?", max_length=300, required=False, help_text="Leave empty where it is a plain number."
    )
    per = forms.TypedChoiceField(
        label="For each", coerce=int, choices=[(1, "1"), (100, "100 (per cent)"), (1000, "1,000"), (100000, "100,000")]
    )
    unit = forms.CharField(label="Unit", max_length=60, help_text="For example: %, days, per 1,000 bed days")
    decimals = NumberField(label="Digits after the point", whole=True, least=0, most=6)
    whole = forms.BooleanField(label="What is counted is always a whole number", required=False)
    within = forms.BooleanField(label="What is counted is part of what it is out of", required=False)
    direction = forms.ChoiceField(
        label="Which way is better?", widget=forms.RadioSelect,
        choices=[("increase", "Higher"), ("decrease", "Lower"), ("neutral", "Neither: it is to be understood")],
    )  # fmt: skip
    granularity = forms.ChoiceField(label="How often?", choices=Granularity.choices)
    chart = forms.ChoiceField(label="Chart", choices=CHARTS)
    adds_up = forms.ChoiceField(label="How do wards add up to the trust?", choices=AddsUp.choices)
    lag_days = NumberField(label="Days until a period is known", whole=True, least=0, most=400)
    minimum = NumberField(label="The least it can be", required=False, least=-MOST, most=MOST)
    maximum = NumberField(label="The most it can be", required=False, least=-MOST, most=MOST)
    owner = forms.CharField(label="Who answers for it?", max_length=120, required=False)
    source = forms.CharField(label="Where is the definition published?", max_length=300)
    reason = forms.CharField(label="Why is it changed?", max_length=300)

    def __init__(self, *args: Any, new: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if new:
            del self.fields["reason"], self.fields["version"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if {"chart", "denominator", "adds_up"} <= set(data):
            for said in plausible.contradictions(data["chart"], data["denominator"], data["adds_up"]):
                self.add_error("denominator", said)
        if data.get("within") and not data.get("denominator"):
            self.add_error("denominator", "Say what it is part of, or take the tick away.")
        low, high = data.get("minimum"), data.get("maximum")
        if low is not None and high is not None and low >= high:
            self.add_error("maximum", "The most is not more than the least: change one of them.")
        return data
