"""The reference of all commands as Markdown, from their own help: `python -m plotthedots.cli.reference OUT`."""

import sys
from pathlib import Path

import click

from plotthedots.cli.commands import cli


def reference() -> str:
    """Every command and option with its help."""
    parts = ["# Commands\n\nGenerated from the commands' own help by `make docs`; a test holds the two together.\n"]
    parts.append(_paragraphs(cli.help or ""))
    for name, command in cli.commands.items():
        parts.append(
            f"\n## plotthedots {name}\n\n`plotthedots {name} {_usage(command)}`\n\n{_paragraphs(command.help or '')}"
        )
        parts.append("\n| option | what it does |\n| --- | --- |")
        parts += [_row(option) for option in command.params if isinstance(option, click.Option)]
    return "\n".join(parts) + "\n"


def _usage(command: click.Command) -> str:
    arguments = [
        argument.make_metavar(click.Context(command))
        for argument in command.params
        if isinstance(argument, click.Argument)
    ]
    return " ".join([*arguments, "[OPTIONS]"])


def _paragraphs(text: str) -> str:
    return "\n\n".join(" ".join(part.split()) for part in text.split("\n\n")) + "\n"


def _row(option: click.Option) -> str:
    names = ", ".join(f"`{name}`" for name in [*option.opts, *option.secondary_opts])
    choices = f" `{'` `'.join(option.type.choices)}`." if isinstance(option.type, click.Choice) else ""
    kind = f" {option.metavar}".replace("|", "\\|") if option.metavar else ""
    shown = option.show_default if isinstance(option.show_default, str) else option.default
    default = f" Default: {shown}." if option.show_default and shown is not None else ""
    return f"| {names}{kind} | {(option.help or '').replace('|', chr(92) + '|')}{choices}{default} |"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(reference(), encoding="utf-8")
