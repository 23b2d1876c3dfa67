"""The report as a workbook: a summary, and a sheet a measure with its rows, its limits and a chart."""

import datetime as dt
import io
import re
from collections.abc import Sequence
from typing import Any, Unpack

from plotthedots import board
from plotthedots.card import Card, monthly
from plotthedots.report import put, sheet_boards
from plotthedots.report.archive import MOMENT, settled
from plotthedots.report.lines import Lines, described, lines
from plotthedots.report.needs import needed
from plotthedots.report.plan import Plan, Say, Told, in_silence, plan
from plotthedots.report.sheet_chart import FIRST_ROW, TURNS, add_sparkline, beside, drawn_from
from plotthedots.report.verdicts import changing, meeting
from plotthedots.result import Result

SUMMARY = "Summary"
LONGEST = 31  # characters of a sheet's name
HEADS = (
    ("Measure", 34), ("The last 24", 24), ("Latest", 12), ("When", 13), ("Variation", 26), ("Assurance", 26), ("Target", 11), ("Centre", 11),
    ("Lower limit", 11), ("Upper limit", 11), ("Points", 8), ("Moved", 22), ("What it says", 70),
    ("What we do", 40),
)  # fmt: skip
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
COLUMNS = (
    "When",
    "Value",
    "Centre",
    "Lower limit",
    "Upper limit",
    "Target",
    "Phase",
    "Number",
    "Out of",
    "What the rules saw",
)


def xlsx(result: Result, *, say: Say = in_silence, **told: Unpack[Told]) -> bytes:
    """The report of a result as a workbook: a summary with a row a measure, then a sheet each with a native chart.

    What stands in a cell is a number, a date or a text, never a formula; no sheet, row, column or name is hidden.
    say is told how far the work has come. What else it may be told is said at `plan.Told`. Raises BadInput where
    XlsxWriter is missing.
    """
    made = plan(result, **told)
    writer = needed("xlsx")
    out = io.BytesIO()
    safe = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "in_memory": True,
        "remove_timezone": True,
    }
    book = Book(writer.Workbook(out, safe), made)
    names = sheet_names([card.name or "The measure" for card in made.cards])
    book.summary(names)
    for number, (card, name) in enumerate(zip(made.cards, names, strict=True), 1):
        if number % 10 == 1:
            say(f"writing sheet {number:,} of {len(names):,} …")
        book.measure(card, name)
    sheet_boards.add(book)
    book.close()
    return settled(out.getvalue(), made.made_on)


def sheet_names(names: Sequence[str]) -> list[str]:
    """Names as sheets may bear them: 31 characters, none that Excel forbids, no two alike but for capitals.

    >>> sheet_names(["Falls: ward 7/8", "falls  ward 7 8", "", "'"])
    ['Falls ward 7 8', 'falls ward 7 8 (2)', 'Measure', 'Measure (2)']
    """
    taken = {name.casefold() for name in (SUMMARY, *sheet_boards.NAMES)} | {"history"}  # the last is Excel's own
    made = []
    for name in names:
        plain = " ".join(_FORBIDDEN.sub(" ", name).split()).strip("' ") or "Measure"
        wanted, number = _cut(plain, ""), 1
        while wanted.casefold() in taken:
            number += 1
            wanted = _cut(plain, f" ({number})")
        taken.add(wanted.casefold())
        made.append(wanted)
    return made


def _cut(name: str, ending: str) -> str:
    """As much of a name as fits before its ending; Excel counts characters beyond the basic plane twice."""
    while len((name + ending).encode("utf-16-le")) > 2 * LONGEST:
        name = name[:-1]
    return name.rstrip("' ") + ending


