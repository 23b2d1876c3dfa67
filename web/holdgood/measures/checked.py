"""What is known of a file once it has been read: rows that can be staged, or all that is wrong with them."""

import hashlib
import json
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from holdgood.measures.actions.counting import Counted

LISTED = 200  # mistakes and questions that are shown


@dataclass(frozen=True)
class Mistake:
    """What is wrong: the row, the column, a sentence, and the row as it stood."""

    sentence: str
    row: int | None = None
    column: str = ""
    raw: str = ""

    @property
    def where(self) -> str:
        named = [f"Row {self.row:,}"] if self.row else []
        return ", ".join([*named, *([self.column] if self.column else [])])

    def __str__(self) -> str:
        return f"{self.where}: {self.sentence}" if self.where else self.sentence


@dataclass
class Checked:
    """Rows that can be staged, if there is no mistake; what was decided on the way; what should be asked."""

    file: str
    sheet: str = ""
    rows: list[Counted] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)
    wrong: int = 0  # all mistakes, of which the first are kept
    notes: list[str] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    asked: int = 0

    def refuse(self, mistake: Mistake) -> None:
        self.wrong += 1
        if len(self.mistakes) < LISTED:
            self.mistakes.append(mistake)

    def ask(self, question: str) -> None:
        self.asked += 1
        if len(self.questions) < LISTED:
            self.questions.append(question)

    @property
    def digest(self) -> str:
        """Of what the rows say, whatever the file looked like: the same numbers again are known again."""
        rows = sorted(
            [row.measure.hex, row.place.hex, row.period.isoformat(), _plain(row.numerator), _plain(row.denominator)]
            for row in self.rows
        )
        return hashlib.sha256(json.dumps(rows).encode()).hexdigest()

    @property
    def report(self) -> dict[str, Any]:
        return {"sheet": self.sheet, "notes": self.notes, "questions": self.questions, "asked": self.asked}


def _plain(number: Decimal | None) -> str:
    return "" if number is None else f"{number.normalize():f}"
