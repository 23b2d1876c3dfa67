"""Sheets of a workbook about all measures: charts side by side, and red, amber and green beside rules and budget."""

from collections.abc import Sequence
from typing import Any

from plotthedots.report import put
from plotthedots.report.lines import described
from plotthedots.report.sheet_chart import drawn_from, small

NAMES = ("Side by side", "Colours or dots", "Colours by month")


def add(book: Any) -> None:
    """The sheets that were asked for, after those of the measures."""
    _side_by_side(book)
    _colours(book)


def _side_by_side(book: Any) -> None:
    """A sheet of all charts, small, where that is asked for."""
    if not book.made.side_by_side:
        return
    sheet = book.book.add_worksheet(NAMES[0])
    put.said(sheet, 0, 0, "All charts side by side", book.title)
    for number, (card, name, shown, dates) in enumerate(book.drawn):
        drawn = drawn_from(book.book, name, shown, dates)
        small(sheet, drawn, number, card.name or "The measure", described(book.made, card), book.made.scale)
    put.printed(sheet, landscape=True)


def _colours(book: Any) -> None:
    """What red, amber and green, rules and budget asked: a row a measure, then a row a point."""
    rag = book.made.more.rag
    if rag is None:
        return
    from plotthedots.report import colours

    cards = book.made.cards
    found = colours.rows(rag, cards)
    rows = [[card.name or "The measure", *cells] for card, cells in found]
    _listed(book, NAMES[1], colours.HEADING, colours.HEADS, rows)
    points = colours.points(rag, [card for card, _ in found])
    _listed(book, NAMES[2], f"{colours.HEADING}, month by month", colours.POINT_HEADS, points)


def _listed(book: Any, name: str, title: str, heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """A sheet that is one table of texts and numbers."""
    sheet = book.book.add_worksheet(name)
    put.said(sheet, 0, 0, title, book.title)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, len(heads) - 1, 16)
    for column, text in enumerate(heads):
        put.said(sheet, 2, column, text, book.head)
    for at, row in enumerate(rows, 3):
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                put.said(sheet, at, column, cell, book.text)
            else:
                put.number(sheet, at, column, cell, book.number)
    sheet.freeze_panes(3, 1)
    put.printed(sheet, landscape=True)
