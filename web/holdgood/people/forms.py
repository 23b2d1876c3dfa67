"""Forms of signing in."""

from typing import Any

from allauth.account import forms as allauth
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.contrib.auth import password_validation

from holdgood.people import keys
from holdgood.people.models import User

ADVICE = "12 characters or more: three or four words that do not belong together are good and easy to keep."
WORDS = {  # label, hint and what is said when nothing is entered, of the sign-in library's fields
    "login": ("E-mail address", "", "Enter your e-mail address."),
    "email": ("E-mail address", "", "Enter your e-mail address."),
    "password": ("Password", "", "Enter your password."),
    "oldpassword": ("Your present password", "", "Enter the password that you sign in with."),
    "password1": ("New password", ADVICE, "Enter a new password."),
    "password2": ("New password again", "", "Enter the new password again."),
    "code": ("Code", "", "Enter the code."),
}


class Plain(forms.Form):
    """The library's fields in our words, without markup in hints, or words in fields that vanish when one types."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name in WORDS:
                field.label, field.help_text, field.error_messages["required"] = WORDS[name]


class SignIn(Plain, allauth.LoginForm):  # type: ignore[misc]
    """Address and password."""


class ChangePassword(Plain, allauth.ChangePasswordForm):  # type: ignore[misc]
    """The present one, and the new one twice."""


class ForgotPassword(Plain, allauth.ResetPasswordForm):  # type: ignore[misc]
    """Where to send the link."""


class NewPassword(Plain, allauth.ResetPasswordKeyForm):  # type: ignore[misc]
    """Behind the link."""


class Confirm(Plain, allauth.ReauthenticateForm):  # type: ignore[misc]
    """The password again, before something that matters."""


class SetUpApp(Plain, ActivateTOTPForm):  # type: ignore[misc]
    """The first code of an authenticator app."""


class AddPasskey(AddWebAuthnForm):  # type: ignore[misc]
    """A passkey and what its owner calls it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = "What you call it, such as: my telephone"
        self.fields["passwordless"].widget = forms.HiddenInput()


class Authenticate(Plain, mfa.AuthenticateForm):  # type: ignore[misc]
    """A code as the second step, while nobody is signed in: whose secret it is checked by is said here."""

    def clean_code(self) -> str:
        with keys.of(self.user.pk.hex):
            return str(super().clean_code())


class Reauthenticate(Plain, mfa.ReauthenticateForm):  # type: ignore[misc]
    """A code again, before something that matters."""

    def clean_code(self) -> str:
        with keys.of(self.user.pk.hex):
            return str(super().clean_code())


class Accept(forms.Form):
    """The first password of somebody invited."""

    password = forms.CharField(
        label="Password",
        max_length=128,
        strip=False,
        help_text=ADVICE,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Enter a password."},
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        password_validation.validate_password(password, self.user)
        return password
