"""The commands that compare at one time: funnel and pareto."""

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import click

from plotthedots.cli import options as shared
from plotthedots.cli.many import Many
from plotthedots.cli.outputs import Drawings, drawn, ending, places
from plotthedots.cli.progress import say
from plotthedots.cli.writing import checked, end, write
from plotthedots.errors import BadInput

OUTPUT = "A table with a row per {} (.xlsx holds the summary too), or the chart (.svg, .png, .pdf). Without any output the table goes to standard output."
_SUMMARY = click.option("--summary", metavar="OUT", help="Write the one row that sums it up, with its sentence, here.")
_TITLE = click.option("--title", help="Title of the chart instead of its sentence.")
_WIDTH = click.option(
    "--width",
    type=click.IntRange(240, 4000),
    default=720,
    show_default=True,
    help="Width of the chart in pixels.",
)


@click.command(cls=Many)
@click.argument("file", metavar="FILE")
@click.option(
    "--by",
    multiple=True,
    metavar="COL",
    help="Column that names the areas; may be repeated. [area, else series, where FILE has it]",
)
@click.option("--value", metavar="COL", help="Column of counts. [value]")
@click.option(
    "--denominator",
    metavar="COL",
    help="Column of what each count is out of; on smr, of what was expected. [denominator]",
)
@click.option(
    "--chart",
    "family",
    type=click.Choice(["p", "u", "smr"]),
    default="p",
    show_default=True,
    help="Shares of all, rates of events, or observed over expected.",
)
@click.option(
    "--centre", type=float, help="What areas are compared with, in plotted units; otherwise their average, 1 on smr."
)
@click.option("--minimum", type=float, help="Least denominator at which an area is judged.")
@click.option(
    "--out",
    type=click.Choice(["0.998", "0.95"]),
    default="0.998",
    show_default=True,
    help="Limits beyond which an area is out.",
)
@shared.MULTIPLY
@click.option(
    "--direction",
    metavar="WAY|COL",
    help="increase, decrease or neutral is better, or the column that says so. [direction, where FILE has it]",
)
@click.option(
    "--aggregate", type=click.Choice(["sum"]), help="Add up rows that share an area; otherwise they are an error."
)
@shared.reading
@click.option("-o", "--output", metavar="OUT", help=OUTPUT.format("area"))
@_SUMMARY
@_TITLE
@_WIDTH
@click.option(
    "--height",
    type=click.IntRange(160, 4000),
    default=440,
    show_default=True,
    help="Height of the chart in pixels; it grows where it must.",
)
def funnel(file: str, output: str | None, summary: str | None, **options: Any) -> None:
    """Areas of FILE compared at one time, allowing for their size: which are beyond what chance gives.

    Example: plotthedots funnel waits.csv --by trust --value breaches --denominator attendances --aggregate sum
    --direction decrease -o funnel.svg
    """  # fmt: skip
    from plotthedots.cli.charting import reading
    from plotthedots.files import Role, open_source, require
    from plotthedots.funnel import funnel as made

    def read() -> tuple[Any, dict[str, Role], dict[str, Any]]:
        source = open_source(file, reading(options))
        usual = [name for name in ("area", "series") if name in source.columns][:1]
        by = [require(source, column, option="--by") for column in options["by"] or usual or ["area"]]
        value = require(source, options["value"] or "value", option="--value")
        denominator = require(source, options["denominator"] or "denominator", option="--denominator")
        roles = dict.fromkeys(by, Role.LABEL) | dict.fromkeys((value, denominator), Role.NUMBER)
        direction = options["direction"] or ("direction" if "direction" in source.columns else None)
        if direction is not None and direction not in ("increase", "decrease", "neutral"):
            direction = require(source, direction, option="--direction")
            roles[direction] = Role.LABEL
        how = {name: options[name] for name in ("centre", "minimum", "multiply", "aggregate")}
        how |= {"by": by, "value": value, "denominator": denominator, "direction": direction}
        return source, roles, how | {"chart": options["family"], "out": float(options["out"])}

    _compare(file, output, summary, options, read, made)


@click.command(cls=Many)
@click.argument("file", metavar="FILE")
@click.option("--cause", metavar="COL", help="Column that names the causes. [cause]")
@click.option(
    "--count",
    metavar="COL",
    help="Column of how often each was there. [count, where FILE has it; otherwise rows are counted]",
)
@shared.reading
@click.option("-o", "--output", metavar="OUT", help=OUTPUT.format("cause"))
@_SUMMARY
@_TITLE
@_WIDTH
@click.option(
    "--most",
    type=click.IntRange(2, 500),
    default=15,
    show_default=True,
    help="Bars of the chart; the last gathers the causes that are left.",
)
def pareto(file: str, output: str | None, summary: str | None, **options: Any) -> None:
    """Causes in FILE, the most common first, and how few of them make up 80% of all.

    Rows that share a cause are added up.

    Example: plotthedots pareto delays.csv --cause reason --count patients -o delays.svg
    """  # fmt: skip
    from plotthedots.cli.charting import reading
    from plotthedots.files import Role, open_source, require
    from plotthedots.pareto import pareto as made

    def read() -> tuple[Any, dict[str, Role], dict[str, Any]]:
        source = open_source(file, reading(options))
        cause = require(source, options["cause"] or "cause", option="--cause")
        count = options["count"] or ("count" if "count" in source.columns else None)
        roles = {cause: Role.LABEL}
        if count is not None:
            count = require(source, count, option="--count")
            roles[count] = Role.NUMBER
        return source, roles, {"cause": cause, "count": count}

    _compare(file, output, summary, options, read, made)


def _compare(
    file: str, output: str | None, summary: str | None, options: dict[str, Any], read: Callable[[], Any], made: Any
) -> None:
    """Read, compare and write: nothing is read before it is known that all can be written where it is to go."""
    from plotthedots.files import named

    picture, tables = places(output, "points", {"summary": summary})
    if picture is not None and picture != "-" and not ending(picture):
        raise BadInput(f"{picture}: there is one chart: expected .svg, .png or .pdf.")
    look = checked([file], options, picture, tables)
    look |= {name: options[name] for name in ("most",) if name in options}
    kind = options["format_"] or ""
    say(f"reading {file} …")
    source, roles, how = read()
    with named(source):
        rows = source.read(roles)
        result = made(rows.table, **how)
    with ExitStack() as stack:
        if picture is not None:
            one = Drawings([""], lambda _: result.to_svg(**look), lambda: None)
            stack.enter_context(drawn(one, picture, None))
        write(tables, lambda name: getattr(result, name), kind)
    end([*rows.said, *result.said, result.sentence()])
