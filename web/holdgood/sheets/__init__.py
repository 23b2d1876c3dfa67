"""Tables that people bring, read safely in a process of their own: CSV, Excel, OpenDocument, Parquet, cells that were
pasted. Knows nothing of measures."""

from holdgood.sheets.reading import grid, grids, read
from holdgood.sheets.table import PASTED, Cell, Fault, Grid, Refused, Row, Span, Tab, Table, said

__all__ = [
    "PASTED", "Cell", "Fault", "Grid", "Refused", "Row", "Span", "Tab", "Table", "grid", "grids", "read", "said",
]  # fmt: skip
