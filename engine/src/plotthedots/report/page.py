"""Parts of a measure's page that a screen and paper share."""

from plotthedots.card import Card
from plotthedots.report.parts import SCREEN, Medium, scroll
from plotthedots.report.plan import LATEST
from plotthedots.report.verdicts import changing, icons, meeting
from plotthedots.svg.element import escape


def facts(card: Card, few: bool, medium: Medium = SCREEN) -> str:
    """The two icons with their words, and the latest value."""
    variation, assurance = icons(card, few)
    latest = (
        f'<div class="latest"><b>{escape(card.latest)}</b><span class="quiet small">{escape(card.when)}</span></div>'
    )
    return (
        f'<div class="facts">{_fact(medium.icon(variation, 48), changing(card, few))}'
        f"{_fact(medium.icon(assurance, 48), meeting(card))}{latest}</div>"
    )


def _fact(icon: str, said: str) -> str:
    head, _, rest = said.partition(": ")
    return f'<div class="fact">{icon}<span><b>{escape(head)}</b><span class="small quiet">{escape(rest)}</span></span></div>'


def latest(card: Card) -> str:
    """The last points side by side."""
    rows = card.rows[-LATEST:]
    # Month above year, so that thirteen periods fit side by side.
    heads = "".join(f'<th scope="col">{escape(row.when).replace(" ", "<br>")}</th>' for row in rows)
    cells = "".join(f"<td>{row.value}</td>" for row in rows)
    said = f"The last {len(rows)} points" if len(rows) > 1 else "The one point"
    table = (
        f'<table class="data across"><thead><tr><td></td>{heads}</tr></thead>'
        f'<tbody><tr><th scope="row">Value</th>{cells}</tr></tbody></table>'
    )
    return f"<h3>{said}</h3>{scroll(of(said, card), table)}"


def of(said: str, card: Card) -> str:
    """A label that no other measure's table has."""
    return f"{said} of {card.name}" if card.name else said


def phases(card: Card) -> str:
    """The phases, where there is more than one."""
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
    return f"<h3>Phases</h3>{scroll(of('Phases', card), table)}"
