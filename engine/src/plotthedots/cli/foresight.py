"""The commands that look ahead and behind: forecast, gains, budget."""

from contextlib import ExitStack
from typing import Any

import click

from plotthedots.cli import options as shared
from plotthedots.cli.many import Many
from plotthedots.cli.outputs import Drawings, drawn, ending, places, spoken
from plotthedots.cli.progress import say
from plotthedots.cli.writing import checked, end, write
from plotthedots.errors import BadInput


@click.command(cls=Many)
@shared.forecasting
@click.option(
    "-o",
    "--output",
    metavar="OUT",
    help="A table with a row per series and step (.xlsx holds the record too), the chart of one series (.svg), or a folder of charts. Without any output the table goes to standard output.",
)
@click.option("--record", metavar="OUT", help="Write here how good the forecasts of each series have been.")
@click.option(
    "--series", metavar="NAME", help="Draw this series only; with several --by columns, their values joined by a comma."
)
@shared.drawing
def forecast(file: str, output: str | None, record: str | None, series: str | None, **options: Any) -> None:
    """What comes next in every series of FILE, how far off it may be, and how good such forecasts have been.

    Example: plotthedots forecast waits.csv --by trust --target 0.05 --direction decrease --horizon 6 -o forecast.xlsx
    """
    from plotthedots.cli.foreseeing import forecast as made

    picture, tables = places(output, "points", {"record": record})
    look = checked([file], options, picture, tables)
    kind = options["format_"] or ""
    say(f"reading {file} …")
    foreseen = made(file, options)
    result = foreseen.result
    names = [spoken(name) for name in result.series]

    def index() -> Any:
        return result.record.append_column("sentence", [[result.sentence_at(place) for place in range(len(names))]])

    drawings = Drawings(names, lambda place: result.draw(place, **look), index)
    with ExitStack() as stack:
        if picture:
            stack.enter_context(drawn(drawings, picture, series))
        write(tables, lambda name: getattr(result, name), kind)
    end([*foreseen.said, result.count()])


@click.command(cls=Many)
@shared.judging
@click.option(
    "-o",
    "--output",
    metavar="OUT",
    help="A table with a row per claim (.xlsx holds history and survival too), the chart of one gain's life (.svg), or a folder of charts. Without any output the table goes to standard output.",
)
@click.option("--history", metavar="OUT", help="Write here a row per claim and observation since.")
@click.option("--survival", metavar="OUT", help="Write here how long gains last: a table, or the curve as .svg.")
@click.option("--survival-by", metavar="COL", help="Split survival by this column of the claims.")
@click.option("--gain", metavar="NAME", help="Draw this gain only.")
@shared.drawing
def gains(
    file: str, output: str | None, history: str | None, survival: str | None, gain: str | None, **options: Any
) -> None:
    """What became of claimed improvements: shown or not, how large, holding, slipping or lost, and for how long.

    Claims have the columns of --by and `claimed`, a date; if wanted gain (a name), direction, baseline_from,
    entered_on, withdrawn_on.

    Example: plotthedots gains falls.csv --by ward --direction decrease --claims claims.csv -o gains.xlsx
    --survival survival.svg
    """
    from plotthedots.cli.foreseeing import gains as made

    curve = survival if survival is not None and ending(survival) == "svg" else None
    others = {"history": history, "survival": None if curve else survival}
    picture, tables = places(output, "summary", others, elsewhere=curve is not None)
    files = [file, *(named for named in (options["claims"], options["placebos"]) if named is not None)]
    look = checked(files, options, picture, tables, curve)
    split = options["survival_by"]
    kind = options["format_"] or ""
    say(f"reading {file} …")
    foreseen = made(file, options)
    result = foreseen.result
    drawings = Drawings(
        result.gains, lambda place: result.draw(place, **look), lambda: result.summary, "gain", "gains", "--gain"
    )
    with ExitStack() as stack:
        if picture:
            stack.enter_context(drawn(drawings, picture, gain))
        if curve:
            curved = {name: value for name, value in look.items() if name != "last"}
            one = Drawings([""], lambda _: result.survival_svg(split, **curved), lambda: None)
            stack.enter_context(drawn(one, curve, None))
        write(tables, lambda name: result.survival(split) if name == "survival" else getattr(result, name), kind)
    end([*foreseen.said, result.count()])


@click.command(cls=Many)
@shared.charting
@shared.budgeting
@click.option(
    "-o", "--output", metavar="OUT", help="A table with a row per series; without any it goes to standard output."
)
def budget(file: str, output: str | None, **options: Any) -> None:
    """Which of many charts to look at, so that of those shown at most a stated share is there by chance.

    FILE should be one level of an organisation: series that contain one another are not a board.

    Example: plotthedots budget waits.csv --by trust --direction decrease --window 12 --share 0.1 -o budget.csv
    """
    from plotthedots.cli.charting import chart
    from plotthedots.cli.foreseeing import budget as made

    picture, tables = places(output, "series", {})
    if picture:
        raise BadInput(f"{output}: a budget is a table: expected .csv, .parquet or .xlsx.")
    checked([file], options, None, tables)
    kind = options["format_"] or ""
    say(f"reading {file} …")
    charted = chart(file, options)
    result = made(charted.result, options)
    write(tables, lambda name: getattr(result, name), kind)
    end([*charted.said, *charted.result.said, result.sentence()])
