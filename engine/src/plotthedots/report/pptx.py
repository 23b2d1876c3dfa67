"""The report as a presentation: native tables and charts that can be edited."""

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Unpack

from plotthedots.card import Card
from plotthedots.report import cover, slide_boards
from plotthedots.report.archive import settled
from plotthedots.report.lines import described
from plotthedots.report.plan import Plan, Say, Told, in_silence, plan
from plotthedots.report.slide_chart import add_chart
from plotthedots.report.slides import BAD, GOOD, PALE, WHITE, Slides, describe, fill_cell, notes
from plotthedots.report.template import opened
from plotthedots.report.verdicts import changing, meeting
from plotthedots.result import Result
from plotthedots.svg.grid import COLUMNS, ROWS

LISTED = 7  # exceptions on a slide
CHIPS = 8  # measures named in a cell
ROOM = (17, 24)  # lines of names for which a slide has room, and letters of each
LONGEST = 320  # characters of a slide's title


def pptx(result: Result, *, template: str | Path | None = None, say: Say = in_silence, **told: Unpack[Told]) -> bytes:
    """The report of a result as a presentation: title, cover, exceptions, a slide a measure with an editable chart.

    template: a .pptx of one's own; its layouts of the types "title" and "title only" are used, its slides are left
    out. say is told how far the work has come. What else it may be told is said at `plan.Told`. Raises BadInput
    where python-pptx is missing or the template cannot be used.
    """
    made = plan(result, **told)
    deck = Deck(opened(template), made, plain=template is None)
    deck.title()
    deck.cover()
    deck.exceptions()
    slide_boards.add(deck, made)
    for number, card in enumerate(made.cards, 1):
        if number % 10 == 1:
            say(f"drawing slide {number:,} of {len(made.cards):,} …")
        deck.measure(card)
    return deck.written()


