"""Two trusts in a system, seeded through the apps' actions. Every text that people write carries a canary.

A canary names whose the thing is and what it is: `CANARY-A1-note-text`. Owners: the system (SYS), trust A as a whole
(AT), its wards A1 and A2, the team within A1 (TEAM), all of trust B (B), and the service, which is no place (SVC).
"""

import datetime as dt
import re
from decimal import Decimal
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.db import models
from django.utils import timezone

from holdgood.jobs import outbox
from holdgood.jobs.models import Job, Worker
from holdgood.measures import periods
from holdgood.measures.actions import counting, defining, noting
from holdgood.measures.actions.counting import Counted
from holdgood.measures.models import Batch, Measure, Series
from holdgood.measures.tests.factories import FALLS
from holdgood.people import actions as people
from holdgood.people import keys
from holdgood.people.models import User
from holdgood.places.access import Actor
from holdgood.places.actions import reviews, roles, shares, tree
from holdgood.places.models import Holding, Place
from holdgood.tasks import actions as tasks

OPENED = dt.date(2020, 4, 1)
CANARY = re.compile(r"canary-(sys|at|a1|a2|team|b|svc)-([a-z]+)", re.IGNORECASE)
TELLTALE = {"A1": 731_000_917, "A2": 731_000_927, "B": 731_000_937}  # a number that stands for the ward's numbers
MONTHS = 14


def canary(owner: str, kind: str, more: str = "") -> str:
    return f"CANARY-{owner}-{kind}" + (f"-{more}" if more else "")


