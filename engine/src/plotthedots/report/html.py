"""The report as one HTML file: no scripts, nothing fetched, good on paper."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator

from plotthedots import svg, words
from plotthedots.card import Card, Row
from plotthedots.report import cover
from plotthedots.report.style import STYLE
from plotthedots.result import Result
from plotthedots.svg.element import escape

TOO_FEW = 15  # points, below which a page says that there are too few to tell
LATEST = 13  # periods in the short table: a year and the same month of the year before


def html(
    result: Result,
    *,
    title: str = "",
    subtitle: str = "",
    source: str = "",
    made_on: dt.date | None = None,
    too_few: int = TOO_FEW,
) -> Iterator[str]:
    """The report of a result, piece by piece: cover with the icon grid, exceptions in sentences, a page a measure.

    title and subtitle name the report; source says where the data came from; made_on is the day it is made
    (nothing here looks at a clock); too_few is the number of points below which no verdict is shown.
    """
    cards = list(result.cards())
    heading = cover.heading(cards, too_few, _usual_date(cards))
    sheet = svg.SCREEN_ONLY.replace("@media screen and (prefers-color-scheme:dark)", "@media not all")
    yield (
        '<!doctype html><html lang="en-GB"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title or heading)}</title><style>{STYLE}\n{sheet}</style></head><body>"
        '<a class="skip" href="#exceptions">Skip to the exceptions</a>'
    )
    yield f'<header><p class="quiet">{escape(title)}</p><h1 id="top">{escape(heading)}</h1>'
    yield f"<p>{escape(subtitle)}</p></header><main>" if subtitle else "</header><main>"
    yield from cover.grid(cards, too_few)
    yield from cover.exceptions(cards, too_few)
    yield _how_to_read()
    yield from (_page(result, card, too_few) for card in cards)
    yield f"</main><footer>{_made(source, made_on, result)}</footer></body></html>"


def _usual_date(cards: list[Card]) -> str:
    """The latest date that most measures share."""
    counted = Counter(card.when for card in cards if card.when)
    return counted.most_common(1)[0][0] if counted else ""


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
        '<details class="card"><summary>How to read the icons and charts</summary>'
        "<p>A measure varies from month to month by chance: its usual range lies between two dashed limits. "
        "A large blue dot is a change for the better beyond chance, an orange diamond one for the worse, a purple triangle one that "
        "is by itself neither. The dotted line is the target.</p>"
        f'<ul class="key">{icons}</ul></details>'
    )


def _page(result: Result, card: Card, too_few: int) -> str:
    name = escape(card.name or "The measure")
    few = card.n < too_few
    plain = {"heading": False, "style": False}
    wide = result.draw(card.position, width=960, height=380, id=f"w{card.position}", **plain)
    narrow = result.draw(card.position, width=320, height=300, last=18, id=f"n{card.position}", **plain)
    return (
        f'<section class="card measure" id="m{card.position}" aria-labelledby="h{card.position}">'
        f'<h2 id="h{card.position}">{name}</h2><p>{escape(card.sentence)}</p>{_facts(card, few)}'
        f'<div class="chart wide">{wide}</div><div class="chart narrow">{narrow}</div>'
        f"{_latest(card)}{_phases(card)}{_advice(card)}{_points(card)}"
        '<p class="small back"><a href="#top">Back to the cover</a></p></section>'
    )


def _facts(card: Card, few: bool) -> str:
    variation = "too_few" if few or card.variation is None else card.variation
    assurance = card.assurance or "none"
    variation_words = "Too few points to tell yet" if variation == "too_few" else words.VARIATIONS[variation]
    assurance_words = words.ASSURANCES[assurance] if card.assurance else "No target: none is set"
    target = f'<span class="quiet small">target {escape(card.target)}</span>' if card.assurance else ""
    latest = (
        f'<div class="latest"><b>{escape(card.latest)}</b><span class="quiet small">{escape(card.when)}</span></div>'
    )
    return f'<div class="facts">{_fact(variation, variation_words)}{_fact(assurance, assurance_words, target)}{latest}</div>'


def _fact(icon: str, said: str, more: str = "") -> str:
    head, _, rest = said.partition(": ")
    return f'<div>{svg.icon(icon, size=48)}<span><b>{escape(head)}</b><span class="small quiet">{escape(rest)}</span> {more}</span></div>'


def _latest(card: Card) -> str:
    rows = card.rows[-LATEST:]
    # Month above year, so that thirteen periods fit side by side.
    heads = "".join(f'<th scope="col">{escape(row.when).replace(" ", "<br>")}</th>' for row in rows)
    cells = "".join(f"<td>{escape(row.value)}</td>" for row in rows)
    return (
        f'<h3>The last {len(rows)} points</h3><div class="scroll" tabindex="0" role="region" aria-label="Last {len(rows)} points">'
        f'<table class="data across"><thead><tr><th></th>{heads}</tr></thead><tbody><tr><th scope="row">Value</th>{cells}</tr></tbody></table></div>'
    )


def _phases(card: Card) -> str:
    if len(card.phases) < 2:
        return ""
    rows = "".join(
        f"<tr><td>{escape(phase.since)}</td><td>{phase.n:,}</td><td>{escape(phase.centre)}</td><td>{escape(phase.limits)}</td></tr>"
        for phase in card.phases
    )
    return (
        '<h3>Phases</h3><table class="data"><thead><tr><th scope="col">Since</th><th scope="col">Points</th><th scope="col">Average</th>'
        f'<th scope="col">Usual range</th></tr></thead><tbody>{rows}</tbody></table>'
    )


def _advice(card: Card) -> str:
    if not card.advice:
        return ""
    return f'<h3>How far to trust it</h3><ul class="advice">{"".join(f"<li>{escape(said)}</li>" for said in card.advice)}</ul>'


def _points(card: Card) -> str:
    ratio = '<th scope="col">Number</th><th scope="col">Out of</th>' if card.ratio else ""
    rows = "".join(_row(row, card.ratio) for row in reversed(card.rows))
    return (
        f'<details class="all-points"><summary>All {len(card.rows):,} points</summary><div class="scroll"><table class="data"><thead><tr>'
        f'<th scope="col">When</th>{ratio}<th scope="col">Value</th><th scope="col">Centre</th><th scope="col">Usual range</th>'
        f'<th scope="col">What the rules saw</th></tr></thead><tbody>{rows}</tbody></table></div></details>'
    )


def _row(row: Row, ratio: bool) -> str:
    more = f"<td>{row.numerator}</td><td>{row.denominator}</td>" if ratio else ""
    return (
        f'<tr class="{row.point}"><td>{escape(row.when)}</td>{more}<td>{row.value}</td><td>{row.centre}</td><td>{row.limits}</td>'
        f"<td>{escape(row.seen)}</td></tr>"
    )
