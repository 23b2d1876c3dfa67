"""Gains in a report: how many hold, how long they last, those in need first; then a page each."""

from collections.abc import Iterator, Sequence

from plotthedots import frame as frames
from plotthedots.gains import Gains
from plotthedots.gains.cards import GainCard
from plotthedots.gains.counting import GROUPS, URGENCY, count
from plotthedots.report.parts import SCREEN, Medium, charts, scroll, told_list
from plotthedots.svg.element import escape
from plotthedots.svg.status import STATUSES

STYLE = """
.statuses{display:flex;gap:2px;margin:0 0 24px}
.statuses span{flex:1 1 0;min-width:max-content;padding:2px 10px;font-weight:700;font-size:14px;line-height:22px}
.status{display:inline-block;padding:2px 10px;border-radius:3px;font-weight:700;font-size:14px;line-height:20px;white-space:nowrap}
.plain{background:#e1e6e9;color:#3b4a55}
.held{background:#d6ebf8;color:#00436f}
.worse{background:#fcdfc8;color:#843500}
.gone{background:#913b00;color:#fff}
table.gains{min-width:640px}
table.gains td,table.gains th{vertical-align:middle;white-space:normal}
table.data.gains td,table.data.gains th{text-align:left}
h3.first{margin-top:0}
.gains-list{padding:8px 24px}
table.gains tr:last-child td{border-bottom:0}
table.gains td i{font-style:normal;display:block;color:#4c6272}
table.gains td:first-child{overflow-wrap:anywhere;min-width:140px}
@media print{
.status,.statuses span{-webkit-print-color-adjust:exact;print-color-adjust:exact}
table.gains{min-width:0}
table.gains tr{break-inside:avoid}
.gains-cover{break-before:page}
.gains-list{padding:0}
}
"""
_LOOKS = {"plain": "plain", "good": "held", "bad": "worse", "lost": "gone"}


def section(gains: Gains, cards: Sequence[GainCard], medium: Medium = SCREEN) -> Iterator[str]:
    """The section on the cover: the count in a sentence, the curve where there is one, and the list."""
    yield '<section class="gains-cover" aria-labelledby="gains"><h2 id="gains">Gains</h2>'
    yield f"<p>{escape(count([card.status for card in cards]))}</p>{_bar(cards)}"
    if frames.read(gains.survival(), ["time"]).rows:
        yield f'<div class="card"><h3 class="first">How long a gain holds here</h3>{_curve(gains, medium)}</div>'
    order = sorted(cards, key=lambda card: (URGENCY.index(card.status), card.position))
    shown = medium.listed
    yield _list(gains, order[:shown], "Gains, those in need first", medium)
    if len(order) > shown:
        rest = _list(gains, order[shown:], "The other gains", medium)
        yield f"<details><summary>{len(order) - shown:,} more</summary>{rest}</details>"
    yield "</section>"


def _bar(cards: Sequence[GainCard]) -> str:
    """How many are what, as a band of words."""
    parts = []
    for statuses, one, more in GROUPS:
        number = sum(card.status in statuses for card in cards)
        if number:
            words = (one if number == 1 else more).format(f"{number:,}")
            parts.append(f'<span class="{_look(statuses[0])}" style="flex-grow:{number}">{words}</span>')
    return (
        f'<div class="statuses scroll" tabindex="0" role="region" aria-label="Gains by status">{"".join(parts)}</div>'
    )


def _look(status: str) -> str:
    return _LOOKS[STATUSES[status].look]


def _curve(gains: Gains, medium: Medium) -> str:
    return charts(
        lambda **look: gains.survival_svg(heading=False, **look), "survival", heights=(340, 340, 340), medium=medium
    )


def _list(gains: Gains, cards: Sequence[GainCard], label: str, medium: Medium) -> str:
    ahead = _ahead(cards)
    chance = f'<th scope="col">Chance of slipping within {ahead} periods</th>' if ahead else ""
    rows = "".join(_row(gains, card, ahead, medium) for card in cards)
    listed = scroll(
        label,
        '<table class="data gains"><thead><tr><th scope="col">Gain</th><th scope="col">Status</th>'
        f'<th scope="col">Since the claim</th><th scope="col">Left of it</th>{chance}</tr></thead><tbody>{rows}</tbody></table>',
    )
    return f'<div class="card gains-list">{listed}</div>'


def _ahead(cards: Sequence[GainCard]) -> int | None:
    """The horizon nearest to six periods, of those asked for."""
    asked = {horizon for card in cards for horizon, _ in card.chances}
    return min(asked, key=lambda horizon: (abs(horizon - 6), horizon)) if asked else None


def _row(gains: Gains, card: GainCard, ahead: int | None, medium: Medium) -> str:
    left = f"<b>{card.retained}</b><i>{card.between}</i>" if card.retained else "–"
    chance = "" if ahead is None else f"<td>{dict(card.chances).get(ahead, '–')}</td>"
    picture = gains.sparkline(card.position, width=130, height=36, id=f"k{card.position}", style=medium.style)
    return (
        f'<tr><td><a href="#g{card.position}">{escape(card.name)}</a><i>claimed {escape(card.claimed)}</i></td>'
        f"<td>{_status(card)}<i>since {escape(card.since)}</i></td><td>{picture}</td><td>{left}</td>{chance}</tr>"
    )


def _status(card: GainCard) -> str:
    return f'<span class="status {_look(card.status)}">{STATUSES[card.status].word}</span>'


def page(gains: Gains, card: GainCard, medium: Medium = SCREEN) -> str:
    """The page of one gain: its sentence, its life, and how far to trust it."""
    name = escape(card.name)
    life = charts(
        lambda **look: gains.draw(card.position, heading=False, **look), f"g{card.position}", heights=(420, 400, 380),
        medium=medium,
    )  # fmt: skip
    advice = told_list("How far to trust it", card.advice)
    chances = ", ".join(
        f"{chance} within {horizon} period{'s' if horizon != 1 else ''}" for horizon, chance in card.chances
    )
    odds = f"<p>Chance that it slips: {chances}.</p>" if chances else ""
    return (
        f'<section class="card measure" id="g{card.position}" aria-labelledby="gh{card.position}">'
        f'<h2 id="gh{card.position}">{name}</h2><p>{_status(card)}</p><p>{escape(card.sentence)}</p>{odds}{life}{advice}'
        f'<p class="small back"><a href="#m{card.series}">The measure</a> · <a href="#gains">All gains</a></p></section>'
    )


def of_measure(cards: Sequence[GainCard], series: int) -> str:
    """What was claimed on a measure, with links to the pages of its gains."""
    own = [card for card in cards if card.series == series]
    if not own:
        return ""
    links = ", ".join(f'<a href="#g{card.position}">{escape(card.name)}</a> {_status(card)}' for card in own)
    return f"<p>Claimed as {'a gain' if len(own) == 1 else 'gains'}: {links}</p>"
