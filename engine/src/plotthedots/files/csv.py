"""Rows from CSV files, in blocks, so that memory is that of the columns asked for.

Text columns are kept as indices into their distinct texts (4 bytes a row) and numbers become floats (8 bytes a row)
block by block: three columns of ten million rows need 160 MB beside the libraries, whatever the file's size.
"""

import csv
import io
from collections.abc import Generator, Mapping
from contextlib import closing, suppress
from itertools import islice
from typing import BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.csv as arrow

from plotthedots.files import columns, heads, paths, sniff, tail
from plotthedots.files.encodings import open_text
from plotthedots.files.left_out import LeftOut
from plotthedots.files.source import BadFile, Reading, Role, Rows, in_column, no_rows
from plotthedots.numerals import Column

_BLOCK = 4 << 20
_SIGNS_OF_OPEN_QUOTE = ("unexpected end of data", "field larger than field limit")
_TEXTS = pa.dictionary(pa.int32(), pa.string())


class CsvFile:
    """A CSV file whose header was read."""

    def __init__(self, path: str, how: Reading) -> None:
        self.name = paths.spoken(path)
        self._how = how
        self._text = open_text(path, self.name, how.encoding)
        self._layout = sniff.layout(self._text, self.name, how)
        self.columns, self.apart = self._layout.columns, self._layout.apart
        self._has_notes = False
        self._end = self._end_of_table()
        # Whether rows without anything in them were left out, so that they do not count among the rows of the table.
        self._without_blank = False
        self._left_out = LeftOut(self, how)

    def read(self, roles: Mapping[str, Role]) -> Rows:
        """The named columns; BadInput with row and column where a cell is not what its role expects."""
        self._refuse_open_quote()
        numbers = {name: Column(self._how.missing) for name, role in roles.items() if role is Role.NUMBER}
        with closing(self._blocks(roles)) as pieces:
            blocks = [self._converted(block, numbers) for block in pieces]
        if not blocks:
            raise no_rows(self.name)
        table = self._without_blank_rows(columns.without_blank_end(pa.Table.from_batches(blocks).unify_dictionaries()))
        if not table.num_rows:
            raise no_rows(self.name)
        rows = Rows(table, [*self._notes_said(), *self._left_out.said()])
        for position, (name, role) in enumerate(roles.items()):
            with in_column(name):
                if role is Role.NUMBER:
                    said = numbers[name].said()
                else:
                    column, said = columns.convert(table.column(name), role, self._how)
                    rows.table = rows.table.set_column(position, name, column)
            if said:
                rows.said.append(f'Column "{name}": {said}')
        return rows

    def row_number(self, row: int) -> int:
        """The number of the row as a spreadsheet shows it; blank lines count, line breaks inside quotes do not."""
        seen = -1
        with closing(self._numbered()) as records:
            for number, record in records:
                if self._left_out.takes(record):
                    continue
                seen += any(map(str.strip, record)) if self._without_blank else bool(record)
                if seen == row:
                    return number
        return row + self._layout.last_head + 1

    def elsewhere(self, column: str) -> str:
        """Where else in the first rows of the file that name is, as a sentence; empty if nowhere."""
        with closing(self._numbered()) as records:
            rows = [(number, sniff.tidy(record)) for number, record in islice(records, heads.ROWS_LOOKED_AT)]
        for number, cells in rows:
            if column in cells:
                return f"Row {number} has it: say{heads.skipping(number)}"
        return heads.header_below(rows, self.columns)

    def _blocks(self, roles: Mapping[str, Role]) -> Generator[pa.RecordBatch]:
        # Duplicate names are allowed where nobody asks for them, so the columns go by position.
        names = [f"{position}" for position in range(len(self.columns))]
        wanted = {names[self.columns.index(name)]: name for name in [*roles, *self._left_out.columns]}
        kinds = {key: pa.string() if roles.get(name) is Role.NUMBER else _TEXTS for key, name in wanted.items()}
        options = {
            "read_options": arrow.ReadOptions(column_names=names, block_size=_BLOCK),
            "parse_options": arrow.ParseOptions(delimiter=self._layout.delimiter, newlines_in_values=True),
            "convert_options": arrow.ConvertOptions(
                include_columns=list(wanted), column_types=kinds, null_values=[""], strings_can_be_null=True
            ),
        }
        try:
            with self._rest() as rest, arrow.open_csv(rest, **options) as blocks:
                for block in blocks:
                    yield self._kept(block.rename_columns(list(wanted.values())), list(roles))
        except pa.ArrowInvalid as failure:
            if "Empty CSV" in str(failure):
                return
            raise self._broken(failure) from failure

    def _kept(self, block: pa.RecordBatch, names: list[str]) -> pa.RecordBatch:
        """The columns that were asked for, without the rows that are left out."""
        if not self._left_out:
            return block
        out = np.zeros(block.num_rows, dtype=np.bool_)
        for name in self._left_out.columns:
            coded = block.column(name)
            coded = coded if pa.types.is_dictionary(coded.type) else coded.dictionary_encode()
            takes = [self._left_out.takes_value(name, text) for text in coded.dictionary.to_pylist()]
            indices = coded.indices.fill_null(len(takes)).to_numpy(zero_copy_only=False)
            out |= np.array([*takes, False])[indices]
        self._left_out.count += int(out.sum())
        return block.select(names).filter(pa.array(~out))

    def _without_blank_rows(self, table: pa.Table) -> pa.Table:
        """The table without rows that hold nothing in any column of the file: separators alone, or spaces."""
        if not columns.has_blank_rows(table):
            return table
        with closing(self._numbered()) as records:
            held = [any(map(str.strip, record)) for _, record in records if record and not self._left_out.takes(record)]
        self._without_blank = True
        return table.filter(pa.array(held[: table.num_rows]))

    def _end_of_table(self) -> int | None:
        """The bytes before what is left out at the end of the text; None where nothing is."""
        start, delimiter = self._layout.start, self._layout.delimiter
        if self._how.rows:
            return tail.after_rows(self._text, start, delimiter, self._how.rows)
        end = tail.end_of_table(self._text, start, delimiter) if sum(map(bool, self.columns)) > 1 else None
        self._has_notes = end is not None
        return end

    def _notes_said(self) -> list[str]:
        if not self._has_notes:
            return []
        with closing(self._numbered()) as records:
            rows = sum(any(map(str.strip, record)) for _, record in records)
        with closing(self._numbered(whole=True)) as records:
            filled = ((number, sniff.tidy(record)) for number, record in records if any(map(str.strip, record)))
            return [heads.notes_said(list(islice(filled, rows, None)))]

    def _converted(self, block: pa.RecordBatch, numbers: dict[str, Column]) -> pa.RecordBatch:
        for name, column in numbers.items():
            with in_column(name):
                values = pa.array(column.read(block.column(name)), from_pandas=True)
            block = block.set_column(block.schema.get_field_index(name), name, values)
        return block

    def _rest(self, *, whole: bool = False) -> BinaryIO:
        """What is below the header, to the end of the table or of the file."""
        file = self._text.open()
        file.seek(self._layout.start, io.SEEK_CUR)
        if whole or self._end is None:
            return file
        return io.BufferedReader(tail.Part(file, self._end - self._layout.start), _BLOCK)

    def _numbered(self, *, whole: bool = False) -> Generator[tuple[int, list[str]]]:
        """Each row below the header, with the number that a spreadsheet shows beside it."""
        with io.TextIOWrapper(self._rest(whole=whole), encoding="utf-8", newline="") as lines:
            reader = csv.reader(lines, delimiter=self._layout.delimiter)
            # Cells beyond the reader's limit end the search, and nothing worse: it serves sentences alone.
            with suppress(csv.Error):
                yield from enumerate(reader, self._layout.last_head + 1)

    def _broken(self, failure: pa.ArrowInvalid) -> BadFile:
        expected = len(self.columns)
        for number, record in self._numbered():
            if record and len(record) != expected:
                found = "1 column" if len(record) == 1 else f"{len(record)} columns"
                return BadFile(
                    f"{self.name}, row {number}: found {found}, expected {expected} as in the header."
                    f"{self._ragged(record)}"
                )
        if "straddling" in str(failure):
            return BadFile(f'{self.name} has a row of over 4 MB: is a quote (") opened and never closed?')
        return BadFile(f"{self.name} cannot be read as CSV: {str(failure).splitlines()[0]}")

    def _ragged(self, record: list[str]) -> str:
        """What to do about a row that is longer or shorter than the header."""
        expected, mark = len(self.columns), "tab" if self._layout.delimiter == "\t" else f'"{self._layout.delimiter}"'
        if len(record) < expected:
            return "" if any(self.columns[len(record) :]) else f" The header ends with a {mark} too many: take it away."
        if not any(map(str.strip, record[expected:])):
            return f" The row ends with a {mark} too many: take it away, or put one at the end of the header."
        return f" A {mark} inside a value needs quotes around the value."

    def _refuse_open_quote(self) -> None:
        # Where quotes come in pairs none is open; a lone one may also be a mark for inches.
        if self._text.quotes % 2 == 0:
            return
        last = 0
        with io.TextIOWrapper(self._rest(), encoding="utf-8", newline="") as lines:
            reader = csv.reader(lines, delimiter=self._layout.delimiter, strict=True)
            while True:
                try:
                    last += 1
                    next(reader)
                except StopIteration:
                    return
                except csv.Error as failure:
                    if any(sign in str(failure) for sign in _SIGNS_OF_OPEN_QUOTE):
                        break
        raise BadFile(f'{self.name}, row {last + self._layout.last_head}: a quote (") is opened and never closed.')
