"""What a look at a sheet's own records tells that its reader does not: errors, formulas without a result, its size."""

from dataclasses import dataclass, field

from plotthedots.files.source import BadFile

Place = tuple[int, int]

# Such workbooks are held in memory as rectangles, up to their last row and column: 2 million cells take about 150 MB.
MOST_CELLS = 2_000_000
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}


@dataclass
class Seen:
    """Of one sheet; places are rows and columns from 0."""

    title: str = ""
    shown: bool = True
    has_rows: bool = True
    """False for sheets of a chart, of macros, and their like."""
    errors: dict[Place, str] = field(default_factory=dict)
    unsaved: dict[Place, str] = field(default_factory=dict)
    rows: int = 0
    columns: int = 0

    def cell(self, row: int, column: int, copies: int = 1) -> None:
        """A cell that holds something, and its copies to the right."""
        self.rows = max(self.rows, row + 1)
        self.columns = max(self.columns, column + copies)

    def error(self, row: int, column: int, code: int) -> None:
        self.errors[row, column] = _ERRORS.get(code, "#ERROR!")


def refuse_wide(sheets: list[Seen], name: str) -> None:
    """Refuse sheets that would take too much memory, by the one that takes most."""
    if sum(sheet.rows * sheet.columns for sheet in sheets) <= MOST_CELLS:
        return
    most = max(sheets, key=lambda sheet: sheet.rows * sheet.columns)
    raise BadFile(
        f'{name}, sheet "{most.title}" has cells as far as row {most.rows:,} and column {most.columns:,}; workbooks of '
        f"this kind are read up to {MOST_CELLS:,} cells in all: delete what lies beyond the table, or save it as .xlsx "
        "or .csv."
    )
