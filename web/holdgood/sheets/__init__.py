"""Tables that people bring, read safely in a process of their own: CSV and Excel. Knows nothing of measures."""

from holdgood.sheets.reading import read
from holdgood.sheets.table import Cell, Fault, Refused, Row, Table, said

__all__ = ["Cell", "Fault", "Refused", "Row", "Table", "read", "said"]
