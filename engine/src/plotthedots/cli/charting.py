"""From the words of a command to a result of the engine."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from plotthedots.errors import BadInput
from plotthedots.files import Reading, Role, Source, named, open_source, pairs, require
from plotthedots.frame import as_float
from plotthedots.limits import FAMILIES
from plotthedots.wanted import BETTER

_FILE = re.compile(r"\.(csv|txt|tsv|parquet|pq|xlsx|xlsm|xls|xlsb|ods)$", re.IGNORECASE)


@dataclass(frozen=True)
class Charted:
    """A result, and what was converted while the file was read; and what else was made of the same rows."""

    result: Any
    said: list[str]
    more: Any = None


# What else to make of the rows of a file: called with the file, its rows, the arguments of `spc` and how it is read.
More = Callable[[Source, Any, dict[str, Any], Reading], Any]


def reading(options: dict[str, Any]) -> Reading:
    """Take the options on how to read a file out of a command's options."""
    taken = {
        name: options.pop(name)
        for name in ("sheet", "skip", "header", "rows", "across", "encoding", "delimiter", "dates", "missing")
    }
    leave_out = pairs(options.pop("leave_out"))
    return Reading(format=options.pop("format_") or "", leave_out=leave_out, **taken)


def chart(file: str, options: dict[str, Any], then: More | None = None) -> Charted:
    """Read a file and chart it as the options say; sentences name the file, its rows and columns."""
    from plotthedots.spc import spc

    how = reading(options)
    source = open_source(file, how)
    roles: dict[str, Role] = {}
    arguments = columns(source, options, roles)
    arguments |= {
        "chart": options["family"],
        "rules": rules(options["rules"]),
        "rebase": rebase(source, options["rebase"], arguments["by"], how, roles),
        "baseline": _baseline(options["baseline"]),
        "aggregate": options["aggregate"],
        "screen_moving_ranges": options["screen_moving_ranges"],
        "multiply": options["multiply"],
        "floor": options["floor"],
        "as_of": options["as_of"],
    }
    with named(source):
        rows = source.read(roles)
        result = spc(rows.table, **arguments)
        more = None if then is None else then(source, rows, arguments, how)
    return Charted(result, rows.said, more)


def columns(source: Source, options: dict[str, Any], roles: dict[str, Role]) -> dict[str, Any]:
    """Which column is what: as asked for, else by its usual name where the file has it. What no option asks is left out."""
    present = source.columns

    def asked(name: str, role: Role, *, needed: bool = False) -> str | None:
        given = options[name]
        if given is None and not needed and name not in present:
            return None
        column = require(source, given or name, option=f"--{name}")
        roles[column] = role
        return column

    by = series_columns(source, options["by"])
    date = asked("date", Role.DATE, needed=True)
    value = asked("value", Role.NUMBER, needed=True)
    takes_denominator = FAMILIES[options.get("family", "p")].denominator != "refused"
    denominator = asked("denominator", Role.NUMBER) if takes_denominator or options["denominator"] else None
    roles |= dict.fromkeys(by, Role.LABEL)
    made = {"by": by, "date": date, "value": value, "denominator": denominator}
    if "target" in options:
        made["target"] = _number_or_column(source, options["target"], "target", roles)
    if "centre" in options:
        made["centre"] = _number_or_column(source, options["centre"], "", roles)
    made["direction"] = _direction(source, options["direction"], roles)
    made["exclude"] = asked("exclude", Role.FLAG) if options["exclude"] else None
    return made


def series_columns(source: Source, given: tuple[str, ...]) -> list[str]:
    """The columns that tell series apart: those named, else `series` where the file has it."""
    by = [require(source, column, option="--by") for column in given]
    return [require(source, "series")] if not by and "series" in source.columns else by


def _number_or_column(source: Source, given: str | None, usual: str, roles: dict[str, Role]) -> Any:
    if given is None and (not usual or usual not in source.columns):
        return None
    if given is not None and given not in source.columns:
        number = as_float(given)
        if number is not None:
            return number
    column = require(source, given or usual, option=f"--{usual or 'centre'}")
    roles[column] = Role.NUMBER
    return column


def _direction(source: Source, given: str | None, roles: dict[str, Role]) -> str | None:
    if given is None and "direction" not in source.columns:
        return None
    if given in BETTER:
        return given
    column = require(source, given or "direction", option="--direction")
    roles[column] = Role.LABEL
    return column


def rules(text: str) -> Any:
    """A rule set by name, or rules with their lengths: `outside,shift:8,two_of_three:2:3:2`."""
    if "," not in text and ":" not in text and text not in ("outside", "shift", "trend"):
        return text
    return tuple(_rule(part.strip()) for part in text.split(",") if part.strip())


def _rule(text: str) -> Any:
    name, *numbers = text.split(":")
    values = [as_float(number) for number in numbers]
    if None in values:
        raise BadInput(f'--rules: found "{text}", expected a rule and its numbers, such as shift:8.')
    return (name, *values) if values else name


def _baseline(text: str | None) -> Any:
    if text is None:
        return None
    if ".." in text:
        first, last = text.split("..", 1)
        return (first.strip(), last.strip())
    number = as_float(text)
    if number is None:
        raise BadInput(
            f'--baseline: found "{text}", expected a number of points, or two dates such as 2023-04-01..2024-03-01.'
        )
    return number


def rebase(source: Source, given: tuple[str, ...], by: list[str], how: Reading, roles: dict[str, Role]) -> Any:
    """Dates for all series, dates for each from a file, or the name of a column."""
    if not given:
        return None
    if len(given) == 1 and given[0] in source.columns:
        roles[require(source, given[0])] = Role.FLAG
        return given[0]
    if len(given) == 1 and (_FILE.search(given[0]) or Path(given[0]).is_file()):
        return _rebase_file(given[0], by, how)
    return list(given)


def _rebase_file(path: str, by: list[str], how: Reading) -> Any:
    source = open_source(path, Reading(encoding=how.encoding, dates=how.dates))
    columns = [require(source, column, option="--by") for column in by]
    date = require(source, "date")
    with named(source):
        table = source.read(dict.fromkeys(columns, Role.LABEL) | {date: Role.DATE}).table
    days = table.column(date).to_pylist()
    if not columns:
        return days
    names = list(zip(*(table.column(column).to_pylist() for column in columns), strict=True))
    found: dict[Any, list[Any]] = {}
    for name, day in zip(names, days, strict=True):
        found.setdefault(name if len(columns) > 1 else name[0], []).append(day)
    return found
