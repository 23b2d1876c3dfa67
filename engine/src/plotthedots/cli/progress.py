"""What long work is doing, on standard error, where a person is looking."""

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

from plotthedots.cli import on_one_line

Item = TypeVar("Item")


def say(doing: str) -> None:
    """One line that the next one replaces; nothing where standard error is a file."""
    # None where whoever started the command had closed it.
    if sys.stderr is not None and sys.stderr.isatty():
        print(f"\r\033[K{doing}", end="", file=sys.stderr, flush=True)


def done() -> None:
    say("")


def counted(items: Iterable[Item], doing: str, of: int, *, every: int = 50) -> Iterator[Item]:
    """The items, with how many have gone by."""
    for number, item in enumerate(items, 1):
        if number % every == 1:
            say(f"{doing} {number:,} of {of:,} …")
        yield item
    done()


def notes(sentences: Iterable[str]) -> None:
    """What a person should know of the reading: on standard error, so that tables stay tables."""
    for sentence in sentences:
        print(f"plotthedots: note: {on_one_line(sentence)}", file=sys.stderr)
