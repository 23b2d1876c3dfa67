"""Two people edit one thing: the second is told, instead of silently winning."""

from typing import Any, TypeVar

from django.db import models
from django.db.models import F


class Versioned(models.Model):
    """A thing that is edited. Each change makes its version grow by one, and names the one that it was made from."""

    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True


Thing = TypeVar("Thing", bound=Versioned)


class Changed(Exception):
    """The thing is not as it was when the form was opened. `current` is how it stands now; None if it is gone."""

    def __init__(self, current: Versioned | None) -> None:
        super().__init__("Someone else changed this since you opened it.")
        self.current = current


def change(thing: Thing, *, version: int, **fields: Any) -> Thing:
    """Write the fields if the thing still has this version; else raise `Changed`. Gives the thing as it is then."""
    model = type(thing)
    rows = model._base_manager.filter(pk=thing.pk, version=version)
    if not rows.update(**fields, version=F("version") + 1):
        raise Changed(model._base_manager.filter(pk=thing.pk).first())
    return model._base_manager.get(pk=thing.pk)
