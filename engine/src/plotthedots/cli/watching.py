"""A report that is made again whenever what it is made from changes."""

import subprocess
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path
from time import sleep
from typing import Any

from plotthedots.cli.progress import say
from plotthedots.errors import BadInput

EVERY = 0.25  # seconds between looks
Stamps = dict[str, tuple[int, int] | None]


def watch(words: Sequence[str], named: Sequence[str | None], pack: str | None) -> None:
    """Run the command of `words`, and again after each change of the files that are named, here or in the pack.

    A process of its own each time: what goes wrong in one is said, and the next change is waited for. Ends when it is
    interrupted.
    """
    if "-" in named:
        raise BadInput("--watch looks at files, and standard input is none: name a file.")
    if not any(named) and pack is None:
        raise BadInput("there is no FILE to watch: name it, or a --pack whose [data] says file.")
    try:
        while True:
            before = _stamps([*named, pack, *_of_pack(pack)])
            subprocess.run([sys.executable, "-m", "plotthedots", *words], check=False)
            say("waiting for a change; Ctrl-C ends …")
            _wait(before)
    except KeyboardInterrupt:
        say("")


def _wait(before: Stamps) -> None:
    """Until something changed and then stayed as it is for a moment: a file that is being written changes often."""
    now = _stamps(before)
    while now == before:
        sleep(EVERY)
        now = _stamps(before)
    steady: Stamps = {}
    while now != steady:
        sleep(EVERY)
        steady, now = now, _stamps(before)


def _stamps(files: Sequence[str | None] | Stamps) -> Stamps:
    """When each file was written and how large it is; None for one that is not there."""
    found: Stamps = {}
    for file in filter(None, files):
        try:
            about = Path(file).stat()
        except OSError:
            found[file] = None
        else:
            found[file] = (about.st_mtime_ns, about.st_size)
    return found


def _of_pack(pack: str | None) -> list[str]:
    """The files that a pack names, as far as it can be read; what is wrong with it, the command says."""
    if pack is None:
        return []
    try:
        held: dict[str, Any] = tomllib.loads(Path(pack).read_text(encoding="utf-8-sig"))
    except (OSError, ValueError):
        return []
    data = held.get("data")
    names = [held.get("logo"), *([data.get("file"), data.get("claims")] if isinstance(data, dict) else [])]
    return [str(Path(pack).parent / name) for name in names if isinstance(name, str)]
