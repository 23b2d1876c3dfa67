"""The person that a command names."""

import uuid

from django.core.management.base import CommandError

from holdgood.people.models import User


def person(named: str) -> User:
    """By id or sign-in name."""
    try:
        rows = User.objects.filter(pk=uuid.UUID(named))
    except ValueError:
        rows = User.objects.called(named)
    found = rows.first()
    if found is None:
        raise CommandError(f'"{named}" is nobody\'s id or sign-in name. Look the person up under People.')
    assert isinstance(found, User)
    return found
