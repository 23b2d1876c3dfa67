"""The report as one HTML file: no scripts, nothing fetched, good on paper."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from plotthedots import svg, words
from plotthedots.card import NO_NUMBER, Card, Row
from plotthedots.report import cover
from plotthedots.report.more import More
from plotthedots.report.parts import scroll, told_list
from plotthedots.report.style import STYLE
from plotthedots.result import Result
from plotthedots.svg.element import escape

if TYPE_CHECKING:
    from plotthedots.budget import Budget
    from plotthedots.forecast import Forecast
    from plotthedots.gains import Gains

TOO_FEW = 15  # points, below which a page says that there are too few to tell
LATEST = 13  # periods in the short table: a year and the same month of the year before
# One of these is shown, by the width of the page: class, width, height, latest points.
CHARTS = (("wide", 960, 380, None), ("middle", 680, 360, None), ("narrow", 340, 320, 18))


def html(
    result: Result,
    *,
    title: str = "",
    subtitle: str = "",
    source: str = "",
    made_on: dt.date | None = None,
    too_few: int = TOO_FEW,
    gains: "Gains | None" = None,
    forecast: "Forecast | None" = None,
    budget: "Budget | None" = None,
) -> Iterator[str]:
    """The report of a result, piece by piece: cover with the icon grid, exceptions in sentences, a page a measure.

    title and subtitle name the report; source says where the data came from; made_on is the day it is made
    (nothing here looks at a clock); too_few is the number of points below which no verdict is shown.
    gains, forecast and budget are of the same rows: gains have a section and a page each, a forecast a part of each
    page, the budget its sentence and its list on the cover.
    """
    cards = list(result.cards())
    heading = cover.heading(cards, too_few, _usual_date(cards))
    more = More(result, gains, forecast, budget)
    yield (
        '<!doctype html><html lang="en-GB"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title or heading)}</title><style>{STYLE}\n{more.sheet()}</style></head><body>"
        '<a class="skip" href="#exceptions">Skip to the exceptions</a>'
    )
    name = f'<p class="quiet">{escape(title)}</p>' if title else ""
    below = f"<p>{escape(subtitle)}</p>" if subtitle else ""
    yield f'<header>{name}<h1 id="top">{escape(heading)}</h1>{below}</header><main>'
    yield more.board(cards)
    yield from cover.grid(cards, too_few)
    yield from cover.exceptions(cards, too_few)
    yield from more.section()
    yield _how_to_read()
    yield from (_page(result, card, too_few, more.ahead) for card in cards)
    yield from more.pages()
    yield f"</main><footer>{_made(source, made_on, result)}</footer></body></html>"


def _usual_date(cards: list[Card]) -> str:
    """The latest date that most measures share."""
    counted = Counter(card.when for card in cards if card.when)
    usual = counted.most_common(1)[0][0] if counted else ""
    return f"At {usual}" if usual.lstrip("-").isdigit() else usual


def _made(source: str, made_on: dt.date | None, result: Result) -> str:
    parts = [f"Source: {escape(source)}."] if source else []
    if made_on is not None:
        parts.append(f"Made {words.moment(made_on)} with plotthedots.")
    parts += [escape(sentence) for sentence in result.said]
    return " ".join(parts)


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


def _page(result: Result, card: Card, too_few: int, ahead: Callable[[Card], str]) -> str:
    name = escape(card.name or "The measure")
    advice = told_list("How far to trust it", card.advice)
    return (
        f'<section class="card measure" id="m{card.position}" aria-labelledby="h{card.position}">'
        f'<h2 id="h{card.position}">{name}</h2><p>{escape(card.sentence)}</p>{_facts(card, card.n < too_few)}'
        f"{_charts(result, card)}{_latest(card)}{ahead(card)}{_phases(card)}{advice}{_points(card)}"
        '<p class="small back"><a href="#top">Back to the cover</a></p></section>'
    )


def _charts(result: Result, card: Card) -> str:
    drawn = []
    for kind, width, height, last in CHARTS:
        made = result.draw(
            card.position, width=width, height=height, last=last, id=f"{kind[0]}{card.position}",
            heading=False, style=False,
        )  # fmt: skip
        cut = last is not None and len(card.rows) > last
        said = f'<p class="small quiet">The last {last} of {len(card.rows):,} points.</p>' if cut else ""
        drawn.append(f'<div class="chart {kind}">{made}{said}</div>')
    return "".join(drawn)


def _facts(card: Card, few: bool) -> str:
    variation = "too_few" if few or card.variation is None else card.variation
    assurance = card.assurance or "none"
    changing = "Too few points: to tell yet" if variation == "too_few" else words.VARIATIONS[variation]
    meeting = _meeting(card)
    latest = (
        f'<div class="latest"><b>{escape(card.latest)}</b><span class="quiet small">{escape(card.when)}</span></div>'
    )
    return f'<div class="facts">{_fact(variation, changing)}{_fact(assurance, meeting)}{latest}</div>'


def _meeting(card: Card) -> str:
    """What is said beside the assurance icon."""
    if card.assurance:
        return words.ASSURANCES[card.assurance].replace("the target", f"the target of {card.target}", 1)
    if card.target == NO_NUMBER:
        return "No target: none is set"
    return f"Target {card.target}: not judged, since that takes limits and a direction"


def _fact(icon: str, said: str) -> str:
    head, _, rest = said.partition(": ")
    return (
        f'<div class="fact">{svg.icon(icon, size=48)}<span><b>{escape(head)}</b>'
        f'<span class="small quiet">{escape(rest)}</span></span></div>'
    )


def _latest(card: Card) -> str:
    rows = card.rows[-LATEST:]
    # Month above year, so that thirteen periods fit side by side.
    heads = "".join(f'<th scope="col">{escape(row.when).replace(" ", "<br>")}</th>' for row in rows)
    cells = "".join(f"<td>{row.value}</td>" for row in rows)
    said = f"The last {len(rows)} points" if len(rows) > 1 else "The one point"
    table = (
        f'<table class="data across"><thead><tr><td></td>{heads}</tr></thead>'
        f'<tbody><tr><th scope="row">Value</th>{cells}</tr></tbody></table>'
    )
    return f"<h3>{said}</h3>{scroll(_of(said, card), table)}"


def _of(said: str, card: Card) -> str:
    """A label that no other measure's table has."""
    return f"{said} of {card.name}" if card.name else said


