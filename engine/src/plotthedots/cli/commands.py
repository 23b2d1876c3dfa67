"""The commands. Each reads, calls the engine once and writes."""

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from plotthedots.cli import foresight
from plotthedots.cli import options as shared
from plotthedots.cli.many import Group
from plotthedots.cli.outputs import ending, refuse_input, refuse_later
from plotthedots.errors import BadInput


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="plotthedots", prog_name="plotthedots", message="%(prog)s %(version)s")
def cli() -> None:
    """Control charts for healthcare, from files: limits, special causes, charts and reports.

    FILE ends with .csv, .parquet or .xlsx; - is standard input. Columns named series, date, value, target,
    direction and denominator are found by themselves.

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
    metavar="OUT.svg|FOLDER",
    required=True,
    help="A file for one series, or a folder for all of them.",
)
@click.option(
    "--series", metavar="NAME", help="Draw this series only; with several --by columns, their values joined by a comma."
)
@shared.drawing
def chart(file: str, output: str, series: str | None, **options: Any) -> None:
    """Draw control charts as SVG: one series to a file, or each to a folder, with an index.

    Example: plotthedots chart waits.csv --series RJ1 -o rj1.svg
    """
    from plotthedots.cli.outputs import Drawings, drawn, spoken

    refuse_later(output)
    refuse_input(file, output)
    look = shared.look(options)
    charted = _charted(file, options)
    result = charted.result
    names = [spoken(name) for name in result.series]
    drawings = Drawings(names, lambda position: result.draw(position, **look), lambda: result.summary)
    with drawn(drawings, output, series):
        pass
    _end(charted)


@cli.command()
@shared.charting
@click.option("-o", "--output", metavar="OUT.html", required=True, help="The report.")
@click.option("--title", default="", help="Name of the report.")
@click.option("--subtitle", default="", help="A line below the title.")
@click.option("--source", default="", help="Where the data came from; the name of FILE otherwise.")
@click.option(
    "--too-few", type=click.IntRange(1), default=15, show_default=True, help="Points below which no verdict is shown."
)
@shared.reporting
def report(
    file: str, output: str, title: str, subtitle: str, source: str, too_few: int, budget: bool, **options: Any
) -> None:
    """A report of every series of FILE: a cover with the icon grid, the exceptions in sentences, a page a measure.

    One HTML file that needs nothing else, on screen, on a phone and on paper. With --claims it tells what became of
    each gain, with --forecast what comes next, with --budget which signals are worth a look.

    Example: plotthedots report waits.csv --by trust --direction decrease --target 0.05 -o report.html
    """
    from plotthedots import report as reports
    from plotthedots.cli.charting import chart as read
    from plotthedots.cli.foreseeing import for_report
    from plotthedots.files.output import whole

    refuse_later(output)
    if ending(output) not in ("html", "htm") and output != "-":
        raise BadInput(f"{output}: a report is written as .html.")
    refuse_input([file, *filter(None, [options["claims"]])], output)
    _progress(f"reading {file} …")
    charted = read(file, options, for_report(options))
    gains, forecast = charted.more or (None, None)
    named = source or ("" if file == "-" else Path(file).name)
    pieces = reports.html(
        charted.result,
        title=title,
        subtitle=subtitle,
        source=named,
        made_on=dt.datetime.now().astimezone().date(),
        too_few=too_few,
        gains=gains,
        forecast=forecast,
        budget=_budget(charted.result) if budget else None,
    )
    with whole(output) as out:
        for piece in _counted(pieces, "writing page", len(charted.result.series)):
            out.write(piece.encode())
    _end(charted)


for command in (foresight.forecast, foresight.gains, foresight.budget, foresight.rag):
    cli.add_command(command)


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


def _budget(result: Any) -> Any:
    from plotthedots.budget import signal_budget

    return signal_budget(result)


def _charted(file: str, options: dict[str, Any]) -> Any:
    from plotthedots.cli.charting import chart as charted

    _progress(f"reading {file} …")
    return charted(file, options)


def _progress(doing: str) -> None:
    from plotthedots.cli.progress import say

    say(doing)


def _counted(items: Iterable[Any], doing: str, of: int) -> Iterable[Any]:
    from plotthedots.cli.progress import counted

    return counted(items, doing, of)


def _notes(said: list[str]) -> None:
    from plotthedots.cli.progress import notes

    notes(said)


def _end(charted: Any) -> None:
    _progress("")
    _notes(charted.said + charted.result.said)
