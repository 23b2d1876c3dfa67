"""How a CSV file is laid out: what separates its columns, where its header ends."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice

from plotthedots.errors import BadInput
from plotthedots.files import heads
from plotthedots.files.encodings import Text
from plotthedots.files.source import Reading

_DELIMITERS = (",", ";", "\t", "|")
_SAMPLE = 1 << 18
_RECORDS = 50
_SPOKEN = {"\t": "tab", " ": "space"}


@dataclass(frozen=True)
class Layout:
    """What separates columns, their names, and where the rows begin."""

    delimiter: str
    columns: list[str]
    last_head: int
    """The last row of the header, as a spreadsheet shows it."""
    start: int
    """Bytes before the first row below the header."""
    apart: str = ""
    """How names that repeat may be told apart, as the end of a sentence."""


def layout(text: Text, name: str, how: Reading) -> Layout:
    """The layout of a CSV file, by its first rows and by what the person said."""
    with text.open() as file:
        sample = file.read(_SAMPLE).decode("utf-8", errors="ignore")
    delimiter = _delimiter(how.delimiter) or _best(sample)
    found = _header(sample, delimiter, how, name)
    if len(found.columns) == 1:
        _refuse_one_column(sample, delimiter, name)
    return found


def _delimiter(said: str) -> str:
    delimiter = {"tab": "\t", "\\t": "\t", "space": " "}.get(said, said)
    if len(delimiter) > 1 or not delimiter.isascii() or delimiter in ("\n", "\r", '"'):
        raise BadInput(f'"{said}" cannot separate columns: expected one character such as , ; | or the word tab.')
    return delimiter


def _best(sample: str) -> str:
    """The delimiter that gives every row of the sample the same columns, and most of them; else most in the first."""
    widths = {delimiter: _widths(sample, delimiter) for delimiter in _DELIMITERS}
    even = {d: w[0] for d, w in widths.items() if len(set(w)) == 1 and w[0] > 1}
    return max(_DELIMITERS, key=lambda d: (even.get(d, 0), widths[d][0]))


def _widths(sample: str, delimiter: str) -> list[int]:
    records = [record for _, record, _ in islice(_records(sample, delimiter), _RECORDS + 1) if record]
    # One more was taken than is looked at: it may be cut off by the end of the sample.
    return [len(record) for record in records[:_RECORDS]] or [0]


def _header(sample: str, delimiter: str, how: Reading, name: str) -> Layout:
    above: list[str] = []
    found: list[list[str]] = []
    for number, record, end in _records(sample, delimiter):
        if number <= how.skip or not (found or any(map(str.strip, record))):
            above = tidy(record)
            continue
        found.append(tidy(record))
        if len(found) == how.header:
            apart = heads.apart(above, number) if how.header == 1 else ""
            return Layout(delimiter, heads.joined(found), number, len(sample[:end].encode()), apart)
    if sample.count('"') % 2:
        raise BadInput(f'{name}: a quote (") in the header is opened and never closed.')
    if found:
        raise BadInput(f"{name} has too few rows for --header {how.header}.")
    if not how.skip:
        raise BadInput(f"{name} is empty.")
    raise BadInput(f"{name} has no row below row {how.skip} to be the header.")


def tidy(record: list[str]) -> list[str]:
    """Names without spaces around them or line breaks inside."""
    return [" ".join(name.split()) for name in record]


def _records(sample: str, delimiter: str) -> Iterator[tuple[int, list[str], int]]:
    """Row number, cells, and the place in the sample after the row."""
    ends: list[int] = [0]

    def lines() -> Iterator[str]:
        for line in io.StringIO(sample, newline=""):
            ends[0] += len(line)
            yield line

    # A cell beyond the reader's limit ends the look; what is wrong with it shows when the file is read.
    with suppress(csv.Error):
        for number, record in enumerate(csv.reader(lines(), delimiter=delimiter), 1):
            yield number, record, ends[0]


def _refuse_one_column(sample: str, delimiter: str, name: str) -> None:
    """Refuse what is one column only because another character separates the columns."""
    likely = _best(sample)
    if len(set(_widths(sample, likely))) == 1 and _widths(sample, likely)[0] > 1 and likely != delimiter:
        spoken = _SPOKEN.get(likely, likely)
        raise BadInput(
            f'{name} has one column if "{_SPOKEN.get(delimiter, delimiter)}" separates columns; '
            f"it looks as if {spoken} does: say --delimiter '{spoken}'"
        )
    words = set(_widths(sample, " "))
    if len(words) == 1 and max(words) > 1 and delimiter != " ":
        raise BadInput(f"{name} has one column; it looks as if spaces separate columns: say --delimiter space")
    odd = _odd_delimiter(sample)
    if odd and odd != delimiter:
        advice = f"say --delimiter '{odd}'" if odd.isascii() else "save it with commas"
        raise BadInput(f'{name} has one column; it looks as if "{odd}" separates columns: {advice}.')


def _odd_delimiter(sample: str) -> str:
    """A mark that occurs equally often in each of the first lines, at least twice."""
    counts = [Counter(line) for line in [line for line in sample.splitlines() if line][:5]]
    marks = [m for m in counts[0] if m.isprintable() and not (m.isalnum() or m.isspace() or m in "\"'_-.:/")]
    even = [m for m in marks if counts[0][m] > 1 and all(count[m] == counts[0][m] for count in counts)]
    return max(even, key=lambda mark: counts[0][mark], default="")
