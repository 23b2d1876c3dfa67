"""Files of other kinds than XLSX that would do harm, made of good ones of the folder `files`."""

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as parquet

FILES = Path(__file__).with_name("files")
NAMES = ["wards.xls", "wards.xlsb", "wards.ods", "wards.parquet"]
_CELL = '<table:table-cell office:value-type="float" office:value="1"/>'


def good(name: str) -> bytes:
    return (FILES / name).read_bytes()


def _with(name: str, change: Callable[[dict[str, bytes]], None]) -> bytes:
    """A workbook that is an archive, with its parts changed."""
    with zipfile.ZipFile(FILES / name) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    change(parts)
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return kept.getvalue()


def _far_in_xls() -> bytes:
    """The row and column of the cell with Ward 8's number, or of any number, put as far away as can be."""
    data = bytearray(good("wards.xls"))
    place = data.index(struct.pack("<HH", 0x0203, 14))
    struct.pack_into("<HH", data, place + 4, 65_535, 255)
    return bytes(data)


def _far_in_xlsb() -> bytes:
    def change(parts: dict[str, bytes]) -> None:
        sheet = next(part for part in parts if part.endswith("sheet2.bin"))
        row = bytes([0, 17]) + struct.pack("<IIHHBI", 1_048_575, 0, 300, 0, 0, 0)
        cell = bytes([5, 16]) + struct.pack("<IId", 16_383, 0, 1)
        end = bytes([0x92, 0x01, 0])  # the record that ends the cells
        assert end in parts[sheet]
        parts[sheet] = parts[sheet].replace(end, row + cell + end)

    return _with("wards.xlsb", change)


def _long_ods() -> bytes:
    def change(parts: dict[str, bytes]) -> None:
        old = b"<table:table-row>"
        new = b'<table:table-row table:number-rows-repeated="1000000000">' + _CELL.encode()
        parts["content.xml"] = parts["content.xml"].replace(old, new, 1)

    return _with("wards.ods", change)


def _entities_in_ods() -> bytes:
    def change(parts: dict[str, bytes]) -> None:
        parts["content.xml"] = b'<!DOCTYPE x [<!ENTITY a "b">]>' + parts["content.xml"].split(b"?>", 1)[-1]

    return _with("wards.ods", change)


def _encrypted_ods() -> bytes:
    return _with("wards.ods", lambda parts: parts.update({"META-INF/manifest.xml": b"<m><encryption-data/></m>"}))


def _macros_in_xls() -> bytes:
    """A directory entry of the compound file that is called as macros are."""
    data = bytearray(good("wards.xls"))
    name = "Workbook".encode("utf-16-le")
    entry = data.index(name)
    free = entry + 128
    data[free : free + 128] = bytes(128)
    other = "_VBA_PROJECT".encode("utf-16-le")
    data[free : free + len(other)] = other
    struct.pack_into("<HB", data, free + 64, len(other) + 2, 2)
    return bytes(data)


def _bomb_in_xlsb() -> bytes:
    return _with("wards.xlsb", lambda parts: parts.update({"xl/media/picture.bin": bytes(60_000_000)}))


def _small_parquet() -> bytes:
    """Says half a megabyte, for its text stands once; and is eighteen million characters a column."""
    kept = io.BytesIO()
    index = pa.array([0] * 190_000, pa.int32())
    column = pa.DictionaryArray.from_arrays(index, pa.array(["x" * 5_000]))
    parquet.write_table(pa.table({f"c{n}": column for n in range(10)}), kept, compression="zstd", store_schema=False)
    return kept.getvalue()


HOSTILE: dict[str, Callable[[], bytes]] = {
    "far cell in xls": _far_in_xls, "far cell in xlsb": _far_in_xlsb, "long ods": _long_ods,
    "ods that defines entities": _entities_in_ods, "encrypted ods": _encrypted_ods, "xls with macros": _macros_in_xls,
    "xlsb with macros": lambda: _with("wards.xlsb", lambda parts: parts.update({"xl/vbaProject.bin": b"\xcc\x61"})),
    "xlsb bomb": _bomb_in_xlsb, "parquet that says it is small": _small_parquet,
    "parquet of nothing": lambda: b"PAR1" + bytes(500) + b"PAR1",
}  # fmt: skip
