"""Red, amber and green beside rules and budget, in a report: a table of all measures, and a picture on each page."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from plotthedots import frame as frames
from plotthedots.card import Card
from plotthedots.rag import RagOrDots
from plotthedots.report.parts import SCREEN, Medium, scroll
from plotthedots.svg.element import escape

HEADING = "Red, amber, green, or dots"
HEADS = (
    "Measure", "Points", "Red asked", "something behind it", "Rules asked", "something behind it", "Budget showed it",
    "Red by chance alone", "Rules by chance alone",
)  # fmt: skip
POINT_HEADS = ("Measure", "When", "Value", "Target", "Colour", "What the rules said then", "The budget then")
WHAT = (
    "How often each way of looking asked for an answer, and in how many of them there was something behind it: where "
    "the chart as it stands now, with all that came since, marks a change for the worse. The last columns say how "
    "often each would have asked if nothing had changed at all."
)
_COUNTS = ("points", "red", "red_wolves", "marked", "marked_wolves", "shown", "red_by_chance", "marked_by_chance")


def rows(rag: RagOrDots, cards: list[Card]) -> list[tuple[Card, list[Any]]]:
    """A row a measure that has colours, in the order of HEADS without the name; None where there is no telling."""
    held = frames.read(rag.summary, [*_COUNTS, "green", "amber"])
    of = {name: held.columns[name].to_pylist() for name in (*_COUNTS, "green", "amber")}
    found = []
    for card in cards:
        own = {name: values[card.position] for name, values in of.items()}
        if own["red"] + own["green"] + own["amber"]:
            true = own["red"] - own["red_wolves"], own["marked"] - own["marked_wolves"]
            chances = [None if own[name] != own[name] else own[name] for name in _COUNTS[-2:]]
            found.append((card, [own["points"], own["red"], true[0], own["marked"], true[1], own["shown"], *chances]))
    return found


def points(rag: RagOrDots, cards: list[Card]) -> list[list[Any]]:
    """A row a point that is looked at, in the order of POINT_HEADS."""
    held = frames.read(rag.points, ["value", "target", "colour", "rules", "shown"])
    columns = [held.columns[name].to_pylist() for name in ("value", "target", "colour", "rules", "shown")]
    found = []
    for card in cards:
        here = rag.rows_at(card.position)
        whens = [row.when for row in card.rows[-len(here) :]]
        for place, when in zip(here, whens, strict=True):
            value, target, colour, rules, shown = (column[place] for column in columns)
            numbers = [None if number is None or number != number else number for number in (value, target)]
            budget = "shown" if shown else "not shown"
            found.append([card.name or "The measure", when, *numbers, colour or "", rules or "", budget])
    return found


def left_out(cards: list[Card], shown: int) -> str:
    """Why some have no row."""
    count = len(cards) - shown
    if not count:
        return ""
    return f"{count:,} {'has' if count == 1 else 'have'} no colour: that takes a target and a better direction."


def section(rag: RagOrDots, cards: list[Card]) -> Iterator[str]:
    """The section on the cover."""
    found = rows(rag, cards)
    yield f'<section class="rag" aria-labelledby="colours"><h2 id="colours" data-name="{HEADING}">{HEADING}</h2>'
    if len(found) > 1:
        yield f"<p>{escape(rag.sentence_of(np.array([card.position for card, _ in found])))}</p>"
    yield f'<p class="small quiet">{WHAT} {left_out(cards, len(found))}</p>'
    heads = "".join(f'<th scope="col">{head}</th>' for head in HEADS)
    body = "".join(_row(card, cells) for card, cells in found)
    listed = f'<table class="data colours"><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>'
    yield f'<div class="card">{scroll("What colours, rules and budget asked, by measure", listed)}</div></section>'


def _row(card: Card, cells: list[Any]) -> str:
    told = "".join(f"<td>{said(cell)}</td>" for cell in cells)
    return f'<tr><th scope="row"><a href="#m{card.position}">{escape(card.name or "The measure")}</a></th>{told}</tr>'


def said(cell: float | int | None) -> str:
    """A count, or an expected number to one place."""
    return "–" if cell is None else f"{cell:,}" if isinstance(cell, int) else f"{cell:,.1f}"


def part(rag: RagOrDots, card: Card, draw: Callable[[int], str], medium: Medium = SCREEN) -> str:
    """The part of a measure's page; `draw` gives the picture of a width. Nothing where there is no colour."""
    if not rag.coloured(card.position):
        return ""
    drawn = "".join(f'<div class="chart {kind}">{draw(width)}</div>' for kind, width, _ in medium.widths)
    return f'<div class="next"><h3>{HEADING}</h3><p>{escape(rag.sentence_at(card.position))}</p>{drawn}</div>'


STYLE = """
table.colours{min-width:760px}
table.data.colours th[scope=row]{font-weight:400;white-space:normal;overflow-wrap:anywhere;min-width:140px}
table.data.colours thead th{white-space:normal;vertical-align:bottom}
table.data.colours td:last-child,table.data.colours th:last-child{text-align:right}
table.colours tr:last-child>*{border-bottom:0}
@media print{
table.colours{min-width:0}
.rag{break-before:page}
}
"""
