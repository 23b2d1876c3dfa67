"""Lists that are sorted, filtered and paged by their address, and say what they left out. Exports: exports.py."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import TYPE_CHECKING, Any

from django.db.models import F, OrderBy, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from holdgood.design import words

if TYPE_CHECKING:
    from holdgood.design.exports import Export

Value = Callable[[Any], Any]
MOST_WORDS = 100  # characters of a search

SORT, PAGE, FORMAT = "sort", "page", "format"
FORMATS = ("csv", "xlsx")


@dataclass(frozen=True)
class Column:
    """`value` of a row is shown and exported; `export` stands in for it in files where it is more than text."""

    key: str
    title: str
    value: Value
    link: Value | None = None
    sort: Sequence[str] = ()
    numeric: bool = False
    export: Value | None = None


@dataclass(frozen=True)
class Choice:
    """One of several. `choices`: pairs of value and label, or what makes them. `field`: a lookup, or what narrows
    the rows to a value."""

    key: str
    title: str
    choices: Sequence[tuple[Any, str]] | Callable[[], Iterable[tuple[Any, str]]]
    field: str | Callable[[Any, Any], Any]

    def options(self) -> list[tuple[str, str, Any]]:
        made = self.choices() if callable(self.choices) else self.choices
        return [(str(value), str(label), value) for value, label in made]

    def narrow(self, rows: Any, text: str) -> tuple[Any, str]:
        """The rows that are left, and a sentence if the value is none of the choices."""
        for value, _, meant in self.options():
            if value == text:
                return (self.field(rows, meant) if callable(self.field) else rows.filter(**{self.field: meant})), ""
        return rows, f"“{_short(text)}” is not a choice for “{self.title}”, so it was left aside."


@dataclass(frozen=True)
class Words:
    """Every word must be somewhere in the fields."""

    key: str
    title: str
    fields: Sequence[str]

    def options(self) -> list[tuple[str, str, Any]]:
        return []

    def narrow(self, rows: Any, text: str) -> tuple[Any, str]:
        said = "" if len(text) <= MOST_WORDS else f"Only the first {MOST_WORDS} characters were searched for."
        for word in text[:MOST_WORDS].split():
            anywhere = Q()
            for name in self.fields:
                anywhere |= Q(**{f"{name}__icontains": word})
            rows = rows.filter(anywhere)
        return rows, said


Filter = Choice | Words


@dataclass(frozen=True)
class Cell:
    value: Any
    url: str
    numeric: bool
    title: str

    @property
    def shown(self) -> Any:
        return self.value if hasattr(self.value, "__html__") else words.said(self.value)


@dataclass(frozen=True)
class Header:
    title: str
    url: str
    sorted: str  # "ascending", "descending", "none", or nothing for one that cannot be
    numeric: bool


@dataclass(frozen=True)
class Asked:
    """A filter as the page shows it."""

    key: str
    title: str
    value: str
    options: list[tuple[str, str, Any]]


@dataclass
class Page:
    """One page of a list, and all that its template says about it."""

    lst: "List"
    queryset: Any  # filtered and in order, all pages
    total: int
    shown: int
    things: list[Any]  # the rows of this page as they come from the database
    rows: list[list[Cell]]
    headers: list[Header]
    filters: list[Asked]
    number: int
    pages: int
    notes: list[str]
    address: "Address"

    @property
    def filtered(self) -> bool:
        return any(one.value for one in self.filters)

    @property
    def counted(self) -> str:
        """12 of 340 places; 328 left out by the filter."""
        whole = words.count(self.total, *self.lst.noun)
        if self.shown == self.total:
            return whole
        left_out = words.number(self.total - self.shown)
        return f"{words.number(self.shown)} of {whole}; {left_out} left out by the filter"

    @property
    def span(self) -> str:
        first = (self.number - 1) * self.lst.per_page + 1
        last = min(self.number * self.lst.per_page, self.shown)
        return f"{words.number(first)} to {words.number(last)}"

    @property
    def downloads(self) -> list[tuple[str, str]]:
        kinds = (("CSV", "csv"), ("Excel", "xlsx"))
        return [(title, self.address.plus(**{FORMAT: kind, PAGE: None})) for title, kind in kinds]

    @property
    def page_links(self) -> list[tuple[int | None, str]]:
        """Numbers with their addresses: first, last, and those around; None stands for those between."""
        near = {1, self.pages, *range(self.number - 1, self.number + 2)}
        wanted = sorted(number for number in near if 1 <= number <= self.pages)
        links: list[tuple[int | None, str]] = []
        for before, number in zip([0, *wanted], wanted, strict=False):
            if number - before > 1:
                links.append((None, ""))
            links.append((number, self.page_url(number)))
        return links

    def page_url(self, number: int) -> str:
        return self.address.plus(**{PAGE: None if number == 1 else str(number)})

    @property
    def clear_url(self) -> str:
        return self.address.plus(**{PAGE: None, **{one.key: None for one in self.filters}})

    @property
    def sort_value(self) -> str:
        return self.address.one(SORT)


class Address:
    """The query of the address, of which a list changes only its own words."""

    def __init__(self, request: HttpRequest) -> None:
        self.query = request.GET.copy()
        self.query.pop(FORMAT, None)
        self.path = request.path

    def one(self, key: str) -> str:
        return self.query.get(key, "").replace("\x00", "").strip()

    def plus(self, **changes: str | None) -> str:
        query = self.query.copy()
        for key, value in changes.items():
            query.pop(key, None)
            if value:
                query[key] = value
        told = query.urlencode()
        return f"{self.path}?{told}" if told else self.path

    def others(self, own: Iterable[str]) -> list[tuple[str, str]]:
        """What the filter's form must carry along."""
        mine = {*own, PAGE}
        return [(key, value) for key, values in self.query.lists() if key not in mine for value in values]


