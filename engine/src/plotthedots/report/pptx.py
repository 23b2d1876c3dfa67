"""The report as a presentation: native tables and charts that can be edited."""

import datetime as dt
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Unpack

from plotthedots.card import Card
from plotthedots.report import cover
from plotthedots.report.archive import settled
from plotthedots.report.lines import described
from plotthedots.report.plan import Plan, Say, Told, changing, in_silence, meeting, plan
from plotthedots.report.slide_chart import add_chart, rgb
from plotthedots.report.template import layout, opened
from plotthedots.result import Result
from plotthedots.svg.grid import COLUMNS, ROWS

LISTED = 7  # exceptions on a slide
CHIPS = 8  # measures named in a cell
INK, QUIET, PALE, GOOD, BAD = "212B32", "4C6272", "F0F4F5", "F0F7FC", "FDF4EC"
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
    for number, card in enumerate(made.cards, 1):
        if number % 10 == 1:
            say(f"drawing slide {number:,} of {len(made.cards):,} …")
        deck.measure(card)
    return deck.written()


class Deck:
    """A presentation as it grows. Places are shares of the slide, so that templates of any size serve."""

    def __init__(self, presentation: Any, made: Plan, *, plain: bool) -> None:
        self.presentation, self.made, self.plain = presentation, made, plain
        self.width, self.height = int(presentation.slide_width), int(presentation.slide_height)

    def title(self) -> None:
        slide = self._slide("title", self.made.name)
        said = [self.made.organisation, self.made.subtitle, self.made.when, self.made.introduction]
        below = "\n".join(part for part in said if part)
        others = [place for place in slide.placeholders if place.placeholder_format.idx == 1 and place.has_text_frame]
        if others:
            others[0].text_frame.text = below
            if self.plain:
                self._place(slide.shapes.title, (0.08, 0.3, 0.84, 0.22))
                self._place(others[0], (0.08, 0.54, 0.84, 0.25))
        elif below:
            self._text(slide, (0.06, 0.6, 0.88, 0.25), [(below, 18, False)])
        self._logo(slide)
        _notes(slide, [self.made.heading, self.made.made()])

    def _logo(self, slide: Any) -> None:
        logo = self.made.logo
        if logo is None:
            return
        from plotthedots.report.png import png

        picture = logo.data if logo.kind == "png" else png(logo.data.decode("utf-8-sig"), height=200)
        height = int(self.height * 0.1)
        left = int(self.width * 0.96 - height * logo.ratio)
        shape = slide.shapes.add_picture(io.BytesIO(picture), left, int(self.height * 0.04), height=height)
        _describe(shape, f"Logo of {self.made.organisation}" if self.made.organisation else "Logo")

    def cover(self) -> None:
        slide = self._slide("titleOnly", self.made.heading, size=26)
        frame = slide.shapes.add_table(len(ROWS) + 1, len(COLUMNS) + 1, *self._box((0.03, 0.2, 0.94, 0.7)))
        _describe(frame, "Measures by assurance and variation: " + cover.each_once(self.made.cards, self.made.too_few))
        table = frame.table
        _cell(table.cell(0, 0), ["Across: is it changing? Down: will it meet its target?"], 10, PALE)
        for across, (key, _, words) in enumerate(COLUMNS, 1):
            _cell(table.cell(0, across), [words, cover.COLUMN_NOTES[key]], 12, PALE, bold=True)
        for down, (row, words) in enumerate(ROWS, 1):
            _cell(table.cell(down, 0), [words, cover.ROW_NOTES[row]], 12, PALE, bold=True)
            for across, (column, _, _) in enumerate(COLUMNS, 1):
                fill = {"improving": GOOD, "concerning": BAD}.get(column, "FFFFFF")
                _cell(table.cell(down, across), _chips(self.made.cells.get((row, column), [])), 10, fill)
        foot = " ".join([cover.each_once(self.made.cards, self.made.too_few), self.made.made()])
        self._text(slide, (0.03, 0.92, 0.94, 0.06), [(foot, 10, False)])
        _notes(slide, [self.made.heading, *([self.made.more.budget.sentence()] if self.made.more.budget else [])])

    def exceptions(self) -> None:
        found = self.made.exceptions
        head = "Exceptions, in the order to spend time on them"
        if not found:
            self._text(self._slide("titleOnly", head), (0.05, 0.25, 0.9, 0.3), [(cover.NO_EXCEPTION, 18, False)])
            return
        for first in range(0, len(found), LISTED):
            part = found[first : first + LISTED]
            over = f" ({first + 1:,} to {first + len(part):,} of {len(found):,})" if len(found) > LISTED else ""
            slide = self._slide("titleOnly", head + over, size=26)
            lines = [
                (f"{number}. {card.name or 'The measure'}: {card.sentence}", 14, False)
                for number, card in enumerate(part, first + 1)
            ]
            self._text(slide, (0.05, 0.2, 0.9, 0.7), lines, apart=8)
            _notes(slide, [cover.order_of(len(found), len(self.made.cards))])

    def measure(self, card: Card) -> None:
        made = self.made
        said = made.said(card)
        slide = self._slide("titleOnly", said if len(said) <= LONGEST else made.answer(card), size=20)
        add_chart(slide, made, card, self._box((0.03, 0.2, 0.66, 0.74)), described(made, card))
        lines: list[tuple[str, int, bool]] = [(card.latest, 32, True), (card.when, 12, False)]
        for verdict in (changing(card, made.few(card)), meeting(card)):
            head, _, rest = verdict.partition(": ")
            lines += [(head, 14, True), *([(rest, 12, False)] if rest else [])]
        doing = made.doing.get(card.position, "")
        lines += [("What we do", 14, True), (doing, 12, False)] if doing else []
        claimed = [(f"{gain.name}: {gain.status.replace('_', ' ')}", 12, False) for gain in self._gains(card)]
        lines += [("Claimed as a gain", 14, True), *claimed] if claimed else []
        self._text(slide, (0.71, 0.2, 0.26, 0.74), lines, apart=3)
        ahead = [made.more.forecast.sentence_at(card.position)] if made.more.forecast else []
        gains = [f"{gain.name}: {gain.sentence}" for gain in self._gains(card)]
        _notes(slide, [said, *([f"What we do: {doing}"] if doing else []), *ahead, *gains, *card.advice])

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

    def _slide(self, kind: str, title: str, size: int = 0) -> Any:
        slide = self.presentation.slides.add_slide(layout(self.presentation, kind))
        slide.shapes.title.text_frame.text = title
        if kind != "title":
            shape = slide.shapes.title
            self._place(shape, (0.03, 0.03, 0.94, 0.15))
            shape.text_frame.word_wrap = True
            smaller = size - 4 if size and len(title) > 160 else size
            _style(shape.text_frame.paragraphs[0], smaller or 26, bold=True)
            for empty in [place for place in slide.placeholders if place.placeholder_format.idx != 0]:
                empty._element.getparent().remove(empty._element)
        return slide

    def _place(self, shape: Any, shares: tuple[float, float, float, float]) -> None:
        shape.left, shape.top, shape.width, shape.height = self._box(shares)

    def _box(self, shares: tuple[float, float, float, float]) -> tuple[int, int, int, int]:
        left, top, width, height = shares
        return int(left * self.width), int(top * self.height), int(width * self.width), int(height * self.height)

    def _text(
        self,
        slide: Any,
        shares: tuple[float, float, float, float],
        lines: Sequence[tuple[str, int, bool]],
        apart: int = 0,
    ) -> None:
        from pptx.util import Pt

        frame = slide.shapes.add_textbox(*self._box(shares)).text_frame
        frame.word_wrap = True
        for number, (text, size, bold) in enumerate(lines):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            paragraph.text = text
            paragraph.space_before = Pt(apart * (2 if bold and number else 1) if number else 0)
            _style(paragraph, size, bold=bold)


