"""Parts that pages of a report share."""

from collections.abc import Callable, Sequence

from plotthedots.svg.element import escape

# One of these is shown, by the width of the page: class and width.
WIDTHS = (("wide", 960), ("middle", 680), ("narrow", 340))


def charts(draw: Callable[..., str], name: str, *, heights: tuple[int, int, int], last: int | None = None) -> str:
    """The same picture for every width of the page; `last` cuts the past of the narrow one."""
    drawn = []
    for (kind, width), height in zip(WIDTHS, heights, strict=True):
        cut = {"last": last} if kind == "narrow" and last is not None else {}
        made = draw(width=width, height=height, id=f"{kind[0]}-{name}", style=False, **cut)
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
