"""The cover: how many measures are where, and the exceptions in the order a board should spend its time."""

from collections.abc import Iterator, Sequence

from plotthedots import svg
from plotthedots.card import Card
from plotthedots.svg.element import escape
from plotthedots.svg.grid import COLUMNS, ROWS, column_of

SHOWN = 7  # chips in a cell before the rest are folded
LISTED = 12  # exceptions before the rest are folded

_ROW_NOTES = {
    "pass": "if nothing changes",
    "inconsistent": "by chance alone",
    "fail": "unless something changes",
    "none": "or not judged",
}
_COLUMN_NOTES = {
    "improving": "beyond chance",
    "common": "no change beyond chance",
    "concerning": "beyond chance",
    "neither": "changed, neither good nor bad",
    "too_few": "to tell yet",
}
_TINT = {"improving": ' class="good"', "concerning": ' class="bad"'}


def place(card: Card, too_few: int) -> tuple[str, str]:
    """Row and column of a measure in the grid."""
    return card.assurance or "none", column_of(card.variation, card.n < too_few)


def rank(card: Card, too_few: int) -> int | None:
    """When a board should come to a measure: 0 first; None for one that needs no time."""
    row, column = place(card, too_few)
    if column == "concerning":
        return ("fail", "inconsistent", "none", "pass").index(row)
    if column == "common" and row == "fail":
        return 4
    return 5 if column in ("improving", "neither") else None


def heading(cards: Sequence[Card], too_few: int, when: str) -> str:
    """The title as an answer: what got worse, what got better, out of how many."""
    columns = [place(card, too_few)[1] for card in cards]
    worse, better, changed = columns.count("concerning"), columns.count("improving"), columns.count("neither")
    parts = [f"{worse:,} getting worse"] if worse else []
    parts += [f"{better:,} getting better"] if better else []
    parts += [f"{changed:,} changed"] if changed else []
    total = f"{len(cards):,} measure{'s' if len(cards) != 1 else ''}"
    lead = f"{when}: " if when else ""
    if not parts:
        return f"{lead}nothing beyond chance in {total}"
    return f"{lead}{' and '.join([', '.join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)}, out of {total}"


def grid(cards: Sequence[Card], too_few: int) -> Iterator[str]:
    """The icon grid with a chip for every measure."""
    cells: dict[tuple[str, str], list[Card]] = {}
    for card in cards:
        cells.setdefault(place(card, too_few), []).append(card)
    yield '<div class="scroll" tabindex="0" role="region" aria-label="Measures by assurance and variation"><table class="grid">'
    yield '<thead><tr><td class="small quiet">Across: is it changing? Down: will it meet its target?</td>'
    for key, icon, words in COLUMNS:
        yield f'<th scope="col">{_head(icon, words, _COLUMN_NOTES[key])}</th>'
    yield "</tr></thead><tbody>"
    for row, words in ROWS:
        yield f'<tr><th scope="row">{_head(row, words, _ROW_NOTES[row])}</th>'
        for column, _, _ in COLUMNS:
            yield f"<td{_TINT.get(column, '')}>{_cell(cells.get((row, column), []))}</td>"
        yield "</tr>"
    yield "</tbody></table></div>"
    yield f'<p class="small quiet">{len(cards):,} measures, each once. Too few: under {too_few} points.</p>'


def _head(icon: str, words: str, note: str) -> str:
    return f"<div>{svg.icon(icon, size=36)}<span><b>{words}</b><i>{note}</i></span></div>"


def _cell(cards: Sequence[Card]) -> str:
    if not cards:
        return '<span class="quiet small">none</span>'
    chips = "".join(_chip(card) for card in cards[:SHOWN])
    more = ""
    if len(cards) > SHOWN:
        rest = "".join(_chip(card) for card in cards[SHOWN:])
        more = f'<li><details><summary class="small">and {len(cards) - SHOWN:,} more</summary><ul class="chips">{rest}</ul></details></li>'
    return f'<span class="count">{len(cards):,}</span><ul class="chips">{chips}{more}</ul>'


def _chip(card: Card) -> str:
    return f'<li><a href="#m{card.position}">{escape(card.name or "The measure")} {escape(card.latest)}</a></li>'


def exceptions(cards: Sequence[Card], too_few: int) -> Iterator[str]:
    """The measures that need time, the most urgent first, a sentence each."""
    ranked = [(order, card) for card in cards if (order := rank(card, too_few)) is not None]
    ranked.sort(key=lambda pair: (pair[0], pair[1].position))
    yield '<h2 id="exceptions">Exceptions, in the order to spend time on them</h2>'
    if not ranked:
        yield "<p>None: no measure has changed beyond chance, and none will miss its target unless something changes.</p>"
        return
    yield f'<p class="quiet">{len(ranked):,} of {len(cards):,} measures: getting worse first, then those that will miss their target, then what got better.</p>'
    yield f'<ol class="list card">{"".join(_exception(i, card) for i, (_, card) in enumerate(ranked[:LISTED], 1))}</ol>'
    if len(ranked) > LISTED:
        rest = "".join(_exception(i, card) for i, (_, card) in enumerate(ranked[LISTED:], LISTED + 1))
        yield f'<details><summary>{len(ranked) - LISTED:,} more</summary><ol class="list card" start="{LISTED + 1}">{rest}</ol></details>'


def _exception(number: int, card: Card) -> str:
    icons = svg.icon(card.variation or "too_few", size=40) + svg.icon(card.assurance or "none", size=40)
    return (
        f'<li><span class="n">{number}</span><span class="icons">{icons}</span>'
        f'<span class="what"><a href="#m{card.position}"><b>{escape(card.name or "The measure")}</b></a>: {escape(card.sentence)}</span></li>'
    )
