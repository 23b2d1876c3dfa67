"""Links that let somebody in once: a forgotten password, an invitation."""

import hashlib
import secrets

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.utils import timezone

from holdgood.people.models import LOCAL, User


class ResetTokens(PasswordResetTokenGenerator):
    """For a forgotten password: void after another password, address, sign-in or round, and for those who have left."""

    key_salt = "holdgood.people.tokens.ResetTokens"

    def _make_hash_value(self, user: AbstractBaseUser, timestamp: int) -> str:
        assert isinstance(user, User)
        return f"{super()._make_hash_value(user, timestamp)}:{user.round}"

    def check_token(self, user: AbstractBaseUser | None, token: str | None) -> bool:
        return isinstance(user, User) and may_reset(user) and super().check_token(user, token)


def may_reset(user: User) -> bool:
    """Whose password is here: not those who sign in elsewhere, are invited only, or have left."""
    return user.issuer == LOCAL and user.has_usable_password() and not user.has_ended(timezone.localdate())


def secret() -> str:
    return secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """What is kept of an invitation's secret: 256 random bits need no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()
