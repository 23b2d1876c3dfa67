"""What a report says, and in which order, whatever it is written as: a page, a PDF, slides or a workbook."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from plotthedots import board, words
from plotthedots.card import NO_NUMBER, Card
from plotthedots.errors import BadInput
from plotthedots.report import cover
from plotthedots.report.logo import Logo
from plotthedots.report.more import More
from plotthedots.report.pack import Pack, unknown_measure
from plotthedots.report.verdicts import answer
from plotthedots.result import Result

if TYPE_CHECKING:
    from plotthedots.budget import Budget
    from plotthedots.forecast import Forecast
    from plotthedots.gains import Gains
    from plotthedots.rag import RagOrDots

TOO_FEW = 15  # points, below which a page says that there are too few to tell
LATEST = 13  # periods in the short table: a year and the same month of the year before
SIDE_BY_SIDE = ("", "own", "common")

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


class Told(TypedDict, total=False):
    """What a report is told beside its charts; each part may be left out.

    title, subtitle and period name the report; source says where the data came from; made_on is the day it is made
    (nothing here looks at a clock); too_few is the number of points below which no verdict is shown (15).
    gains, forecast and budget are of the same rows as the charts: gains have a section and a page each, a forecast a
    part of each page, the budget its sentence and its list on the cover, rag (what `rag_or_dots` gave of the same
    result) a section and a part of each page. side_by_side: "own" or "common" shows all charts small beside one
    another, each on a scale of its own or all on one. pack chooses and names the measures, and holds what the
    organisation says itself; what is given here goes before what the pack says.
    """

    title: str
    subtitle: str
    period: str
    source: str
    made_on: dt.date | None
    too_few: int
    gains: "Gains | None"
    forecast: "Forecast | None"
    budget: "Budget | None"
    rag: "RagOrDots | None"
    side_by_side: str
    pack: Pack | None


@dataclass(frozen=True)
class Plan:
    """All that the formats share: texts, and the measures in order, each with what its owners say."""

    result: Result
    cards: list[Card]
    doing: dict[int, str]
    title: str
    subtitle: str
    period: str
    organisation: str
    introduction: str
    source: str
    logo: Logo | None
    made_on: dt.date | None
    too_few: int
    side_by_side: str
    moved: cover.Moved
    more: More

    @cached_property
    def heading(self) -> str:
        """The title as an answer: what got worse and better, out of how many."""
        return cover.heading(self.cards, self.too_few, self.when)

    @property
    def name(self) -> str:
        """What the file is called by those who open it."""
        return self.title or self.heading

    @property
    def when(self) -> str:
        """The period that was named, else the latest date that most measures share."""
        return self.period or _usual_date(self.cards)

    @cached_property
    def cells(self) -> dict[tuple[str, str], list[Card]]:
        """The measures of each cell of the grid."""
        return cover.cells(self.cards, self.too_few)

    @cached_property
    def scale(self) -> tuple[float, float] | None:
        """The scale that small charts beside one another share, where one was asked for."""
        if self.side_by_side != "common":
            return None
        return board.span(self.result, [card.position for card in self.cards], board.LAST)

    @cached_property
    def exceptions(self) -> list[Card]:
        """The measures that need time, the most urgent first."""
        return cover.ranked(self.cards, self.too_few)

    def few(self, card: Card) -> bool:
        return card.n < self.too_few or card.variation is None

    def answer(self, card: Card) -> str:
        """A measure's heading: its name and the two verdicts."""
        return f"{card.name or 'The measure'}: {answer(card, self.few(card))}"

    def said(self, card: Card) -> str:
        """A chart in words: name and sentence."""
        return f"{card.name}: {card.sentence}" if card.name else card.sentence

    def draw(self, card: Card, **look: Any) -> str:
        """The chart of a measure, under the name that the report gives it."""
        return self.result.draw(card.position, title=self.said(card), heading=False, **look)

    def made(self) -> str:
        """Where the numbers came from, when the report was made, and what was converted."""
        parts = [f"Source: {self.source}."] if self.source else []
        if self.made_on is not None:
            parts.append(f"Made {words.moment(self.made_on)} with plotthedots.")
        return " ".join([*parts, *map(printable, self.result.said)])


def plan(result: Result, **told: Unpack[Told]) -> Plan:
    """Put together what a report says. BadInput where a pack names a measure that is not there."""
    pack = told.get("pack") or Pack()
    cards, doing = _chosen(list(result.cards()), pack)
    more = More(result, told.get("gains"), told.get("forecast"), told.get("budget"), told.get("rag"))
    more.shown = {card.position for card in cards}
    too_few, side_by_side = told.get("too_few", TOO_FEW), told.get("side_by_side", "")
    if side_by_side not in SIDE_BY_SIDE:
        raise BadInput(f'side_by_side: found {side_by_side!r}, expected "own" or "common".')
    return Plan(
        result=result,
        cards=cards,
        doing=doing,
        title=printable(told.get("title") or pack.title),
        subtitle=printable(told.get("subtitle") or pack.subtitle),
        period=printable(told.get("period") or pack.period),
        organisation=pack.organisation,
        introduction=pack.introduction,
        source=printable(told.get("source") or pack.source),
        logo=pack.logo,
        made_on=told.get("made_on"),
        too_few=too_few,
        side_by_side=side_by_side,
        moved=_moved(result, cards, too_few),
        more=more,
    )


def printable(text: str) -> str:
    """The text without what no document can hold."""
    return _UNPRINTABLE.sub("", text)


def _chosen(cards: list[Card], pack: Pack) -> tuple[list[Card], dict[int, str]]:
    """The measures that the pack names, in its order, or all of them; and what is done about each."""
    cards = [replace(card, name=printable(card.name)) for card in cards]
    if not pack.measures:
        return cards, {}
    known = {card.name: card for card in cards}
    # Several columns that tell series apart may be joined by a comma, as on the command line.
    known |= {card.name.replace(" · ", ","): card for card in cards if card.name.replace(" · ", ",") not in known}
    chosen, doing = [], {}
    for measure in pack.measures:
        card = known.get(measure.name)
        if card is None:
            raise BadInput(unknown_measure(pack, measure.name, [own.name for own in cards]))
        chosen.append(replace(card, name=measure.title or card.name))
        if measure.doing:
            doing[card.position] = measure.doing
    return chosen, doing


def _moved(result: Result, cards: list[Card], too_few: int) -> cover.Moved:
    """Which measures stood elsewhere before their last row came."""
    before = board.cells_before(result, too_few)
    then = {card.position: before.get(result.series[card.position]) for card in cards}
    found = {
        card.position: cell
        for card in cards
        if (cell := then[card.position]) is not None and cell != cover.place(card, too_few)
    }
    # A row without a value moves nothing: then there is no period to speak of.
    since = _usual(card.rows[-2].when for card in cards if len(card.rows) > 1 and card.rows[-1].value != NO_NUMBER)
    return cover.Moved(since if any(then.values()) else "", found)


def _usual_date(cards: Iterable[Card]) -> str:
    usual = _usual(card.when for card in cards)
    return f"At {usual}" if usual.lstrip("-").isdigit() else usual


def _usual(whens: Iterable[str]) -> str:
    """What most say."""
    counted = Counter(when for when in whens if when)
    return counted.most_common(1)[0][0] if counted else ""


Say = Callable[[str], None]


def in_silence(_: str) -> None:
    """Nobody is told how far the work has come."""
