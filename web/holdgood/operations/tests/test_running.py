"""The web server's door: one that is taken is said, and connections without a question hold nobody up."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[4]
PORT = 8379
SECONDS = 60


def _begin(data: Path, port: int) -> "subprocess.Popen[str]":
    environment = {**os.environ, "HOLDGOOD_DATA": str(data), "HOLDGOOD_DEMO": "0", "PORT": str(port)}
    for name in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE"):
        environment.pop(name, None)
    code = "from holdgood.commands import main; main()"
    return subprocess.Popen(
        [sys.executable, "-c", code, "run"], env=environment, cwd=ROOT, stderr=subprocess.PIPE, text=True
    )


@pytest.fixture
def service(tmp_path: Path) -> Iterator[None]:
    process = _begin(tmp_path, PORT)
    end = time.monotonic() + SECONDS
    while time.monotonic() < end and process.poll() is None:
        with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{PORT}/health", timeout=2):
            break
    yield
    process.terminate()
    process.communicate(timeout=SECONDS)


@pytest.mark.usefixtures("service")
def test_connections_opened_in_advance_hold_nobody_up():
    opened = [socket.create_connection(("127.0.0.1", PORT)) for _ in range(8)]
    with urllib.request.urlopen(f"http://127.0.0.1:{PORT}/health", timeout=SECONDS / 6) as answer:
        assert answer.status == 200
    for each in opened:
        each.close()


def test_a_port_that_is_taken_is_said_in_a_sentence(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        process = _begin(tmp_path, port)
        _, said = process.communicate(timeout=SECONDS)
    assert process.returncode == 1
    assert said == f"CommandError: Port {port} cannot be used: another program has it. Set PORT to another one.\n"
