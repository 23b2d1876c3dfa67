"""A table read as its mapping says: every row counted, set aside as a total, or left out for a reason that is told."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from holdgood.measures import written
from holdgood.measures.mapping import changes, heads, joining, layout, outside, rows_kept, totals, when
from holdgood.measures.mapping.layout import Layout
from holdgood.measures.mapping.mapped import Mapped, Number, Total
from holdgood.measures.mapping.plan import OUT_OF, SCORE, Amount, Column, Mapping, Value
from holdgood.measures.written import Unread
from holdgood.sheets import Cell, Grid, Row, said
from holdgood.sheets.table import filled, letters

_LONG = re.compile(r"([+-]?\d+\.\d{10})\d+", re.ASCII)  # digits that no measure keeps, and the one parser does not take
LONGEST_MERGED = 10_000  # rows
_PERCENT = {"percent", "percentage", "rate", "proportion", "share"}
_CODE = re.compile(r"(?=.*\d|[A-Z]{3}$)[A-Z0-9]{3,9}", re.ASCII)


def apply(grid: Grid, mapping: Mapping, file: str = "", *, told: str = "", place: str = "") -> Mapped:
    """The numbers of a sheet. `told`: the period, `place`: the place, where nothing in the file says them."""
    if place:
        mapping = replace(mapping, places=replace(mapping.places, one=place))
    return _Applying(grid, mapping, file or grid.name, told).done()


class _Applying:
    def __init__(self, grid: Grid, mapping: Mapping, file: str, told: str) -> None:
        self.grid, self.mapping, self.file, self.told = grid, mapping, file, told
        self.mapped = Mapped(file, grid.sheet, notes=list(grid.notes))
        self.layout: Layout = layout.locate(grid, mapping)
        self.at = dict(self.layout.at)  # where columns are, for the period that is read
        self.across: list[tuple[int, str]] = []
        self.above: list[tuple[str, dict[Column, int]]] = []
        self.outside: Cell = None  # the period, where no row says it
        self.rounded = 0
        self.firsts: dict[tuple[str, str], dt.date] = {}
        self.no_data = {each.casefold() for each in mapping.no_data}
        self.nought = {each.casefold() for each in mapping.nought}
        self.labels = {heads.plain(each) for each in mapping.totals}
        self.down = _carried_down(grid)
        self.column = ""  # that is read, for a sentence on it

    def done(self) -> Mapped:
        self._prepare()
        if self.mapped.wrong:
            return self.mapped
        last = max(self.layout.rows)
        for row in self.grid.rows:
            if row.number <= last:
                continue
            if self._ends(row):
                self.mapped.left["at which the table ends, and all below"] += 1
                break
            self._row(row)
        self._finish()
        return self.mapped

    def _ends(self, row: Row) -> bool:
        first = next((said(cell).strip() for cell in row.cells if cell is not None), "")
        return bool(self.mapping.ends) and first.startswith(self.mapping.ends)

    def _prepare(self) -> None:
        """What must be known before any row is read."""
        refuse = self.mapped.refuse
        if not self.layout.rows:
            refuse(f"No row has the heads that stood in row {self.mapping.heads[-1]}. Point at the heads.")
            return
        for column in self.layout.missing:
            refuse(changes.gone(column.head, column.at, layout.nearest(column, self.layout)), self.layout.rows[-1])
        if not (self.mapping.places.column or self.mapping.places.one):
            refuse("Nothing says of which place the rows are. Point at a column, or choose the place.")
        for value in self.mapping.values:
            self._refuse_percentages(value)
        if self.mapping.when.kind == "across":
            places = heads.periods_across(self.layout.columns)
            self.across = [(at, heads.lower(self.layout.columns[at])) for at in places]
            if not self.across:
                refuse("The periods stood in the heads, and no head is a period now. Point at the periods.")
        elif self.mapping.when.kind == "above":
            self._find_above()
        elif self.mapping.when.kind not in ("column", "year and month"):
            self.outside = outside.find(self.grid, self.mapping, self.layout, self.file, self.told, self.mapped)

    def _find_above(self) -> None:
        """For each period its own columns; one that has not got them all is left out, and that is said."""
        needed = {column for value in self.mapping.values for amount in (value.numerator, value.denominator) if amount
                  for column in amount.columns}  # fmt: skip
        for upper, own in heads.periods_above(self.layout.columns):
            if all(heads.plain(column.head) in own for column in needed):
                self.above.append((upper, {column: own[heads.plain(column.head)] for column in needed}))
            else:
                self.mapped.notes.append(f"“{upper[:40]}” has not got every column that is needed, and was left out.")
        if not self.above:
            self.mapped.refuse("The periods stood in the upper heads, and none does now. Point at the periods.")

    def _refuse_percentages(self, value: Value) -> None:
        """Of a measure that is counted, a percentage is no number: nobody could add it up."""
        columns = value.numerator.columns if value.kind != SCORE else ()
        for column in columns:
            if _PERCENT & set(heads.words(column.head).split()):
                self.mapped.refuse(
                    f"“{column.head[:60]}” is a percentage or a rate, and {value.measure} is counted"
                    f"{' as number out of number' if value.kind == OUT_OF else ''}. Point at the column of the numbers."
                )

    def _row(self, row: Row) -> None:
        for only in self.mapping.only:
            if not rows_kept.kept(row, (only,), self.layout.at):
                head = only.column.head[:40] or f"column {letters(self.layout.at[only.column])}"
                self.mapped.left[f"that say something else in “{head}”"] += 1
                return
        values = self._values_of(row)
        place, name = self._place(row)
        cells = [row.at(at) for at in self._columns_of(values)]
        if not any(cell is not None and cell != "" for cell in cells) and not (values and _CODE.fullmatch(place)):
            self.mapped.left["without a number, such as titles and notes"] += 1
        elif not values:
            self.mapped.left["of other measures"] += 1
        elif not place and not any(map(heads.is_number, cells)):
            self.mapped.left["without a number, such as titles and notes"] += 1
        elif not any(map(heads.is_number, cells)) and self._repeats_heads(row):
            self.mapped.left["that repeat the heads"] += 1
        else:
            for upper, at in self.above or [("", self.layout.at)]:
                self.at = {**self.layout.at, **at}
                for value in values:
                    self._number_of(row, value, place, name, upper)

    def _values_of(self, row: Row) -> list[Value]:
        if self.mapping.names is None:
            return list(self.mapping.values)
        text = heads.plain(said(self._at(row, self.mapping.names)))
        return [value for value in self.mapping.values if text in {heads.plain(each) for each in value.called}]

    def _columns_of(self, values: Sequence[Value]) -> list[int]:
        if self.across:
            return [at for at, _ in self.across]
        amounts = [amount for value in values for amount in (value.numerator, value.denominator) if amount]
        columns = [column for amount in amounts for column in amount.columns]
        return [at[column] for _, at in self.above or [("", self.at)] for column in columns]

    def _repeats_heads(self, row: Row) -> bool:
        own = [heads.plain(said(cell)) for cell in row.cells]
        last = [heads.plain(heads.lower(head)) for head in self.layout.columns]
        return filled(row.cells) > 2 and own == last[: len(own)]

    def _place(self, row: Row) -> tuple[str, str]:
        """What the row says of its place; a mark for nothing is nothing."""
        places = self.mapping.places
        if places.column is None:
            return places.one, ""
        text = " ".join(said(self._at(row, places.column)).split())
        name = ""
        if places.names is not None and places.names in self.layout.at:
            name = " ".join(said(self._at(row, places.names)).split())
        return ("" if text.casefold() in self.no_data else text), name

    def _at(self, row: Row, column: Column) -> Cell:
        """The cell of a column; of cells that are merged downwards, the one that holds what they show."""
        at = self.layout.at[column]
        cell = row.at(at)
        return self.down.get((row.number, at)) if cell is None else cell

    def _number_of(self, row: Row, value: Value, place: str, name: str, upper: str) -> None:
        label = self._total(row, place, name)
        for at, head in self.across or [(-1, upper)]:
            if at >= 0 and row.at(at) is None:
                continue
            if label:
                self._set_aside(row, value, label, at, head)
                continue
            self.column = head
            try:
                numerator, denominator = self._amounts(row, value, at)
                text = head or self._period_text(row)
                first = self._first(text, value.granularity)
            except Unread as problem:
                self.mapped.refuse(str(problem), row.number, self.column, self._raw(row, value, at))
                continue
            self.mapped.rows.append(
                Number(value.measure, place, name, said(text).strip()[:60], first, numerator, denominator,
                       self.grid.sheet, row.number, self._raw(row, value, at), (row.number,))
            )  # fmt: skip

    def _first(self, text: Cell, granularity: str) -> dt.date:
        """The period; a text that was read before is not worked out again."""
        key = (said(text), granularity)
        if key not in self.firsts:
            missing = isinstance(text, str) and text.strip().casefold() in self.no_data
            self.firsts[key] = when.read(None if missing else text, granularity)
        return self.firsts[key]

    def _set_aside(self, row: Row, value: Value, label: str, at: int, head: str) -> None:
        """A total as far as it can be read: nothing of it goes on, so that nothing of it is a mistake."""
        try:
            numerator, denominator = self._amounts(row, value, at)
        except Unread:
            numerator = denominator = None
        try:
            first = self._first(head or self._period_text(row), value.granularity)
        except Unread:
            first = None
        self.mapped.totals.append(Total(label, value.measure, first, numerator, denominator, row.number))

    def _total(self, row: Row, place: str, name: str) -> str:
        """The label of a row that is a total, by its label or by having no code; empty where it is none."""
        for text in (place, name):
            if text and heads.plain(text) in self.labels:
                return text
        if place:
            return ""
        only = {self.layout.at[each.column] for each in self.mapping.only}
        texts = [said(cell).strip() for at, cell in enumerate(row.cells) if isinstance(cell, str) and at not in only]
        texts = [text for text in texts if text and text.casefold() not in self.no_data and not heads.is_number(text)]
        return next((text for text in texts if heads.plain(text) in self.labels), next(iter(texts), "without a code"))

    def _period_text(self, row: Row) -> Cell:
        at = self.mapping.when
        self.column = at.column.head if at.column else self.column
        if at.kind == "column" and at.column is not None:
            return self._at(row, at.column)
        if at.kind == "year and month" and at.column is not None and at.month is not None:
            year, month = (said(self._at(row, each)).strip() for each in (at.column, at.month))
            year = year.removesuffix(".0")
            return f"{year}-{int(month):02}" if month.isdecimal() and month.isascii() else f"{month} {year}"
        return self.outside

    def _amounts(self, row: Row, value: Value, at: int) -> tuple[Decimal | None, Decimal | None]:
        if at >= 0:
            found = self._number(row.at(at), value)
            return (None if found is None else found * value.times), None
        numerator = self._amount(row, value.numerator, value)
        denominator = None if value.denominator is None else self._amount(row, value.denominator, value)
        return (None if numerator is None else numerator * value.times), denominator

    def _amount(self, row: Row, amount: Amount, value: Value) -> Decimal | None:
        """The sum of the columns less the others; None where one of them has no data."""
        empty = "" in self.nought and any(heads.is_number(row.at(self.at[each])) for each in amount.columns)
        found = Decimal(0)
        for column in amount.columns:
            self.column, cell = column.head, row.at(self.at[column])
            number = Decimal(0) if empty and written.is_empty(cell) else self._number(cell, value)
            if number is None:
                return None
            found += -number if column in amount.less else number
        return found

    def _number(self, cell: Cell, value: Value) -> Decimal | None:
        if isinstance(cell, str):
            text = cell.strip().casefold()
            if text and text in self.nought:
                return Decimal(0)
            if text in self.no_data:
                return None
            cell = _LONG.sub(r"\1", cell.strip())
        found = written.number(cell, percent=value.kind == SCORE)
        self.rounded += found.rounded
        return found.value

    def _raw(self, row: Row, value: Value, at: int) -> str:
        places = [self.mapping.places.column, self.mapping.places.names, self.mapping.names]
        kept = [self.layout.at[each] for each in places if each in self.layout.at]
        amounts = [amount for amount in (value.numerator, value.denominator) if amount]
        kept += [at] if at >= 0 else [self.at[column] for amount in amounts for column in amount.columns][:12]
        return " | ".join(said(row.at(each))[:80] for each in kept)[:300]

    def _finish(self) -> None:
        totals.date(self.mapped)
        totals.check(self.mapped, self.mapping, self.mapped.rows)
        self._refuse_shares()
        joining.join(self.mapped, self.mapping)
        joining.say(self.mapped, self.rounded)

    def _refuse_shares(self) -> None:
        """Numbers out of hundreds that are all fractions of one are shares, whatever their head says."""
        for value in self.mapping.values:
            rows = [row for row in self.mapped.rows if row.measure == value.measure]
            if value.kind == OUT_OF and _are_shares(rows):
                head = value.numerator.plus[0]
                self.mapped.refuse(
                    f"Every number of “{head.head[:60]}” is 1 or less: these are shares, and {value.measure} is "
                    f"counted as number out of number. Point at the column of the numbers.",
                    None, letters(self.layout.at[head]),
                )  # fmt: skip


def _are_shares(rows: Sequence[Number]) -> bool:
    above = [row.numerator for row in rows if row.numerator is not None and (row.denominator or 0) > 1]
    fractions = sum(1 for number in above if number % 1)
    return 2 * fractions > len(above) > 2 and all(abs(number) <= 1 for number in above)


def _carried_down(grid: Grid) -> dict[tuple[int, int], Cell]:
    """What cells show that are merged into one above them, by row and column."""
    first = {(span.top, span.left): span for span in grid.merged if span.bottom > span.top}
    held = {
        (row.number, at): cell for row in grid.rows for at, cell in enumerate(row.cells) if (row.number, at) in first
    }
    found = {}
    for place, cell in held.items():
        span = first[place]
        for number in range(span.top + 1, min(span.bottom, span.top + LONGEST_MERGED) + 1):
            found[number, span.left] = cell
    return found
