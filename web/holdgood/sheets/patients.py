"""What is one patient's has no place in a table of numbers: columns that hold it are found before anything is kept."""

import re
from decimal import Decimal

from holdgood.sheets.table import Cell, Table, letters, said

_TEN = re.compile(r"(\d{3})[ -]?(\d{3})[ -]?(\d{4})", re.ASCII)
_WEIGHTS = range(10, 1, -1)
_TITLES = {
    "nhsnumber": "NHS numbers", "nhsno": "NHS numbers", "nhsnum": "NHS numbers", "patientid": "patients' numbers",
    "patientnumber": "patients' numbers", "hospitalnumber": "patients' numbers", "mrn": "patients' numbers",
    "dateofbirth": "dates of birth", "dob": "dates of birth", "birthdate": "dates of birth",
    "patientname": "patients' names", "patient": "patients' names", "surname": "people's names",
    "forename": "people's names", "firstname": "people's names", "lastname": "people's names",
}  # fmt: skip


def columns(table: Table) -> list[str]:
    """A sentence for each column that holds what is one patient's."""
    wide = max([len(table.header), *(len(row.cells) for row in table.rows)], default=0)
    found = []
    for column in range(wide):
        title = said(table.header[column]) if column < len(table.header) else ""
        what = _TITLES.get(re.sub(r"[\W_]", "", title.lower()))
        if what is None and _is_mostly_nhs_numbers(table, column):
            what = "NHS numbers"
        if what:
            name = f"Column {letters(column)}" + (f" (“{title[:40]}”)" if title else "")
            found.append(
                f"{name} looks like {what}. Holdgood keeps no patient's data: take the column out, count the rows, and "
                "bring the counts."
            )
    return found


def is_nhs_number(cell: Cell) -> bool:
    """Ten digits, the last of which checks the others by modulus 11."""
    if not isinstance(cell, (str, Decimal)):
        return False
    ten = _TEN.fullmatch(said(cell).strip())
    if not ten or cell == 0:
        return False
    digits = [int(each) for each in "".join(ten.groups())]
    check = 11 - sum(weight * digit for weight, digit in zip(_WEIGHTS, digits, strict=False)) % 11
    return any(digits) and check % 11 == digits[9] and check != 10


def _is_mostly_nhs_numbers(table: Table, column: int) -> bool:
    filled = [cell for row in table.rows if (cell := row.at(column)) is not None]
    return bool(filled) and 2 * sum(is_nhs_number(cell) for cell in filled) >= len(filled)
