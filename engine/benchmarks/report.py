"""Tables, on the screen as they come and in Markdown at the end."""

from collections.abc import Sequence
from pathlib import Path


class Report:
    def __init__(self, title: str) -> None:
        self.lines = [f"# {title}", ""]

    def note(self, text: str) -> None:
        self._add(text, "")

    def table(self, title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        rule = ["---", *["---:"] * (len(columns) - 1)]
        self._add(f"## {title}", "", *(f"| {' | '.join(cells)} |" for cells in (columns, rule, *rows)), "")

    def write(self, path: Path) -> None:
        path.parent.mkdir(exist_ok=True)
        path.write_text("\n".join(self.lines), encoding="utf-8")

    def _add(self, *lines: str) -> None:
        self.lines += lines
        print("\n".join(lines), flush=True)


def rate(points: int, seconds: float) -> str:
    """Points a second, to three figures."""
    each = points / seconds
    if each >= 1e6:
        return f"{each / 1e6:.3g} million"
    return f"{each / 1e3:.3g} thousand" if each >= 1e3 else f"{each:.3g}"


def ratio(one: float, other: float) -> str:
    """How many times as fast: the other's seconds by the one's."""
    return f"{other / one:.2f}"
