"""What became of a table: its numbers as plain values, what was left out and why, and all that is wrong or unsure."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal

from holdgood.measures.checked import LISTED, Mistake


@dataclass(frozen=True, slots=True)
class Number:
    """One number of a measure, of a place as the file names it; None is no data. `rows`: every row that it is from."""

    measure: str
    place: str
    name: str  # what the file calls the place beside its code
    period: str  # as it is written
    first: dt.date
    numerator: Decimal | None
    denominator: Decimal | None
    sheet: str
    row: int
    raw: str
    rows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Total:
    """A total among the rows: set aside, and held against what the rows add up to."""

    label: str
    measure: str
    first: dt.date | None
    numerator: Decimal | None
    denominator: Decimal | None
    row: int


@dataclass
class Mapped:
    """Rows that can go on, if there is no mistake."""

    file: str
    sheet: str = ""
    rows: list[Number] = field(default_factory=list)
    totals: list[Total] = field(default_factory=list)
    left: Counter[str] = field(default_factory=Counter)  # rows that were left out, by the reason
    notes: list[str] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    asked: int = 0
    mistakes: list[Mistake] = field(default_factory=list)
    wrong: int = 0

    def refuse(self, sentence: str, row: int | None = None, column: str = "", raw: str = "") -> None:
        self.wrong += 1
        if len(self.mistakes) < LISTED:
            self.mistakes.append(Mistake(sentence, row, column[:60], raw))

    def ask(self, question: str) -> None:
        self.asked += 1
        if len(self.questions) < LISTED:
            self.questions.append(question)