class Ground:
    """What the crawl stands on: people by what they are, places by their owner word, one thing of each kind."""

    def __init__(self) -> None:
        self.at = timezone.now()
        self.on = timezone.localdate(self.at)
        self.by = Actor.machine("set-up", self.at)
        self.places: dict[str, Place] = {}
        self.people: dict[str, User | None] = {"nobody": None}
        self.things: dict[str, dict[str, Any]] = {}
        self.owners: dict[str, tuple[str, str]] = {}  # an id: whose it is, and what
        self._places()
        self._people()
        for word in ("A1", "A2", "B"):
            self._area(word)
        self._above()
        self._service()
        self._owners()

    # Places

    def _places(self) -> None:
        system = self._place("SYS", "system", None)
        trust = self._place("AT", "trust", system)
        ward = self._place("A1", "ward", trust)
        self._place("A2", "ward", trust)
        self._place("TEAM", "team", ward)
        other = tree.open_place(
            by=self.by, at=self.at, name=canary("B", "place", "trust"), kind="trust", parent=system, on=OPENED
        )
        self.places["BT"] = other
        self._place("B", "ward", other)

    def _place(self, word: str, kind: str, parent: Place | None) -> Place:
        made = tree.open_place(
            by=self.by, at=self.at, name=canary(word, "place", "name"), kind=kind, parent=parent, on=OPENED, beds=20
        )
        self.places[word] = made
        return made

    # People

    def _people(self) -> None:
        cast = {
            "owner": ("AT", "AT", ["administrator", "analyst", "qi-lead", "ward-manager"]),
            "manager": ("A1", "A1", ["ward-manager"]),
            "neighbour": ("A2", "A2", ["ward-manager"]),
            "staff": ("AT", "AT", ["staff"]),
            "auditor": ("AT", "AT", ["auditor"]),
            "director": ("AT", "AT", ["director"]),
            "stranger": ("B", "BT", ["administrator", "analyst", "qi-lead", "ward-manager"]),
            "partner": ("AT", "AT", ["partner"]),
            "child": ("TEAM", "TEAM", ["staff"]),
            "deputy": ("TEAM", "TEAM", ["staff"]),
            "ended": ("AT", "AT", ["administrator"]),
            "joint": ("SYS", "SYS", ["director"]),
            "reader": ("A1", "A1", ["staff"]),  # whose role the pages of roles are about
        }
        for name, (word, where, codes) in cast.items():
            ends = self.on - dt.timedelta(days=1) if name == "ended" else None
            if name == "partner":
                ends = self.on + dt.timedelta(days=200)
            user = people.enrol(
                name=canary(word, "person", name), email=f"{canary(word, 'contact', name)}@a.example".lower(),
                by=self.by.id, chain="people", at=self.at, outside=name == "partner", ends_on=ends,
                password="heron otter walnut",
            )  # fmt: skip
            self.people[name] = user
            if name == "ended":  # nobody is given a role whose account has ended: they held it before
                self._held(user)
                continue
            for code in codes:
                held = roles.give(
                    by=self.by, at=self.at, user=user, role=code, place=self.places[where], from_on=OPENED
                )
                self.things[name] = {"holding": held}
        self._second_factor()

    def _held(self, user: User) -> None:
        held = Holding(
            user=user, role="administrator", place=self.places["AT"], from_on=OPENED, given_by=self.by.id,
            given_at=self.at,
        )  # fmt: skip
        roles.give_many(by=self.by, at=self.at, holdings=[held], root=self.places["AT"])

    def _second_factor(self) -> None:
        """People from outside must have one."""
        partner = self.people["partner"]
        sealed = keys.seal("JBSWY3DPEHPK3PXP", partner.pk.hex)
        Authenticator.objects.create(user=partner, type=Authenticator.Type.TOTP, data={"secret": sealed})

    # Things of one area

    def _area(self, word: str) -> None:
        place = self.places[word]
        trust = self.places["BT" if word == "B" else "AT"]
        lead = Actor(self.people["stranger" if word == "B" else "owner"], self.at)
        of = "stranger" if word == "B" else "manager" if word == "A1" else "neighbour"
        made: dict[str, Any] = {"lead": lead}
        self.things[word] = made
        made["measure"] = self._measure(trust, "B" if word == "B" else "AT", lead)
        made["batch"] = self._counted(word, place, made["measure"], lead)
        made["staged"] = self._staged(word, place, made["measure"], lead)
        made["series"] = Series.objects.get(measure=made["measure"], place=place)
        self._noted(word, place, made, Actor(self.people[of], self.at))
        made["target"] = defining.set_target(
            by=lead, at=self.at, measure=made["measure"], place=place, value=Decimal(5), from_on=OPENED,
            source=canary(word, "target", "source"),
        )  # fmt: skip
        self._asked(word, place, made, lead, self.people[of])
        made["cover"] = self._cover(word, trust, of)
        self._told(word, place, lead)

    def _measure(self, trust: Place, word: str, lead: Actor) -> Measure:
        there = Measure.objects.filter(place=trust, slug="falls").first()
        if there is not None:
            return there
        said = {
            name: canary(word, "measure", name) for name in ("name", "short", "sentence", "numerator", "denominator")
        }
        said |= {name: canary(word, "measure", name) for name in ("unit", "owner", "source")}
        made = defining.define(
            by=lead, at=self.at, trust=trust, slug="falls", **{**FALLS, **said, "aliases": [canary(word, "measure")]}
        )
        defining.set_target(
            by=lead, at=self.at, measure=made, place=trust, value=Decimal(6), from_on=OPENED,
            source=canary(word, "target", "trust"),
        )  # fmt: skip
        return defining.redefine(
            by=lead, at=self.at, measure=made, version=1, reason=canary(word, "measure", "reason"), decimals=2
        )

    def _rows(self, word: str, place: Place, measure: Measure, months: range) -> list[Counted]:
        start = periods.following(periods.first_day(self.on, "month"), "month", -MONTHS)
        rows = []
        for n in months:
            number = TELLTALE[word] if n == 3 else 1000 + n * 7 % 11
            period = periods.following(start, "month", n)
            raw = canary(word, "observation", "raw")
            rows.append(
                Counted(
                    measure.pk, place.pk, period, Decimal(number), Decimal(800), canary(word, "observation"), n, raw
                )
            )
        return rows

    def _counted(self, word: str, place: Place, measure: Measure, lead: Actor) -> Batch:
        batch = counting.stage(
            by=lead, at=self.at, place=place, rows=self._rows(word, place, measure, range(MONTHS - 2)),
            file=canary(word, "batch", "file.csv"), digest=word * 8, report=self._report(word),
        )  # fmt: skip
        return counting.commit(by=lead, at=self.at, batch=batch, version=batch.version)

    def _staged(self, word: str, place: Place, measure: Measure, lead: Actor) -> Batch:
        return counting.stage(
            by=lead, at=self.at, place=place, rows=self._rows(word, place, measure, range(MONTHS - 2, MONTHS)),
            file=canary(word, "batch", "staged.csv"), digest=word * 9, report=self._report(word),
        )  # fmt: skip

    @staticmethod
    def _report(word: str) -> dict[str, Any]:
        return {
            "sheet": canary(word, "batch", "sheet"), "notes": [canary(word, "batch", "note")],
            "questions": [canary(word, "batch", "question")], "asked": 1,
        }  # fmt: skip

    def _noted(self, word: str, place: Place, made: dict[str, Any], by: Actor) -> None:
        day = self.on - dt.timedelta(days=60)
        for name in ("note", "removed"):
            made[name] = noting.note(
                by=by, at=self.at, measure=made["measure"], place=place, kind="note", on=day,
                text=canary(word, "note", f"{name}-text"), title=canary(word, "note", f"{name}-title"),
            )  # fmt: skip
        made["removed"] = noting.remove_note(
            by=by,
            at=self.at,
            note=made["removed"],
            version=made["removed"].version,
            reason=canary(word, "note", "reason"),
        )

    def _asked(self, word: str, place: Place, made: dict[str, Any], lead: Actor, of: User) -> None:
        for name in ("task", "done_task"):
            made[name] = tasks.ask(
                by=lead, at=self.at, place=place, kind="plain", title=canary(word, "task", f"{name}-title"),
                text=canary(word, "task", "text"), of=of, thing=("measure", made["series"].pk), due_on=self.on,
            )  # fmt: skip
        made["done_task"] = tasks.answer(
            by=Actor(of, self.at), at=self.at, task=made["done_task"], version=made["done_task"].version,
            text=canary(word, "task", "answer"),
        )  # fmt: skip

    def _cover(self, word: str, trust: Place, of: str) -> Any:
        deputy = self.people["deputy"] if word == "A1" else self.people["joint"]
        return roles.cover(
            by=self.by, at=self.at, absent=self.people[of], deputy=deputy, place=trust,
            from_on=self.on if word == "A1" else self.on + dt.timedelta(days=30),
            until_on=self.on + dt.timedelta(days=40), reason=canary(word, "cover", "reason"),
        )  # fmt: skip

    def _told(self, word: str, place: Place, lead: Actor) -> None:
        """Something whose reason stands in the trail alone."""
        tree.change_place(
            by=lead, at=self.at, place=place, version=place.version, on=self.on, beds=21, ods=f"R{word}",
            reason=canary(word, "trail", "reason"),
        )  # fmt: skip
        place.refresh_from_db()

    # What is of no single area

    def _above(self) -> None:
        """What is shared with the partner, and the reviews of both trusts."""
        until = self.on + dt.timedelta(days=100)
        for word, to in (("A1", "partner"), ("B", "joint")):
            made = self.things[word]
            made["share"] = shares.share(
                by=made["lead"], at=self.at, thing=made["series"], to=self.people[to], from_on=self.on,
                until_on=until, reason=canary(word, "share", "reason"),
            )  # fmt: skip
            trust = self.places["BT" if word == "B" else "AT"]
            made["review"] = reviews.open_review(by=made["lead"], at=self.at, trust=trust)
            made["decision"] = made["review"].decisions.first()

    def _service(self) -> None:
        """Jobs, letters, workers, sessions: of the service, not of a place."""
        said = canary("SVC", "job", "error")
        self.job = Job.objects.create(
            task="holdgood.jobs.outbox.send", args=[0], state="dead", ended_at=self.at, attempt=1, last_attempt=1,
            error=said, word=canary("SVC", "job", "word"),
        )  # fmt: skip
        Job.objects.create(
            task="holdgood.measures.background.read_file", last_attempt=1,
            kwargs={"name": canary("B", "batch", "waiting.csv"), "area": self.places["B"].pk.hex},
        )  # fmt: skip
        Worker.objects.create(name=canary("SVC", "job", "worker"))
        outbox.post(
            to=f"{canary('B', 'mail')}@b.example", subject=canary("B", "mail"), text=canary("B", "mail"),
            html=canary("B", "mail"), at=self.at,
        )  # fmt: skip
        self.session = UserSession.objects.create(
            user=self.people["manager"], session_key="k" * 32, ip="192.0.2.1", user_agent=canary("A1", "session"),
        )  # fmt: skip
        self.token = "t" * 40

    def _owners(self) -> None:
        """The ids of everything that has an owner: what must not be in an answer either."""
        words = {place.pk: "B" if word == "BT" else word for word, place in self.places.items()}
        for name, user in self.people.items():
            if user is not None:
                self.owners[user.pk.hex] = (CANARY.search(user.name)[1].upper(), f"person of {name}")
        for word, place in self.places.items():
            self.owners[place.pk.hex] = ("B" if word == "BT" else word, "place")
        for model in apps.get_models():
            if isinstance(model._meta.pk, models.UUIDField) and hasattr(model, "place"):
                for pk, place in model._base_manager.values_list("pk", "place"):
                    self.owners[pk.hex] = (words[place], model._meta.model_name)
        for word, made in self.things.items():
            if "cover" in made:  # kept by the trust, seen where the absent one works
                self.owners[made["cover"].pk.hex] = (word, "cover")

    def id(self, name: str) -> UUID:
        return self.people[name].pk
