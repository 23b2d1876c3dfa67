"""Published tables as numbers of measures: a mapping is made once, by a suggestion or by hand, and used each month.

Plain values in and out: no database, no clock.
"""

from holdgood.measures.mapping.applying import apply
from holdgood.measures.mapping.changes import Changed, changed, sheet_for
from holdgood.measures.mapping.mapped import Mapped, Number, Total
from holdgood.measures.mapping.plan import Amount, Column, Mapping, Only, Places, Value, When
from holdgood.measures.mapping.stored import WrongMapping, from_dict, to_dict
from holdgood.measures.mapping.successors import Several, successor
from holdgood.measures.mapping.suggesting import Suggestion, best, suggest

__all__ = [
    "Amount", "Changed", "Column", "Mapped", "Mapping", "Number", "Only", "Places", "Several", "Suggestion", "Total",
    "Value", "When", "WrongMapping", "apply", "best", "changed", "from_dict", "sheet_for", "successor", "suggest",
    "to_dict",
]  # fmt: skip
