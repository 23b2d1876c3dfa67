"""Mappings as they are stored: dicts that JSON can hold, and what is wrong with one that somebody wrote."""

import re
from collections.abc import Mapping as Dict
from decimal import Decimal, InvalidOperation
from typing import Any

from holdgood.measures.mapping.plan import (
    COUNT,
    OUT_OF,
    PERIODS,
    SCORE,
    SUCCESSORS,
    Amount,
    Column,
    Mapping,
    Only,
    Places,
    Value,
    When,
)
from holdgood.measures.shape import GRANULARITIES
from holdgood.sheets.table import MOST_COLUMNS, MOST_ROWS

MOST = 2_000  # of anything that is listed
LONGEST = 500  # characters of a text
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)
_KINDS = (OUT_OF, COUNT, SCORE)


class WrongMapping(ValueError):
    """A stored mapping that cannot be used: where, what was found, what was expected, what to do."""


def to_dict(mapping: Mapping) -> dict[str, Any]:
    """The mapping as JSON can hold it."""
    return {
        "name": mapping.name,
        "sheet": mapping.sheet,
        "heads": list(mapping.heads),
        "columns": list(mapping.columns),
        "places": {
            "column": _from_column(mapping.places.column),
            "names": _from_column(mapping.places.names),
            "one": mapping.places.one,
        },
        "when": {
            "kind": mapping.when.kind,
            "column": _from_column(mapping.when.column),
            "month": _from_column(mapping.when.month),
            "cell": list(mapping.when.cell) if mapping.when.cell else None,
            "beside": mapping.when.beside,
        },
        "values": [_from_value(value) for value in mapping.values],
        "only": [{"column": _from_column(only.column), "values": list(only.values)} for only in mapping.only],
        "names": _from_column(mapping.names),
        "no_data": list(mapping.no_data),
        "nought": list(mapping.nought),
        "totals": list(mapping.totals),
        "ends": mapping.ends,
        "add_up": mapping.add_up,
        "successors": mapping.successors,
    }


def from_dict(raw: object) -> Mapping:
    """The mapping again, or WrongMapping with the first thing that is wrong with it."""
    table = _table(raw, "The mapping")
    mapping = Mapping(
        name=_text(table, "name", "The mapping"),
        sheet=_text(table, "sheet", "The mapping", ""),
        heads=tuple(_whole(each, "The rows of heads", 1, MOST_ROWS * 2) for each in _list(table, "heads", 2)),
        columns=tuple(_words(each, "A head of a column") for each in _list(table, "columns")),
        places=_places(_table(table.get("places"), "The places")),
        when=_when(_table(table.get("when"), "The period")),
        values=tuple(_value(each) for each in _list(table, "values")),
        only=tuple(_only(each) for each in _list(table, "only")),
        names=_column(table.get("names"), "The column of measures"),
        no_data=tuple(_words(each, "A mark for no data") for each in _list(table, "no_data")),
        nought=tuple(_words(each, "A mark for nought") for each in _list(table, "nought")),
        totals=tuple(_words(each, "A label of totals") for each in _list(table, "totals")),
        ends=_text(table, "ends", "The mapping", ""),
        add_up=table.get("add_up") is True,
        successors=_one_of(table.get("successors", "no"), "Codes that merged", SUCCESSORS),
    )
    check(mapping)
    return mapping


def check(mapping: Mapping) -> None:
    """What a mapping must say to be of use."""
    if not mapping.heads or list(mapping.heads) != sorted(set(mapping.heads)):
        raise WrongMapping("The mapping names no row of heads, or not the upper one first. Point at one or two rows.")
    if not mapping.values:
        raise WrongMapping("The mapping names no numbers. Choose a measure, and point at the column of its numbers.")
    if not (mapping.places.column or mapping.places.one):
        raise WrongMapping(
            "The mapping does not say of which place the rows are. Point at a column, or choose a place."
        )
    when = mapping.when
    needed: dict[str, tuple[object, ...]] = {
        "column": (when.column,), "year and month": (when.column, when.month), "cell": (when.cell,),
    }  # fmt: skip
    if not all(needed.get(when.kind, ())):
        raise WrongMapping(f"The period is said to stand in {PERIODS[mapping.when.kind]}. Point at it.")
    for value in mapping.values:
        _check_value(value, mapping)


def _check_value(value: Value, mapping: Mapping) -> None:
    if value.kind == OUT_OF and value.denominator is None:
        raise WrongMapping(
            f"{value.measure} is counted as number out of number, and no column is named for what it is out of. Point "
            "at that column: a percentage alone is not taken, for nobody could add it up."
        )
    if not value.numerator.plus and mapping.when.kind != "across":
        raise WrongMapping(f"No column is named for the numbers of {value.measure}. Point at it.")
    if mapping.when.kind == "across" and (value.numerator.columns or value.denominator):
        raise WrongMapping(
            f"The periods stand in the heads, so the numbers of {value.measure} stand below them. Name "
            "no column for them."
        )
    if value.kind != SCORE and mapping.add_up and value.times <= 0:
        raise WrongMapping(f"The numbers of {value.measure} are multiplied by {value.times:f}. Choose more than 0.")


def _from_column(column: Column | None) -> dict[str, Any] | None:
    return None if column is None else {"head": column.head, "at": column.at}


