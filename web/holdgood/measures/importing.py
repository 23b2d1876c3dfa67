"""A file that somebody brings, as checked rows or as all that is wrong with it. Nothing is written here."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from uuid import UUID

from holdgood import sheets
from holdgood.design import words
from holdgood.measures import columns, doubts, periods, plausible, written
from holdgood.measures.actions.counting import Counted
from holdgood.measures.checked import Checked, Mistake
from holdgood.measures.columns import DENOMINATOR, MEASURE, NUMERATOR, PERIOD, PLACE, Layout
from holdgood.measures.known import Known
from holdgood.measures.models import Measure
from holdgood.measures.written import Unread
from holdgood.places.models import Place
from holdgood.sheets import Cell, Row, Table, patients, said
from holdgood.sheets.table import letters

MOST = 100_000  # numbers of one batch
Told = Callable[[int, int], None]  # rows that are done, of how many; of 0 while nobody knows how many
TOLD_EVERY = 2000


@dataclass(frozen=True)
class Wanted:
    """What is said beside the file: which sheet; the measure and the place, where no column names them."""

    known: Known
    on: dt.date
    sheet: str = ""
    measure: Measure | None = None
    place: Place | None = None


def check_file(file: Path | bytes, name: str, wanted: Wanted, told: Told | None = None) -> Checked:
    """Read and check a file; what cannot be read is one mistake."""
    try:
        table = sheets.read(file, name, sheet=wanted.sheet or None, told=None if told is None else lambda n: told(n, 0))
    except sheets.Refused as problem:
        checked = Checked(name)
        checked.refuse(Mistake(str(problem)))
        return checked
    return check(table, wanted, told)


def check(table: Table, wanted: Wanted, told: Told | None = None) -> Checked:
    """Every row of a table, as numbers of measures at places over periods."""
    checked = Checked(table.name, table.sheet, notes=list(table.notes))
    for sentence in patients.columns(table):
        checked.refuse(Mistake(sentence))
    layout = columns.find(table, wanted.known, wanted.measure)
    for column, sentence in layout.mistakes:
        checked.refuse(Mistake(sentence, table.header_row, _title(table, column)))
    for sentence in _not_said(layout, wanted):
        checked.refuse(Mistake(sentence))
    if not checked.wrong:
        _Reader(table, layout, wanted, checked).read(told)
    if not checked.wrong:
        doubts.ask(checked, wanted.known)
    return checked


def _not_said(layout: Layout, wanted: Wanted) -> Iterator[str]:
    if not layout.knows(PERIOD):
        yield "No column says which period a number is of. Add a column “Period”, such as April 2023."
    if not layout.knows(PLACE) and wanted.place is None:
        yield "No column says which place a number is of. Add a column “Place”, or choose the place here."
    if not layout.knows(MEASURE) and wanted.measure is None:
        yield "No column says what was measured. Add a column “Measure”, or choose the measure here."
    measure = wanted.measure if not layout.knows(MEASURE) else None
    if measure is not None and measure.is_rate and DENOMINATOR not in layout.at:
        yield f"{measure.short} is out of {measure.denominator}. Add a column “Denominator”, and a row for each number."


class _Reader:
    """Goes through the rows once. A cell that says the same as one before is not worked out again."""

    def __init__(self, table: Table, layout: Layout, wanted: Wanted, checked: Checked) -> None:
        self.table, self.layout, self.wanted, self.checked = table, layout, wanted, checked
        self.seen: dict[tuple[UUID, UUID, dt.date], int] = {}
        self.rounded = self.ahead = self.percents = 0
        self.moved: set[str] = set()
        self.slashed = False
        self.example: dict[str, str] = {}
        self.row: Row = Row(0, ())
        self.column = ""

    def read(self, told: Told | None) -> None:
        across: Sequence[int | None] = self.layout.across or [None]
        for count, row in enumerate(self.table.rows):
            self.row = row
            if told is not None and count % TOLD_EVERY == 0:
                told(count, len(self.table.rows))
            if all(written.is_empty(cell) for cell in row.cells):
                continue
            for column in across:
                self._one(column)
            if len(self.checked.rows) > MOST:
                self.checked.refuse(Mistake(f"There are more than {MOST:,} numbers. Split the file, by year."))
                return
        self._finish()

    def _one(self, column: int | None) -> None:
        """One number, or the first thing that is wrong with it."""
        self.column = ""
        try:
            place = self._place(column)
            measure = self._measure(column, place)
            period = self._period(column, measure)
            counted = self._counted(column, measure, place, period)
        except Unread as problem:
            self._refuse(str(problem))
            return
        if counted is not None:
            self._keep(counted, measure, place)

    def _cell(self, what: str, column: int | None) -> Cell:
        """The cell that says it: of the row, or the title of the column."""
        if self.layout.spread == what and column is not None:
            self.column = _title(self.table, column)
            return self.table.header[column]
        self.column = _title(self.table, self.layout.at[what])
        return self.row.at(self.layout.at[what])

    def _place(self, column: int | None) -> Place:
        if not self.layout.knows(PLACE):
            assert self.wanted.place is not None
            return self.wanted.place
        cell = self._cell(PLACE, column)
        if written.is_empty(cell):
            raise Unread("There is no place. Write its name or code.")
        return self.wanted.known.place(said(cell))

    def _measure(self, column: int | None, place: Place) -> Measure:
        if not self.layout.knows(MEASURE):
            assert self.wanted.measure is not None
            if self.wanted.measure.place_id != (place.root_id or place.pk):
                raise Unread(f"{self.wanted.measure.short} is not a measure of the trust of {place.name}.")
            return self.wanted.measure
        cell = self._cell(MEASURE, column)
        if written.is_empty(cell):
            raise Unread("There is no measure. Write its name.")
        return self.wanted.known.measure(said(cell), place)

    def _period(self, column: int | None, measure: Measure) -> written.Period:
        cell = self._cell(PERIOD, column)
        found = written.period(cell, measure.granularity)
        when = periods.name(found.first, measure.granularity)
        if found.first > self.wanted.on and not self._is_blank(column):
            raise Unread(f"{when} has not begun. Correct the period, or leave its number empty.")
        if measure.retired_on is not None and found.first >= measure.retired_on:
            raise Unread(f"{measure.short} was retired on {words.day(measure.retired_on)}. Take the row out.")
        return found

    def _is_blank(self, column: int | None) -> bool:
        return written.is_empty(self.row.at(column if column is not None else self.layout.at[NUMERATOR]))

    def _counted(self, column: int | None, measure: Measure, place: Place, period: written.Period) -> Counted | None:
        if period.first > self.wanted.on:
            self.ahead += 1
            return None
        self._remember(period, measure)
        percent = measure.unit == "%" and not measure.is_rate
        numerator = self._number(column if column is not None else self.layout.at[NUMERATOR], percent)
        denominator = None
        if measure.is_rate and numerator is not None and DENOMINATOR in self.layout.at:
            denominator = self._number(self.layout.at[DENOMINATOR], percent=False)
        if numerator is not None:
            self._plausible(measure, numerator, denominator, column)
        return Counted(
            measure.pk, place.pk, period.first, numerator, denominator, self.checked.sheet[:100], self.row.number,
            self._raw(column),
        )  # fmt: skip

    def _number(self, column: int, percent: bool) -> Decimal | None:
        self.column = _title(self.table, column)
        cell = self.row.at(column)
        found = written.number(cell, percent=percent)
        if found.rounded:
            self.rounded += 1
            self.example.setdefault("rounded", f"row {self.row.number:,}: {said(cell)[:40]}")
        if isinstance(cell, str) and cell.rstrip().endswith("%"):
            self.percents += 1
            self.example.setdefault("percent", f"row {self.row.number:,}: {cell.strip()[:40]}")
        return found.value

    def _plausible(self, measure: Measure, numerator: Decimal, denominator: Decimal | None, column: int | None) -> None:
        found = plausible.problems(measure, numerator, denominator)
        if found:
            what, sentence = found[0]
            at = self.layout.at.get(what, column)
            self.column = _title(self.table, at) if at is not None else ""
            if what == DENOMINATOR and DENOMINATOR not in self.layout.at:
                sentence = f"{measure.short} is out of {measure.denominator}: add a column “Denominator” for that."
            raise Unread(sentence)

    def _keep(self, counted: Counted, measure: Measure, place: Place) -> None:
        self.column = ""
        before = self.seen.get(counted.key)
        if before is not None:
            when = periods.name(counted.period, measure.granularity)
            self._refuse(
                f"{measure.short} of {place.name} for {when} stands in row {before:,} already. Leave one of them out."
            )
            return
        self.seen[counted.key] = self.row.number
        if place.closed_on is not None and counted.period >= place.closed_on:
            self.checked.ask(
                f"Row {self.row.number:,}: {place.name} closed on {words.day(place.closed_on)}. Is the period right?"
            )
        self.checked.rows.append(counted)

    def _remember(self, period: written.Period, measure: Measure) -> None:
        cell = said(self.row.at(self.layout.at[PERIOD])) if PERIOD in self.layout.at else self.column
        when = f"{cell[:30]} was taken as {periods.name(period.first, measure.granularity)}"
        if period.moved:
            self.moved.add(cell)
            self.example.setdefault("moved", when)
        if period.slashed:
            self.slashed = True
            read = written.period(cell, "day") if PERIOD in self.layout.at else period
            self.example.setdefault("slashed", f"{cell[:30]} is {words.day(read.first)}")

    def _refuse(self, sentence: str) -> None:
        self.checked.refuse(Mistake(sentence, self.row.number, self.column, self._raw(None)))

    def _raw(self, column: int | None) -> str:
        """The cells that were read, as they stood; cells that were not read are not kept."""
        wanted = [
            self.layout.at[what] for what in (PLACE, MEASURE, PERIOD, NUMERATOR, DENOMINATOR) if what in self.layout.at
        ]
        titles = [] if column is None else [said(self.table.header[column])]
        cells = [said(self.row.at(each)) for each in [*wanted, *([] if column is None else [column])]]
        return " | ".join([*titles, *(cell[:80] for cell in cells)])[:300]

    def _finish(self) -> None:
        say, example = self.checked.notes.append, self.example
        if not self.checked.wrong and not any(row.numerator is not None for row in self.checked.rows):
            self.checked.refuse(Mistake("No row has a number: every one is empty. Fill the numbers in."))
        if self.slashed:
            say(f"Dates were read as day, month, year: {example['slashed']}.")
        if self.moved:
            say(f"{words.count(len(self.moved), 'date')} did not name a period by its first day: {example['moved']}.")
        if self.rounded:
            say(f"{words.count(self.rounded, 'number')} had more than six digits after the point and were rounded "
                f"({example['rounded']}).")  # fmt: skip
        if self.percents:
            say(
                f"{words.count(self.percents, 'number')} had a percent sign, which was left off ({example['percent']})."
            )
        if self.ahead:
            say(f"Empty cells of periods that have not begun were left out: {words.number(self.ahead)}.")
        if self.layout.left:
            say(f"Columns that were not read: {', '.join(title[:40] for title in self.layout.left)[:500]}.")
        empty = sum(row.numerator is None for row in self.checked.rows)
        if empty:
            count = words.count(empty, "row says", "rows say")
            say(f"{count} that there is no data: a cell that is empty, - or * is no nought.")


def _title(table: Table, column: int | None) -> str:
    if column is None:
        return ""
    title = said(table.header[column]) if column < len(table.header) else ""
    return title[:60] or f"column {letters(column)}"


def rows_of(measures: Sequence[Measure], places: Sequence[Place], period: dt.date) -> Iterator[list[str]]:
    """The rows of an example file: titles, then one for each measure and place, its numbers left to be filled in."""
    yield ["Measure", "Place", "Period", "Numerator", "Denominator"]
    for measure in measures:
        first = periods.first_day(period, measure.granularity)
        when = periods.name(periods.following(first, measure.granularity, -1), measure.granularity)
        for place in places:
            yield [measure.short, place.code, when, "", "" if measure.is_rate else "not needed"]
