"""The command that writes a report: as a page, a PDF, slides or a workbook, by the ending of its name."""

import datetime as dt
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from plotthedots.cli import options as shared
from plotthedots.cli.many import Many
from plotthedots.cli.outputs import ending, refuse_input
from plotthedots.cli.progress import counted, notes, say
from plotthedots.errors import BadInput

KINDS = ("html", "htm", "pdf", "pptx", "xlsx")


@click.command(cls=Many)
@shared.reported
@click.option("-o", "--output", metavar="OUT.html|pdf|pptx|xlsx", required=True, help="The report, by its ending.")
@click.option(
    "--pack",
    metavar="FILE",
    help="A TOML file that says which file, columns and measures, in which order, and what is done about each.",
)
@click.option("--title", default="", help="Name of the report.")
@click.option("--subtitle", default="", help="A line below the title.")
@click.option(
    "--period",
    default="",
    help="What it is about, such as March 2026; otherwise the latest date that most measures share.",
)
@click.option("--source", default="", help="Where the data came from; the name of FILE otherwise.")
@click.option(
    "--too-few", type=click.IntRange(1), default=15, show_default=True, help="Points below which no verdict is shown."
)
@click.option("--paper", type=click.Choice(["a4", "slides"]), help="Pages of a PDF: A4, or slides of 16 to 9. [a4]")
@click.option("--template", metavar="FILE", help="A .pptx of your own whose layouts the slides take.")
@click.option(
    "--watch", is_flag=True, help="Make it again whenever FILE, or what the pack names, changes, until Ctrl-C."
)
@click.pass_context
def report(
    context: click.Context, /, file: str | None, output: str, pack: str | None, watch: bool, **options: Any
) -> None:
    """A report of every series of FILE: a cover with the icon grid, the exceptions in sentences, a page a measure.

    As .html one file that needs nothing else, on screen, on a phone and on paper; as .pdf A4 pages or slides; as .pptx
    slides with charts that can be edited; as .xlsx a sheet a measure. With --claims it tells what became of each gain,
    with --forecast what comes next, with --budget which signals are worth a look, with --rag what colours would have
    asked. A --pack may say all of it.

    Example: plotthedots report waits.csv --by trust --direction decrease --target 0.05 -o report.pdf
    """
    kind = _kind(output, options)
    if not watch:
        _make(context, kind, file, output, pack, options)
        return
    from plotthedots.cli.watching import watch as again

    again([word for word in sys.argv[1:] if word != "--watch"], [file, options["claims"], options["template"]], pack)


def _make(
    context: click.Context, kind: str, file: str | None, output: str, pack: str | None, options: dict[str, Any]
) -> None:
    """Read what the options and the pack say, and write the report."""
    from plotthedots.cli.charting import chart
    from plotthedots.cli.foreseeing import for_report
    from plotthedots.cli.packing import from_pack

    made = None
    if pack is not None:
        made, file = from_pack(context, pack, file, options)
    if file is None:
        raise BadInput("there is no FILE to report on: name it, or a --pack whose [data] says file.")
    refuse_input([file, *filter(None, [pack, options["claims"], options["template"]])], output)
    told = {name: options.pop(name) for name in ("title", "subtitle", "period", "source", "too_few")}
    look = {name: options.pop(name) for name in ("paper", "template")}
    budget, rag, amber = (options.pop(name) for name in ("budget", "rag", "amber"))
    told["side_by_side"] = options.pop("side_by_side") or ""
    say(f"reading {file} …")
    charted = chart(file, options, for_report(options))
    gains, forecast = charted.more or (None, None)
    own = "" if file == "-" or (made is not None and made.source) else Path(file).name
    told |= {"gains": gains, "forecast": forecast, "pack": made, "source": told["source"] or own}
    told |= {"budget": _budget(charted.result) if budget else None, "rag": _rag(charted.result, amber) if rag else None}
    told |= {"made_on": dt.datetime.now().astimezone().date()}
    _write(charted.result, kind, output, told, look)
    say("")
    notes(charted.said + charted.result.said)


def _kind(output: str, options: dict[str, Any]) -> str:
    """What is to be written; BadInput before any work where it cannot be."""
    from plotthedots.report.needs import MODULES, needed

    kind = "html" if output == "-" else ending(output)
    if kind not in KINDS:
        raise BadInput(f"{output}: a report is written as .html, .pdf, .pptx or .xlsx.")
    if options["paper"] and kind != "pdf":
        raise BadInput(f"--paper is of a PDF, and {output} is none: leave it out.")
    if options["template"] and kind != "pptx":
        raise BadInput(f"--template is of slides (.pptx), and {output} is none: leave it out.")
    if kind in MODULES:
        needed(kind)
    return kind


def _write(result: Any, kind: str, output: str, told: dict[str, Any], look: dict[str, Any]) -> None:
    from plotthedots import report as reports
    from plotthedots.files.output import whole

    if kind in ("html", "htm"):
        pieces = reports.html(result, **told)
        with whole(output) as out:
            for piece in counted(pieces, "writing page", len(result.series)):
                out.write(piece.encode())
        return
    makes: dict[str, Callable[[], bytes]] = {
        "pdf": lambda: reports.pdf(result, paper=look["paper"] or "a4", say=say, **told),
        "pptx": lambda: reports.pptx(result, template=look["template"], say=say, **told),
        "xlsx": lambda: reports.xlsx(result, say=say, **told),
    }
    with whole(output) as out:
        out.write(makes[kind]())


def _rag(result: Any, amber: float) -> Any:
    from plotthedots.rag import rag_or_dots

    return rag_or_dots(result, amber)


def _budget(result: Any) -> Any:
    from plotthedots.budget import signal_budget

    return signal_budget(result)
