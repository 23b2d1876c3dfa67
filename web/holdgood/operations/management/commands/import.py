"""`holdgood import`: numbers and places from files, by the same actions as the pages."""  # noqa: N999 - commands are called by their file

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from holdgood import sheets
from holdgood.design import words
from holdgood.measures import batches, importing
from holdgood.measures.actions import counting
from holdgood.measures.batches import Preview
from holdgood.measures.importing import Wanted
from holdgood.measures.known import Known
from holdgood.people.models import User
from holdgood.places import guard, organisations
from holdgood.places import importing as placing
from holdgood.places.access import Actor
from holdgood.places.actions import tree
from holdgood.places.models import Place
from holdgood.places.permissions import Permission

LISTED = 20  # lines of each kind
NOTHING = "Nothing was brought in."


class Command(BaseCommand):
    help = "Bring in numbers or places from a file: shows what would change, and asks before anything does."

    def add_arguments(self, parser: CommandParser) -> None:
        kinds = parser.add_subparsers(dest="what", required=True, metavar="measures | places | ods")
        measures = kinds.add_parser("measures", help="numbers of measures at places")
        measures.add_argument("--place", required=True, metavar="CODE", help="the area that the file is of")
        measures.add_argument("--measure", default="", metavar="SLUG", help="what is measured, if no column says it")
        measures.add_argument("--sheet", default="", help="of a workbook; else the first")
        places = kinds.add_parser("places", help="wards, teams and other places, a row each")
        places.add_argument("--into", required=True, metavar="CODE", help="the place that they lie in")
        ods = kinds.add_parser("ods", help="systems and trusts from the national list (etr.csv)")
        ods.add_argument("--changes", default="", metavar="FILE", help="successors: old_code, new_code, date")
        for each in (measures, places, ods):
            each.add_argument("file", help="CSV or Excel")
            each.add_argument("--as", dest="email", default="", help="who brings it: their sign-in name")
            each.add_argument("--yes", action="store_true", help="do not ask")

    def handle(self, *args: Any, **options: Any) -> None:
        actor = _actor(options["email"])
        try:
            getattr(self, f"_{options['what']}")(actor, Path(options["file"]), options)
        except (counting.UnableToCount, tree.UnableToPlace, sheets.Refused) as problem:
            raise CommandError(f"{problem}\n{NOTHING}") from None
        except guard.NotAllowed as problem:
            raise CommandError(f"You may not do this there (it needs {problem}). {NOTHING}") from None

    def _measures(self, actor: Actor, file: Path, options: dict[str, Any]) -> None:
        area = _area(actor, options["place"], Permission.OBSERVATION_IMPORT)
        known = Known(actor, area)
        slug = options["measure"]
        measure = next((each for each in known.measures if each.slug == slug), None)
        if slug and measure is None:
            raise CommandError(f"There is no measure {slug} in the catalogue of {area.name}. Look at its catalogue.")
        only = known.places.get(area.pk) if len(known.places) == 1 else None
        wanted = Wanted(known, actor.on, options["sheet"], measure, only)
        checked = importing.check_file(file, file.name, wanted)
        if checked.wrong:
            self._refuse([str(each) for each in checked.mistakes], checked.wrong)
        staged = counting.stage(
            by=actor, at=actor.at, place=area, rows=checked.rows, file=file.name[-120:], digest=checked.digest,
            report=checked.report,
        )  # fmt: skip
        shown = batches.preview(staged)
        self._show(shown, [*checked.notes, *checked.questions])
        if not shown.new and not shown.changed:
            counting.discard(by=actor, at=actor.at, batch=staged, version=staged.version)
            self.stdout.write("The file says what is known already: nothing would change.")
        elif self._agreed(options):
            counting.commit(by=actor, at=actor.at, batch=staged, version=staged.version)
            self.stdout.write(f"{checked.file} is in: {shown.said}.")
        else:
            counting.discard(by=actor, at=actor.at, batch=staged, version=staged.version)
            self.stdout.write(NOTHING)

    def _places(self, actor: Actor, file: Path, options: dict[str, Any]) -> None:
        into = _area(actor, options["into"], Permission.PLACE_CHANGE)
        table = sheets.read(file, file.name)
        existing = list(Place.objects.within(into).open(actor.on))
        taken = set(Place.objects.values_list("code", flat=True))
        made = placing.plan(table, into, existing, taken, actor.on)
        if made.mistakes:
            self._refuse(made.mistakes, len(made.mistakes))
        self._say(table.notes + made.notes)
        new, there = (len(each) for each in (made.new, made.there))
        self.stdout.write(f"{words.count(new, 'place is', 'places are')} new, {there} there already.")
        self._say(f"{place.code}: {place.name} ({place.kind}, in {place.parent})" for place in made.new[:LISTED])
        if made.new and self._agreed(options):
            placing.open_planned(by=actor, at=actor.at, made=made, into=into, file=file.name)
            self.stdout.write(f"{words.count(new, 'place is', 'places are')} open in {into.name}.")
        elif made.new:
            self.stdout.write(NOTHING)

    def _ods(self, actor: Actor, file: Path, options: dict[str, Any]) -> None:
        if not actor.name:
            raise CommandError("The national list stands above every trust: leave --as out.")
        listed, mistakes = organisations.read(sheets.read(file, file.name, header=0).rows)
        changes: dict[str, Any] = {}
        if options["changes"]:
            path = Path(options["changes"])
            changes, wrong = organisations.read_changes(sheets.read(path, path.name).rows)
            mistakes += wrong
        existing = list(Place.objects.all())
        made = organisations.plan(listed, existing, {place.code for place in existing}, actor.on, changes)
        if mistakes + made.mistakes:
            self._refuse(mistakes + made.mistakes, len(mistakes + made.mistakes))
        self._say(made.notes)
        trusts = sum(place.kind == "trust" for place in made.opened)
        self.stdout.write(
            f"{len(made.opened) - trusts} systems and {trusts} trusts are new, {len(made.renamed)} have another name, "
            f"{len(made.closing)} are no more."
        )
        if (made.opened or made.renamed or made.closing) and self._agreed(options):
            organisations.carry_out(by=actor, at=actor.at, made=made, file=file.name)
            self.stdout.write("The tree is as the list says.")

    def _show(self, shown: Preview, said: Iterable[str]) -> None:
        self._say(said)
        for group in shown.groups[:LISTED]:
            counts = f"{group.new} new, {group.changed} changed, {group.same} the same"
            self.stdout.write(f"{group.measure.short}, {group.place.name}, {group.span}: {counts}")
        if len(shown.groups) > LISTED:
            self.stdout.write(f"and {len(shown.groups) - LISTED} more.")
        for line in shown.changed_lines[:LISTED]:
            self.stdout.write(f"  {line.measure.short}, {line.place.name}, {line.when}: {line.was} becomes {line.now}")
        self.stdout.write(f"In all, {shown.said}.")

    def _say(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.stdout.write(f"- {line}")

    def _refuse(self, mistakes: list[str], count: int) -> None:
        more = [f"and {count - len(mistakes)} more."] if count > len(mistakes) else []
        raise CommandError("\n".join([*mistakes, *more, NOTHING]))

    def _agreed(self, options: dict[str, Any]) -> bool:
        if options["yes"]:
            return True
        try:
            return input("Bring this in? Write yes, or anything else to leave it: ").strip().casefold() in ("yes", "y")
        except EOFError:
            return False


def _actor(email: str) -> Actor:
    """The person that is named, with what they may do; else the program itself."""
    at = timezone.now()
    if not email:
        return Actor.machine("import", at)
    user = User.objects.called(email).first()
    if user is None:
        raise CommandError(f"Nobody signs in as {email}. Look the person up under People.")
    return Actor(user, at)


def _area(actor: Actor, code: str, permission: Permission) -> Place:
    rows = Place.objects.select_related("parent", "root")
    try:
        return guard.found(actor, rows, permission, code=code)
    except guard.NotVisible:
        raise CommandError(
            f"There is no place {code} that you may see. Codes stand in the addresses of pages."
        ) from None