def _chips(cards: Sequence[Card]) -> list[str]:
    if not cards:
        return ["none"]
    names = [f"{card.name or 'The measure'} {card.latest}" for card in cards[:CHIPS]]
    more = [f"and {len(cards) - CHIPS:,} more"] if len(cards) > CHIPS else []
    return [f"{len(cards):,}", *names, *more]


def _cell(cell: Any, lines: Sequence[str], size: int, fill: str, *, bold: bool = False) -> None:
    """The first line may be bold; the others are smaller."""

    cell.fill.solid()
    cell.fill.fore_color.rgb = rgb(fill)
    cell.margin_left = cell.margin_right = 60_000
    cell.margin_top = cell.margin_bottom = 30_000
    frame = cell.text_frame
    frame.word_wrap = True
    for number, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.text = line
        _style(paragraph, size if number == 0 or not bold else size - 2, bold=bold and number == 0)


def _style(paragraph: Any, size: int, *, bold: bool) -> None:
    from pptx.enum.text import PP_ALIGN
    from pptx.util import Pt

    paragraph.alignment = PP_ALIGN.LEFT
    for run in paragraph.runs:
        run.font.size, run.font.bold = Pt(size), bold
        run.font.color.rgb = rgb(INK)
        run.font.language_id = 2057  # English (United Kingdom)


def _notes(slide: Any, sentences: Sequence[str]) -> None:
    slide.notes_slide.notes_text_frame.text = "\n".join(filter(None, sentences))


def _describe(shape: Any, words: str) -> None:
    """An alternative text."""
    shape._element.xpath(".//p:cNvPr")[0].set("descr", words)
