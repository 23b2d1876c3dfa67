"""People who sign in. Keyed by who vouches for them and as whom, so that single sign-on can take over passwords."""

import datetime as dt
import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac

from holdgood.trail.versions import Versioned

LOCAL = "local"  # the issuer of accounts that have their password here


class UserQuerySet(models.QuerySet["User"]):
    def current(self, on: dt.date) -> "UserQuerySet":
        """May sign in on that day: not stopped, and their end, if they have one, is not past."""
        return self.filter(is_active=True).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on))

    def with_second_factor(self) -> "UserQuerySet":
        """Each with `secured`: has an authenticator app or a passkey. Recovery codes alone are none."""
        from allauth.mfa.models import Authenticator  # it looks for this model while it is loaded

        kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
        return self.annotate(secured=Exists(Authenticator.objects.filter(user=OuterRef("pk"), type__in=kinds)))

    def called(self, email: str) -> "UserQuerySet":
        """Local accounts with that sign-in name: one or none."""
        return self.filter(issuer=LOCAL, email=email.strip().lower())


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """What Django and the sign-in library look people up by."""

    def get_by_natural_key(self, subject: str | None) -> "User":
        found: User = self.get(issuer=LOCAL, subject=subject)
        return found


class User(Versioned, AbstractBaseUser):
    """One person. Contact data are not a key: an address may move to another person, an (issuer, subject) may not."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    issuer = models.CharField(max_length=200, default=LOCAL)
    subject = models.CharField(max_length=200)
    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)  # of local accounts the sign-in name, kept in small letters
    outside = models.BooleanField(default=False)  # not on the staff: a second factor and an end date are a must
    ends_on = models.DateField(null=True, blank=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    toured_at = models.DateTimeField(null=True, blank=True)  # put the first day's lines away
    round = models.PositiveIntegerField(default=0)  # sessions and links of an earlier round are void

    USERNAME_FIELD = "id"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    objects = UserManager()

    class Meta:
        db_table = "people"
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="people_one_a_subject"),
            models.UniqueConstraint(
                Lower("email"), condition=Q(issuer=LOCAL) & ~Q(email=""), name="people_one_a_sign_in_name"
            ),
            models.CheckConstraint(condition=Q(outside=False) | Q(ends_on__isnull=False), name="people_outside_end"),
            models.CheckConstraint(condition=~Q(name=""), name="people_have_a_name"),
        ]
        indexes = [models.Index(F("email"), name="people_by_email")]

    def __str__(self) -> str:
        return self.name

    def has_ended(self, on: dt.date) -> bool:
        return not self.is_active or (self.ends_on is not None and self.ends_on < on)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Django ends sessions whose hash differs: on another password, and here on another round."""
        salt = "holdgood.people.models.User.session"
        return salted_hmac(salt, f"{self.password}:{self.round}", secret=secret, algorithm="sha256").hexdigest()


class Invitation(models.Model):
    """A link by which somebody sets their first password. The link's secret is not here: its digest is."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="invitation")
    digest = models.CharField(max_length=64, unique=True)
    sent_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        db_table = "people_invitations"
        constraints = [models.CheckConstraint(condition=Q(ends_at__gt=F("sent_at")), name="people_invitation_ends")]

    def __str__(self) -> str:
        return f"invitation of {self.user_id}"


class Remembered(models.Model):
    """What all processes must know for some minutes, such as failed sign-ins: the rows of `people.cache`."""

    key = models.CharField(max_length=250, primary_key=True)
    value = models.TextField()  # JSON: what is read back is never a program
    ends_at = models.BigIntegerField()  # milliseconds since 1970

    class Meta:
        db_table = "people_remembered"
        indexes = [models.Index(fields=["ends_at"], name="people_remembered_until")]

    def __str__(self) -> str:
        return self.key
