"""The signal budget on the cover: its sentence, and which measures are worth a look."""

from collections.abc import Sequence

from plotthedots import frame as frames
from plotthedots.budget import Budget
from plotthedots.card import Card
from plotthedots.svg.element import escape


def part(budget: Budget, cards: Sequence[Card]) -> str:
    """The part of the cover."""
    # Whatever kind of frame it is.
    flags = frames.read(budget.series, ["shown", "is_new"])
    shown, new = (flags.columns[name].to_pylist() for name in ("shown", "is_new"))
    chips = "".join(
        f'<li><a href="#m{card.position}">{escape(card.name or "The measure")}{" <b>new</b>" if new[card.position] else ""}</a></li>'
        for card in cards
        if shown[card.position]
    )
    listed = f'<ul class="chips">{chips}</ul>' if chips else ""
    return (
        '<section class="card" aria-labelledby="budget"><h2 id="budget" class="first">Signals to spend time on</h2>'
        f"<p>{escape(budget.sentence())}</p>{listed}</section>"
    )


STYLE = """
h2.first{margin-top:0}
"""
