"""The one parser of numbers that people write or upload. Python's own take 1_000, full-width digits and worse."""

import re
from decimal import Decimal

_PLAIN = re.compile(r"[+-]?(\d{1,15})(\.\d{1,10})?", re.ASCII)
_COMMAS = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", re.ASCII)


class NotANumber(ValueError):
    """A text that is no number; the message says what was found and what was expected."""


def parse(text: str, *, percent: bool = False) -> Decimal:
    """12, -3.5, 1,204 or, if asked for, 81% (which gives 81). The minus sign may be typographic."""
    found = text.strip()
    shown = found if len(found) <= 40 else f"{found[:40]}…"
    plain = found.replace("\N{MINUS SIGN}", "-")
    if plain.endswith("%"):
        if not percent:
            raise NotANumber(f"“{shown}” is a percentage. Write a number such as 12 or 4.5.")
        plain = plain[:-1].rstrip()
    if "," in plain:
        if not _COMMAS.fullmatch(plain):
            raise NotANumber(f"“{shown}” has a comma where none belongs. Write 1,204 or 1204, and 4.5 with a point.")
        plain = plain.replace(",", "")
    if not _PLAIN.fullmatch(plain):
        raise NotANumber(
            f"“{shown}” is not a number. Write digits, such as 12 or 4.5, at most 15 before and 10 after the point."
        )
    return Decimal(plain)
