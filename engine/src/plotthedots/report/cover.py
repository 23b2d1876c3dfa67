"""The cover: how many measures are where, and the exceptions in the order a board should spend its time."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from plotthedots.card import Card
from plotthedots.report.parts import SCREEN, Medium
from plotthedots.svg.element import escape
from plotthedots.svg.grid import COLUMNS, ROWS, Cell, column_of

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


@dataclass(frozen=True, slots=True)
class Moved:
    """Where measures stood the period before, by position, of those that stand elsewhere now; and how it is called."""

    since: str = ""
    cells: Mapping[int, Cell] = field(default_factory=dict)

    def was(self, card: Card, too_few: int) -> str:
        """Which of the two verdicts was another: "was hit and miss, common cause"; nothing where none was.

        >>> steady = Card(0, "Falls", "", "common_cause", "pass", 24, "4", "Mar 2026", "5", [], [], [], False)
        >>> Moved("Feb 2026", {0: ("pass", "concerning")}).was(steady, 15)
        'was concerning'
        """
        before = self.cells.get(card.position)
        if before is None:
            return ""
        down, across = dict(ROWS), {key: words for key, _, words in COLUMNS}
        row, column = place(card, too_few)
        said = [down[before[0]]] if before[0] != row else []
        said += [across[before[1]]] if before[1] != column else []
        return f"was {', '.join(said).lower()}"

    def foot(self, cards: Sequence[Card]) -> str:
        """What bold names mean, or that none has moved; nothing where there was no period before."""
        if not self.since:
            return ""
        count = sum(card.position in self.cells for card in cards)
        return (
            f" In bold: moved since {self.since} ({count:,} did)." if count else f" None has moved since {self.since}."
        )


STILL = Moved()
CLASS = ' class="moved"'


def place(card: Card, too_few: int) -> Cell:
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


def grid(cards: Sequence[Card], too_few: int, medium: Medium = SCREEN, moved: Moved = STILL) -> Iterator[str]:
    """The icon grid with a chip for every measure; one that moved says where it was."""
    found = cells(cards, too_few)
    was = {card.position: moved.was(card, too_few) for card in cards}
    # What moved is what a board asks about: it comes first, and is not folded away.
    found = {cell: sorted(own, key=lambda card: not was[card.position]) for cell, own in found.items()}
    most = fitting(found, was, medium.chips, medium.lines, medium.letters)
    yield '<div class="scroll" tabindex="0" role="region" aria-label="Measures by assurance and variation"><table class="grid">'
    yield '<thead><tr><td class="small quiet">Across: is it changing? Down: will it meet its target?</td>'
    for key, icon, words in COLUMNS:
        yield f'<th scope="col">{_head(medium.icon(icon, 36), words, COLUMN_NOTES[key])}</th>'
    yield "</tr></thead><tbody>"
    for row, words in ROWS:
        yield f'<tr><th scope="row">{_head(medium.icon(row, 36), words, ROW_NOTES[row])}</th>'
        for column, _, _ in COLUMNS:
            yield f"<td{_TINT.get(column, '')}>{_cell(found.get((row, column), []), was, most, medium)}</td>"
        yield "</tr>"
    yield "</tbody></table></div>"
    yield f'<p class="small quiet">{escape(each_once(cards, too_few, moved))}</p>'


def each_once(cards: Sequence[Card], too_few: int, moved: Moved = STILL) -> str:
    """What stands below the grid."""
    counted = f"{len(cards):,} measures, each once" if len(cards) != 1 else "1 measure"
    return f"{counted}. Too few: under {too_few} points.{moved.foot(cards)}"


def _head(icon: str, words: str, note: str) -> str:
    return f"<div>{icon}<span><b>{words}</b><i>{note}</i></span></div>"


def fitting(found: Mapping[Cell, Sequence[Card]], was: Mapping[int, str], most: int, room: int, letters: int) -> int:
    """How many names a cell may have, at most so many, so that the grid does not run over its page.

    room: lines of names for which the page has room, 0 where it has no end; letters: those that fit on a line.
    """
    if not room:
        return most
    high = {
        cell: [-(-(len(card.name) + len(card.latest) + len(was[card.position]) + 2) // letters) for card in own]
        for cell, own in found.items()
    }
    for count in range(most, 1, -1):
        rows: dict[str, int] = {}
        for (row, _), lines in high.items():
            rows[row] = max(rows.get(row, 0), sum(lines[:count]) + (len(lines) > count))
        if sum(rows.values()) <= room:
            return count
    return 1


def _cell(cards: Sequence[Card], was: Mapping[int, str], most: int, medium: Medium) -> str:
    if not cards:
        return '<span class="quiet small">none</span>'
    chips = "".join(_chip(card, was[card.position]) for card in cards[:most])
    more = ""
    if len(cards) > most:
        rest = "".join(_chip(card, was[card.position]) for card in cards[most:])
        more = f"<li>{medium.fold(f'and {len(cards) - most:,} more', rest)}</li>"
    return f'<span class="count">{len(cards):,}</span><ul class="chips">{chips}{more}</ul>'


def _chip(card: Card, was: str) -> str:
    named = f"{escape(card.name or 'The measure')} {escape(card.latest)}"
    shown = f"<b>{named}</b> <i>{was}</i>" if was else named
    return f'<li><a{CLASS if was else ""} href="#m{card.position}">{shown}</a></li>'


NO_EXCEPTION = "None: no measure has changed beyond chance, and none will miss its target unless something changes."


def order_of(count: int, of: int) -> str:
    """What stands above the exceptions."""
    return f"{count:,} of {of:,} measure{'s' if of != 1 else ''}: getting worse first, then those that will miss their target, then what got better."


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
