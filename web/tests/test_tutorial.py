"""The tutorial is walked in a browser, word by word, from an empty installation to the chart of the file it shows."""

import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TUTORIAL = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
PORT = 8377
HERE = f"http://127.0.0.1:{PORT}"
SECONDS = 60


@pytest.fixture
def service() -> Iterator[None]:
    """An installation as the first command starts it."""
    assert "HOLDGOOD_DEMO=0 HOLDGOOD_DATA=mine make run" in TUTORIAL
    with tempfile.TemporaryDirectory() as data:
        environment = {**os.environ, "HOLDGOOD_DATA": data, "HOLDGOOD_DEMO": "0", "PORT": str(PORT)}
        for name in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE"):
            environment.pop(name, None)
        code = "from holdgood.commands import main; main()"
        process = subprocess.Popen([sys.executable, "-c", code, "run"], env=environment, cwd=ROOT)
        try:
            _wait(process)
            yield
        finally:
            process.terminate()
            process.wait(SECONDS)


def _wait(process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + SECONDS
    while time.monotonic() < end and process.poll() is None:
        with suppress(OSError), urllib.request.urlopen(f"{HERE}/health", timeout=2):
            return
        time.sleep(0.1)
    raise AssertionError("The service did not start.")


@pytest.mark.usefixtures("service")
def test_from_nothing_to_a_chart_of_ones_own_file(tmp_path) -> None:
    from playwright.sync_api import sync_playwright

    file = tmp_path / "falls.csv"
    file.write_text(re.search(r"```csv\n(.*?)```", TUTORIAL, re.DOTALL)[1], encoding="utf-8")
    with sync_playwright() as playwright:
        options = {"executable_path": "/usr/bin/chromium", "args": ["--no-sandbox", "--disable-gpu"]}
        browser = playwright.chromium.launch(**options)
        page = browser.new_page()
        problems: list[str] = []
        page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
        walk(page, file)
        assert problems == []
        browser.close()


def press(page, name: str) -> None:
    """Press what the tutorial prints in bold."""
    assert f"**{name}**" in TUTORIAL, name
    page.get_by_role("link", name=name, exact=True).or_(page.get_by_role("button", name=name, exact=True)).first.click()


def walk(page, file: Path) -> None:
    page.goto(HERE)
    page.get_by_label("Name of your organisation").fill("Fenland NHS Trust")
    page.get_by_label("Since when has it been?").fill("1 April 2015")
    page.get_by_label("Your name").fill("Nell Ash")
    page.get_by_label("Your e-mail address").fill("nell@fenland.example")
    page.get_by_label("A password").fill("quiet heron by the weir")
    press(page, "Begin")

    press(page, "About this place")
    press(page, "Open a place in it")
    page.get_by_label("Name", exact=True).fill("Ward 7")
    page.get_by_label("Ward", exact=True).check()
    page.get_by_label("Open since").fill("1 April 2015")
    press(page, "Open it")

    press(page, "Measures")
    press(page, "Catalogue of measures")
    press(page, "Take from the shipped catalogue")
    page.get_by_text(re.compile(r"^Safety \(")).click()
    page.get_by_label("Falls for each 1,000 bed days", exact=True).check()
    press(page, "Take those ticked")

    press(page, "Measures")
    press(page, "Bring numbers in")
    page.locator("input[type=file]").set_input_files(str(file))
    press(page, "Read the file")
    press(page, "Bring them in")

    page.goto(f"{HERE}/at/ward-7/")
    press(page, "Measures")
    press(page, "Falls per 1,000 bed days")
    assert page.locator("h1").inner_text() == "Falls per 1,000 bed days on Ward 7: fewer since January 2026"
    page.get_by_role("group", name="Chart. Arrow keys walk through its points.").first.press("End")
    assert "August 2026" in page.locator(".hg-point").inner_text()
