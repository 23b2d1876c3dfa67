"""The commands that look at many charts at once: rag, board."""

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import click

from plotthedots.cli import options as shared
from plotthedots.cli.many import Many
from plotthedots.cli.outputs import PICTURES, Drawings, drawn, ending, places, position, spoken
from plotthedots.cli.progress import say
from plotthedots.cli.writing import checked, end, write
from plotthedots.errors import BadInput


@click.command(cls=Many)
@shared.charting
@shared.colouring
@click.option(
    "-o",
    "--output",
    metavar="OUT",
    help="A table with a row per series and point (.xlsx holds the summary too), the picture of one series (.svg), or a folder of pictures.",
)
@click.option(
    "--summary", metavar="OUT", help="Write a row per series here; without any output it goes to standard output."
)
@click.option(
    "--series", metavar="NAME", help="Draw this series only; with several --by columns, their values joined by a comma."
)
@click.option("--width", type=click.IntRange(240, 4000), default=960, show_default=True, help="Width of a picture.")
def rag(
    file: str, output: str | None, summary: str | None, series: str | None, amber: float, width: int, **options: Any
) -> None:
    """What red, amber and green said of the last months of FILE, what the rules said, and how often each cried wolf.

    It takes a target and a direction. Green is at the target or better, red short of it by more than --amber.

    Example: plotthedots rag waits.csv --by trust --target 0.78 --direction increase --amber 0.02 -o colours
    """
    from plotthedots.cli.charting import chart
    from plotthedots.rag import rag_or_dots

    picture, tables = places(output, "points", {"summary": summary}, elsewhere=True)
    tables = tables if picture or tables else {"summary": "-"}
    checked([file], options, picture, tables)
    window, share = options.pop("window"), options.pop("share")
    kind = options["format_"] or ""
    say(f"reading {file} …")
    charted = chart(file, options)
    result = rag_or_dots(charted.result, amber, window, share)
    names = [spoken(name) for name in charted.result.series]
    drawings = Drawings(names, lambda place: result.draw(place, width=width), lambda: result.summary)
    with ExitStack() as stack:
        if picture:
            stack.enter_context(drawn(drawings, picture, series))
        write(tables, lambda name: getattr(result, name), kind)
    end([*charted.said, *charted.result.said, result.sentence()])


@click.command(cls=Many)
@shared.charting
@click.option(
    "--as",
    "kind",
    type=click.Choice(["overview", "multiples", "grid"]),
    default="overview",
    show_default=True,
    help="A row a series; the charts side by side; or how many series are in each cell of the icon grid, and which moved.",
)
@click.option(
    "--common/--own", default=True, show_default=True, help="Charts side by side on one scale, or each its own."
)
@click.option(
    "--series",
    "chosen",
    metavar="NAME",
    multiple=True,
    help="These series only, in this order; with several --by columns, their values joined by a comma. Repeat for more.",
)
@click.option("--title", default="", help="Title of the picture.")
@click.option("--width", type=click.IntRange(240, 4000), default=960, show_default=True, help="Width of the picture.")
@click.option("-o", "--output", metavar="OUT", required=True, help="The picture: .svg, .png or .pdf.")
def board(
    file: str, output: str, kind: str, common: bool, chosen: tuple[str, ...], title: str, width: int, **options: Any
) -> None:
    """All series of FILE in one picture.

    Example: plotthedots board waits.csv --by trust --target 0.78 --direction increase --as multiples -o board.svg
    """
    from plotthedots import board as boards
    from plotthedots.cli.charting import chart

    if output != "-" and ending(output) not in PICTURES:
        raise BadInput(f"{output}: a board is a picture: expected .svg, .png or .pdf.")
    checked([file], options, output, {})
    say(f"reading {file} …")
    charted = chart(file, options)
    result = charted.result
    look: dict[str, Any] = {"title": title, "width": width}
    names = [spoken(name) for name in result.series]
    series = [result.series[position(names, name)] for name in chosen] or None
    made: dict[str, Callable[[], str]] = {
        "overview": lambda: boards.overview(result, series, **look),
        "multiples": lambda: boards.small_multiples(result, common, series, **look),
        "grid": lambda: boards.icon_grid(result, **look),
    }
    with drawn(Drawings([""], lambda _: made[kind](), lambda: None), output, None):
        pass
    end([*charted.said, *charted.result.said])
