"""All measures at one look: a table with their course, and their charts small beside one another."""

from collections.abc import Callable, Iterator

from plotthedots import board
from plotthedots.card import NO_NUMBER, Card
from plotthedots.report.parts import SCREEN, Medium
from plotthedots.report.plan import Plan
from plotthedots.report.verdicts import icons
from plotthedots.svg.element import escape
from plotthedots.svg.multiples import KEY

SPARK, SMALL = 160, 300  # widths in pixels
HEADS = ("Measure", f"The last {board.LAST}", "Latest", "Usual range", "Target", "Changing?", "Meets its target?")

Draw = Callable[[Card], str]


def table(made: Plan, spark: Draw, medium: Medium = SCREEN) -> Iterator[str]:
    """A row a measure: its course, its latest value, what is usual, its target, both icons. Nothing for one alone."""
    if len(made.cards) < 2:
        return
    heads = "".join(f'<th scope="col">{head}</th>' for head in HEADS)
    yield '<section class="all" aria-labelledby="all"><h2 id="all" data-name="All measures">All measures</h2><div class="card">'
    yield '<div class="scroll" tabindex="0" role="region" aria-label="All measures, a row each">'
    yield f'<table class="data all-measures"><thead><tr>{heads}</tr></thead><tbody>'
    yield from (_row(made, card, spark, medium) for card in made.cards)
    yield "</tbody></table></div></div></section>"


def _row(made: Plan, card: Card, spark: Draw, medium: Medium) -> str:
    was = made.moved.was(card, made.too_few)
    moved = f"<i>{was}</i>" if was else ""
    variation, assurance = (medium.icon(name, 28) for name in icons(card, made.few(card)))
    # Most are of the report's own period, which stands at its head.
    when = f"<i>{escape(card.when)}</i>" if card.when != made.when else ""
    return (
        f'<tr><th scope="row"><a href="#m{card.position}">{escape(card.name or "The measure")}</a>{moved}</th>'
        f"<td>{spark(card)}</td><td><b>{escape(card.latest)}</b>{when}</td>"
        f"<td>{usual(card)}</td><td>{card.target}</td><td>{variation}</td><td>{assurance}</td></tr>"
    )


def usual(card: Card) -> str:
    """The limits of the latest phase."""
    return card.phases[-1].limits if card.phases else NO_NUMBER


def side_by_side(made: Plan, small: Draw, medium: Medium = SCREEN) -> Iterator[str]:
    """The charts small beside one another, where that is asked for."""
    if not made.side_by_side:
        return
    scale = "All are drawn on one scale." if made.side_by_side == "common" else "Each has a scale of its own."
    yield '<section class="side" aria-labelledby="side"><h2 id="side" data-name="Side by side">Side by side</h2>'
    yield f'<p class="small quiet">The last {board.LAST} points of each. {scale} {KEY}</p><div class="card many">'
    yield from (_one(made, card, small, medium) for card in made.cards)
    yield "</div></section>"


def _one(made: Plan, card: Card, small: Draw, medium: Medium) -> str:
    icon = medium.icon(icons(card, made.few(card))[0], 24)
    named = f'<a href="#m{card.position}"><b>{escape(card.name or "The measure")}</b></a>'
    return f'<div class="one"><p>{icon}<span>{named} {escape(card.latest)}</span></p>{small(card)}</div>'


def sparkline(made: Plan, card: Card) -> str:
    """The course of a measure at the size of a word."""
    return made.result.sparkline_at(card.position, width=SPARK, id=f"course{card.position}")


def small_chart(made: Plan, card: Card) -> str:
    """One of the charts beside one another."""
    return board.small_chart(made.result, card.position, SMALL, made.scale, id=f"small{card.position}")


STYLE = """
table.all-measures{min-width:720px}
table.data.all-measures th[scope=row]{font-weight:400;white-space:normal;overflow-wrap:anywhere;min-width:140px}
table.data.all-measures td,table.data.all-measures th{vertical-align:middle}
table.data.all-measures thead th{vertical-align:bottom;white-space:normal}
table.data.all-measures td:nth-child(2),table.data.all-measures th:nth-child(2){text-align:left}
table.all-measures i{display:block;font-style:normal;font-size:13px;line-height:16px;color:#4c6272}
table.data.all-measures td:last-child,table.data.all-measures th:last-child{text-align:right}
table.all-measures tr:last-child>*{border-bottom:0}
.many{display:grid;grid-template-columns:repeat(auto-fill,minmax(270px,1fr));gap:20px 28px}
.one p{display:flex;gap:8px;align-items:center;margin:0 0 4px;font-size:14px;line-height:18px;overflow-wrap:anywhere}
.one p svg{flex:none}
.one>svg{width:100%;height:auto;display:block}
@media print{
table.all-measures{min-width:0}
.all,.side{break-before:page}
.one{break-inside:avoid}
.many{grid-template-columns:repeat(3,1fr);gap:12px 16px}
}
"""
