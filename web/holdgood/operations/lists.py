"""Lists of what belongs to no place: jobs, letters, workers. Taking one away is told in the trail."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from holdgood.design import exports, lists, words
from holdgood.design.lists import Choice, Column, List
from holdgood.jobs.models import Job, Mail, State, Worker
from holdgood.places import guard, naming
from holdgood.trail import actions as trail

RANK = [State.DEAD, State.RUNNING, State.READY, State.DISCARDED, State.DONE]
STATES = [
    (State.DEAD, "given up"),
    (State.RUNNING, "running"),
    (State.READY, "waiting"),
    (State.DISCARDED, "left undone"),
    (State.DONE, "done"),
]
SAID = dict(STATES)


def respond(request: HttpRequest, template: str, shown: List, rows: QuerySet[Any], **context: Any) -> HttpResponseBase:
    """The page of a list, or all its rows as a file."""
    page = shown.page(request, rows)
    wanted = lists.wanted(request)
    if wanted is None:
        return render(request, template, {"page": page, **context})
    actor = guard.actor_of(request)
    taken = exports.export(page, wanted, on=actor.on)
    asked = {one.key: one.value for one in page.filters if one.value}
    with transaction.atomic():
        new = {"list": shown.name, "as": wanted, "asked": asked, "rows": taken.count}
        trail.record(chain=actor.chain, event="access.operations.exported", by=actor.id, at=actor.at, new=new)
    return taken.response


def ranked(jobs: QuerySet[Job]) -> QuerySet[Job]:
    """Each with `rank`: what waits for a person comes first."""
    places = [When(state=state, then=Value(rank)) for rank, state in enumerate(RANK)]
    return jobs.annotate(rank=Case(*places, output_field=IntegerField()))


def jobs() -> List:
    return List(
        name="Background work",
        noun=("job", "jobs"),
        columns=[
            Column("job", "Job", lambda row: row.pk, link=_job, sort=("pk",), numeric=True),
            Column("task", "Work", lambda row: work(row), sort=("task",)),
            Column("state", "State", lambda row: SAID[row.state], sort=("rank", "-enqueued_at")),
            Column("queue", "Queue", lambda row: row.queue, sort=("queue",)),
            Column("asked", "Asked for", lambda row: row.enqueued_at, sort=("enqueued_at",)),
            Column("ended", "Ended", lambda row: row.ended_at, sort=("ended_at",)),
            Column("attempts", "Attempts", lambda row: row.attempt, sort=("attempt",), numeric=True),
        ],
        filters=[
            Choice("state", "State", [(str(state), said) for state, said in STATES], "state"),
            Choice("queue", "Queue", queues, "queue"),
        ],
        order="state",
        empty=("What Holdgood does by itself, such as sending letters, is listed here.", "", ""),
    )


def queues() -> list[tuple[str, str]]:
    return [(name, name) for name in Job.objects.order_by("queue").values_list("queue", flat=True).distinct()]


def work(job: Job) -> str:
    """jobs: outbox, send – of holdgood.jobs.outbox.send."""
    app, _, name = job.task.removeprefix("holdgood.").partition(".")
    told = name.replace("background.", "").replace("_", " ").replace(".", ", ")
    return f"{app}: {told}" if told else app


def _job(job: Job) -> str:
    return reverse("job", args=[job.pk])


def facts(job: Job) -> dict[str, Any]:
    """What the page of one job says. Arguments stay out: they are ids, and may be another trust's."""
    who = naming.names([job.decided_by])[job.decided_by] if job.decided_by else ""
    rows = [
        ("Work", work(job)),
        ("State", SAID[State(job.state)]),
        ("Queue", job.queue),
        ("Asked for", words.moment(job.enqueued_at)),
        ("Not before", words.moment(job.not_before)),
        ("Attempts", f"{job.attempt} of {job.last_attempt}"),
        ("Latest attempt began", words.moment(job.started_at)),
        ("Ended", words.moment(job.ended_at)),
        ("Last decided on", f"{words.moment(job.decided_at)}, by {who}" if who else ""),
    ]
    return {"sentence": _sentence(job), "rows": [{"key": key, "value": value} for key, value in rows if value]}


def _sentence(job: Job) -> str:
    tried = words.count(job.attempt, "attempt")
    return {
        State.DEAD: f"Given up after {tried}: what now?",
        State.RUNNING: "Running now",
        State.READY: f"Waiting, after {tried}" if job.attempt else "Waiting for its first attempt",
        State.DISCARDED: "Left undone",
        State.DONE: f"Done in {tried}",
    }[State(job.state)]


def mail() -> List:
    return List(
        name="Letters",
        noun=("letter", "letters"),
        columns=[
            Column("letter", "Letter", lambda row: row.pk, sort=("pk",), numeric=True),
            Column("to", "To", lambda row: masked(row.to)),
            Column("state", "State", letter_state, sort=("sent_at",)),
            Column("urgent", "Urgent", lambda row: row.urgent, sort=("urgent",)),
            Column("posted", "Written", lambda row: row.posted_at, sort=("posted_at",)),
            Column("due", "Not before", lambda row: row.not_before, sort=("not_before",)),
            Column("sent", "Sent", lambda row: row.sent_at, sort=("sent_at",)),
        ],
        filters=[Choice("state", "State", [("waiting", "waiting"), ("sent", "sent")], _letters)],
        order="-letter",
        empty=("Letters that Holdgood sends are listed here.", "", ""),
    )


def _letters(rows: QuerySet[Mail], wanted: str) -> QuerySet[Mail]:
    return rows.filter(sent_at__isnull=wanted == "waiting")


def letter_state(row: Mail) -> str:
    return "sent" if row.sent_at else "waiting"


def masked(address: str) -> str:
    """a…@trust.nhs.uk: enough to see that a whole domain is refused, and nobody's address."""
    name, at, domain = address.rpartition("@")
    return f"{name[:1]}…{at}{domain}"


def workers(at: dt.datetime) -> List:
    return List(
        name="Workers",
        noun=("worker", "workers"),
        columns=[
            Column("name", "Worker", lambda row: row.name, sort=("name",)),
            Column("seen", "Last seen", lambda row: row.seen_at, sort=("seen_at",)),
            Column("state", "State", lambda row: _worker_state(row, at)),
            Column("began", "Began", lambda row: row.started_at, sort=("started_at",)),
        ],
        order="-seen",
        empty=("No worker is running. Start one with “holdgood worker”.", "", ""),
    )


def _worker_state(row: Worker, at: dt.datetime) -> str:
    return "at work" if at - row.seen_at < dt.timedelta(minutes=1) else "silent, or busy with one long job"
