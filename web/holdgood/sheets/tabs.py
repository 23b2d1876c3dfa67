"""Which sheet of a workbook is read, and what is said of the others."""

from collections.abc import Sequence

from holdgood.sheets.table import Refused, Tab

ALL = "*"  # no sheet can be called that


def choose(tabs: Sequence[Tab], wanted: str | None, name: str) -> list[int]:
    """The place of the sheet that is wanted, or of the first one that is shown; of each, if all are."""
    if not tabs:
        raise Refused(f"{name} has no sheet with cells. Open it in Excel and save it again.")
    if wanted == ALL:
        return list(range(len(tabs)))
    if wanted:
        for place, tab in enumerate(tabs):
            if tab.name.strip().casefold() == wanted.strip().casefold():
                return [place]
        there = ", ".join(f"“{tab.name}”" for tab in tabs)
        raise Refused(f"{name} has no sheet “{wanted[:40]}”. It has {there[:500]}: name one of these.")
    return [next((place for place, tab in enumerate(tabs) if not tab.hidden), 0)]


def others_said(tabs: Sequence[Tab], place: int) -> str:
    """The sentence on sheets that were not read; empty where there are none."""
    if len(tabs) < 2:
        return ""
    others = ", ".join(f"“{tab.name}”" for at, tab in enumerate(tabs) if at != place)
    return f"Of {len(tabs)} sheets, “{tabs[place].name}” was read; not read: {others[:500]}."
