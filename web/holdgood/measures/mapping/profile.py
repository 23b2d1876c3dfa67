"""What the columns of a table hold, seen from their cells: codes, names, periods, numbers, few words or many."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from holdgood.measures.mapping import heads, when
from holdgood.measures.mapping.plan import TOTALS
from holdgood.sheets import Grid, Row, said

LOOKED_AT = 3_000  # rows
FEW = 80  # values of a column by which rows are kept
_CODE = re.compile(r"(?=.*[A-Z])[A-Z0-9]{3,6}", re.ASCII)
_TRUST = re.compile(r"R[A-Z0-9][A-Z0-9]|T[A-Z][A-Z]|R[A-Z0-9]{4}", re.ASCII)
_CODE_HEAD = re.compile(r"\b(code|ods|provider|trust|organisation|hospital)\b")
_NOT_THE_PLACE = re.compile(
    r"\b(region|stp|icb|ics|parent|commissioner|ccg|hub|nationality|indicator|treatment|function)\b"
)
_NAME_HEAD = re.compile(r"\b(name|provider|organisation|trust|hospital|system|ward|unit|place|site)\b")
_WHEN_HEAD = re.compile(r"\b(period|month|date|time|quarter|weeks?|reporting|year)\b")


@dataclass(frozen=True)
class Profile:
    """One column below its head."""

    at: int
    head: str
    filled: int
    numbers: int
    codes: int
    trusts: int
    periods: int
    values: Counter[str]

    @property
    def words(self) -> int:
        return self.filled - self.numbers

    @property
    def mostly_codes(self) -> bool:
        return self.filled > 0 and 3 * self.codes >= 2 * self.filled

    @property
    def mostly_periods(self) -> bool:
        return self.filled > 0 and 3 * self.periods >= 2 * self.filled

    @property
    def mostly_words(self) -> bool:
        return self.filled > 0 and 2 * self.words > self.filled and not self.mostly_periods


def profiles(grid: Grid, numbers: Sequence[int], columns: Sequence[str]) -> list[Profile]:
    """Of every column, from the first rows below the heads."""
    below = [row for row in grid.rows if row.number > max(numbers)][:LOOKED_AT]
    return [_profile(at, head, below) for at, head in enumerate(columns)]


def _profile(at: int, head: str, rows: Sequence[Row]) -> Profile:
    cells = [cell for row in rows if (cell := row.at(at)) is not None and not heads.is_mark(cell)]
    values = Counter(" ".join(said(cell).split()) for cell in cells)
    numbers = sum(map(heads.is_number, cells))
    codes = sum(count for text, count in values.items() if _CODE.fullmatch(text))
    trusts = sum(count for text, count in values.items() if _TRUST.fullmatch(text))
    periods = sum(1 for cell in cells[:200] if when.is_period(cell))
    seen = min(len(cells), 200)
    return Profile(at, head, len(cells), numbers, codes, trusts, periods * len(cells) // seen if seen else 0, values)


def place(found: Sequence[Profile], known: Collection[str]) -> Profile | None:
    """The column of codes or names of organisations: those that are known, then codes by their shape."""
    keys = {heads.plain(each) for each in known}
    best, chosen = 0.0, None
    for column in found:
        score = _place_score(column, keys)
        if score > best:
            best, chosen = score, column
    return chosen


def _place_score(column: Profile, keys: Collection[str]) -> float:
    """The more of it is known, or looks like codes of trusts, and the more it differs from row to row, the better."""
    if not column.filled or column.mostly_periods:
        return 0.0
    share = sum(n for text, n in column.values.items() if heads.plain(text) in keys) / column.filled
    if not column.mostly_codes and 5 * share < 1 and not (column.mostly_words and not _CODE.search(column.head)):
        return 0.0
    title = heads.words(column.head)
    score = 6 * share
    if column.mostly_codes:
        score += 2 + 2 * column.trusts / column.filled + (1 if _CODE_HEAD.search(title) else 0)
    elif not _NAME_HEAD.search(title) and 5 * share < 1:
        return 0.0
    else:
        score += 0.5
    return score + min(1.0, len(column.values) / 100) - (3 if _NOT_THE_PLACE.search(title) else 0)


def names(found: Sequence[Profile], codes: Profile) -> Profile | None:
    """The column of names beside one of codes."""
    free = [each for each in found if each.at != codes.at and each.mostly_words and not each.mostly_codes]
    free = [each for each in free if not whole_of(each) or _NAME_HEAD.search(heads.words(each.head))]
    titled = [each for each in free if _NAME_HEAD.search(heads.words(each.head))]
    titled = [each for each in titled if not _NOT_THE_PLACE.search(heads.words(each.head))]
    near = titled or [
        each for each in free if abs(each.at - codes.at) <= 2 and 2 * len(each.values) >= len(codes.values)
    ]
    return min(near, key=lambda each: (abs(each.at - codes.at), -len(each.values)), default=None)


def period(found: Sequence[Profile]) -> Profile | None:
    """The column of periods: one that is called so first, and the finer one of two."""
    fit = [each for each in found if _holds_periods(each)]
    return max(fit, key=lambda each: (bool(_WHEN_HEAD.search(heads.words(each.head))), len(each.values)), default=None)


def _holds_periods(column: Profile) -> bool:
    """Periods, and not years alone where months stand beside them; or serial numbers under a head that says so."""
    if column.mostly_periods:
        return True
    title = heads.words(column.head)
    serial = all(re.fullmatch(r"[34]\d{4}(\.0)?|20\d{4}|20\d{6}", text) for text in list(column.values)[:50])
    return bool(column.filled and re.search(r"\b(period|month|date)\b", title) and serial)


def year_and_month(found: Sequence[Profile]) -> tuple[Profile, Profile] | None:
    """A column of years and one of months, where no column says both."""
    years = [each for each in found if heads.words(each.head) in ("year", "calendar year", "financial year", "fy")]
    months = [each for each in found if heads.words(each.head) in ("month", "month name", "calendar month")]
    return (years[0], months[0]) if years and months else None


def whole_of(column: Profile) -> str:
    """The value that stands for all the others (“Total”, “ALL ROUTES”), if there is one among several."""
    if not column.mostly_words or not 1 < len(column.values) <= FEW:
        return ""
    for text in column.values:
        word = heads.words(text)
        if heads.plain(text) in {heads.plain(each) for each in TOTALS} or word.startswith("all "):
            return text
    return ""
