"""What every picture has around it: the element with its title and description, the sheet, heading and subtitle."""

import zlib
from collections.abc import Iterable

from plotthedots.svg.element import escape, text, wrap
from plotthedots.svg.style import SCREEN_ONLY

HEADING = 20.0  # height of a line
MARGIN = 12.0


def picture(
    kind: str, body: Iterable[str], *, title: str, desc: str, width: float, height: float, told: bytes, style: bool,
    id: str, sheet: str = SCREEN_ONLY,
) -> str:  # fmt: skip
    """One SVG element. `kind` is its title where none is given; `told` is what it draws, which makes its ids."""
    wide, high = f"{width:.0f}", f"{height:.0f}"
    carried = f"<style>{sheet}</style>" if style else ""
    # The same series may stand on a page at two sizes.
    name = escape(id) or f"ptd{zlib.crc32(f'{title} {wide} {high} '.encode(errors='replace') + told):x}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="ptd-chart" role="img" aria-labelledby="{name}-t {name}-d" '
        f'viewBox="0 0 {wide} {high}" width="{wide}" height="{high}">'
        f'<title id="{name}-t">{escape(title or kind)}</title>'
        f'<desc id="{name}-d">{escape(desc)}</desc>{carried}'
        f'<rect class="ptd-back" width="{wide}" height="{high}"/>{"".join(body)}</svg>'
    )


def heading(title: str, width: float, shown: bool) -> list[str]:
    """The title in lines that fit, where it is shown."""
    return wrap(title, width - 2 * MARGIN, 16, bold=True) if shown and title else []


def above(lines: list[str], subtitle: str) -> tuple[list[str], float]:
    """Heading and subtitle, and where what follows may begin."""
    parts = [text(MARGIN, 23 + HEADING * index, line, "ptd-heading") for index, line in enumerate(lines)]
    y = 6 + HEADING * len(lines) + (6 if lines else 0)
    if subtitle:
        parts.append(text(MARGIN, y + 12, subtitle))
        y += HEADING
    return parts, y
