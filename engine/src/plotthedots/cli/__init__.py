"""The command line: a thin reading of the engine. `plotthedots --help` says what there is."""

import os
import signal
import sys
from contextlib import suppress
from importlib.abc import MetaPathFinder
from typing import Any

import click

from plotthedots.errors import BadInput


class _WithoutPandas(MetaPathFinder):
    """Arrow loads pandas wherever it is there, in case a value is one of its: a third of a second and 45 MB for nothing."""

    def find_spec(self, fullname: str, *_: Any) -> None:
        if fullname == "pandas":
            raise ModuleNotFoundError("commands have no use for it", name=fullname)


def main() -> None:
    """Run the command; every problem ends in one sentence and exit code 2, an interruption in 130."""
    signal.signal(signal.SIGTERM, _stop)
    sys.meta_path.insert(0, _WithoutPandas())
    code = _run()
    if code == 2:
        # Behind a problem threads of Arrow may still be reading; on Python's way out they now and then abort it.
        for stream in (sys.stdout, sys.stderr):
            with suppress(AttributeError, OSError, ValueError):
                stream.flush()
        os._exit(code)
    sys.exit(code)


def _run() -> int:
    from plotthedots.cli.commands import cli
    from plotthedots.cli.many import ReaderGone

    try:
        cli(prog_name="plotthedots", standalone_mode=False)
        if sys.stdout is not None:
            sys.stdout.flush()
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.ClickException as problem:
        return _say(_usage(problem))
    except (KeyboardInterrupt, click.Abort):
        print("plotthedots: stopped; nothing was written.", file=sys.stderr)
        return 130
    except (BrokenPipeError, ReaderGone):
        _write_no_more()  # whoever read standard output has seen enough
        return 0
    except BadInput as problem:
        return _say(str(problem))
    except MemoryError:
        return _say("there is not enough memory for this file.")
    except OSError as problem:
        _write_no_more()
        where = f"{problem.filename}: " if problem.filename else ""
        return _say(f"{where}{(problem.strerror or str(problem)).lower()}; nothing was written.")
    return 0


def _write_no_more() -> None:
    """Python would try once more on its way out, and complain: what is left in its buffer goes nowhere."""
    with suppress(AttributeError, OSError, ValueError):  # there may be no standard output at all
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _say(sentence: str) -> int:
    print(f"plotthedots: {on_one_line(sentence)}", file=sys.stderr)
    return 2


def on_one_line(sentence: str) -> str:
    """The sentence as a terminal may show it: what a cell holds can break lines, or tell a terminal what to do."""
    return "".join(mark if mark.isprintable() else mark.encode("unicode_escape").decode() for mark in sentence)


def _usage(problem: click.ClickException) -> str:
    message = problem.format_message()
    context = getattr(problem, "ctx", None)
    return f"{message} Try '{context.command_path} --help'." if context else message


def _stop(*_: Any) -> None:
    raise KeyboardInterrupt