def _phases(card: Card) -> str:
    if len(card.phases) < 2:
        return ""
    rows = "".join(
        f"<tr><td>{escape(phase.since)}</td><td>{phase.n:,}</td><td>{phase.centre}</td><td>{phase.limits}</td></tr>"
        for phase in card.phases
    )
    table = (
        '<table class="data phases"><thead><tr><th scope="col">Since</th><th scope="col">Points</th>'
        f'<th scope="col">Centre</th><th scope="col">Usual range</th></tr></thead><tbody>{rows}</tbody></table>'
    )
    return f"<h3>Phases</h3>{scroll(_of('Phases', card), table)}"


def _points(card: Card) -> str:
    ratio = '<th scope="col">Number</th><th scope="col">Out of</th>' if card.ratio else ""
    rows = "".join(_row(row, card.ratio) for row in reversed(card.rows))
    table = (
        f'<table class="data points"><thead><tr><th scope="col">When</th>{ratio}<th scope="col">Value</th>'
        '<th scope="col">Centre</th><th scope="col">Usual range</th><th scope="col">What the rules saw</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )
    said = f"All {len(card.rows):,} points" if len(card.rows) > 1 else "The one point in full"
    return f'<details class="all-points"><summary>{said}</summary>{scroll(_of(said, card), table)}</details>'


def _row(row: Row, ratio: bool) -> str:
    more = f"<td>{row.numerator}</td><td>{row.denominator}</td>" if ratio else ""
    return (
        f'<tr class="{row.point}"><td>{escape(row.when)}</td>{more}<td>{row.value}</td><td>{row.centre}</td>'
        f"<td>{row.limits}</td><td>{escape(row.seen)}</td></tr>"
    )
