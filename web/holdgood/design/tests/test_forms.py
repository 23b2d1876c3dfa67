import pytest
from django import forms as django
from django.test import RequestFactory
from django.utils.translation import gettext_lazy

from holdgood.design import adapter
from holdgood.design.forms import MOST_TEXT, Form
from holdgood.design.tests.gallery import Everything

FULL = {
    "version": "1", "name": "Falls", "why": "", "short": "x", "begun": "3/3/2026", "target": "5", "ward": "7",
    "better": "down", "agreed": "on",
}  # fmt: skip


def test_a_form_filled_in_is_valid():
    form = Everything(FULL)
    assert form.is_valid(), form.errors


def test_no_error_is_phrased_as_django_phrases_it():
    form = Everything(
        {"begun": "soon", "target": "x", "at": "x", "ward": "99", "mail": "x", "where": ["99"], "split_day": "1"}
    )
    form.is_valid()
    said = [str(error) for errors in form.errors.values() for error in errors]
    assert "Fill in “Name of the measure”." in said
    assert "Tick “The ward has agreed” to go on." in said
    assert "Choose an answer to “Which way is better?”." in said
    for sentence in said:
        assert sentence.endswith(".")
        for phrase in ("This field", "Enter a", "Ensure", "Select a valid", "valid"):
            assert phrase not in sentence


def test_every_lazy_message_of_every_field_kind_is_replaced():
    kinds = [
        django.BooleanField, django.CharField, django.DateField, django.DateTimeField, django.DecimalField,
        django.DurationField, django.EmailField, django.FileField, django.FloatField, django.ImageField,
        django.IntegerField, django.MultipleChoiceField, django.ChoiceField, django.SlugField, django.TimeField,
        django.UUIDField,
    ]  # fmt: skip
    fields = {kind.__name__: kind() for kind in kinds}
    fields["URLField"] = django.URLField(assume_scheme="https")
    form = type("Made", (Form,), fields)()
    for name, field in form.fields.items():
        for code, message in field.error_messages.items():
            assert isinstance(message, str), f"{name}: {code} is still Django's"


def test_a_sentence_of_the_form_itself_stays():
    class Made(Form):
        ward = django.CharField(error_messages={"required": "Say which ward."})

    form = Made({})
    assert form.errors["ward"] == ["Say which ward."]


def test_a_percent_sign_in_a_label_breaks_no_message():
    class Made(Form):
        share = django.CharField(label="Share in %", max_length=2)

    assert Made({"share": "abc"}).errors["share"] == ["“Share in %” has 3 characters. Shorten it to 2."]


def test_nul_and_text_without_end_are_refused_whatever_the_database():
    class Made(Form):
        text = django.CharField(label="Text", widget=django.Textarea)

    assert Made({"text": "a\x00b"}).errors["text"] == [
        "“Text” has a character that cannot be stored. Type it again by hand."
    ]
    assert "Shorten it to 20000." in Made({"text": "a" * (MOST_TEXT + 1)}).errors["text"][0]


@pytest.mark.parametrize(
    ("name", "macro"),
    [
        ("name", "input"), ("why", "textarea"), ("short", "characterCount"), ("begun", "input"), ("target", "input"),
        ("ward", "select"), ("better", "radios"), ("where", "checkboxes"), ("split", "dateInput"),
        ("agreed", "checkboxes"), ("password", "passwordInput"), ("photo", "fileUpload"),
    ],
)  # fmt: skip
def test_each_field_is_drawn_by_its_macro(name, macro):
    assert adapter.field(Everything()[name])["macro"] == macro


def test_lazy_words_do_not_vanish():
    class Made(Form):
        x = django.CharField(label=gettext_lazy("A label"), help_text=gettext_lazy("A hint"))

    params = adapter.field(Made()["x"])["params"]
    assert type(params["label"]["text"]) is str
    assert type(params["hint"]["text"]) is str


def test_optional_is_said_and_required_is_not():
    form = Everything()
    assert adapter.field(form["why"])["params"]["label"]["text"] == "Why it matters (optional)"
    assert adapter.field(form["name"])["params"]["label"]["text"] == "Name of the measure"


@pytest.mark.django_db
def test_the_empty_form_shows_no_error(client):
    page = client.get("/form/").content.decode()
    assert "put right" not in page
    assert "<title>What do you want" in page
    assert 'enctype="multipart/form-data"' in page
    assert "csrfmiddlewaretoken" in page


@pytest.mark.django_db
def test_the_form_with_errors_leads_from_the_summary_to_each_field(client):
    page = client.post("/form/", {"name": "<b>"}).content.decode()
    assert "<title>Error: What do you want" in page
    assert "There are 7 things to put right" in page
    assert 'href="#id_better"' in page
    assert 'id="id_better"' in page
    assert 'aria-describedby="id_begun-hint id_begun-error"' in page
    assert "&lt;b&gt;" in page
    assert "<b>" not in page.split("<main")[1]


@pytest.mark.django_db
def test_what_was_typed_is_still_there(client):
    page = client.post("/form/", FULL | {"begun": "soon"}).content.decode()
    assert 'value="soon"' in page
    assert "There is 1 thing to put right" in page
    assert '<option value="7" selected>' in page


@pytest.mark.django_db
def test_a_password_is_never_sent_back(client):
    assert "hunter2" not in client.post("/form/", {"password": "hunter2"}).content.decode()


def test_hidden_errors_are_told_without_a_link():
    form = Everything(FULL | {"version": "x"})
    told = adapter.errors(form)
    assert told == [{"text": "This is not a whole number. Write digits, such as 12."}]


def test_requests_without_a_session_can_draw_forms():
    request = RequestFactory().get("/")
    from holdgood.design.tests.gallery import sample

    assert b"csrfmiddlewaretoken" in sample("form", {"form": Everything()}, request).content
