"""Measures and grids of a few cells."""

from dataclasses import dataclass
from decimal import Decimal

from holdgood.sheets import Cell, Grid, Row, Span, Tab


@dataclass(frozen=True)
class Named:
    slug: str
    names: tuple[str, ...]
    numerator: str
    denominator: str
    adds_up: str
    granularity: str


def measure(
    slug: str, *names: str, numerator: str, denominator: str = "", adds_up: str = "", granularity: str = "month"
) -> Named:
    adds = adds_up or ("ratio" if denominator else "sum")
    return Named(slug, (*names[:1], *names, slug), numerator, denominator, adds, granularity)


FALLS = measure("falls", "Falls", numerator="Falls", denominator="Bed days")
COMPLAINTS = measure("complaints", "Complaints", numerator="Complaints")


def grid(*rows: tuple, name: str = "wards.csv", sheet: str = "", merged: tuple[Span, ...] = (), first: int = 1) -> Grid:
    """Rows from the number `first` on; an empty tuple is an empty row. Whole numbers become numbers."""
    kept = [Row(number, tuple(map(_cell, row))) for number, row in enumerate(rows, first) if row]
    return Grid(name, (Tab(sheet),) if sheet else (), sheet, kept, merged)


def _cell(value: object) -> Cell:
    return Decimal(value) if type(value) is int else value


HEADS = ("Code", "Name", "Month", "Falls", "Bed days")
ROWS = (
    ("RGT", "Cambridge", "Apr-24", 5, 800),
    ("RXR", "East Lancashire", "Apr-24", 7, 900),
    ("RP7", "Lincolnshire", "Apr-24", "*", 300),
)
