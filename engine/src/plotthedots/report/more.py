"""What a report holds beyond the charts, where it is asked for: nothing is loaded or worked out otherwise."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from plotthedots import svg
from plotthedots.card import Card
from plotthedots.errors import BadInput
from plotthedots.result import Result

if TYPE_CHECKING:
    from plotthedots.budget import Budget
    from plotthedots.forecast import Forecast
    from plotthedots.gains import Gains


@dataclass
class More:
    """Gains, a forecast and a budget of the same rows as the charts."""

    result: Result
    gains: "Gains | None"
    forecast: "Forecast | None"
    budget: "Budget | None"

    def __post_init__(self) -> None:
        if self.forecast is not None and self.forecast.series != self.result.series:
            raise BadInput("forecast: its series are not those of the charts: make both from the same rows.")

    def sheet(self) -> str:
        """The sheets that are needed: pages are white, whatever the screen prefers."""
        ahead = self.gains is not None or self.forecast is not None
        sheet = svg.SCREEN_ONLY if ahead else svg.CHARTS_ONLY
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
        return "\n".join([*own, sheet.replace("@media screen and (prefers-color-scheme:dark)", "@media not all")])

    def board(self, cards: Sequence[Card]) -> str:
        """The budget, on the cover."""
        if self.budget is None:
            return ""
        from plotthedots.report import board

        return board.part(self.budget, cards)

    def section(self) -> Iterator[str]:
        """The section of gains, on the cover."""
        if self.gains is not None:
            from plotthedots.report import gains

            yield from gains.section(self.gains, self._gain_cards)

    def pages(self) -> Iterator[str]:
        """A page a gain."""
        if self.gains is not None:
            from plotthedots.report import gains

            yield from (gains.page(self.gains, card) for card in self._gain_cards)

    def ahead(self, card: Card) -> str:
        """What was claimed and what comes next, for the page of a measure."""
        parts = []
        if self.gains is not None:
            from plotthedots.report import gains

            parts.append(gains.of_measure(self._gain_cards, card.position))
        if self.forecast is not None:
            from plotthedots.report import ahead

            parts.append(ahead.part(self.forecast, card.position, card.name))
        return "".join(parts)

    @cached_property
    def _gain_cards(self) -> list[Any]:
        return [] if self.gains is None else list(self.gains.cards())
