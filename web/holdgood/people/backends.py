"""Who a session or a password stands for."""

import uuid

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from holdgood.people.models import LOCAL, User


class Local(AuthenticationBackend):  # type: ignore[misc]
    """Accounts that have their password here. Whoever has left is nobody, at the next request."""

    def get_user(self, user_id: uuid.UUID | str) -> User | None:
        """One query: the person's row, and whether they have a second factor."""
        user = User.objects.with_second_factor().filter(pk=user_id).first()
        return user if self.user_can_authenticate(user) else None

    def _check_password(self, user: AbstractBaseUser | None, password: str) -> User | None:
        """Of people whose password is elsewhere none is looked at, even if there is one: the library would take it."""
        if not isinstance(user, User) or user.issuer != LOCAL:
            return None
        checked: User | None = super()._check_password(user, password)
        return checked

    def user_can_authenticate(self, user: AbstractBaseUser | AnonymousUser | None) -> bool:
        return isinstance(user, User) and user.issuer == LOCAL and not user.has_ended(timezone.localdate())