class Deck(Slides):
    """What the report says, slide by slide."""

    def __init__(self, presentation: Any, made: Plan, *, plain: bool) -> None:
        super().__init__(presentation)
        self.made, self.plain = made, plain

    def title(self) -> None:
        slide = self.slide("title", self.made.name)
        said = [self.made.organisation, self.made.subtitle, self.made.when, self.made.introduction]
        below = "\n".join(part for part in said if part)
        others = [place for place in slide.placeholders if place.placeholder_format.idx == 1 and place.has_text_frame]
        if others:
            others[0].text_frame.text = below
            if self.plain:
                self.place(slide.shapes.title, (0.08, 0.3, 0.84, 0.22))
                self.place(others[0], (0.08, 0.54, 0.84, 0.25))
        elif below:
            self.text(slide, (0.06, 0.6, 0.88, 0.25), [(below, 18, False)])
        self._logo(slide)
        notes(slide, [self.made.heading, self.made.made()])

    def _logo(self, slide: Any) -> None:
        logo = self.made.logo
        if logo is None:
            return
        from plotthedots.report.png import png

        picture = logo.data if logo.kind == "png" else png(logo.data.decode("utf-8-sig"), height=200)
        height = int(self.height * 0.1)
        left = int(self.width * 0.96 - height * logo.ratio)
        shape = slide.shapes.add_picture(io.BytesIO(picture), left, int(self.height * 0.04), height=height)
        describe(shape, f"Logo of {self.made.organisation}" if self.made.organisation else "Logo")

    def cover(self) -> None:
        slide = self.slide("titleOnly", self.made.heading, size=26)
        frame = slide.shapes.add_table(len(ROWS) + 1, len(COLUMNS) + 1, *self.box((0.03, 0.2, 0.94, 0.7)))
        describe(
            frame,
            "Measures by assurance and variation: "
            + cover.each_once(self.made.cards, self.made.too_few, self.made.moved),
        )
        table = frame.table
        for row in table.rows:
            row.height = int(0.06 * self.height)  # at least: names make a row as high as they need
        was = {card.position: self.made.moved.was(card, self.made.too_few) for card in self.made.cards}
        most = cover.fitting(self.made.cells, was, CHIPS, *ROOM)
        fill_cell(table.cell(0, 0), ["Across: is it changing? Down: will it meet its target?"], 10, PALE)
        for across, (key, _, words) in enumerate(COLUMNS, 1):
            fill_cell(table.cell(0, across), [words, cover.COLUMN_NOTES[key]], 12, PALE, bold=True)
        for down, (row, words) in enumerate(ROWS, 1):
            fill_cell(table.cell(down, 0), [words, cover.ROW_NOTES[row]], 12, PALE, bold=True)
            for across, (column, _, _) in enumerate(COLUMNS, 1):
                fill = {"improving": GOOD, "concerning": BAD}.get(column, WHITE)
                cards = self.made.cells.get((row, column), [])
                moved = range(
                    1, 1 + sum(bool(was[card.position]) for card in cards)
                )  # they come first, below the count
                fill_cell(table.cell(down, across), self._chips(cards, was, most), 10, fill, strong=moved[:most])
        foot = " ".join([cover.each_once(self.made.cards, self.made.too_few, self.made.moved), self.made.made()])
        self.text(slide, (0.03, 0.92, 0.94, 0.06), [(foot, 10, False)])
        notes(slide, [self.made.heading, *([self.made.more.budget.sentence()] if self.made.more.budget else [])])

    def _chips(self, cards: Sequence[Card], was: Mapping[int, str], most: int) -> list[str]:
        """The names in a cell, those that moved first."""
        if not cards:
            return ["none"]
        ordered = sorted(cards, key=lambda card: not was[card.position])[:most]
        names = [f"{card.name or 'The measure'} {card.latest}" for card in ordered]
        told = [
            f"{name} ({own})" if (own := was[card.position]) else name
            for name, card in zip(names, ordered, strict=True)
        ]
        return [f"{len(cards):,}", *told, *([f"and {len(cards) - most:,} more"] if len(cards) > most else [])]

    def exceptions(self) -> None:
        found = self.made.exceptions
        head = "Exceptions, in the order to spend time on them"
        if not found:
            self.text(self.slide("titleOnly", head), (0.05, 0.25, 0.9, 0.3), [(cover.NO_EXCEPTION, 18, False)])
            return
        for first in range(0, len(found), LISTED):
            part = found[first : first + LISTED]
            over = f" ({first + 1:,} to {first + len(part):,} of {len(found):,})" if len(found) > LISTED else ""
            slide = self.slide("titleOnly", head + over, size=26)
            lines = [
                (f"{number}. {card.name or 'The measure'}: {card.sentence}", 14, False)
                for number, card in enumerate(part, first + 1)
            ]
            self.text(slide, (0.05, 0.2, 0.9, 0.7), lines, apart=8)
            notes(slide, [cover.order_of(len(found), len(self.made.cards))])

    def measure(self, card: Card) -> None:
        made = self.made
        said = made.said(card)
        slide = self.slide("titleOnly", said if len(said) <= LONGEST else made.answer(card), size=20)
        add_chart(slide, made, card, self.box((0.03, 0.2, 0.66, 0.74)), described(made, card))
        lines: list[tuple[str, int, bool]] = [(card.latest, 32, True), (card.when, 12, False)]
        for verdict in (changing(card, made.few(card)), meeting(card)):
            head, _, rest = verdict.partition(": ")
            lines += [(head, 14, True), *([(rest, 12, False)] if rest else [])]
        doing = made.doing.get(card.position, "")
        lines += [("What we do", 14, True), (doing, 12, False)] if doing else []
        claimed = [(f"{gain.name}: {gain.status.replace('_', ' ')}", 12, False) for gain in self._gains(card)]
        lines += [("Claimed as a gain", 14, True), *claimed] if claimed else []
        self.text(slide, (0.71, 0.2, 0.26, 0.74), lines, apart=3)
        ahead = [made.more.forecast.sentence_at(card.position)] if made.more.forecast else []
        gains = [f"{gain.name}: {gain.sentence}" for gain in self._gains(card)]
        notes(slide, [said, *([f"What we do: {doing}"] if doing else []), *ahead, *gains, *card.advice])

    def _gains(self, card: Card) -> list[Any]:
        return [gain for gain in self.made.more.gain_cards if gain.series == card.position]

    def written(self) -> bytes:
        about = self.presentation.core_properties
        about.title, about.author = self.made.name[:255], (self.made.organisation or "plotthedots")[:255]
        about.language, about.subject, about.last_modified_by = "en-GB", self.made.subtitle[:255], "plotthedots"
        about.revision = 1
        moment = dt.datetime.combine(self.made.made_on or dt.date(1980, 1, 1), dt.time())
        about.created = about.modified = moment
        out = io.BytesIO()
        self.presentation.save(out)
        return settled(out.getvalue(), self.made.made_on)
