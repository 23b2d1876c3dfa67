"""What a pack says of its data, as the options of `report`: where the command line says nothing, the pack does."""

from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from plotthedots.errors import BadInput
from plotthedots.report.pack import Pack, read_pack, unknown_key

# A pack says these itself, or they are about one output and not about the data.
NOT_OF_DATA = {"output", "pack", "title", "subtitle", "period", "source", "paper", "template", "watch", "help"}


def from_pack(context: click.Context, path: str, file: str | None, options: dict[str, Any]) -> tuple[Pack, str | None]:
    """The pack, and the file to read; `options` take what the pack says and the command line does not."""
    pack = read_pack(path)
    where = f"{Path(path).name}, [data]"
    known = keys(context.command)
    words, given = [], []
    for key, value in pack.data.items():
        name = key.replace("_", "-")
        if name == "file":
            file = file if file is not None else _beside(path, _text(value, where, key))
        elif name not in known:
            raise unknown_key(key, ["file", *known], where)
        else:
            given.append(known[name].name)
            words += _words(name, known[name], value, path, f"{where}: {key}")
    try:
        parsed = context.command.make_context("report", ["-o", "report.html", *words]).params
    except click.ClickException as problem:
        raise BadInput(f"{where}: {problem.format_message()}") from problem
    for option in given:
        if option is not None and context.get_parameter_source(option) is not ParameterSource.COMMANDLINE:
            options[option] = parsed[option]
    return pack, file


def keys(command: click.Command) -> dict[str, click.Option]:
    """Keys of [data] with their options: the long names, without their hyphens in front."""
    return {
        long.removeprefix("--"): option
        for option in command.params
        if isinstance(option, click.Option) and option.name not in NOT_OF_DATA
        for long in option.opts
        if long.startswith("--")
    }


def _words(name: str, option: click.Option, value: Any, path: str, where: str) -> list[str]:
    """A key as the words of a command."""
    if option.is_flag:
        if not isinstance(value, bool):
            raise BadInput(f"{where}: found {value!r}, expected true or false.")
        other = option.secondary_opts[:1]
        return [f"--{name}"] if value else other
    values = value if isinstance(value, list) else [value]
    if len(values) > 1 and not option.multiple:
        raise BadInput(f"{where}: found {len(values)} values, expected one.")
    made = [_text(one, where.rpartition(": ")[0], name) for one in values]
    if name in ("claims", "rebase"):
        folder = Path(path).parent
        made = [_beside(path, one) if name == "claims" or (folder / one).is_file() else one for one in made]
    return [f"--{name}={one}" for one in made]


def _text(value: Any, where: str, key: str) -> str:
    if isinstance(value, (bool, dict, list)):
        raise BadInput(f"{where}: {key}: found {value!r}, expected a text or a number.")
    return str(value)


def _beside(pack: str, name: str) -> str:
    """A file that is named from where the pack is."""
    return name if name == "-" else str(Path(pack).parent / name)
