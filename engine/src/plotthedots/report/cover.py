"""The cover: how many measures are where, and the exceptions in the order a board should spend its time."""

from collections.abc import Iterator, Sequence

from plotthedots.card import Card
from plotthedots.report.parts import SCREEN, Medium
from plotthedots.svg.element import escape
from plotthedots.svg.grid import COLUMNS, ROWS, column_of

ROW_NOTES = {
    "pass": "if nothing changes",
    "inconsistent": "by chance alone",
    "fail": "unless something changes",
    "none": "or not judged",
}
COLUMN_NOTES = {
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


def cells(cards: Sequence[Card], too_few: int) -> dict[tuple[str, str], list[Card]]:
    """The measures of each cell of the grid."""
    found: dict[tuple[str, str], list[Card]] = {}
    for card in cards:
        found.setdefault(place(card, too_few), []).append(card)
    return found


def rank(card: Card, too_few: int) -> int | None:
    """When a board should come to a measure: 0 first; None for one that needs no time."""
    row, column = place(card, too_few)
    if column == "concerning":
        return ("fail", "inconsistent", "none", "pass").index(row)
    if column == "common" and row == "fail":
        return 4
    return 5 if column in ("improving", "neither") else None


def ranked(cards: Sequence[Card], too_few: int) -> list[Card]:
    """The measures that need time, the most urgent first; those that are alike stay in order."""
    found = [(order, card) for card in cards if (order := rank(card, too_few)) is not None]
    return [card for _, card in sorted(found, key=lambda pair: pair[0])]


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


def grid(cards: Sequence[Card], too_few: int, medium: Medium = SCREEN) -> Iterator[str]:
    """The icon grid with a chip for every measure."""
    found = cells(cards, too_few)
    yield '<div class="scroll" tabindex="0" role="region" aria-label="Measures by assurance and variation"><table class="grid">'
    yield '<thead><tr><td class="small quiet">Across: is it changing? Down: will it meet its target?</td>'
    for key, icon, words in COLUMNS:
        yield f'<th scope="col">{_head(medium.icon(icon, 36), words, COLUMN_NOTES[key])}</th>'
    yield "</tr></thead><tbody>"
    for row, words in ROWS:
        yield f'<tr><th scope="row">{_head(medium.icon(row, 36), words, ROW_NOTES[row])}</th>'
        for column, _, _ in COLUMNS:
            yield f"<td{_TINT.get(column, '')}>{_cell(found.get((row, column), []), medium)}</td>"
        yield "</tr>"
    yield "</tbody></table></div>"
    yield f'<p class="small quiet">{each_once(cards, too_few)}</p>'


def each_once(cards: Sequence[Card], too_few: int) -> str:
    """What stands below the grid."""
    return f"{len(cards):,} measures, each once. Too few: under {too_few} points."


def _head(icon: str, words: str, note: str) -> str:
    return f"<div>{icon}<span><b>{words}</b><i>{note}</i></span></div>"


def _cell(cards: Sequence[Card], medium: Medium) -> str:
    if not cards:
        return '<span class="quiet small">none</span>'
    chips = "".join(_chip(card) for card in cards[: medium.chips])
    more = ""
    if len(cards) > medium.chips:
        rest = "".join(_chip(card) for card in cards[medium.chips :])
        more = f"<li>{medium.fold(f'and {len(cards) - medium.chips:,} more', rest)}</li>"
    return f'<span class="count">{len(cards):,}</span><ul class="chips">{chips}{more}</ul>'


def _chip(card: Card) -> str:
    return f'<li><a href="#m{card.position}">{escape(card.name or "The measure")} {escape(card.latest)}</a></li>'


NO_EXCEPTION = "None: no measure has changed beyond chance, and none will miss its target unless something changes."


def order_of(count: int, of: int) -> str:
    """What stands above the exceptions."""
    return f"{count:,} of {of:,} measures: getting worse first, then those that will miss their target, then what got better."


def exceptions(cards: Sequence[Card], too_few: int, medium: Medium = SCREEN) -> Iterator[str]:
    """The measures that need time, the most urgent first, a sentence each."""
    found = ranked(cards, too_few)
    yield '<h2 id="exceptions">Exceptions, in the order to spend time on them</h2>'
    if not found:
        yield f"<p>{NO_EXCEPTION}</p>"
        return
    yield f'<p class="quiet">{order_of(len(found), len(cards))}</p>'
    shown = medium.listed
    listed = "".join(_exception(i, card, medium) for i, card in enumerate(found[:shown], 1))
    yield f'<ol class="list card">{listed}</ol>'
    if len(found) > shown:
        rest = "".join(_exception(i, card, medium) for i, card in enumerate(found[shown:], shown + 1))
        yield f'<details><summary>{len(found) - shown:,} more</summary><ol class="list card" start="{shown + 1}">{rest}</ol></details>'


def _exception(number: int, card: Card, medium: Medium) -> str:
    icons = medium.icon(card.variation or "too_few", 40) + medium.icon(card.assurance or "none", 40)
    return (
        f'<li><span class="n">{number}</span><span class="icons">{icons}</span>'
        f'<span class="what"><a href="#m{card.position}"><b>{escape(card.name or "The measure")}</b></a>: {escape(card.sentence)}</span></li>'
    )
