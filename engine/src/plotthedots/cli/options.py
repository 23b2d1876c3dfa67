"""Options that commands share, grouped as a person looks for them."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])

CHARTS = ("xmr", "mr", "iprime", "run", "p", "pprime", "u", "uprime", "c", "g", "t", "xbar", "s")

_READING = (
    click.option("--format", "format_", type=click.Choice(["csv", "parquet", "xlsx"]), help="Kind of standard input and output, and of a FILE whose ending does not say; CSV otherwise."),
    click.option("--sheet", default="", help="Sheet of a workbook, by name or number; the first that is shown."),
    click.option("--header-row", default=1, show_default=True, type=click.IntRange(1), help="Row in which the column names stand."),
    click.option("--encoding", default="", help="Encoding of a CSV file, such as cp1252; UTF-8, or UTF-16 by its mark."),
    click.option("--delimiter", default="", help="What separates the columns of a CSV file; found out of , ; tab and |."),
    click.option("--dates", default="", help="How dates are written: day-first, month-first or a pattern such as %Y%m%d."),
    click.option("--missing", multiple=True, metavar="TEXT", help="A text that stands for a missing number, such as NA; may be repeated."),
)  # fmt: skip

_COLUMNS = (
    click.option("--by", multiple=True, metavar="COL", help="Column that tells series apart; may be repeated. [series, where FILE has it]"),
    click.option("--date", metavar="COL", help="Column of dates. [date]"),
    click.option("--value", metavar="COL", help="Column of values. [value]"),
    click.option("--denominator", metavar="COL", help="Column of what each value is out of. [denominator, where FILE has it]"),
)  # fmt: skip

_CHARTING = (
    click.option("--chart", "family", type=click.Choice(CHARTS), default="xmr", show_default=True, help="Chart family."),
    click.option("--target", metavar="COL|NUMBER", help="Target, or the column that holds it. [target, where FILE has it]"),
    click.option("--direction", metavar="WAY|COL", help="increase, decrease or neutral is better, or the column that says so. [direction, where FILE has it]"),
    click.option("--rebase", multiple=True, metavar="DATE|FILE|COL", help="A new phase begins on this date (repeat for more), on the dates of a file with the columns of --by and date, or where a column says so."),
    click.option("--baseline", metavar="N|FIRST..LAST", help="Limits from the first N points of each phase, or from those between two dates."),
    click.option("--exclude", metavar="COL", help="Column of ghosts: yes leaves a point out of limits and rules."),
    click.option("--aggregate", type=click.Choice(["sum", "mean", "median"]), help="What to do with rows that share a date."),
    click.option("--rules", default="making-data-count", show_default=True, help="making-data-count, western-electric, nelson, anhoej, bestbox, cutbox, or rules such as outside,shift:8,trend:6,two_of_three:2:3:2."),
    click.option("--screen-moving-ranges/--no-screen-moving-ranges", default=True, show_default=True, help="Leave out moving ranges of 3.267 means or more, once."),
    click.option("--multiply", type=float, default=1.0, show_default=True, help="Scale values and limits, such as 1000 for a rate per 1,000."),
    click.option("--centre", metavar="COL|NUMBER", help="A known centre line, or the column that holds it."),
    click.option("--floor", type=float, help="Lowest that a lower limit may be drawn, such as 0."),
    click.option("--as-of", metavar="DATE", help="The day by which the latest value should be in; advice says where it is old."),
)  # fmt: skip


def _all(*groups: tuple[Callable[[Command], Command], ...]) -> Callable[[Command], Command]:
    def decorate(command: Command) -> Command:
        for option in reversed([option for group in groups for option in group]):
            command = option(command)
        return command

    return decorate


def charting(command: Command) -> Command:
    """The file, its columns and how to chart them."""
    argument = click.argument("file", metavar="FILE")
    return argument(_all(_COLUMNS, _CHARTING, _READING)(command))


def events(command: Command) -> Command:
    """The file and its columns, for commands that chart nothing."""
    argument = click.argument("file", metavar="FILE")
    return argument(_all((_COLUMNS[0], _COLUMNS[1]), _READING)(command))
