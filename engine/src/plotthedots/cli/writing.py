"""What commands with several outputs share: places checked before the work, tables written, sentences at the end."""

from collections.abc import Callable
from typing import Any

from plotthedots.cli import options as shared
from plotthedots.cli.outputs import check_picture, refuse_input
from plotthedots.cli.progress import notes, say
from plotthedots.errors import BadInput


def checked(
    files: list[str], options: dict[str, Any], picture: str | None, tables: dict[str, str], curve: str | None = None
) -> dict[str, Any]:
    """How charts look, once it is known that everything can be written where it is to go."""
    from plotthedots.files.output import check

    if files.count("-") > 1:
        raise BadInput("standard input is one file: name the others.")
    drawn_to = [path for path in (picture, curve) if path is not None]
    for path in drawn_to:
        check_picture(path)
    refuse_input(files, *tables.values(), *drawn_to)
    for path in tables.values():
        check(path, options["format_"] or "")
    return shared.look(options)


def write(tables: dict[str, str], table: Callable[[str], Any], kind: str) -> None:
    from plotthedots.files.output import write_each

    if tables:
        say(f"writing {' and '.join(tables)} …")
        write_each({name: table(name) for name in tables}, tables, kind)


def end(sentences: list[str]) -> None:
    say("")
    notes(sentences)
