"""The icon grid: assurance down, variation across, and how many measures are in each cell."""

import zlib
from collections.abc import Mapping

from plotthedots.svg.element import clip, escape, text
from plotthedots.svg.icon import icon
from plotthedots.svg.style import CHARTS_ONLY

ROWS = (("pass", "Will pass"), ("inconsistent", "Hit and miss"), ("fail", "Will fail"), ("none", "No target"))
COLUMNS = (
    ("improving", "improvement_high", "Improving"),
    ("common", "common_cause", "Common cause"),
    ("concerning", "concern_high", "Concerning"),
    ("neither", "neutral_high", "Neither"),
    ("too_few", "too_few", "Too few"),
)

FIRST, HEAD, HIGH = 150.0, 84.0, 60.0  # the first column, the head, a row
NARROW, SMALL = 560.0, 52.0  # below that width a row is named by its icon alone, in a column this wide
NOTE = 26.0  # height of the line that explains arrows
APART = 16.0  # pixels from the middle of a number to an arrow
NAMED = 70.0  # pixels of a column, from which on its name has room below its icon


def column_of(variation: str | None, provisional: bool = False) -> str:
    """The column in which a variation stands."""
    if variation is None or provisional:
        return "too_few"
    return {"improvement": "improving", "common": "common", "concern": "concerning", "neutral": "neither"}[
        variation.split("_")[0]
    ]


Cell = tuple[str, str]  # row and column


def grid(
    counts: Mapping[Cell, int], *, moved: Mapping[tuple[Cell, Cell], int] | None = None, title: str = "",
    width: float = 720, style: bool = True, id: str = "",
) -> str:  # fmt: skip
    """Counts by (row, column), named as in ROWS and COLUMNS, as one SVG element.

    Rows: pass, inconsistent, fail, none; columns: improving, common, concerning, neither, too_few. moved: how many
    went from one cell to another since the period before, drawn as arrows. id makes the ids of title and description
    unique on a page; by default from the content.
    """
    went = {pair: count for pair, count in (moved or {}).items() if count}
    height = HEAD + HIGH * len(ROWS) + (NOTE if went else 0)
    first = FIRST if width >= NARROW else SMALL
    wide = (width - first) / len(COLUMNS)
    parts = [f'<rect class="ptd-back" width="{width:.0f}" height="{height:.0f}"/>', *_head(first, wide)]
    for index, (key, words) in enumerate(ROWS):
        parts += _row(counts, key, words if first == FIRST else "", HEAD + HIGH * index, first, wide)
    parts += [_arrow(*pair, count, first, wide) for pair, count in went.items()]
    said = _description(counts) + _moves(went)
    if went:
        parts.append(text(8, height - 8, f"Arrows: moved since the period before ({sum(went.values()):,} did)."))
    name = escape(id) or f"ptg{zlib.crc32(f'{title}{said}{width}'.encode(errors='replace')):x}"
    sheet = f"<style>{CHARTS_ONLY}</style>" if style else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="ptd-grid-icons" role="img" aria-labelledby="{name}-t {name}-d" '
        f'viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" height="{height:.0f}">'
        f'<title id="{name}-t">{escape(title or "Measures by assurance and variation")}</title>'
        f'<desc id="{name}-d">{escape(said)}</desc>{sheet}{"".join(parts)}</svg>'
    )


def _head(first: float, wide: float) -> list[str]:
    parts = []
    for index, (_, name, words) in enumerate(COLUMNS):
        middle = first + wide * (index + 0.5)
        parts.append(_icon(name, middle - 20, 8))
        if wide >= NAMED:
            parts.append(text(middle, 68, clip(words, wide - 2, bold=True), "ptd-strong", "middle"))
    return parts


def _row(counts: Mapping[tuple[str, str], int], key: str, words: str, y: float, first: float, wide: float) -> list[str]:
    parts = [f'<path class="ptd-lines" d="M0 {y:.0f}H{first + wide * len(COLUMNS):.0f}"/>', _icon(key, 6, y + 10)]
    if words:
        parts.append(text(56, y + HIGH / 2 + 4.5, words, "ptd-strong"))
    for index, (column, _, _) in enumerate(COLUMNS):
        count = counts.get((key, column), 0)
        place = (first + wide * (index + 0.5), y + HIGH / 2 + 5)
        parts.append(text(*place, f"{count:,}" if count else "–", "ptd-count" if count else "", "middle"))
    return parts


def _arrow(left: Cell, reached: Cell, count: int, first: float, wide: float) -> str:
    """From beside one number to beside another, with how many where it is more than one."""
    (x1, y1), (x2, y2) = (_middle(cell, first, wide) for cell in (left, reached))
    far = max(((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5, 1.0)
    across, down = (x2 - x1) / far, (y2 - y1) / far
    x1, y1, x2, y2 = x1 + APART * across, y1 + APART * down, x2 - APART * across, y2 - APART * down
    head = f"l{-8 * across - 4 * down:.1f} {-8 * down + 4 * across:.1f}l{8 * down:.1f} {-8 * across:.1f}z"
    said = "" if count == 1 else text((x1 + x2) / 2, (y1 + y2) / 2 - 5, f"{count:,}", "", "middle")
    return (
        f'<path class="ptd-joined" d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}"/>'
        f'<path class="ptd-moved" d="M{x2:.1f} {y2:.1f}{head}"/>{said}'
    )


def _middle(cell: Cell, first: float, wide: float) -> tuple[float, float]:
    """Where the number of a cell stands."""
    row = [key for key, _ in ROWS].index(cell[0])
    column = [key for key, _, _ in COLUMNS].index(cell[1])
    return first + wide * (column + 0.5), HEAD + HIGH * (row + 0.5)


def _moves(moved: Mapping[tuple[Cell, Cell], int]) -> str:
    """Every arrow in words."""
    down = dict(ROWS)
    across = {key: words.lower() for key, _, words in COLUMNS}
    said = [
        f"{count:,} from {down[a[0]]}, {across[a[1]]} to {down[b[0]]}, {across[b[1]]}"
        for (a, b), count in moved.items()
    ]
    return f" Moved since the period before: {'; '.join(said)}." if said else ""


def _icon(name: str, x: float, y: float) -> str:
    return f'<g transform="translate({x:.1f} {y:.1f})">{icon(name, size=40)}</g>'


def _description(counts: Mapping[tuple[str, str], int]) -> str:
    """Every cell that has a measure, in words."""
    said = [
        f"{words}, {across.lower()}: {counts[key, column]:,}"
        for key, words in ROWS
        for column, _, across in COLUMNS
        if counts.get((key, column))
    ]
    return f"{'; '.join(said)}." if said else "No measures."
