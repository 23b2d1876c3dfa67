"""The commands. Each reads, calls the engine once and writes."""

from typing import Any

import click

from plotthedots.cli import boards, comparing, foresight, reporting
from plotthedots.cli import options as shared
from plotthedots.cli.many import Group
from plotthedots.cli.outputs import check_picture, refuse_input


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="plotthedots", prog_name="plotthedots", message="%(prog)s %(version)s")
def cli() -> None:
    """Control charts for healthcare, from files: limits, special causes, charts and reports.

    FILE ends with .csv, .parquet, .xlsx, .xls, .xlsb or .ods; - is standard input. Columns named series, date, value,
    target, direction and denominator are found by themselves.

    Shell completion: eval "$(_PLOTTHEDOTS_COMPLETE=bash_source plotthedots)", or zsh_source, fish_source.
    """


@cli.command()
@shared.charting
@click.option("--points", metavar="OUT", help="Write a row per observation here.")
@click.option("--phases", metavar="OUT", help="Write a row per series and phase here.")
@click.option(
    "--summary", metavar="OUT", help="Write a row per series here; without any output it goes to standard output."
)
def spc(file: str, points: str | None, phases: str | None, summary: str | None, **options: Any) -> None:
    """Limits, special causes, assurance and a sentence for every series of FILE.

    Example: plotthedots spc waits.csv --by trust --value breaches --denominator attendances --chart pprime
    --direction decrease --points points.csv --summary summary.csv
    """
    from plotthedots.files.output import check, write_each

    wanted = {"points": points, "phases": phases, "summary": summary}
    places = {name: path for name, path in wanted.items() if path is not None} or {"summary": "-"}
    refuse_input(file, *places.values())
    kind = options["format_"] or ""
    for path in places.values():
        check(path, kind)
    charted = _charted(file, options)
    _progress(f"writing {' and '.join(places)} …")
    write_each({name: getattr(charted.result, name) for name in places}, places, kind)
    _end(charted)


@cli.command()
@shared.charting
@click.option(
    "-o",
    "--output",
    metavar="OUT.svg|png|pdf|FOLDER",
    required=True,
    help="A file for one series, or a folder for all of them (.svg).",
)
@click.option(
    "--series", metavar="NAME", help="Draw this series only; with several --by columns, their values joined by a comma."
)
@shared.drawing
def chart(file: str, output: str, series: str | None, **options: Any) -> None:
    """Draw control charts: one series to a file (SVG, PNG or PDF), or each to a folder (SVG), with an index.

    Example: plotthedots chart waits.csv --series RJ1 -o rj1.svg
    """
    from plotthedots.cli.outputs import Drawings, drawn, spoken

    check_picture(output)
    refuse_input(file, output)
    look = shared.look(options)
    charted = _charted(file, options)
    result = charted.result
    names = [spoken(name) for name in result.series]
    drawings = Drawings(names, lambda position: result.draw(position, **look), lambda: result.summary)
    with drawn(drawings, output, series):
        pass
    _end(charted)


cli.add_command(reporting.report)
for command in (foresight.forecast, foresight.gains, foresight.budget, boards.rag, boards.board):
    cli.add_command(command)
cli.add_command(comparing.funnel)
cli.add_command(comparing.pareto)


@cli.command()
@shared.events
@click.option(
    "--unit",
    type=click.Choice(["days", "hours", "minutes", "weeks"]),
    default="days",
    show_default=True,
    help="Unit of the time between events.",
)
@click.option(
    "--opportunities", metavar="COL", help="Column with the number of chances since the event before, for a g chart."
)
@click.option("--until", metavar="DATE", help="Add the run that is still open on this day.")
@click.option("-o", "--output", metavar="OUT", default="-", show_default=True, help="The table.")
def between(file: str, output: str, unit: str, opportunities: str | None, until: str | None, **options: Any) -> None:
    """From dates of rare events to the time, or the chances, between them: a table for g and t charts.

    Example: plotthedots between falls.csv --by ward --until 2026-03-31 -o gaps.csv
    """
    from plotthedots.between import between as made_between
    from plotthedots.cli.charting import reading
    from plotthedots.files import Role, named, open_source, require
    from plotthedots.files.output import write_tables

    refuse_input(file, output)
    kind = options["format_"] or ""
    source = open_source(file, reading(options))
    by = [require(source, column, option="--by") for column in options["by"]]
    if not by and "series" in source.columns:
        by = ["series"]
    date = require(source, options["date"] or "date", option="--date")
    roles = dict.fromkeys(by, Role.LABEL) | {date: Role.DATE}
    if opportunities:
        roles[require(source, opportunities, option="--opportunities")] = Role.NUMBER
    with named(source):
        rows = source.read(roles)
        made = made_between(rows.table, date=date, by=by, unit=unit, opportunities=opportunities, until=until)
    write_tables({"between": made}, output, kind)
    _notes(rows.said)


@cli.command()
@click.option("-o", "--output", metavar="OUT", default="-", show_default=True, help="The file.")
def example(output: str) -> None:
    """Write example data: A&E attendances and four-hour breaches by provider, England, 2016 to 2019.

    Contains public sector information licensed under the Open Government Licence v3.0.

    Example: plotthedots example -o ae.csv
    """
    from importlib.resources import files

    from plotthedots.files.output import whole

    with whole(output) as out:
        out.write(files("plotthedots").joinpath("data/ae_attendances.csv").read_bytes())


def _charted(file: str, options: dict[str, Any]) -> Any:
    from plotthedots.cli.charting import chart as charted

    _progress(f"reading {file} …")
    return charted(file, options)


def _progress(doing: str) -> None:
    from plotthedots.cli.progress import say

    say(doing)


def _notes(said: list[str]) -> None:
    from plotthedots.cli.progress import notes

    notes(said)


def _end(charted: Any) -> None:
    _progress("")
    _notes(charted.said + charted.result.said)