@dataclass(frozen=True)
class List:
    """What a list is: its columns, its filters, its order. `page` reads the rest from the address."""

    name: str
    noun: tuple[str, str]
    columns: Sequence[Column]
    filters: Sequence[Filter] = ()
    order: str = ""
    empty: tuple[str, str, str] | None = None  # a sentence, and the first step: its address and its words
    per_page: int = 50
    caption: str = ""
    _by_key: dict[str, Column] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._by_key.update({column.key: column for column in self.columns if column.sort})

    def page(self, request: HttpRequest, queryset: "QuerySet[Any]") -> Page:
        """Three queries at most, whatever the number of rows: how many, how many are left, and these."""
        address = Address(request)
        left, asked, notes = self._narrow(queryset, address)
        key, note = self._order_asked(address)
        ordered = self.ordered(left, key)
        total = queryset.count()
        shown = left.count() if any(one.value for one in asked) else total
        pages = max(1, ceil(shown / self.per_page))
        number, paging = _page_asked(address, pages)
        start = (number - 1) * self.per_page
        things = list(ordered[start : start + self.per_page]) if shown else []
        rows = [self.cells(thing) for thing in things]
        told = [*notes, *(one for one in (note, paging) if one)]
        return Page(
            self, ordered, total, shown, things, rows, self._headers(address, key), asked, number, pages, told, address
        )

    def export(self, request: HttpRequest, queryset: "QuerySet[Any]", kind: str) -> "Export":
        """All rows that the address leaves, as a file named for the list, the area of the page and the day."""
        from holdgood.design.exports import export

        actor = getattr(request, "actor", None)
        on = timezone.localtime(actor.at if actor else timezone.now()).date()
        area = getattr(request, "area", None)
        return export(self.page(request, queryset), kind, on=on, about=str(area.name) if area else "")

    def cells(self, row: Any) -> list[Cell]:
        return [
            Cell(column.value(row), (column.link(row) or "") if column.link else "", column.numeric, column.title)
            for column in self.columns
        ]

    def _narrow(self, rows: Any, address: Address) -> tuple[Any, list[Asked], list[str]]:
        asked, notes = [], []
        for one in self.filters:
            text = address.one(one.key)
            if text:
                before = rows
                rows, note = one.narrow(rows, text)
                notes += [note] if note else []
                text = "" if note and rows is before else text[:MOST_WORDS]
            asked.append(Asked(one.key, one.title, text, one.options()))
        return rows, asked, notes

    def _order_asked(self, address: Address) -> tuple[str, str]:
        key = address.one(SORT)
        if not key or key.removeprefix("-") in self._by_key:
            return key or self.order, ""
        return self.order, f"There is no column “{_short(key)}” to sort by, so the usual order is shown."

    def ordered(self, rows: Any, key: str) -> Any:
        """By the column, and last by the primary key: no row is on two pages, or on none."""
        column = self._by_key.get(key.removeprefix("-"))
        if column is None:
            return rows.order_by(*([key] if key else rows.query.order_by), "pk")
        return rows.order_by(*(_by(name, turned=key.startswith("-")) for name in column.sort), "pk")

    def _headers(self, address: Address, key: str) -> list[Header]:
        return [self._header(column, address, key) for column in self.columns]

    def _header(self, column: Column, address: Address, key: str) -> Header:
        if column.key not in self._by_key:
            return Header(column.title, "", "", column.numeric)
        state = {column.key: "ascending", f"-{column.key}": "descending"}.get(key, "none")
        wanted = f"-{column.key}" if state == "ascending" else column.key
        return Header(column.title, address.plus(**{SORT: wanted, PAGE: None}), state, column.numeric)


def wanted(request: HttpRequest) -> str | None:
    """The format of a file, if the address asks for one that there is."""
    asked = request.GET.get(FORMAT, "")
    return asked if asked in FORMATS else None


def _page_asked(address: Address, pages: int) -> tuple[int, str]:
    text = address.one(PAGE)
    if not text:
        return 1, ""
    if not text.isascii() or not text.isdigit() or len(text) > 9 or int(text) < 1:
        return 1, f"“{_short(text)}” is not a page, so the first is shown."
    if int(text) > pages:
        return pages, f"There is no page {int(text)}; this is the last."
    return int(text), ""


def _by(name: str, *, turned: bool) -> OrderBy:
    """Rows without a value stand last both ways, on both databases."""
    falling = name.startswith("-") != turned
    field = F(name.removeprefix("-"))
    return field.desc(nulls_last=True) if falling else field.asc(nulls_last=True)


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"
