"""What the sign-in library tells by signals alone: it has no other hook for second factors. We send none ourselves."""

from typing import Any

from allauth.mfa import signals
from allauth.mfa.models import Authenticator
from django.utils import timezone

from holdgood.people.actions import signing
from holdgood.people.models import User


def added(user: User, authenticator: Authenticator, **more: Any) -> None:  # noqa: ARG001
    signing.factor("added", user=user, row=authenticator, at=timezone.now())


def removed(user: User, authenticator: Authenticator, **more: Any) -> None:  # noqa: ARG001
    signing.factor("removed", user=user, row=authenticator, at=timezone.now())


def renewed(user: User, authenticator: Authenticator, **more: Any) -> None:  # noqa: ARG001
    signing.factor("renewed", user=user, row=authenticator, at=timezone.now())


def refused(user: User, authenticator: Authenticator, **more: Any) -> None:  # noqa: ARG001
    signing.factor("refused", user=user, row=authenticator, at=timezone.now())


def listen() -> None:
    signals.authenticator_added.connect(added)
    signals.authenticator_removed.connect(removed)
    signals.authenticator_reset.connect(renewed)
    signals.authentication_failed.connect(refused)
