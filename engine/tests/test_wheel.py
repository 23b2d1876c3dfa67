"""The built wheel: what is in it, that its core works without the extras, and what a missing extra says."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ENGINE = Path(__file__).parents[1]
EXTRAS = ("weasyprint", "pptx", "xlsxwriter", "resvg_py")
# Run with the unpacked wheel first on the path; the extras cannot be imported, as on a machine without them.
WITHOUT = f"""
import sys
sys.path.insert(0, sys.argv[1])
for name in {EXTRAS}:
    sys.modules[name] = None
import plotthedots
assert plotthedots.__file__.startswith(sys.argv[1]), plotthedots.__file__
"""
CORE = """
months = [f"{2024 + month // 12}-{month % 12 + 1:02}-01" for month in range(24)]
result = plotthedots.spc({"date": months, "value": list(range(24))}, target=5, direction="increase")
assert result.to_svg().startswith("<svg")
assert result.summary["variation"] == ["improvement_high"]
from plotthedots.report import html
assert "</html>" in "".join(html(result))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ENGINE, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def unpacked(wheel: Path) -> Path:
    folder = wheel.parent / "unpacked"
    with zipfile.ZipFile(wheel) as file:
        file.extractall(folder)
    return folder


def run(unpacked: Path, code: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", WITHOUT + code, str(unpacked)]
    return subprocess.run(command, cwd=unpacked, capture_output=True, text=True, check=False)


def test_it_holds_types_data_fonts_and_their_licences(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as file:
        names = set(file.namelist())
    wanted = ("py.typed", "data/ae_attendances.csv", "data/ae_attendances.LICENCE.md", "budget/null.npz")
    fonts = ("fonts/LICENCE.txt", "fonts/LiberationSans-Regular.ttf", "fonts/LiberationSans-Bold.ttf")
    assert {f"plotthedots/{name}" for name in (*wanted, *fonts)} <= names
    assert not any(name.startswith("tests/") or "/tests/" in name for name in names)


def test_the_core_works_without_the_extras(unpacked: Path) -> None:
    done = run(unpacked, CORE)
    assert done.returncode == 0, done.stderr


def test_what_a_report_needs_is_said_in_a_sentence(unpacked: Path) -> None:
    code = "from plotthedots.cli import main\nsys.argv = ['plotthedots', *sys.argv[2:]]\nmain()"
    command = [
        sys.executable, "-c", WITHOUT + code,
        str(unpacked), "report", "plotthedots/data/ae_attendances.csv", "--by", "org_code", "--by", "type",
        "--date", "period", "--value", "breaches", "-o", "report.pdf",
    ]  # fmt: skip
    done = subprocess.run(command, cwd=unpacked, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert 'pip install "plotthedots[report]"' in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (unpacked / "report.pdf").exists()
