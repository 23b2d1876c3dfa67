"""What files call measures and places: found whatever the case and punctuation, among those that the actor may see."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from difflib import get_close_matches
from uuid import UUID

from holdgood.measures import definitions
from holdgood.measures.models import Measure
from holdgood.measures.written import Unread
from holdgood.places.access import Actor
from holdgood.places.models import Place
from holdgood.places.permissions import Permission

_NOT_A_LETTER = re.compile(r"[\W_]+")


def key(text: str) -> str:
    """Letters and digits alone, in one case: “Ward-7” and “ward 7” are the same."""
    return _NOT_A_LETTER.sub("", unicodedata.normalize("NFKC", text).casefold())


class Known:
    """The places of an area where the actor may bring numbers in, and their trusts' measures."""

    def __init__(self, actor: Actor, area: Place) -> None:
        self.area = area
        self.actor = actor
        seen = Place.objects.all().visible_to(actor, Permission.OBSERVATION_IMPORT).within(area)
        self.places = {place.pk: place for place in seen.select_related("parent").in_order()}
        self.roots = {place.root_id or place.pk for place in self.places.values()}
        rows = Measure.objects.all().visible_to(actor, Permission.MEASURE_VIEW).filter(place__in=self.roots)
        self.measures = list(rows.order_by("short", "slug"))
        self._by_code, self._by_name = self._index_places()
        self._by_measure = self._index_measures()
        self._found = {place.code: place for place in self.places.values()}

    def place(self, text: str) -> Place:
        """By its code as it stands in addresses; else by code, ODS code or name, however written."""
        asked = text.strip().casefold()
        if asked not in self._found:
            self._found[asked] = self._place(text.strip(), key(text))
        return self._found[asked]

    def measure(self, text: str, place: Place) -> Measure:
        """A measure of the place's trust, by any of its names."""
        root = place.root_id or place.pk
        found = self._by_measure[root].get(key(text))
        if found is None:
            names = {name for each in self.measures if each.place_id == root for name in (each.short, each.name)}
            raise Unread(
                f"There is no measure “{text[:60]}” in the catalogue. {_like(text, names)}"
                "Write it as the catalogue does, or take the rows out."
            )
        return found

    def is_place(self, text: str) -> bool:
        return key(text) in self._by_code or key(text) in self._by_name

    def is_measure(self, text: str) -> bool:
        return any(key(text) in names for names in self._by_measure.values())

    def _place(self, text: str, wanted: str) -> Place:
        found = self._by_code.get(wanted) or self._by_name.get(wanted) or []
        if len(found) == 1:
            return found[0]
        if not found:
            raise Unread(
                f"There is no place “{text[:60]}” in {self.area.name} where you may bring numbers in. "
                f"{_like(text, {place.name for place in self.places.values()})}Write its name or its code."
            )
        those = " or ".join(f"{place.code} (in {place.parent.name})" if place.parent else place.code for place in found)
        raise Unread(f"{len(found)} places are called “{text[:60]}”. Write the code of the one you mean: {those}.")

    def _index_places(self) -> tuple[dict[str, list[Place]], dict[str, list[Place]]]:
        codes: dict[str, list[Place]] = defaultdict(list)
        names: dict[str, list[Place]] = defaultdict(list)
        for place in self.places.values():
            for code in {key(place.code), key(place.ods)} - {""}:
                codes[code].append(place)
            names[key(place.name)].append(place)
        return self._names_first(codes, names), names

    @staticmethod
    def _names_first(codes: dict[str, list[Place]], names: dict[str, list[Place]]) -> dict[str, list[Place]]:
        """A code that is made of a name which two places have does not decide between them."""
        return {code: found if len(names.get(code, ())) < 2 else names[code] for code, found in codes.items()}

    def _index_measures(self) -> dict[UUID, dict[str, Measure]]:
        shipped = definitions.load()
        found: dict[UUID, dict[str, Measure]] = defaultdict(dict)
        for measure in self.measures:
            definition = shipped.get(measure.catalogue)
            known_as = [*measure.aliases, *(definition.names if definition else ())]
            for name in known_as:
                found[measure.place_id].setdefault(key(name), measure)
        for measure in self.measures:  # its own names before what others are called besides
            for name in (measure.name, measure.short, measure.slug):
                found[measure.place_id][key(name)] = measure
        return found


def _like(text: str, names: Iterable[str]) -> str:
    close = get_close_matches(text, list(names), 1, 0.75)
    return f"Did you mean “{close[0]}”? " if close else ""
