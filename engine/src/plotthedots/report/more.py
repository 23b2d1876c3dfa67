"""What a report holds beyond the charts, where it is asked for: nothing is loaded or worked out otherwise."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from plotthedots import svg
from plotthedots.card import Card
from plotthedots.errors import BadInput
from plotthedots.report.parts import SCREEN, Medium
from plotthedots.result import Result

if TYPE_CHECKING:
    from plotthedots.budget import Budget
    from plotthedots.forecast import Forecast
    from plotthedots.gains import Gains
    from plotthedots.rag import RagOrDots


@dataclass
class More:
    """Gains, a forecast, a budget and colours of the same rows as the charts."""

    result: Result
    gains: "Gains | None"
    forecast: "Forecast | None"
    budget: "Budget | None"
    rag: "RagOrDots | None"
    shown: set[int] = field(default_factory=set)
    """Positions of the measures that the report shows."""

    def __post_init__(self) -> None:
        if self.forecast is not None and self.forecast.series != self.result.series:
            raise BadInput("forecast: its series are not those of the charts: make both from the same rows.")

    def sheet(self) -> str:
        """The sheets that are needed: pages are white, whatever the screen prefers."""
        beyond = any(part is not None for part in (self.gains, self.forecast, self.rag))
        sheet = svg.SCREEN_ONLY if beyond else svg.CHARTS_ONLY
        own = []
        if self.gains is not None:
            from plotthedots.report import gains

            own.append(gains.STYLE)
        if self.forecast is not None:
            from plotthedots.report import ahead as coming

            own.append(coming.STYLE)
        if self.budget is not None:
            from plotthedots.report import board

            own.append(board.STYLE)
        if self.rag is not None:
            from plotthedots.report import colours

            own.append(colours.STYLE)
        return "\n".join([*own, sheet.replace("@media screen and (prefers-color-scheme:dark)", "@media not all")])

    def paper_sheet(self) -> str:
        """What paper needs beyond its own sheet: pictures carry theirs."""
        if self.gains is None:
            return ""
        from plotthedots.report import gains

        return gains.STYLE

    def board(self, cards: Sequence[Card]) -> str:
        """The budget, on the cover."""
        if self.budget is None:
            return ""
        from plotthedots.report import board

        return board.part(self.budget, cards)

    def section(self, medium: Medium = SCREEN) -> Iterator[str]:
        """The section of gains, on the cover."""
        if self.gains is not None:
            from plotthedots.report import gains

            yield from gains.section(self.gains, self.gain_cards, medium)

    def colours(self, cards: list[Card]) -> Iterator[str]:
        """The section of red, amber and green beside rules and budget."""
        if self.rag is not None:
            from plotthedots.report import colours

            yield from colours.section(self.rag, cards)

    def pages(self, medium: Medium = SCREEN) -> Iterator[str]:
        """A page a gain."""
        if self.gains is not None:
            from plotthedots.report import gains

            yield from (gains.page(self.gains, card, medium) for card in self.gain_cards)

    def ahead(self, card: Card, medium: Medium = SCREEN) -> str:
        """What was claimed and what comes next, for the page of a measure."""
        parts = []
        if self.gains is not None:
            from plotthedots.report import gains

            parts.append(gains.of_measure(self.gain_cards, card.position))
        if self.forecast is not None:
            from plotthedots.report import ahead

            parts.append(ahead.part(self.forecast, card.position, card.name, medium))
        return "".join(parts)

    def coloured(self, card: Card, draw: Callable[[int], str], medium: Medium = SCREEN) -> str:
        """Red, amber and green of a measure, for its page; `draw` gives the picture of a width."""
        if self.rag is None:
            return ""
        from plotthedots.report import colours

        return colours.part(self.rag, card, draw, medium)

    @cached_property
    def gain_cards(self) -> list[Any]:
        """The gains of the measures that the report shows."""
        return [] if self.gains is None else [card for card in self.gains.cards() if card.series in self.shown]
