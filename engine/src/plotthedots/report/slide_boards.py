"""All measures at one look, on slides: tables with their course, charts beside one another, colours."""

import io
from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

import numpy as np

from plotthedots import board, svg
from plotthedots.card import Card
from plotthedots.report import boards
from plotthedots.report.plan import Plan
from plotthedots.report.png import png
from plotthedots.report.slides import PALE, WHITE, Slides, describe, fill_cell
from plotthedots.report.verdicts import changing, meeting
from plotthedots.svg.multiples import size

ROWS = 12  # of a table on a slide
CHARTS = 12  # beside one another, four in a row
PICTURES = 3  # of colours, one below another
WIDE = 1240.0  # pixels of a picture that fills a slide
COLOURS = 820.0
NAME = 44  # letters of a name, so that a row keeps its height
SHARES = (0.27, 0.13, 0.09, 0.1, 0.15, 0.08, 0.1, 0.08)  # of a table's width, by column
HEADS = ("Measure", f"The last {board.LAST}", "Latest", "When", "Usual range", "Target", "Changing?", "Target met?")
AREA = (0.03, 0.18, 0.94, 0.76)  # of the slide

Item = TypeVar("Item")


def add(deck: Slides, made: Plan) -> None:
    """The slides that a report of more than one measure has, and those that were asked for."""
    if len(made.cards) > 1:
        for head, cards in _parts("All measures", made.cards, ROWS):
            _table(deck, made, head, cards)
    if made.side_by_side:
        for head, cards in _parts("Side by side", made.cards, CHARTS):
            _charts(deck, made, head, cards)
    if made.more.rag is not None:
        _colours(deck, made, made.more.rag)


def _parts(head: str, items: Sequence[Item], most: int) -> Iterator[tuple[str, Sequence[Item]]]:
    """As many as fit on a slide, each with its title."""
    for first in range(0, len(items), most):
        part = items[first : first + most]
        over = f" ({first + 1:,} to {first + len(part):,} of {len(items):,})" if len(items) > most else ""
        yield head + over, part


def _table(deck: Slides, made: Plan, head: str, cards: Sequence[Card]) -> None:
    slide, table = _grid(deck, head, HEADS, SHARES, len(cards), "All measures, a row each")
    left, top, width, height = deck.box(AREA)
    for down, card in enumerate(cards, 1):
        was = made.moved.was(card, made.too_few)
        name = _clipped(card.name or "The measure", NAME - len(was))
        verdicts = [said.partition(": ")[0] for said in (changing(card, made.few(card)), meeting(card))]
        verdicts[1] = verdicts[1] if card.assurance else "–"
        row = [
            f"{name} ({was})" if was else name,
            "",
            card.latest,
            card.when,
            boards.usual(card),
            card.target,
            *verdicts,
        ]
        _fill(table, down, row, bold=bool(was))
        picture = made.result.sparkline_at(card.position, width=boards.SPARK, style=True)
        high = height / (ROWS + 1)
        place = (left + SHARES[0] * width + 0.01 * width, top + high * (down + 0.1), 0.11 * width, 0.8 * high)
        _picture(slide, picture, place, f"Course of {card.name or 'the measure'}")


def _charts(deck: Slides, made: Plan, head: str, cards: Sequence[Card]) -> None:
    slide = deck.slide("titleOnly", head, size=26)
    wide = size(WIDE, 4)[1]
    drawn = [board.small(card, board.small_chart(made.result, card.position, wide, made.scale)) for card in cards]
    picture = svg.multiples(drawn, width=WIDE, columns=4)
    _fitted(
        deck, slide, picture, (0.02, 0.15, 0.96, 0.83), "; ".join(f"{card.name}: {card.sentence}" for card in cards)
    )


def _colours(deck: Slides, made: Plan, rag: Any) -> None:
    from plotthedots.report import colours

    found = colours.rows(rag, made.cards)
    shares = (0.28, *[0.09] * 8)
    for head, part in _parts(colours.HEADING, found, ROWS):
        slide, table = _grid(deck, head, colours.HEADS, shares, len(part), "What colours, rules and budget asked")
        for down, (card, cells) in enumerate(part, 1):
            _fill(table, down, [_clipped(card.name or "The measure", NAME), *map(colours.said, cells)])
        if len(found) > 1:
            said = rag.sentence_of(np.array([card.position for card, _ in found]))
            deck.text(slide, (0.03, 0.945, 0.94, 0.05), [(said, 11, False)])
    for head, part in _parts(f"{colours.HEADING}, month by month", found, PICTURES):
        slide = deck.slide("titleOnly", head, size=26)
        for number, (card, _) in enumerate(part):
            picture = rag.draw(card.position, width=COLOURS)
            said = f"{card.name}: {rag.sentence_at(card.position)}"
            _fitted(deck, slide, picture, (0.03, 0.15 + 0.28 * number, 0.94, 0.27), said)


def _grid(
    deck: Slides, head: str, heads: Sequence[str], shares: Sequence[float], rows: int, words: str
) -> tuple[Any, Any]:
    """A slide with a table whose first row is its heads; rows are as high as if it were full."""
    slide = deck.slide("titleOnly", head, size=26)
    left, top, width, height = deck.box(AREA)
    high = height // (ROWS + 1)
    frame = slide.shapes.add_table(rows + 1, len(heads), left, top, width, high * (rows + 1))
    describe(frame, words)
    for column, share in enumerate(shares):
        frame.table.columns[column].width = int(width * share)
    for across, said in enumerate(heads):
        fill_cell(frame.table.cell(0, across), [said], 11, PALE, bold=True)
    return slide, frame.table


def _fill(table: Any, down: int, row: Sequence[str], *, bold: bool = False) -> None:
    for across, said in enumerate(row):
        fill_cell(table.cell(down, across), [said], 10, WHITE, bold=bold and across == 0)


def _picture(slide: Any, drawn: str, place: Sequence[float], words: str) -> None:
    left, top, width, height = map(int, place)
    describe(slide.shapes.add_picture(io.BytesIO(png(drawn)), left, top, width, height), words)


def _fitted(deck: Slides, slide: Any, drawn: str, shares: tuple[float, float, float, float], words: str) -> None:
    """A picture as large as its box allows, in its own proportions."""
    wide, high = (float(part) for part in drawn.partition('viewBox="0 0 ')[2].partition('"')[0].split())
    left, top, width, height = deck.box(shares)
    scale = min(width / wide, height / high)
    _picture(slide, drawn, (left, top, wide * scale, high * scale), words)


def _clipped(name: str, most: int) -> str:
    return name if len(name) <= most else name[: most - 1].rstrip() + "…"
