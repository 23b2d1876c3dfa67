"""Letters: quiet at night, sent at least once, known by one Message-ID."""

import datetime as dt
import smtplib

import pytest
from django.core import mail as sent
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction

from holdgood.jobs import outbox, queue, runner
from holdgood.jobs.models import Job, Mail, State
from holdgood.jobs.tests.factories import LEASE, bring_forward, claimed, expire

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 7, 15, 11, tzinfo=dt.UTC)
NIGHT = dt.datetime(2026, 7, 15, 22, tzinfo=dt.UTC)
MORNING = dt.datetime(2026, 7, 16, 6, tzinfo=dt.UTC)  # seven in London


def post(**changes) -> Mail:
    facts = {"to": "sister@example.org", "subject": "Your audit is due", "text": "By Friday.", "at": NOON}
    return outbox.post(**(facts | changes))


@pytest.fixture
def _no_quiet(settings) -> None:
    settings.HOLDGOOD_QUIET_HOURS = None


def test_a_letter_is_a_row_and_a_job_of_the_callers_transaction() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        post()
        raise ZeroDivisionError
    assert not Mail.objects.exists()
    assert not Job.objects.exists()
    letter = post()
    assert Job.objects.get().args == [letter.pk]
    assert letter.sent_at is None


def test_a_letter_posted_at_night_waits_for_the_morning_unless_it_is_urgent() -> None:
    assert post(at=NIGHT).not_before == MORNING
    assert post(at=NIGHT, urgent=True).not_before == NIGHT
    assert list(Job.objects.order_by("id").values_list("not_before", flat=True)) == [MORNING, NIGHT]


def test_a_letter_with_a_key_is_posted_once() -> None:
    first, again = post(key="digest-7"), post(key="digest-7", text="Another.")
    assert first.pk == again.pk
    assert (Mail.objects.count(), Job.objects.count()) == (1, 1)


@pytest.mark.usefixtures("_no_quiet")
def test_a_letter_is_sent_with_its_message_id_and_marked() -> None:
    letter = post(html="<p>By Friday.</p>")
    assert runner.run(claimed(), lease=LEASE) == "done"
    (message,) = sent.outbox
    assert message.message()["Message-ID"] == letter.message_id
    assert (message.to, message.subject, message.body) == (["sister@example.org"], "Your audit is due", "By Friday.")
    assert message.alternatives[0].content == "<p>By Friday.</p>"
    letter.refresh_from_db()
    assert letter.sent_at is not None


@pytest.mark.usefixtures("_no_quiet")
def test_a_worker_that_dies_after_sending_has_the_same_letter_sent_again(monkeypatch) -> None:
    letter = post()
    job = claimed()
    with monkeypatch.context() as patch:
        patch.setattr(queue, "finish", lambda **_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            runner.run(job, lease=LEASE)
    letter.refresh_from_db()
    assert letter.sent_at is None
    expire(job)
    assert runner.run(claimed("second"), lease=LEASE) == "done"
    assert [message.message()["Message-ID"] for message in sent.outbox] == [letter.message_id] * 2


@pytest.mark.usefixtures("_no_quiet")
def test_a_worker_that_lost_its_lease_sends_nothing() -> None:
    post()
    job = claimed()
    expire(job)
    claimed("second")
    assert runner.run(job, lease=LEASE) == "lost"
    assert sent.outbox == []


@pytest.mark.usefixtures("_no_quiet")
def test_a_letter_that_was_sent_is_not_sent_by_a_second_job() -> None:
    letter = post()
    runner.run(claimed(), lease=LEASE)
    outbox.send.enqueue(letter.pk)
    assert runner.run(claimed(), lease=LEASE) == "done"
    assert len(sent.outbox) == 1


@pytest.mark.parametrize(("urgent", "outcome"), [(False, "postponed"), (True, "done")])
def test_a_letter_that_comes_late_into_the_night_is_postponed_unless_urgent(urgent, outcome) -> None:
    post(urgent=urgent)
    job = claimed()
    job.started_at = NIGHT
    assert runner.run(job, lease=LEASE) == outcome
    assert len(sent.outbox) == urgent
    job.refresh_from_db()
    if not urgent:
        assert (job.state, job.not_before, job.last_attempt) == (State.READY, MORNING, 21)


@pytest.mark.usefixtures("_no_quiet")
@pytest.mark.parametrize(
    ("problem", "outcome", "told"),
    [
        (ConnectionRefusedError("mx"), "ready", "cannot be reached (ConnectionRefusedError)"),
        (smtplib.SMTPDataError(451, b"sister@example.org later"), "ready", "answered 451"),
        (smtplib.SMTPRecipientsRefused({"sister@example.org": (451, b"")}), "ready", "refused the address (451)"),
        (smtplib.SMTPRecipientsRefused({"sister@example.org": (550, b"")}), "dead", "refused the address (550)"),
    ],
)
def test_a_mail_server_that_fails_is_tried_again_and_no_address_is_told(monkeypatch, problem, outcome, told) -> None:
    def refuse(*_) -> None:
        raise problem

    post()
    job = claimed()
    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "send_messages", refuse)
        assert runner.run(job, lease=LEASE) == outcome
    job.refresh_from_db()
    assert told in job.error
    assert "sister" not in job.error
    if outcome == "ready":
        bring_forward(job)
        assert runner.run(claimed(), lease=LEASE) == "done"
        assert len(sent.outbox) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"to": "sister"},
        {"to": "sister@example.org\nBcc: all@example.org"},
        {"subject": "Due\nBcc: all@example.org"},
        {"subject": ""},
        {"subject": "x" * 201},
        {"subject": "Due\n"},
        {"text": "a\x00b"},
        {"html": "a\ud800b"},
    ],
)
def test_a_letter_that_could_not_be_sent_is_refused_at_once(changes) -> None:
    with pytest.raises(outbox.UnableToPost):
        post(**changes)
    assert not Mail.objects.exists()
