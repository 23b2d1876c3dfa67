"""What a command may write where, and drawings written: one to a file, or many to a folder with an index."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from plotthedots.errors import BadInput

OURS = r"index\.csv|\d{4,}-[a-z0-9-]+\.svg"
PICTURES = ("svg", "png", "pdf")


@dataclass(frozen=True)
class Drawings:
    """Pictures that a command can draw: a name and a row of `index` for each, drawn when asked for by position."""

    names: list[str]
    draw: Callable[[int], str]
    index: Callable[[], Any]  # an Arrow table
    one: str = "series"
    many: str = "series"
    option: str = "--series"


def ending(output: str) -> str:
    """What a name ends with: "svg", "csv"; nothing for a folder."""
    return Path(output).suffix.lower().lstrip(".")


def places(
    output: str | None, main: str, others: dict[str, str | None], *, elsewhere: bool = False
) -> tuple[str | None, dict[str, str]]:
    """Where charts go, if anywhere, and where each table goes.

    `main` is the table of -o; a workbook there takes the others too, but those with a place of their own. Without
    any output, here or `elsewhere`, it goes to standard output.
    """
    wanted = {name: path for name, path in others.items() if path is not None}
    if output is None:
        return None, wanted if wanted or elsewhere else {main: "-"}
    kind = ending(output)
    if output != "-" and kind in ("", "svg", "png", "pdf", "pptx"):
        return output, wanted
    return None, {main: output} | (dict.fromkeys(others, output) if kind == "xlsx" else {}) | wanted


def check_picture(output: str) -> None:
    """BadInput, before any work is done, for a name that no picture can be written to."""
    kind = ending(output)
    if kind and kind not in PICTURES and output != "-":
        raise BadInput(f"{output}: charts are written as .svg, .png or .pdf, or into a folder.")
    if kind in ("png", "pdf"):
        from plotthedots.report.needs import needed

        needed(kind)


def refuse_input(files: str | Iterable[str], *outputs: str) -> None:
    """An output never takes the place of a file that is being read, nor two the same place, but as sheets."""
    single = [output for output in outputs if not output.lower().endswith(".xlsx")]
    if len({Path(output).resolve() for output in single}) < len(single):
        raise BadInput(f"two outputs have the same name ({', '.join(outputs)}): name each its own.")
    read = [file for file in ([files] if isinstance(files, str) else files) if file != "-"]
    for output in outputs:
        if output != "-" and any(Path(output).resolve() == Path(file).resolve() for file in read):
            raise BadInput(f"{output} is the file that is read: name another output.")


def position(names: list[str], name: str, one: str = "series", option: str = "--series") -> int:
    """Position of the picture that a person names."""
    if name in names:
        return names.index(name)
    import difflib

    close = difflib.get_close_matches(name, names, n=1)
    raise BadInput(f'{option}: no {one} "{name}".' + (f' Did you mean "{close[0]}"?' if close else ""))


@contextmanager
def drawn(drawings: Drawings, output: str, only: str | None) -> Iterator[None]:
    """Pictures written to a file or a folder, which take their places when what is done inside went well too."""
    with ExitStack() as stack:
        check_picture(output)
        if ending(output) or output == "-":
            _one(drawings, output, only, stack)
        else:
            _folder(drawings, output, only, stack)
        yield


def _one(drawings: Drawings, output: str, only: str | None, stack: ExitStack) -> None:
    from plotthedots.files.output import whole

    if only is None and len(drawings.names) > 1:
        raise BadInput(
            f"{output} holds one chart and there are {len(drawings.names):,} {drawings.many}: "
            f"name one with {drawings.option}, or a folder."
        )
    place = 0 if only is None else position(drawings.names, only, drawings.one, drawings.option)
    picture = _as(ending(output), drawings.draw(place))
    stack.enter_context(whole(output)).write(picture)


def _as(kind: str, picture: str) -> bytes:
    """An SVG text as what the ending asks for."""
    if kind == "png":
        from plotthedots.report.png import png

        return png(picture)
    if kind == "pdf":
        from plotthedots.report.pdf import one

        return one(picture)
    return picture.encode()


def _folder(drawings: Drawings, output: str, only: str | None, stack: ExitStack) -> None:
    import pyarrow as pa

    from plotthedots.cli.progress import counted
    from plotthedots.files.output import whole_folder, write_tables

    names = drawings.names
    places = list(range(len(names))) if only is None else [position(names, only, drawings.one, drawings.option)]
    digits = max(4, len(str(len(places))))
    folder = stack.enter_context(whole_folder(output, ours=OURS))
    files = []
    for number, place in enumerate(counted(places, "drawing", len(places)), 1):
        files.append(f"{number:0{digits}}-{_safe(names[place])}.svg")
        (folder / files[-1]).write_text(drawings.draw(place), encoding="utf-8")
    index = drawings.index().take(places)
    write_tables(
        {"index": pa.table({"file": files, **{name: index[name] for name in index.column_names}})},
        str(folder / "index.csv"),
    )


def _safe(name: str) -> str:
    """A name as a file may bear it anywhere: letters, digits and hyphens."""
    return re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-")[:60].lower() or "chart"


def spoken(name: Any) -> str:
    """The name of a series as a person writes it: several values are joined by a comma."""
    return ",".join(map(str, name)) if isinstance(name, tuple) else str(name)