def _from_amount(amount: Amount | None) -> dict[str, Any] | None:
    if amount is None:
        return None
    return {"plus": [_from_column(each) for each in amount.plus], "less": [_from_column(each) for each in amount.less]}


def _from_value(value: Value) -> dict[str, Any]:
    return {
        "measure": value.measure, "granularity": value.granularity, "kind": value.kind,
        "numerator": _from_amount(value.numerator), "denominator": _from_amount(value.denominator),
        "times": str(value.times), "called": list(value.called),
    }  # fmt: skip


def _table(raw: object, where: str) -> Dict[str, Any]:
    if not isinstance(raw, dict):
        raise WrongMapping(f"{where}: a table was expected, and something else was found. Make the mapping anew.")
    return raw


def _list(table: Dict[str, Any], key: str, most: int = MOST) -> list[Any]:
    found = table.get(key, [])
    if not isinstance(found, (list, tuple)) or len(found) > most:
        raise WrongMapping(f"“{key}”: a list of at most {most:,} was expected. Make the mapping anew.")
    return list(found)


def _words(raw: object, where: str) -> str:
    if not isinstance(raw, str) or len(raw) > LONGEST:
        raise WrongMapping(f"{where}: words of at most {LONGEST} characters were expected. Make the mapping anew.")
    return raw


def _text(table: Dict[str, Any], key: str, where: str, default: str | None = None) -> str:
    found = _words(table.get(key, default), f"{where}, “{key}”")
    if default is None and not found.strip():
        raise WrongMapping(f"{where} has no {key}. Give it one.")
    return found


def _whole(raw: object, where: str, lowest: int, highest: int) -> int:
    if type(raw) is not int or not lowest <= raw <= highest:
        raise WrongMapping(f"{where}: a whole number from {lowest} to {highest:,} was expected. Make the mapping anew.")
    return raw


def _one_of(raw: object, where: str, names: tuple[str, ...]) -> str:
    if raw not in names:
        raise WrongMapping(f"{where}: one of {', '.join(names)} was expected. Choose one.")
    return str(raw)


def _column(raw: object, where: str) -> Column | None:
    if raw is None:
        return None
    table = _table(raw, where)
    return Column(_words(table.get("head"), where), _whole(table.get("at"), where, 0, MOST_COLUMNS - 1))


def _needed(raw: object, where: str) -> Column:
    column = _column(raw, where)
    if column is None:
        raise WrongMapping(f"{where}: no column is named. Point at one.")
    return column


def _amount(raw: object, where: str) -> Amount:
    table = _table(raw, where)
    plus = tuple(_needed(each, where) for each in _list(table, "plus"))
    return Amount(plus, tuple(_needed(each, where) for each in _list(table, "less")))


def _value(raw: object) -> Value:
    table = _table(raw, "The numbers")
    slug = _text(table, "measure", "The numbers")
    if not _SLUG.fullmatch(slug):
        raise WrongMapping(f"“{slug[:60]}” is no measure's slug: small letters, digits and hyphens were expected.")
    denominator = table.get("denominator")
    return Value(
        slug,
        _one_of(table.get("granularity"), f"{slug}, how often it is counted", GRANULARITIES),
        _one_of(table.get("kind"), f"{slug}, what it is", _KINDS),
        _amount(table.get("numerator"), f"{slug}, its numbers"),
        None if denominator is None else _amount(denominator, f"{slug}, what it is out of"),
        _times(table.get("times", "1"), slug),
        tuple(_words(each, f"{slug}, what rows call it") for each in _list(table, "called")),
    )


def _times(raw: object, slug: str) -> Decimal:
    try:
        found = Decimal(raw) if isinstance(raw, str) and len(raw) < 20 else Decimal(0)
    except InvalidOperation:
        found = Decimal(0)
    if not found.is_finite() or found == 0 or not Decimal("1e-9") <= abs(found) <= Decimal("1e9"):
        raise WrongMapping(f"{slug}: its numbers are multiplied by what is no number other than 0. Write 1, or 100.")
    return found


def _places(table: Dict[str, Any]) -> Places:
    column, names = (_column(table.get(key), "The places") for key in ("column", "names"))
    return Places(column, names, _text(table, "one", "The places", ""))


def _when(table: Dict[str, Any]) -> When:
    cell = table.get("cell")
    at = None
    if cell is not None:
        if not isinstance(cell, (list, tuple)) or len(cell) != 2:
            raise WrongMapping("The period: a row and a column were expected for its cell. Point at the cell.")
        row = _whole(cell[0], "The row of the period's cell", 1, MOST_ROWS * 2)
        at = (row, _whole(cell[1], "The column of the period's cell", 0, MOST_COLUMNS - 1))
    return When(
        _one_of(table.get("kind"), "Where the period stands", tuple(PERIODS)),
        _column(table.get("column"), "The period"),
        _column(table.get("month"), "The month"),
        at,
        _text(table, "beside", "The period", ""),
    )


def _only(raw: object) -> Only:
    table = _table(raw, "The rows that are kept")
    column = _needed(table.get("column"), "The rows that are kept")
    values = tuple(_words(each, "The rows that are kept") for each in _list(table, "values"))
    if not values:
        raise WrongMapping(f"Rows are kept by “{column.head[:40]}”, and no value of it is named. Choose one.")
    return Only(column, values)
