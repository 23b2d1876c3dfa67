"""The form that all others are made from: every error is a sentence that says what to do."""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.functional import Promise

MOST_TEXT = 20_000  # characters of a text that has no limit of its own: the same on both databases

_SENTENCES: tuple[tuple[type[forms.Field], dict[str, str]], ...] = (
    (forms.Field, {"required": "Fill in “{label}”."}),
    (
        forms.CharField,
        {
            "max_length": "“{label}” has %(show_value)d characters. Shorten it to %(limit_value)d.",
            "min_length": "“{label}” has %(show_value)d characters. It needs %(limit_value)d or more.",
            "null_characters_not_allowed": "“{label}” has a character that cannot be stored. Type it again by hand.",
        },
    ),
    (forms.EmailField, {"invalid": "This is not a mail address. Write it as name@example.nhs.uk."}),
    (forms.URLField, {"invalid": "This is not a web address. Copy it whole, from https:// on."}),
    (forms.UUIDField, {"invalid": "This is not one of the things that can be chosen. Choose again."}),
    (forms.RegexField, {"invalid": "“{label}” is not written as it should be. Compare it with the example."}),
    (forms.SlugField, {"invalid": "Use small letters, digits and hyphens alone, such as ward-7."}),
    (forms.IntegerField, {"invalid": "This is not a whole number. Write digits, such as 12."}),
    (forms.DecimalField, {"invalid": "This is not a number. Write digits, such as 4.5."}),
    (forms.FloatField, {"invalid": "This is not a number. Write digits, such as 4.5."}),
    (
        forms.IntegerField,
        {
            "min_value": "The least it can be is %(limit_value)s.",
            "max_value": "The most it can be is %(limit_value)s.",
        },
    ),
    (forms.DateField, {"invalid": "This is not a date. Write it as 3 March 2026."}),
    (forms.DateTimeField, {"invalid": "This is not a date and a time. Write it as 2026-03-03 14:30."}),
    (forms.TimeField, {"invalid": "This is not a time. Write it as 14:30."}),
    (
        forms.DurationField,
        {
            "invalid": "This is not a length of time. Write it as 01:30:00.",
            "overflow": "This is longer than can be stored. Write it as 01:30:00.",
        },
    ),
    (forms.BooleanField, {"required": "Tick “{label}” to go on."}),
    (
        forms.ChoiceField,
        {
            "required": "Choose an answer to “{label}”.",
            "invalid_choice": "What was sent for “{label}” cannot be chosen here. Choose from the list.",
        },
    ),
    (
        forms.MultipleChoiceField,
        {
            "required": "Choose one or more for “{label}”.",
            "invalid_list": "What was sent for “{label}” is no list. Choose again.",
        },
    ),
    (
        forms.ModelMultipleChoiceField,
        {
            "required": "Choose one or more for “{label}”.",
            "invalid_pk_value": "What was sent for “{label}” cannot be chosen here. Choose from the list.",
            "invalid_list": "What was sent for “{label}” is no list. Choose again.",
        },
    ),
    (
        forms.FileField,
        {
            "required": "Choose a file for “{label}”.",
            "invalid": "No file arrived. Choose it again, and send the form.",
            "missing": "No file arrived. Choose it again, and send the form.",
            "empty": "The file is empty. Choose one with something in it.",
            "max_length": "The name of the file has %(length)d characters. Shorten it to %(max)d.",
            "contradiction": "You chose a file and also to take it away. Do one of the two.",
        },
    ),
    (forms.ImageField, {"invalid_image": "The file is no picture that can be read. Choose a JPEG or PNG file."}),
)

_UNSAID = type("Unsaid", (Promise,), {})()  # codes that only validators use have no message of their own


class Sentences(forms.BaseForm):
    """For forms that come from a library: errors that Django phrases are replaced, those phrased by hand stay."""

    use_required_attribute = False  # the browser would speak before the page can say what is wrong

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("label_suffix", "")
        super().__init__(*args, **options)
        for name, field in self.fields.items():
            _speak(field, name)
            _limit_text(field)


class Form(Sentences, forms.Form):
    """The form that those of Holdgood are made from."""


def _speak(field: forms.Field, name: str) -> None:
    label = str(field.label) if field.label else name.replace("_", " ").capitalize()
    wanted: dict[str, str] = {}
    for kind, sentences in _SENTENCES:
        if isinstance(field, kind):
            wanted |= sentences
    for code, sentence in wanted.items():
        if isinstance(field.error_messages.get(code, _UNSAID), Promise):  # Django's own are lazy translations
            field.error_messages[code] = sentence.replace("{label}", label.replace("%", "%%"))


def _limit_text(field: forms.Field) -> None:
    if not isinstance(field, forms.CharField) or field.max_length is not None:
        return
    if not any(isinstance(one, MaxLengthValidator) for one in field.validators):
        field.validators = [*field.validators, MaxLengthValidator(MOST_TEXT)]
