"""Names of files: what kind they ask for and what is said of those that lead nowhere."""

import os
from pathlib import Path

import pytest

from plotthedots.errors import BadInput
from plotthedots.files import paths


@pytest.mark.parametrize(
    ("name", "format", "kind"),
    [
        ("a.csv", "", "csv"),
        ("a.TXT", "", "csv"),
        ("a.tsv", "", "csv"),
        ("a.pq", "", "parquet"),
        ("folder.csv/a.parquet", "", "parquet"),
        ("a.XLSM", "", "xlsx"),
        ("-", "", "csv"),
        ("-", "xlsx", "xlsx"),
        ("a.dat", "csv", "csv"),
        ("a", "parquet", "parquet"),
    ],
)
def test_the_kind_of_a_file_is_told_by_its_ending_or_said(name: str, format: str, kind: str) -> None:
    assert paths.kind(name, format) == kind


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("a.xls", "read, not written: say .xlsx"),
        ("a.xlsb", "read, not written: say .xlsx"),
        ("a.ods", "read, not written: say .xlsx"),
        ("a.numbers", "export it as .xlsx or .csv"),
        ("a.csv.gz", "decompress it first"),
        ("a.zip", "decompress it first"),
        ("a.docx", "expected .csv, .parquet or .xlsx"),
        ("a", "expected .csv, .parquet or .xlsx"),
    ],
)
def test_a_kind_that_is_not_read_is_answered_with_what_to_do(name: str, said: str) -> None:
    with pytest.raises(BadInput) as problem:
        paths.kind(name)
    assert str(problem.value).startswith(f"{name}: ")
    assert said in str(problem.value)


def test_a_name_that_is_not_there_brings_the_nearest_that_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "Waits 2024.csv").touch()
    (tmp_path / "waits folder").mkdir()
    monkeypatch.chdir(tmp_path)
    for name, guess in (("waits 2024.csv", "Waits 2024.csv"), (f"{tmp_path}/wait.csv", f"{tmp_path}/Waits 2024.csv")):
        with pytest.raises(BadInput) as problem:
            paths.check_readable(name)
        assert f'Did you mean "{guess}"?' in str(problem.value)
    with pytest.raises(BadInput, match=r"there is no such file\.$"):
        paths.check_readable("falls.parquet")


def test_a_folder_and_a_folder_that_is_not_there_are_said(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="is a folder; name the file in it"):
        paths.check_readable(str(tmp_path))
    with pytest.raises(BadInput, match="there is no folder"):
        paths.check_readable(str(tmp_path / "nowhere" / "a.csv"))


def test_files_pipes_and_devices_may_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.csv").touch()
    os.mkfifo(tmp_path / "pipe")
    for name in (tmp_path / "a.csv", tmp_path / "pipe", Path("/dev/null")):
        paths.check_readable(str(name))


def test_a_file_is_spoken_of_by_its_name() -> None:
    assert paths.spoken("/some/where/a.csv") == "a.csv"
    assert paths.spoken("-") == "standard input"
