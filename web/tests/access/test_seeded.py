"""A new model, or a new text of one, must be seeded before the crawl can say anything of it."""

import pytest
from django.apps import apps
from django.db import models
from web.tests.access.ground import CANARY

EXEMPT = {  # by field, and why no canary can stand there
    "issuer": "who vouches for an account",
    "subject": "an id",
    "password": "a hash",
    "digest": "a hash",
    "path": "keys of places",
    "ods": "a code of the national list",
    "slug": "a part of addresses",
    "catalogue": "the slug of a shipped definition",
    "role": "a code",
    "kind": "a code",
    "chart": "a code",
    "direction": "a code",
    "variation": "what the engine says, as a code",
    "assurance": "what the engine says, as a code",
    "sentence": "of a series: what the engine says",
    "thing_kind": "a code",
    "given_by": "an id",
    "ended_by": "an id",
    "set_by": "an id",
    "closed_by": "an id",
    "decided_by": "an id",
    "asked_by": "an id",
    "made_by": "an id",
    "undone_by": "an id",
    "removed_by": "an id",
    "key": "an id that rows are asked for by",
}
WHOLE = {  # models without words that people write
    "Remembered": "the shared cache: counts of failed sign-ins",
    "Head": "ends of chains: hashes",
    "Salt": "salts",
    "Invitation": "a digest",
    "Session": "sealed by the framework",
    "ContentType": "names of models",
    "Permission": "the framework's own, not used",
    "Group": "the framework's own, not used",
    "EmailAddress": "the sign-in library's copy of the address, made when one signs in by password",
    "EmailConfirmation": "the sign-in library's, not used",
    "Authenticator": "kinds and sealed secrets",
}
CODES = {
    "Batch.source", "Job.task", "Job.queue", "Job.recurring", "Job.worker", "Mail.message_id", "Entry.chain",
    "Entry.actor", "Entry.place", "Entry.event", "Entry.thing", "Entry.old", "Entry.new", "Entry.previous",
    "Entry.hash", "UserSession.session_key",
}  # fmt: skip


def _texts():
    for model in apps.get_models():
        if model.__name__ not in WHOLE:
            for field in model._meta.get_fields():
                if isinstance(field, models.CharField | models.TextField) and not field.choices:
                    yield model, field.name


def _exempt(model, field):
    if model.__name__ == "Measure" and field == "sentence":
        return False
    return field in EXEMPT or f"{model.__name__}.{field}" in CODES


@pytest.mark.usefixtures("crawl")
def test_every_text_of_every_table_carries_a_canary():
    missing = []
    for model, field in _texts():
        values = model._base_manager.exclude(**{field: None}).values_list(field, flat=True)
        if not _exempt(model, field) and not any(CANARY.search(str(value)) for value in values):
            missing.append(f"{model.__name__}.{field}")
    assert not missing, "Seed these in ground.py, or say here why nobody writes words there."


def test_what_is_exempt_is_there():
    fields = {field for _, field in _texts()}
    whole = {f"{model.__name__}.{field}" for model, field in _texts()}
    assert set(EXEMPT) <= fields | {"digest"}
    assert whole >= CODES
    assert {model.__name__ for model in apps.get_models()} >= set(WHOLE)
