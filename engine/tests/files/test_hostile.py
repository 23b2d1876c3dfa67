"""Workbooks that would do harm, or are not what they say: one sentence, and little memory, in a process each."""

import datetime as dt
import json
import random
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from plotthedots.errors import BadInput
from plotthedots.files import gate, open_source

from . import books
from .reading import table, text

MEGABYTES = 300
DAY = dt.date(2024, 1, 1)
SHEETS = {"Sheet": [["date", "value"], [DAY, 1], [dt.date(2024, 2, 1), 2]]}
LAUGHS = b'<!DOCTYPE sst [<!ENTITY a "ha">' + b"".join(
    b'<!ENTITY %c "%s">' % (letter, b"&%c;" % (letter - 1) * 10) for letter in b"bcdefghij"
)
OUTSIDE = b'<!DOCTYPE sst [<!ENTITY j SYSTEM "file:///etc/hostname">'
AWAY = b'<!DOCTYPE sst SYSTEM "http://192.0.2.1/a.dtd" [<!ENTITY j "ha">'
SST = b'<?xml version="1.0"?>%s]><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>&j;</t></si></sst>'

Make = Callable[[Path], Path]


def xlsx(
    folder: Path, parts: dict[str, bytes] | None = None, sheet: bytes | None = None, name: str = "ae.xlsx"
) -> Path:
    """A good workbook with these parts put in, and what is between the first and last tag of its sheet's rows."""
    path = books.made(folder, SHEETS, "xlsx")
    with zipfile.ZipFile(path) as archive:
        old = {part: archive.read(part) for part in archive.namelist()}
    if sheet is not None:
        first = old["xl/worksheets/sheet1.xml"]
        old["xl/worksheets/sheet1.xml"] = first.replace(b"</sheetData>", sheet + b"</sheetData>")
    path = folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for part, content in (old | (parts or {})).items():
            archive.writestr(part, content)
    return path


def bomb(folder: Path) -> Path:
    return xlsx(folder, {"xl/sharedStrings.xml": b"<sst>" + b" " * 60_000_000 + b"</sst>"})


def lying(folder: Path) -> Path:
    """The directory says that the part that unpacks to 60 MB has 1,000 bytes."""
    path = bomb(folder)
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo("xl/sharedStrings.xml").file_size
    path.write_bytes(path.read_bytes().replace(struct.pack("<I", size), struct.pack("<I", 1000)))
    return path


def long_texts(folder: Path) -> Path:
    """Texts that hardly pack, of over 50 MB."""
    words = random.Random(1).randbytes(26_000_000).hex().encode()
    return xlsx(folder, {"xl/sharedStrings.xml": b"<sst><si><t>" + words + b"</t></si></sst>"})


def encrypted(folder: Path, name: str) -> Path:
    return text(folder, books.compound({"EncryptionInfo": b"4", "EncryptedPackage": b"x" * 9000}), name)


def with_password(folder: Path) -> Path:
    stream = books.xls_stream(SHEETS, extra=books.record(0x002F, struct.pack("<H", 1) + bytes(52)))
    return text(folder, books.compound({"Workbook": stream}), "ae.xls")


def far(folder: Path, kind: str) -> Path:
    """A sheet with a cell far away."""
    if kind == "xls":
        stream = books.xls_stream(SHEETS)
        cell = books.record(0x0203, struct.pack("<HHHd", 65535, 255, 0, 1))
        return text(folder, books.compound({"Workbook": stream[:-4] + cell + books.record(0x000A)}), "ae.xls")
    path = books.made(folder, SHEETS, "xlsb")
    with zipfile.ZipFile(path) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    row = books.binary(0, struct.pack("<IIHHBI", 1_048_575, 0, 300, 0, 0, 0))
    cell = books.binary(5, struct.pack("<IId", 16_383, 0, 1))
    sheet = parts["xl/worksheets/sheet1.bin"]
    parts["xl/worksheets/sheet1.bin"] = sheet.replace(books.binary(146), row + cell + books.binary(146))
    with zipfile.ZipFile(path, "w") as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return path


