"""Parts that pages of a report share, on a screen and on paper."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from plotthedots import svg
from plotthedots.svg.element import escape


def _drawn_icon(name: str, size: int) -> str:
    return svg.icon(name, size=size)


def _folded(summary: str, chips: str) -> str:
    return f'<details><summary class="small">{summary}</summary><ul class="chips">{chips}</ul></details>'


@dataclass(frozen=True, slots=True)
class Medium:
    """What markup is made for. One width is shown: on a screen that of the page, on paper there is but one."""

    widths: tuple[tuple[str, int, int], ...] = (("wide", 960, 0), ("middle", 680, 1), ("narrow", 340, 2))
    """Class of each picture, its width, and which of the heights it takes."""
    style: bool = False
    """Whether each picture carries its sheet."""
    icon: Callable[[str, int], str] = _drawn_icon
    chips: int = 7
    """Chips in a cell before the rest are folded."""
    lines: int = 0
    """Lines of chips for which the whole grid has room; 0 where there is no end to a page."""
    letters: int = 0
    """Letters that a line of a chip takes."""
    listed: int = 12
    """Things in a list before the rest are folded."""
    fold: Callable[[str, str], str] = _folded
    """Chips below a summary."""


SCREEN = Medium()


def charts(
    draw: Callable[..., str], name: str, *, heights: tuple[int, int, int], last: int | None = None,
    medium: Medium = SCREEN,
) -> str:  # fmt: skip
    """The same picture for every width of the page; `last` cuts the past of the narrow one."""
    drawn = []
    for kind, width, height in medium.widths:
        cut = {"last": last} if kind == "narrow" and last is not None else {}
        made = draw(width=width, height=heights[height], id=f"{kind[0]}-{name}", style=medium.style, **cut)
        drawn.append(f'<div class="chart {kind}">{made}</div>')
    return "".join(drawn)


def scroll(label: str, table: str) -> str:
    """A table that scrolls in its own box, by keyboard too."""
    return f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(label)}">{table}</div>'


def told_list(heading: str, sentences: Sequence[str]) -> str:
    """A heading with sentences below it, or nothing."""
    if not sentences:
        return ""
    said = "".join(f"<li>{escape(sentence)}</li>" for sentence in sentences)
    return f'<h3>{heading}</h3><ul class="advice">{said}</ul>'


def told_text(heading: str, said: str) -> str:
    """A heading with a text below it, or nothing."""
    return f"<h3>{heading}</h3><p>{escape(said)}</p>" if said else ""
