"""The style sheet of charts on pages: the engine's own, so that a chart looks alike wherever it is drawn.

`python -m holdgood.documents.sheet` writes it; a test compares. Pages are light, so its dark colours stay out.
"""

import re
from pathlib import Path

from plotthedots.svg import STYLE

SHEET = Path(__file__).resolve().parents[1] / "design" / "static" / "design" / "charts.css"
DARK = re.compile(r"@media \(prefers-color-scheme:dark\)\{.*?\n\}\n?", re.DOTALL)


def light() -> str:
    """The engine's sheet without what it says of dark screens."""
    return f"/* The engine's: written by python -m holdgood.documents.sheet */\n{DARK.sub('', STYLE).strip()}\n"


if __name__ == "__main__":
    SHEET.write_text(light(), encoding="utf-8")