class Book:
    """A workbook as it grows."""

    def __init__(self, book: Any, made: Plan) -> None:
        self.book, self.made = book, made
        self.drawn: list[tuple[Card, str, Lines, str]] = []
        moment = dt.datetime.combine(made.made_on or dt.date(*MOMENT[:3]), dt.time())
        about = {"title": made.name, "subject": made.subtitle, "author": made.organisation or "plotthedots"}
        book.set_properties({name: text[:255] for name, text in about.items()} | {"created": moment})
        self.title = book.add_format({"bold": True, "font_size": 16})
        self.head = book.add_format({"bold": True, "bottom": 2, "text_wrap": True, "valign": "bottom"})
        self.text = book.add_format({"valign": "top"})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self.link = book.add_format({"font_color": "#005EB8", "underline": 1, "text_wrap": True, "valign": "top"})
        self.number = book.add_format({"num_format": "#,##0.###", "valign": "top"})
        self.percent = book.add_format({"num_format": "0.0%", "valign": "top"})

    def summary(self, names: Sequence[str]) -> None:
        """A row a measure, with a link to its sheet."""
        made = self.made
        sheet = self.book.add_worksheet(SUMMARY)
        put.said(sheet, 0, 0, made.heading, self.title)
        told = [made.organisation, made.title, made.subtitle, made.when]
        put.said(sheet, 1, 0, " · ".join(part for part in told if part), None)
        put.said(sheet, 2, 0, " ".join(filter(None, (made.introduction, made.made()))), None)
        if made.more.budget is not None:
            put.said(sheet, 3, 0, made.more.budget.sentence(), None)
        for column, (name, width) in enumerate(HEADS):
            sheet.set_column(column, column, width)
            put.said(sheet, 5, column, name, self.head)
        for row, (card, name) in enumerate(zip(made.cards, names, strict=True), 6):
            self._measure_row(sheet, row, card, name)
        sheet.freeze_panes(6, 1)
        sheet.autofilter(5, 0, 5 + max(len(names), 1), len(HEADS) - 1)
        put.printed(sheet, landscape=True)

    def _measure_row(self, sheet: Any, row: int, card: Card, name: str) -> None:
        made = self.made
        few = made.few(card)
        shown = lines(made, card)
        own = self.percent if shown.percent else self.number
        sheet.write_url(
            row,
            0,
            f"internal:'{name.replace(chr(39), chr(39) * 2)}'!A1",
            self.link,
            (card.name or "The measure")[: put.FULL],
        )
        latest = _last(shown.value, shown.hollow)
        place = latest if latest is not None else len(shown.value) - 1
        add_sparkline(sheet, row, 1, name, shown, board.LAST)
        numbers = {2: shown.value, 6: shown.target, 7: shown.centre, 8: shown.lower, 9: shown.upper}
        for column, values in numbers.items():
            put.number(sheet, row, column, values[place] if column > 2 or latest is not None else None, own)
        sheet.write_number(row, 10, card.n, self.text)
        texts = {
            3: card.when,
            4: changing(card, few),
            5: meeting(card),
            11: made.moved.was(card, made.too_few),
            12: card.sentence,
            13: made.doing.get(card.position, ""),
        }
        for column, text in texts.items():
            put.said(sheet, row, column, text, self.wrapped)

    def measure(self, card: Card, name: str) -> None:
        """The sentence, the verdicts, the chart, and a row a point."""
        made = self.made
        sheet = self.book.add_worksheet(name)
        put.said(sheet, 0, 0, made.answer(card), self.title)
        few = made.few(card)
        put.said(sheet, 1, 0, card.sentence, None)
        put.said(sheet, 2, 0, f"{changing(card, few)}. {meeting(card)}.", None)
        doing = made.doing.get(card.position, "")
        put.said(sheet, 3, 0, f"What we do: {doing}" if doing else "", None)
        put.said(sheet, 4, 0, " ".join(card.advice), None)
        ahead = made.more.forecast.sentence_at(card.position) if made.more.forecast else ""
        gains = [f"{gain.name}: {gain.sentence}" for gain in made.more.gain_cards if gain.series == card.position]
        put.said(sheet, 5, 0, " ".join(filter(None, [ahead, *gains])), None)
        shown = lines(made, card)
        heads = [*COLUMNS, *(TURNS if len(shown.phases) > 1 else ())]
        for column, text in enumerate(heads):
            put.said(sheet, FIRST_ROW - 1, column, text, self.head)
        sheet.set_column(0, 0, 16)
        sheet.set_column(1, 8, 11)
        sheet.set_column(9, 9, 44)
        dates = date_format(shown.moments)
        self._rows(sheet, card, shown, dates)
        drawn = drawn_from(self.book, name, shown, dates)
        beside(sheet, drawn, shown, described(made, card))
        self.drawn.append((card, name, shown, dates))
        sheet.freeze_panes(FIRST_ROW, 0)
        put.printed(sheet, landscape=True)

    def _rows(self, sheet: Any, card: Card, shown: Lines, dates: str) -> None:
        own = self.percent if shown.percent else self.number
        moment = self.book.add_format({"num_format": dates, "align": "left"}) if dates else self.text
        phase_of = {place: number for number, phase in enumerate(shown.phases, 1) for place in phase}
        drawn = (shown.value, shown.centre, shown.lower, shown.upper, shown.target)
        turns = [turn for line in drawn[1:4] for turn in shown.stretches(line)] if len(shown.phases) > 1 else []
        for place, row in enumerate(card.rows):
            at = FIRST_ROW + place
            if dates:
                sheet.write_datetime(at, 0, shown.moments[place], moment)
            else:
                put.said(sheet, at, 0, row.when, moment)
            for column, values in enumerate(drawn, 1):
                put.number(sheet, at, column, values[place], own)
            sheet.write_number(at, 6, phase_of[place], self.text)
            put.number(sheet, at, 7, shown.numerator[place], self.number)
            put.number(sheet, at, 8, shown.denominator[place], self.number)
            put.said(sheet, at, 9, row.seen, self.text)
            for column, values in enumerate(turns, len(COLUMNS)):
                put.number(sheet, at, column, values[place], own)

    def close(self) -> None:
        self.book.close()


def date_format(moments: Sequence[Any]) -> str:
    """How the dates of a sheet are written; nothing where they are no dates, or older than those of Excel."""
    if not all(isinstance(moment, dt.date) and moment.year >= 1900 for moment in moments):
        return ""
    if monthly(list(moments)):
        return "mmm yyyy"
    with_time = any(isinstance(moment, dt.datetime) and moment.time() != dt.time() for moment in moments)
    return "d mmm yyyy hh:mm" if with_time else "d mmm yyyy"


def _last(values: Sequence[float | None], hollow: Sequence[bool]) -> int | None:
    """Where the latest value stands that is neither missing nor left out."""
    there = [place for place, value in enumerate(values) if value is not None and not hollow[place]]
    return there[-1] if there else None
