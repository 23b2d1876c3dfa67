"""Options that commands share, grouped as a person looks for them."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])

CHARTS = ("xmr", "mr", "iprime", "run", "p", "pprime", "u", "uprime", "c", "g", "t", "xbar", "s")
LEVELS = ("xmr", "run", "iprime", "p", "pprime", "u", "uprime", "c", "g", "t", "xbar")
METHODS = ("auto", "combination", "naive", "seasonal_naive", "damped", "seasonal_damped", "theta", "seasonal_theta")

_READING = (
    click.option("--format", "format_", type=click.Choice(["csv", "parquet", "xlsx"]), help="Kind of standard input and output, and of a FILE whose ending does not say; CSV otherwise."),
    click.option("--sheet", default="", help="Sheet of a workbook, by name or number; the first that is shown."),
    click.option("--skip", default=0, show_default=True, type=click.IntRange(0), help="Rows to leave out at the top, above the column names."),
    click.option("--header", default=1, show_default=True, type=click.IntRange(1, 9), help="Rows of column names; those of several rows are joined with \" / \"."),
    click.option("--rows", default=0, type=click.IntRange(0), help="Rows to read below the column names, where totals or another table follow; all."),
    click.option("--leave-out", multiple=True, metavar="COL=TEXT", help="Leave out rows in which a column says this, such as Name=England; may be repeated."),
    click.option("--across", is_flag=True, help="Columns whose names are dates become rows, with columns date and value."),
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

_TARGET = click.option(
    "--target", metavar="COL|NUMBER", help="Target, or the column that holds it. [target, where FILE has it]"
)
_DIRECTION = click.option(
    "--direction",
    metavar="WAY|COL",
    help="increase, decrease or neutral is better, or the column that says so. [direction, where FILE has it]",
)
_REBASE = click.option(
    "--rebase",
    multiple=True,
    metavar="DATE|FILE|COL",
    help="A new phase begins on this date (repeat for more), on the dates of a file with the columns of --by and date, or where a column says so.",
)
_EXCLUDE = click.option(
    "--exclude", metavar="COL", help="Column of ghosts: yes leaves a point out of all that is worked out."
)
_AGGREGATE = click.option(
    "--aggregate", type=click.Choice(["sum", "mean", "median"]), help="What to do with rows that share a date."
)
MULTIPLY = click.option(
    "--multiply",
    type=float,
    default=1.0,
    show_default=True,
    help="Scale values and limits, such as 1000 for a rate per 1,000.",
)

_CHARTING = (
    click.option("--chart", "family", type=click.Choice(CHARTS), default="xmr", show_default=True, help="Chart family."),
    _TARGET,
    _DIRECTION,
    _REBASE,
    click.option("--baseline", metavar="N|FIRST..LAST", help="Limits from the first N points of each phase, or from those between two dates."),
    _EXCLUDE,
    _AGGREGATE,
    click.option("--rules", default="making-data-count", show_default=True, help="making-data-count, western-electric, nelson, anhoej, bestbox, cutbox, or rules such as outside,shift:8,trend:6,two_of_three:2:3:2."),
    click.option("--screen-moving-ranges/--no-screen-moving-ranges", default=True, show_default=True, help="Leave out moving ranges of 3.267 means or more, once."),
    MULTIPLY,
    click.option("--centre", metavar="COL|NUMBER", help="A known centre line, or the column that holds it."),
    click.option("--floor", type=float, help="Lowest that a lower limit may be drawn, such as 0."),
    click.option("--as-of", metavar="DATE", help="The day by which the latest value should be in; advice says where it is old."),
)  # fmt: skip

HORIZON = click.option(
    "--horizon", type=click.IntRange(1, 366), default=12, show_default=True, help="How many periods ahead."
)
_FORECASTING = (
    HORIZON,
    _TARGET,
    _DIRECTION,
    click.option("--bounds", metavar="LOW..HIGH", help="Lowest and highest possible value, such as 0..1, or one of them: 0.. or ..100. Found out for shares and counts."),
    click.option("--method", type=click.Choice(METHODS), default="auto", show_default=True, help="How it is forecast; auto lets the record choose."),
    click.option("--levels", multiple=True, metavar="SHARE", default=("0.8", "0.95"), show_default="0.8 0.95", help="Probabilities of the limits; several may follow one another."),
    MULTIPLY,
    _REBASE,
    _EXCLUDE,
    _AGGREGATE,
)  # fmt: skip

CLAIMS = click.option(
    "--claims",
    metavar="FILE",
    help="The claims: a row each, with the columns of --by and claimed; if wanted gain, direction, baseline_from, entered_on, withdrawn_on.",
)
CLAIMED = click.option(
    "--claimed", metavar="DATE", help="Instead of --claims: an improvement of every series is claimed on this date."
)
CLAIMS_SHEET = click.option(
    "--claims-sheet",
    default="",
    help="Sheet of the claims, where they are a workbook, by name or number; the first that is shown.",
)
_JUDGING = (
    CLAIMS,
    CLAIMED,
    CLAIMS_SHEET,
    click.option("--chart", "family", type=click.Choice(LEVELS), default="xmr", show_default=True, help="Chart family whose limits are frozen before each claim."),
    _DIRECTION,
    _EXCLUDE,
    _AGGREGATE,
    click.option("--placebos", metavar="FILE", help="Series on which nothing was done, with the columns of FILE; otherwise those of FILE without a claim."),
    click.option("--no-placebos", is_flag=True, help="Compare with nothing: drift may pass for a gain."),
    click.option("--horizons", multiple=True, metavar="N", default=("3", "6", "12"), show_default="3 6 12", help="Periods ahead for which the chance of slipping is given; several may follow one another."),
    click.option("--conditions", multiple=True, metavar="COL", help="Columns of the claims by which survival may be split; several may follow one another after FILE."),
    click.option("--as-of", metavar="DATE", help="Nothing after this date is looked at; otherwise all is."),
)  # fmt: skip

_BUDGETING = (
    click.option("--window", type=click.IntRange(1, 60), default=12, show_default=True, help="A change is looked for before any of the last so many points."),
    click.option("--share", type=click.FloatRange(0, 1, min_open=True, max_open=True), default=0.1, show_default=True, help="Share of those shown that may be there by chance."),
    click.option("--method", type=click.Choice(["bh", "by"]), default="bh", show_default=True, help="Benjamini and Hochberg, or Benjamini and Yekutieli, who allow for any dependence and show less."),
)  # fmt: skip

AMBER = click.option(
    "--amber",
    type=click.FloatRange(0),
    default=0.0,
    show_default=True,
    help="How far short of the target is still amber, in the units of the chart.",
)
_COLOURING = (
    AMBER,
    click.option("--window", type=click.IntRange(1, 60), default=24, show_default=True, help="How many of the latest points are looked at."),
    click.option("--share", type=click.FloatRange(0, 1, min_open=True, max_open=True), default=0.1, show_default=True, help="Share of those shown by the budget that may be there by chance."),
)  # fmt: skip

_REPORTING = (
    click.option("--claims", metavar="FILE", help="Tell what became of these claims of improvement, a row each with the columns of --by and claimed, as in plotthedots gains."),
    CLAIMS_SHEET,
    click.option("--forecast", is_flag=True, help="Show what comes next in each measure, and how good such forecasts have been."),
    HORIZON,
    click.option("--budget", is_flag=True, help="Say which signals are worth a look, so that one in ten of them at most is there by chance."),
    click.option("--rag", is_flag=True, help="Set red, amber and green beside rules and budget, measure by measure and month by month."),
    AMBER,
    click.option("--side-by-side", type=click.Choice(["own", "common"]), help="Show all charts small beside one another: each on a scale of its own, or all on one."),
)  # fmt: skip

_DRAWING = (
    click.option("--title", help="Title of a chart instead of its sentence."),
    click.option("--width", type=click.IntRange(240, 4000), default=720, show_default=True, help="Width of a chart in pixels."),
    click.option("--height", type=click.IntRange(160, 4000), default=380, show_default=True, help="Height of a chart in pixels; it grows where it must."),
    click.option("--last", type=click.IntRange(1), help="Draw only the latest points of the past."),
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


def reported(command: Command) -> Command:
    """The file, which a pack may name, its columns, how to chart them and what to tell beside the charts."""
    argument = click.argument("file", metavar="FILE", required=False)
    return argument(_all(_COLUMNS, _CHARTING, _READING, _REPORTING)(command))


def forecasting(command: Command) -> Command:
    """The file, its columns and how to forecast them."""
    argument = click.argument("file", metavar="FILE")
    return argument(_all(_COLUMNS, _FORECASTING, _READING)(command))


def judging(command: Command) -> Command:
    """The file, its columns, the claims and how to judge them."""
    argument = click.argument("file", metavar="FILE")
    return argument(_all(_COLUMNS, _JUDGING, _READING)(command))


def budgeting(command: Command) -> Command:
    """What a budget of charts needs beside the charts."""
    return _all(_BUDGETING)(command)


def colouring(command: Command) -> Command:
    """What red, amber and green need beside the charts."""
    return _all(_COLOURING)(command)


def drawing(command: Command) -> Command:
    """How a chart looks."""
    return _all(_DRAWING)(command)


def look(options: dict[str, Any]) -> dict[str, Any]:
    """Take how a chart looks out of a command's options."""
    taken = {name: options.pop(name) for name in ("width", "height", "last", "title") if name in options}
    return {name: value for name, value in taken.items() if value is not None}


def reading(command: Command) -> Command:
    """How the file is read."""
    return _all(_READING)(command)


def events(command: Command) -> Command:
    """The file and its columns, for commands that chart nothing."""
    argument = click.argument("file", metavar="FILE")
    return argument(_all((_COLUMNS[0], _COLUMNS[1]), _READING)(command))
