from pathlib import Path

import click

from plotthedots.cli.commands import cli
from plotthedots.cli.reference import reference
from plotthedots.spc import spc

DOCS = Path(__file__).parents[3] / "docs" / "reference" / "commands.md"


def test_the_reference_is_what_the_commands_say() -> None:
    assert DOCS.read_text(encoding="utf-8") == reference(), "run make docs"


def test_every_keyword_of_spc_has_its_flag() -> None:
    flags = {option.name for option in cli.commands["spc"].params}
    keywords = set(spc.__kwdefaults__ or {}) - {"chart"} | {"family"}
    assert keywords <= flags


def test_every_option_has_a_help_text() -> None:
    for command in cli.commands.values():
        for option in command.params:
            assert not isinstance(option, click.Option) or option.help
