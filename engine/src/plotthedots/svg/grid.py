"""The icon grid: assurance down, variation across, and how many measures are in each cell."""

from collections.abc import Mapping

from plotthedots.svg.element import escape, text
from plotthedots.svg.icon import icon
from plotthedots.svg.style import SCREEN_ONLY

ROWS = (("pass", "Will pass"), ("inconsistent", "Hit and miss"), ("fail", "Will fail"), ("none", "No target"))
COLUMNS = (
    ("improving", "improvement_high", "Improving"),
    ("common", "common_cause", "Common cause"),
    ("concerning", "concern_high", "Concerning"),
    ("neither", "neutral_high", "Neither"),
    ("too_few", "too_few", "Too few"),
)


def column_of(variation: str | None, provisional: bool = False) -> str:
    """The column in which a variation stands."""
    if variation is None or provisional:
        return "too_few"
    return {"improvement": "improving", "common": "common", "concern": "concerning", "neutral": "neither"}[
        variation.split("_")[0]
    ]


def grid(counts: Mapping[tuple[str, str], int], *, title: str = "", width: float = 720, style: bool = True) -> str:
    """Counts by (row, column), named as in ROWS and COLUMNS, as one SVG element."""
    first, head, high = 150.0, 84.0, 64.0
    name = escape(title or "Measures by assurance and variation")
    wide = (width - first) / len(COLUMNS)
    height = head + high * len(ROWS)
    parts = [f'<rect class="ptd-back" width="{width:.0f}" height="{height:.0f}"/>']
    for index, (_, name, words) in enumerate(COLUMNS):
        x = first + wide * index
        parts.append(f'<svg x="{x + wide / 2 - 20:.1f}" y="8" width="40" height="40">{icon(name, size=40)}</svg>')
        parts.append(text(x + wide / 2, 68, words, "", "middle"))
    for row, (key, words) in enumerate(ROWS):
        y = head + high * row
        parts.append(f'<path class="ptd-lines" d="M0 {y:.0f}H{width:.0f}"/>')
        parts.append(f'<svg x="8" y="{y + 12:.1f}" width="40" height="40">{icon(key, size=40)}</svg>')
        parts.append(text(58, y + 37, words))
        for index, (column, _, _) in enumerate(COLUMNS):
            count = counts.get((key, column), 0)
            parts.append(text(first + wide * (index + 0.5), y + 37, f"{count:,}" if count else "–", "", "middle"))
    sheet = f"<style>{SCREEN_ONLY}</style>" if style else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="ptd-grid-icons" role="img" viewBox="0 0 {width:.0f} {height:.0f}" '
        f'width="{width:.0f}" height="{height:.0f}"><title>{name}</title>'
        f"{sheet}{''.join(parts)}</svg>"
    )
