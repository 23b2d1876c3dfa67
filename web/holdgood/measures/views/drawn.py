"""Small charts of many series: kept until they change, and those that are not kept drawn together."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.core.cache import caches

from holdgood.measures import charts, reading, refresh
from holdgood.measures.models import Series
from holdgood.measures.views.finding import without_gaps

SPARK, SMALL = "spark", "small"  # the size of a word, and of a card


def many(rows: Iterable[Series], size: str) -> dict[UUID, str]:
    """The chart of each series as SVG. Rows come with their measure and place; points are read where none is kept."""
    wanted = {_key(row, size): row for row in rows}
    kept: dict[str, str] = caches["charts"].get_many(wanted)
    new = {key: row for key, row in wanted.items() if key not in kept}
    made = dict(zip(new, _draw(list(new.values()), size), strict=True))
    caches["charts"].set_many(made)
    return {row.pk: (kept | made)[key] for key, row in wanted.items()}


def one(row: Series, size: str) -> str:
    return many([row], size)[row.pk]


class Pictures:
    """Cells of a list that are drawn together, when the first of them is shown."""

    def __init__(self, size: str) -> None:
        self.size = size
        self.rows: list[Series] = []
        self.drawn: dict[UUID, str] = {}

    def of(self, row: Series) -> "Picture":
        self.rows.append(row)
        return Picture(self, row.pk)

    def show(self, pk: UUID) -> str:
        if pk not in self.drawn:
            self.drawn = many(self.rows, self.size)
        return self.drawn[pk]


class Picture:
    """A cell that is markup."""

    def __init__(self, pictures: Pictures, pk: UUID) -> None:
        self.pictures, self.pk = pictures, pk

    def __html__(self) -> str:
        return self.pictures.show(self.pk)


def _key(row: Series, size: str) -> str:
    return f"{row.pk.hex}:{row.revision}:{size}"


def _draw(rows: Sequence[Series], size: str) -> list[str]:
    """One question to the database for all, one call of the engine for each family."""
    points = refresh.points_of_many(rows)
    asked = refresh.asked([(row.measure, row.place, without_gaps(points[row.pk], row.measure), False) for row in rows])
    groups: dict[Any, list[charts.Asked]] = defaultdict(list)
    for each in asked:
        if any(point.numerator is not None for point in each.points):
            groups[(each.measure.chart, each.measure.per, charts.is_ratio(each.measure))].append(each)
    found: dict[str, str] = {}
    for group in groups.values():
        found |= reading.small(group) if size == SMALL else reading.sparklines(group)
    return [found.get(each.name, "") for each in asked]


def smalls(rows: Iterable[Series]) -> dict[UUID, str]:
    """Charts at the size of a card."""
    return many(rows, SMALL)
