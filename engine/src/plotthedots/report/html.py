"""The report as one HTML file: no scripts, nothing fetched, good on paper."""

from collections.abc import Iterator
from functools import partial
from typing import Any, Unpack

from plotthedots import svg
from plotthedots.card import Card, Row
from plotthedots.report import boards, cover
from plotthedots.report.page import facts, latest, of, phases
from plotthedots.report.parts import scroll, told_list, told_text
from plotthedots.report.plan import Plan, Told, plan
from plotthedots.report.style import STYLE
from plotthedots.result import Result
from plotthedots.svg.element import escape

# One of these is shown, by the width of the page: class, width, height, latest points.
CHARTS = (("wide", 960, 380, None), ("middle", 680, 360, None), ("narrow", 340, 320, 18))


def html(result: Result, **told: Unpack[Told]) -> Iterator[str]:
    """The report of a result, piece by piece: cover with the icon grid, exceptions in sentences, a page a measure.

    What it may be told is said at `plan.Told`.
    """
    made = plan(result, **told)
    cards, more = made.cards, made.more
    yield (
        '<!doctype html><html lang="en-GB"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(made.name)}</title><style>{STYLE}{boards.STYLE}\n{more.sheet()}</style></head><body>"
        '<a class="skip" href="#exceptions">Skip to the exceptions</a>'
    )
    yield f"{_header(made)}<main>"
    yield more.board(cards)
    yield from cover.grid(cards, made.too_few, moved=made.moved)
    yield from cover.exceptions(cards, made.too_few)
    yield from more.section()
    yield from more.colours(cards)
    yield from boards.table(made, partial(boards.sparkline, made))
    yield from boards.side_by_side(made, partial(boards.small_chart, made))
    yield _how_to_read()
    yield from (_page(made, card) for card in cards)
    yield from more.pages()
    yield f"</main><footer>{escape(made.made())}</footer></body></html>"


def _header(made: Plan) -> str:
    logo = f'<img class="logo" alt="" src="{made.logo.address}"/>' if made.logo else ""
    names = " · ".join(filter(None, (made.organisation, made.title)))
    name = f'<p class="quiet">{escape(names)}</p>' if names else ""
    below = "".join(f"<p>{escape(said)}</p>" for said in (made.subtitle, made.introduction) if said)
    return f'<header>{logo}{name}<h1 id="top">{escape(made.heading)}</h1>{below}</header>'


def _how_to_read() -> str:
    icons = "".join(
        f"<li>{svg.icon(name, size=40)}<span>{escape(said)}</span></li>"
        for name, said in [*svg.VARIATION_WORDS.items(), *svg.ASSURANCE_WORDS.items()]
    )
    return (
        '<details class="card how"><summary>How to read the icons and charts</summary>'
        "<p>A measure varies from month to month by chance: its usual range lies between two dashed limits. "
        "A large blue dot is a change for the better beyond chance, an orange diamond one for the worse, a purple triangle one that "
        "is by itself neither. The dotted line is the target.</p>"
        f'<ul class="key">{icons}</ul></details>'
    )


def _page(made: Plan, card: Card) -> str:
    name = escape(card.name or "The measure")
    advice = told_list("How far to trust it", card.advice)
    doing = told_text("What we do", made.doing.get(card.position, ""))
    return (
        f'<section class="card measure" id="m{card.position}" aria-labelledby="h{card.position}">'
        f'<h2 id="h{card.position}">{name}</h2><p>{escape(card.sentence)}</p>{facts(card, made.few(card))}'
        f"{_charts(made, card)}{doing}{latest(card)}{made.more.ahead(card)}{_colours(made, card)}{phases(card)}{advice}"
        f"{_points(card)}"
        '<p class="small back"><a href="#top">Back to the cover</a></p></section>'
    )


def _charts(made: Plan, card: Card) -> str:
    drawn = []
    for kind, width, height, last in CHARTS:
        picture = made.draw(card, width=width, height=height, last=last, id=f"{kind[0]}{card.position}", style=False)
        cut = last is not None and len(card.rows) > last
        said = f'<p class="small quiet">The last {last} of {len(card.rows):,} points.</p>' if cut else ""
        drawn.append(f'<div class="chart {kind}">{picture}{said}</div>')
    return "".join(drawn)


def _colours(made: Plan, card: Card) -> str:
    rag = made.more.rag
    if rag is None:
        return ""
    look: dict[str, Any] = {"heading": False, "style": False}
    return made.more.coloured(
        card, lambda width: rag.draw(card.position, width=width, id=f"c{width}-{card.position}", **look)
    )


def _points(card: Card) -> str:
    ratio = '<th scope="col">Number</th><th scope="col">Out of</th>' if card.ratio else ""
    rows = "".join(_row(row, card.ratio) for row in reversed(card.rows))
    table = (
        f'<table class="data points"><thead><tr><th scope="col">When</th>{ratio}<th scope="col">Value</th>'
        '<th scope="col">Centre</th><th scope="col">Usual range</th><th scope="col">What the rules saw</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )
    said = f"All {len(card.rows):,} points" if len(card.rows) > 1 else "The one point in full"
    return f'<details class="all-points"><summary>{said}</summary>{scroll(of(said, card), table)}</details>'


def _row(row: Row, ratio: bool) -> str:
    more = f"<td>{row.numerator}</td><td>{row.denominator}</td>" if ratio else ""
    return (
        f'<tr class="{row.point}"><td>{escape(row.when)}</td>{more}<td>{row.value}</td><td>{row.centre}</td>'
        f"<td>{row.limits}</td><td>{escape(row.seen)}</td></tr>"
    )