def ods(cell: str, rows: str = "") -> Make:
    """An .ods file of one row with one cell."""
    row = f'<table:table table:name="S"><table:table-row {rows}><table:table-cell {cell}/></table:table-row></table:table>'
    return lambda folder: books.ods_of(folder / "ae.ods", row)


def cut(kind: str) -> Make:
    def make(folder: Path) -> Path:
        path = books.made(folder, SHEETS, kind)
        path.write_bytes(path.read_bytes()[: path.stat().st_size * 2 // 3])
        return path

    return make


def moved(kind: str, name: str) -> Make:
    """A good workbook under a name of another kind."""
    return lambda folder: text(folder, books.made(folder, SHEETS, kind).read_bytes(), name)


def circle(folder: Path) -> Path:
    """A compound file whose directory follows itself."""
    content = bytearray(books.compound({"Workbook": books.xls_stream(SHEETS)}))
    (directory,) = struct.unpack_from("<I", content, 48)
    struct.pack_into("<I", content, 512 + 4 * directory, directory)
    return text(folder, bytes(content), "ae.xls")


def one_value(value: str) -> str:
    return f'office:value-type="float" office:value="{value}"'


CASES: dict[str, tuple[Make, str]] = {
    "zip bomb": (bomb, "unpacks to over 150 times its size"),
    "false sizes": (lying, "unpacks to over 150 times its size"),
    "long texts": (long_texts, "unpacks to more than is read"),
    "bomb inside": (lambda f: xlsx(f, {"xl/media/a.zip": bomb(f).read_bytes()}), "2 rows"),
    "far row": (lambda f: xlsx(f, sheet=b'<row r="1000000000"><c r="A1000000000"><v>1</v></c></row>'), "beyond the last"),
    "far column": (lambda f: xlsx(f, sheet=b'<row r="4"><c r="ZZZZZZ4"><v>1</v></c></row>'), "beyond the last one"),
    "wide row": (lambda f: xlsx(f, sheet=b"<row>" + b"<c><v>1</v></c>" * 200_000 + b"</row>"), "more cells than"),
    "laughs": (lambda f: xlsx(f, {"xl/sharedStrings.xml": SST % LAUGHS}), "defines words of its own (DOCTYPE)"),
    "file as entity": (lambda f: xlsx(f, {"xl/sharedStrings.xml": SST % OUTSIDE}), "defines words of its own"),
    "address as entity": (lambda f: xlsx(f, {"xl/sharedStrings.xml": SST % AWAY}), "defines words of its own"),
    "utf-16": (lambda f: xlsx(f, {"xl/sharedStrings.xml": (SST % LAUGHS).decode().encode("utf-16")}), "not written in UTF-8"),
    "macros": (lambda f: xlsx(f, {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0 code"}, name="ae.xlsm"), "2 rows"),
    "encrypted xlsx": (lambda f: encrypted(f, "ae.xlsx"), "is protected by a password"),
    "encrypted xls": (lambda f: encrypted(f, "ae.xls"), "is protected by a password"),
    "xls with a password": (with_password, "is protected by a password"),
    "encrypted ods": (lambda f: books.ods_of(f / "ae.ods", "", manifest="<encryption-data/>"), "is protected by a password"),
    "far cell in xls": (lambda f: far(f, "xls"), "has cells as far as row 65,536 and column 256"),
    "far cell in xlsb": (lambda f: far(f, "xlsb"), "has cells as far as row 1,048,576 and column 16,384"),
    "wide ods": (ods(f'table:number-columns-repeated="1000000000" {one_value("1")}'), "more rows or columns than a sheet"),
    "long ods": (ods(one_value("1"), 'table:number-rows-repeated="1000000000"'), "more rows or columns than a sheet"),
    "large ods": (
        ods(f'table:number-columns-repeated="16000" {one_value("1")}', 'table:number-rows-repeated="1000000"'),
        "has cells as far as row 1,000,000 and column 16,000",
    ),
    "laughs in ods": (
        lambda f: books.ods_of(f / "ae.ods", "", before=LAUGHS.decode().replace("DOCTYPE sst", "DOCTYPE x") + "]>"),
        "defines words of its own",
    ),
    "ods bomb": (lambda f: books.ods_of(f / "ae.ods", " " * 60_000_000), "unpacks to over 150 times its size"),
    "circle": (circle, "is not a workbook, or a damaged one"),
    "cut xlsx": (cut("xlsx"), "is not a workbook, or a damaged one"),
    "cut xls": (cut("xls"), "is not a workbook, or a damaged one"),
    "cut xlsb": (cut("xlsb"), "is not a workbook, or a damaged one"),
    "cut ods": (cut("ods"), "is not a workbook, or a damaged one"),
    "web page": (lambda f: text(f, "\ufeff\n<html xmlns:x><body><table></table>", "ae.xls"), "is a web page that is named like"),
    "text": (lambda f: text(f, "date\tvalue\n1\t2\n", "ae.xls"), "is text that is named like a workbook"),
    "xml of 2003": (
        lambda f: text(f, '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "ae.xls"),
        "is an XML spreadsheet of 2003",
    ),
    "xlsx as xls": (moved("xlsx", "ae.xls"), "let its name end with .xlsx"),
    "xls as xlsx": (moved("xls", "ae.xlsx"), "let its name end with .xls"),
    "ods as xlsx": (moved("ods", "ae.xlsx"), "let its name end with .ods"),
    "xlsb as xlsx": (moved("xlsb", "ae.xlsx"), "let its name end with .xlsb"),
    "other zip": (lambda f: books.zip_of(f / "ae.xlsx", {"a.txt": b"a"}), "is a zip file, and no workbook"),
    "other office file": (lambda f: text(f, books.compound({"WordDocument": b"x"}), "ae.xls"), "but no workbook"),
}  # fmt: skip


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, dict[str, float]]]:
    """What is said of each file, and what it took."""
    made = {case: make(tmp_path_factory.mktemp("case")) for case, (make, _) in CASES.items()}
    child = Path(__file__).with_name("child.py")
    ran = subprocess.run([sys.executable, child, *made.values()], capture_output=True, text=True, check=True)
    assert ran.stderr == ""
    lines: Iterator[str] = iter(ran.stdout.splitlines())
    return {case: (json.loads(next(lines)), json.loads(next(lines))) for case in CASES}


@pytest.mark.parametrize("case", CASES)
def test_each_is_answered_in_a_sentence_and_little_memory(
    told: dict[str, tuple[str, dict[str, float]]], case: str
) -> None:
    said, took = told[case]
    print(case, took)
    assert CASES[case][1] in said
    assert "\n" not in said
    assert took["signal"] == 0
    assert took["megabytes"] < MEGABYTES


def test_what_takes_time_alone_is_limited_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = xlsx(tmp_path)
    monkeypatch.setattr(gate, "MOST_UNPACKED", 2000)
    with pytest.raises(BadInput, match="unpacks to more than is read"):
        open_source(str(path))
    monkeypatch.setattr(gate, "MOST_PARTS", 3)
    with pytest.raises(BadInput, match="parts, expected at most 3"):
        open_source(str(path))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_parts_of_one_name_are_refused(tmp_path: Path) -> None:
    path = xlsx(tmp_path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
    with pytest.raises(BadInput, match="two parts of one name"):
        open_source(str(path))


def test_a_last_row_and_column_that_a_sheet_can_have_are_read(tmp_path: Path) -> None:
    path = xlsx(tmp_path, sheet=b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    assert table(path).num_rows == 2


def test_a_sheet_that_says_it_is_larger_than_it_is_is_read(tmp_path: Path) -> None:
    parts = {"xl/worksheets/sheet1.bin": books.xlsb_sheet(SHEETS["Sheet"], last=(1_048_575, 16_383))}
    path = books.made(tmp_path, SHEETS, "xlsb")
    with zipfile.ZipFile(path) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()} | parts
    books.zip_of(path, parts)
    assert table(path).num_rows == 2
