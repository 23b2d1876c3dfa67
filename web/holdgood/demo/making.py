"""The demonstration is made through the apps' actions, in their bulk forms, as a trust would bring in its past."""

import csv
import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from django.db import transaction

from holdgood.demo import drawing, tree
from holdgood.demo.drawing import Change
from holdgood.demo.tree import Tree
from holdgood.measures import periods
from holdgood.measures.actions import counting, defining, noting
from holdgood.measures.actions.counting import Counted, Past
from holdgood.measures.definitions import load
from holdgood.measures.models import Measure, Note, Series
from holdgood.people import actions as accounts
from holdgood.people.models import User
from holdgood.places.access import Actor
from holdgood.places.actions import roles, shares
from holdgood.places.actions import tree as growing
from holdgood.places.models import Holding, Kind, Place
from holdgood.tasks import actions as tasks

SEED = 2020
NAME = "demonstration"
AE = "ae-four-hours-type-1"
KNOWN_AFTER = dt.timedelta(days=12)  # after the end of a month its numbers are in


class Maker:
    """Builds it all in one transaction, as at a time."""

    def __init__(self, at: dt.datetime, seed: int = SEED) -> None:
        self.at, self.seed = at, seed
        self.by = Actor.machine(NAME, at)
        self.last = periods.following(periods.first_day((at - KNOWN_AFTER).date(), "month"), "month", -1)
        self.days = drawing.months(self.last)
        self.tree = Tree(seed)
        self.told, self.shapes = tree.read("fenmoor.toml"), tree.read("numbers.toml")
        self.people: dict[str, User] = {}
        self.measures: dict[str, Measure] = {}

    @transaction.atomic
    def make(self) -> None:
        real = list(_real(self.tree))
        self._places()
        self._people()
        self._measures()
        self._numbers()
        self._published(real)
        self._elsewhere()
        self._story()
        self._asked()

    def _places(self) -> None:
        for root in (self.tree.trust, self.tree.other, self.tree.real):
            growing.open_many(by=self.by, at=self.at, places=self.tree.below(root), root=root, reason=NAME)

    def _people(self) -> None:
        holdings = []
        for each in self.told["person"]:
            user = User(
                id=tree.key(self.seed, each["slug"]), subject=f"demonstration:{each['slug']}", name=each["name"],
                email=f"{each['slug']}@fenmoor.example", joined_at=self.at, outside=each.get("outside", False),
                ends_on=self.by.on + dt.timedelta(days=300) if each.get("outside") else None,
            )  # fmt: skip
            user.set_unusable_password()
            self.people[each["slug"]] = user
            for role, place in each["roles"]:
                held = self.tree.places[place]
                holdings.append(
                    Holding(
                        user=user, role=role, place=held, from_on=self.days[0], given_by=self.by.id, given_at=self.at
                    )
                )
        users = list(self.people.values())
        accounts.enrol_many(users=users, by=self.by.id, chain=self.tree.trust.chain, at=self.at)
        roles.give_many(by=self.by, at=self.at, holdings=holdings, root=self.tree.trust)

    def _measures(self) -> None:
        shipped = load()
        wanted = [shipped[slug] for slug in self.shapes["measures"]]
        made = defining.adopt(by=self.by, at=self.at, trust=self.tree.trust, definitions=wanted)
        self.measures = {measure.slug: measure for measure in made}
        for line in self.shapes["target"]:
            start = self._back(line["back"])
            until = periods.following(start, "month", line["months"]) if "months" in line else None
            end = Decimal(str(line["end_value"])) if "end_value" in line else None
            defining.set_target(
                by=self.by, at=self.at, measure=self.measures[line["measure"]], place=self.tree.places[line["place"]],
                value=Decimal(str(line["value"])), from_on=start, until_on=until, end_value=end, source=line["source"],
            )  # fmt: skip

    def _numbers(self) -> None:
        """Five years, a batch a month, each known some days after its month; then the late corrections."""
        batches: dict[dt.date, list[Counted]] = defaultdict(list)
        late: dict[dt.date, list[Counted]] = defaultdict(list)
        stories, missing, corrected = self._stories(), self._missing(), self._corrected()
        levels = {(line["measure"], line["place"]): line["as"] for line in self.shapes["level"]}
        for slug, shape in self.shapes["measures"].items():
            definition, measure = load()[slug], self.measures[slug]
            for place in self._where(shape["where"]):
                told = stories.get((slug, place.name), [])
                here = shape | levels.get((slug, place.name), {})
                drawn = drawing.draw(self.seed, definition, here, place.name, place.beds or 20, self.days, told)
                for position, day in enumerate(self.days):
                    back = len(self.days) - 1 - position
                    if back in missing.get((slug, place.name), ()):
                        continue
                    row = _row(measure, place, day, drawn, position, len(batches[day]) + 2)
                    if back in corrected.get((slug, place.name), ()):
                        late[day].append(row)
                        row = _mistaken(row)
                    batches[day].append(row)
        past = [self._past(day, batches[day], f"board-pack-{day:%Y-%m}.csv", 0) for day in self.days]
        past += [self._past(day, late[day], f"corrections-{day:%Y-%m}.csv", 40) for day in sorted(late)]
        past.sort(key=lambda each: each.at)
        counting.add_past(by=self.by, at=self.at, place=self.tree.trust, past=past)

    def _past(self, day: dt.date, rows: list[Counted], file: str, later: int) -> Past:
        known = periods.following(day, "month") + KNOWN_AFTER + dt.timedelta(days=later)
        at = dt.datetime(known.year, known.month, known.day, 9, 15, tzinfo=dt.UTC)
        return Past(min(at, self.at), file, rows, self.people["analyst"].pk.hex)

    def _published(self, rows: list[tuple[Place, dt.date, int | None, int | None]]) -> None:
        """Real figures of real trusts, below a system of their own."""
        (measure,) = defining.adopt(by=self.by, at=self.at, trust=self.tree.real, definitions=[load()[AE]])
        counted = []
        for place, day, attended, breached in rows:
            known = attended is not None and breached is not None
            within = Decimal(attended - breached) if attended is not None and breached is not None else None
            counted.append(Counted(measure.pk, place.pk, day, within, Decimal(attended or 0) if known else None))
        past = [Past(self.at, "england-ae-2019-to-2026.csv", counted, self.people["analyst"].pk.hex)]
        counting.add_past(by=self.by, at=self.at, place=self.tree.real, past=past)
        spring = dt.date(2020, 4, 1)
        for place in {place for place, *_ in rows}:
            noting.note(
                by=self.by, at=self.at, measure=measure, place=place, kind=Note.Kind.STEP, on=spring,
                title="The pandemic", text="Attendances fell by half in spring 2020: a new average from then on.",
            )  # fmt: skip

    def _elsewhere(self) -> None:
        """The second trust has a few charts of its own."""
        slugs = ["falls", "sickness-absence", "mandatory-training"]
        made = defining.adopt(
            by=self.by, at=self.at, trust=self.tree.other, definitions=[load()[slug] for slug in slugs]
        )
        rows = []
        for measure in made:
            for place in self.tree.below(self.tree.other):
                if place.kind == Kind.WARD:
                    shape = self.shapes["measures"][measure.slug]
                    drawn = drawing.draw(self.seed + 1, load()[measure.slug], shape, place.name, 24, self.days, [])
                    rows += [_row(measure, place, day, drawn, i, i + 2) for i, day in enumerate(self.days)]
        past = [Past(self.at, "highweald.csv", rows, self.people["other-trust"].pk.hex)]
        counting.add_past(by=self.by, at=self.at, place=self.tree.other, past=past)

    def _story(self) -> None:
        for line in self.shapes["story"]:
            noting.note(
                by=Actor(self.people["analyst"], self.at), at=self.at, measure=self.measures[line["measure"]],
                place=self.tree.places[line["place"]], kind=Note.Kind.STEP if line.get("step") else Note.Kind.NOTE,
                on=self._back(line["back"]), title=line["title"], text=line["text"],
            )  # fmt: skip

    def _asked(self) -> None:
        """What waits for the cast, and what is shared with the partner."""
        urgent = self.tree.places["Urgent Community Response"]
        series = Series.objects.get(measure=self.measures["urgent-community-response"], place=urgent)
        end = self.by.on + dt.timedelta(days=240)
        shares.share(
            by=self.by, at=self.at, thing=series, to=self.people["partner"], from_on=self.by.on, until_on=end,
            reason="Joint work on people who could be cared for at home",
        )  # fmt: skip
        for line in self.shapes["ask"]:
            place, about = self.tree.places[line["place"]], line.get("about")
            thing = Series.objects.get(measure=self.measures[about], place=place) if about else None
            tasks.ask(
                by=Actor(self.people[line["by"]], self.at), at=self.at - dt.timedelta(days=line["back"]), place=place,
                kind="plain", title=line["title"], of=self.people[line["of"]],
                thing=("measure", thing.pk) if thing else None,
                due_on=self.by.on + dt.timedelta(days=line["back"] - 4),
            )  # fmt: skip

    def _where(self, group: str) -> list[Place]:
        inside = self.tree.below(self.tree.trust)
        wards = [place for place in inside if place.kind == Kind.WARD]
        babies = self.tree.below(self.tree.places["Women and children"])
        minds = self.tree.below(self.tree.places["Mental health"])
        community = [p for p in self.tree.below(self.tree.places["Community services"]) if p.kind == Kind.TEAM]
        groups = {
            "wards": wards,
            "inpatient": [place for place in wards if place not in babies and place not in minds],
            "a&e": [place for place in inside if place.kind == Kind.SITE and "A&E" in place.name],
            "maternity": [self.tree.places["Fenmoor Maternity"]],
            "community": community,
            "everywhere": wards + community + [p for p in minds if p.kind == Kind.TEAM],
            "mental-wards": [place for place in minds if place.kind == Kind.WARD],
            "specialties": [place for place in inside if place.kind == Kind.SPECIALTY],
            "divisions": [place for place in inside if place.kind == Kind.DIVISION],
            "trust": [self.tree.trust],
            "crisis": [self.tree.places["Crisis Team"]],
            "early": [self.tree.places["Early Intervention"]],
            "talking": [self.tree.places["Talking Therapies"]],
            "urgent": [self.tree.places["Urgent Community Response"]],
            "virtual": [self.tree.places["Virtual Ward"]],
        }
        return groups[group]

    def _back(self, months: int) -> dt.date:
        return self.days[len(self.days) - 1 - months]

    def _stories(self) -> dict[tuple[str, str], list[Change]]:
        found: dict[tuple[str, str], list[Change]] = defaultdict(list)
        for line in self.shapes["story"]:
            found[(line["measure"], line["place"])].append(Change(line["back"], line["factor"], line.get("months")))
        return found

    def _missing(self) -> dict[tuple[str, str], list[int]]:
        return {(line["measure"], line["place"]): line["back"] for line in self.shapes["missing"]}

    def _corrected(self) -> dict[tuple[str, str], list[int]]:
        return {(line["measure"], name): line["back"] for line in self.shapes["corrected"] for name in line["places"]}


