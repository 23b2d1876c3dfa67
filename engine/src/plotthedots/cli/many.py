"""A command whose repeatable options take several words at once: `--horizons 3 6 12`."""

from typing import Any

import click


class Many(click.Command):
    """`--by org type` is read as `--by org --by type`, once FILE has been named; numbers need not wait for it."""

    def parse_args(self, context: click.Context, args: list[str]) -> list[str]:
        return super().parse_args(context, self._repeated(context, args))

    def _repeated(self, context: click.Context, args: list[str]) -> list[str]:
        options = {name: option for option in self.get_params(context) for name in option.opts + option.secondary_opts}
        made: list[str] = []
        several, waiting, named = "", False, False
        for position, word in enumerate(args):
            if word == "--":
                return made + args[position:]
            if word.startswith("-") and word != "-" and not _number(word):
                option: Any = options.get(word)
                waiting = option is not None and not (option.is_flag or option.count)
                several = word if waiting and option.multiple else ""
                made.append(word)
            elif waiting:
                waiting = False
                made.append(word)
            elif several and (named or _number(word)):
                made += [several, word]
            else:
                several, named = "", True
                made.append(word)
        return made


def _number(word: str) -> bool:
    return word.lstrip("-").replace(".", "", 1).isdecimal()


class ReaderGone(Exception):
    """Whoever read standard output has seen enough."""


class Group(click.Group):
    """Whose commands are such."""

    command_class = Many

    def invoke(self, context: click.Context) -> Any:
        """Run the command. Click itself would end with code 1 where a pipe is closed, which is no error here."""
        try:
            return super().invoke(context)
        except BrokenPipeError as gone:
            raise ReaderGone from gone
