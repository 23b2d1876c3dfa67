"""The mail outbox: a letter is a row of the caller's transaction, and a job that sends it when it may go out.

At least once: a worker killed after the server took a letter sends it again, under the same Message-ID.
"""

import datetime as dt
import smtplib
import uuid
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.core.validators import validate_email
from django.db import transaction
from django.db.models.functions import Now

from holdgood.jobs.context import Context
from holdgood.jobs.models import Mail
from holdgood.jobs.quiet import QuietHours
from holdgood.jobs.tasks import Postponed, UnableToFinish, task

AUTOMATIC = {"Auto-Submitted": "auto-generated"}  # RFC 3834: absence notices are not sent in answer


class UnableToPost(ValueError):
    """A letter that could not be sent: what is wrong with it."""


@transaction.atomic
def post(
    *,
    to: str,
    subject: str,
    text: str,
    at: dt.datetime,
    html: str = "",
    urgent: bool = False,
    key: str | None = None,
) -> Mail:
    """Put a letter to one address in the outbox. With a key it is posted once, whoever asks again."""
    _check(to, subject, text + html)
    mail = Mail(
        to=to,
        subject=subject,
        text=text,
        html=html,
        message_id=f"<{uuid.uuid4()}@{settings.DEFAULT_FROM_EMAIL.rpartition('@')[2].strip('> ')}>",
        key=key,
        urgent=urgent,
        not_before=at if urgent else after_quiet(at),
        posted_at=at,
    )
    Mail.objects.bulk_create([mail], ignore_conflicts=key is not None)
    kept = Mail.objects.get(message_id=mail.message_id) if key is None else Mail.objects.get(key=key)
    send.using(key=f"mail-{kept.pk}", run_after=kept.not_before, priority=10 if urgent else 0).enqueue(kept.pk)
    return kept


@task(takes_context=True, attempts=20)
def send(context: Context, mail: int) -> None:
    """Send a letter: 20 attempts are most of a day without a mail server."""
    letter = Mail.objects.waiting().filter(pk=mail).first()
    if letter is None:
        return
    free = context.at if letter.urgent else after_quiet(context.at)
    if free > context.at:
        raise Postponed(free)  # it was due before the night, and is late
    message = EmailMultiAlternatives(
        letter.subject, letter.text, to=[letter.to], headers={"Message-ID": letter.message_id, **AUTOMATIC}
    )
    if letter.html:
        message.attach_alternative(letter.html, "text/html")
    context.hold()
    try:
        message.send()
    except (smtplib.SMTPException, OSError) as problem:
        raise _told(problem) from problem
    with context.finishing():
        Mail.objects.filter(pk=mail, sent_at__isnull=True).update(sent_at=Now())


def after_quiet(at: dt.datetime) -> dt.datetime:
    """`at`, or the end of the quiet hours that it falls in."""
    hours = settings.HOLDGOOD_QUIET_HOURS
    return QuietHours(*hours, zone=ZoneInfo(settings.TIME_ZONE)).release(at) if hours else at


def _check(to: str, subject: str, body: str) -> None:
    try:
        validate_email(to)
    except ValidationError:
        raise UnableToPost("The address is not one that mail can be sent to.") from None
    if len(to) > 254 or not 0 < len(subject) <= 200:
        raise UnableToPost("An address has at most 254 characters, a subject 1 to 200.")
    whole = to + subject + body
    if len(f"{subject}.".splitlines()) > 1 or "\x00" in whole or not _encodes(whole):
        raise UnableToPost("A subject is one line, and a letter has no NUL and no half characters in it.")


def _encodes(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _told(problem: Exception) -> UnableToFinish:
    """What an administrator may read: no address is in it."""
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        codes = {code for code, _ in problem.recipients.values()}
        lasting = bool(codes) and min(codes) >= 500
        return UnableToFinish(f"The mail server refused the address ({min(codes, default=0)}).", again=not lasting)
    if isinstance(problem, smtplib.SMTPResponseException):
        return UnableToFinish(f"The mail server answered {problem.smtp_code}.")
    return UnableToFinish(f"The mail server cannot be reached ({type(problem).__name__}).")
