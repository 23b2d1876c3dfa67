"""Where the sign-in library asks us: who may come in, what is told, and how secrets are kept."""

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal import flows
from allauth.account.internal.stagekit import clear_login
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.messages import ERROR
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from holdgood.design.messages import done, failed
from holdgood.people import keys, letters, second_factor, sessions, tokens, words
from holdgood.people.actions import signing
from holdgood.people.backends import Local
from holdgood.people.models import User

LOCKED = 300  # seconds, as the rate limit of failed sign-ins


class Account(DefaultAccountAdapter):  # type: ignore[misc]
    """Signing in and passwords."""

    error_messages = DefaultAccountAdapter.error_messages | words.ERRORS

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the try. That an account is locked is told once for each time that it is."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            email = credentials.get("email", "")
            if cache.add(f"people.locked.{tokens.digest(email.lower())}", True, LOCKED):
                signing.refused(email=email, at=timezone.now(), event="people.account.locked")
            raise

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:  # noqa: ARG002
        signing.refused(email=credentials.get("email", ""), at=timezone.now())

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:  # noqa: ARG002
        """By name alone. The library adds the host as the client gave it: another port would be another five tries."""
        return str(credentials.get("email", "")).strip().lower()

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        if not Local().user_can_authenticate(user):
            clear_login(request)
            answer: HttpResponse = self.respond_user_inactive(request, user)
            return answer
        refused: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return refused

    def login(self, request: HttpRequest, user: User) -> None:
        """The end of every way in: by password, passkey, or the link of a forgotten password."""
        records = flows.login.get_authentication_records(request, user)
        super().login(request, user)
        sessions.begin(request, timezone.now())
        how = ", ".join(str(record.get("type") or record["method"]) for record in records)
        signing.signed_in(user=user, how=how, at=timezone.now())

    def logout(self, request: HttpRequest) -> None:
        user = request.user
        if isinstance(user, User):
            signing.signed_out(user=user, at=timezone.now())
            sessions.unlist(request)
        super().logout(request)

    def set_password(self, user: User, password: str) -> None:
        signing.password_set(user=user, password=password, at=timezone.now())

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002
        return reverse("account")

    def get_reset_password_from_key_url(self, key: str) -> str:
        """At the address of the settings: a request can claim any port of a host that it may claim."""
        path = urlsplit(super().get_reset_password_from_key_url(key)).path
        return f"{settings.HOLDGOOD_ADDRESS}{path}"

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:  # noqa: ARG002
        if tokens.may_reset(user):
            letters.password_link(user, context["password_reset_url"], at=timezone.now())

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,  # noqa: ARG002
        email: str | None = None,  # noqa: ARG002
    ) -> None:
        letters.told(user, template_prefix, at=timezone.now())

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str = "",
        *args: Any,  # noqa: ARG002
        message: str = "",
        **more: Any,  # noqa: ARG002
    ) -> None:
        sentence = message or words.MESSAGES.get(message_template, "")
        if sentence:
            (failed if level >= ERROR else done)(request, sentence)


class SecondFactor(DefaultMFAAdapter):  # type: ignore[misc]
    """Authenticator apps, recovery codes, passkeys."""

    error_messages = DefaultMFAAdapter.error_messages | words.FACTOR_ERRORS

    def encrypt(self, text: str) -> str:
        return keys.seal(text, _person())

    def decrypt(self, encrypted_text: str) -> str:
        return keys.unseal(encrypted_text, _person())

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Not the last one of somebody who must have one."""
        others = Authenticator.objects.filter(user=authenticator.user).exclude(pk=authenticator.pk)
        left = others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()
        return left or not second_factor.must(authenticator.user)

    def generate_authenticator_name(self, user: User, type: str) -> str:
        count = Authenticator.objects.filter(user=user, type=type).count()
        return f"Passkey {count + 1}" if count else "Passkey"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {"id": second_factor.passkey_domain(), "name": "Holdgood"}


def _person() -> str:
    """Whose secret is handled: of the one signing in, who is named where they do, or of the one signed in."""
    return keys.whose() or context.request.user.pk.hex
