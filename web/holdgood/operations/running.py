"""One command runs it all: the database is brought up to date, then web server and worker run until Ctrl-C."""

import errno
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from types import FrameType

from django.conf import settings
from django.core.management import call_command

Say = Callable[[str], object]
PATIENCE = 30  # seconds until the server must answer, and for both to end
STEP = 0.1
LONGEST_LOG = 10_000_000  # bytes, before the last one is kept aside


class UnableToRun(Exception):
    """The service could not be started: what happened, and where to look."""


def run(*, workers: int, say: Say) -> None:
    """Set up, start both processes, say where they are, wait, stop both."""
    prepare()
    stopping = Stopping()
    processes = {"web server": _web(workers), "worker": _worker()}
    try:
        _wait_for_answer(processes, stopping)
        say(f"Holdgood is at {settings.HOLDGOOD_ADDRESS}  (Ctrl-C stops it)")
        while not stopping.asked:
            for name, process in processes.items():
                if process.poll() is not None:
                    raise UnableToRun(f"The {name} ended by itself, with code {process.returncode}: see what it said.")
            time.sleep(STEP)
    finally:
        _stop(processes.values())
    say("Holdgood has stopped.")


def prepare() -> None:
    """Bring the database and the static files up to date."""
    if settings.HOLDGOOD_DEMO:
        call_command("demo", verbosity=0)
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)  # each time: an upgrade may have changed any


def _web(workers: int) -> "subprocess.Popen[bytes]":
    """A process works at one page at a time and takes the next visitor only when it is free.

    With connections kept open, or several threads, some wait for one process while the other has nothing to do.
    """
    with _listener() as listener:
        gunicorn = [sys.executable, "-m", "gunicorn", "holdgood.wsgi", "--bind", f"fd://{listener.fileno()}"]
        # Warnings and errors alone: pages asked for are in the application's own log.
        options = ["--workers", str(workers), "--timeout", "120", "--preload", "--log-level", "warning"]
        return subprocess.Popen([*gunicorn, *options], start_new_session=True, pass_fds=[listener.fileno()])


def _listener() -> socket.socket:
    port = int(os.environ.get("PORT", "8000"))
    try:
        listener = socket.create_server(("127.0.0.1", port), backlog=256)
    except OSError as problem:
        why = "another program has it" if problem.errno == errno.EADDRINUSE else problem.strerror
        raise UnableToRun(f"Port {port} cannot be used: {why}. Set PORT to another one.") from None
    if hasattr(socket, "TCP_DEFER_ACCEPT"):
        # Browsers open connections in advance: without a question yet they must hold no process up.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_DEFER_ACCEPT, PATIENCE)
    return listener


def _worker() -> "subprocess.Popen[bytes]":
    code = "from holdgood.commands import main; main()"
    folder = Path(settings.DATA) / "logs"
    folder.mkdir(exist_ok=True)
    log_file = folder / "worker.log"
    if log_file.exists() and log_file.stat().st_size > LONGEST_LOG:
        log_file.replace(folder / "worker.1.log")
    with log_file.open("ab") as log:  # a line a job: not what one starts the service to read
        return subprocess.Popen([sys.executable, "-c", code, "worker"], start_new_session=True, stdout=log)


class Stopping:
    """Whether Ctrl-C or a polite end was asked for."""

    def __init__(self) -> None:
        self.asked = False
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._ask)

    def _ask(self, _number: int, _frame: FrameType | None) -> None:
        self.asked = True


def _wait_for_answer(processes: dict[str, "subprocess.Popen[bytes]"], stopping: Stopping) -> None:
    end = time.monotonic() + PATIENCE
    address = f"http://127.0.0.1:{os.environ.get('PORT', '8000')}/health"
    while not stopping.asked:
        with suppress(OSError), urllib.request.urlopen(address, timeout=2) as answer:
            if answer.status == 200:
                return
        if processes["web server"].poll() is not None:
            raise UnableToRun("The web server did not start: see what it said above.")
        if time.monotonic() > end:
            raise UnableToRun(f"The web server did not answer within {PATIENCE} seconds.")
        time.sleep(STEP)


def _stop(processes: Iterable["subprocess.Popen[bytes]"]) -> None:
    running = [each for each in processes if each.poll() is None]
    for process in running:
        process.terminate()
    for process in running:
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