def _real(made: Tree) -> Iterator[tuple[Place, dt.date, int | None, int | None]]:
    sites: dict[str, Place] = {}
    with (tree.HERE / "ae.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["code"] not in sites:
                sites[row["code"]] = made.site(row["name"], row["code"])
            numbers = [int(row[name]) if row[name] else None for name in ("attendances", "breaches")]
            yield sites[row["code"]], dt.date.fromisoformat(row["period"]), numbers[0], numbers[1]


def _row(measure: Measure, place: Place, day: dt.date, drawn: drawing.Drawn, position: int, row: int) -> Counted:
    numerator, denominator = drawn.numerators[position], drawn.denominators[position]
    return Counted(measure.pk, place.pk, day, _decimal(numerator), _decimal(denominator), row=row)


def _mistaken(row: Counted) -> Counted:
    """As it first came in: some of it not yet coded."""
    less = None if row.numerator is None else (row.numerator * Decimal("0.8")).to_integral_value()
    return Counted(row.measure, row.place, row.period, less, row.denominator, row=row.row)


def _decimal(number: float | None) -> Decimal | None:
    if number is None:
        return None
    return Decimal(str(int(number))) if number == int(number) else Decimal(str(round(number, 6)))


def ids(seed: int = SEED) -> set[uuid.UUID]:
    """Ids of the trusts and systems that the demonstration makes: a database with any other is somebody's own."""
    told = tree.read("fenmoor.toml")
    return {tree.key(seed, told[name]["name"]) for name in ("trust", "other", "real")}
