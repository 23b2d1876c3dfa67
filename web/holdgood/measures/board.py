"""What changed in an area: few signals, true ones, and how many chance alone would give."""

from dataclasses import dataclass

from django.core.cache import caches

from holdgood.measures import charts, refresh
from holdgood.measures.models import Series
from holdgood.places.access import Actor
from holdgood.places.models import Place
from holdgood.places.permissions import Permission

OF_LATE = 3  # periods in which a signal counts as news


@dataclass(frozen=True)
class Board:
    """The charts of an area: those beyond what chance gives, and the rest that signal."""

    of: int
    shown: list[Series]
    rest: list[Series]
    by_chance: float


def board(actor: Actor, place: Place) -> Board:
    """Judge all charts of one level at once, so that at most one in ten of those shown is there by chance."""
    rows = Series.objects.all().visible_to(actor, Permission.MEASURE_VIEW).filter(place=place)
    rows = rows.exclude(latest_on__isnull=True).filter(measure__retired_on__isnull=True)
    light = list(rows.values_list("pk", "revision"))
    key = f"board:{place.pk.hex}:{hash(tuple(sorted((pk.hex, revision) for pk, revision in light)))}"
    kept: tuple[list[str], list[str], float] | None = caches["charts"].get(key)
    if kept is None:
        kept = _judge(list(rows.select_related("measure", "place").defer("sentence")))
        caches["charts"].set(key, kept)
    shown, rest, by_chance = kept
    seen = rows.filter(pk__in=[*shown, *rest]).select_related("measure", "place").defer("points")
    found = {row.pk.hex: row for row in seen}
    return Board(len(light), [found[pk] for pk in shown], [found[pk] for pk in rest], by_chance)


def _judge(rows: list[Series]) -> tuple[list[str], list[str], float]:
    asked = refresh.asked([(row.measure, row.place, refresh.points_of(row), row.own) for row in rows])
    by_name = {f"{row.measure_id.hex}:{row.place_id.hex}": row for row in rows}
    news, by_chance = charts.news(asked)
    signalling = {row.pk.hex for row in rows if row.variation not in ("", "common_cause")}
    shown = [by_name[name].pk.hex for name in news if by_name[name].pk.hex in signalling]
    rest = sorted(signalling - set(shown))
    return shown, rest, by_chance
