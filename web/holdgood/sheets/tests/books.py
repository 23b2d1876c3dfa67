"""Workbooks for tests, written part by part, so that they can be as wrong as somebody might make them."""

import io
import random
import struct
import zipfile
from functools import cache

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
TYPES = (
    HEAD + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
    '<Override PartName="/xl/sharedStrings.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
)
RELS = (
    HEAD + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
BOOK = (
    HEAD + f'<workbook xmlns="{MAIN}" xmlns:r="{REL}"><sheets><sheet name="Data" sheetId="1" r:id="rId1"/></sheets>'
    "</workbook>"
)
BOOK_RELS = (
    HEAD + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{REL}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{REL}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
)
NO_STRINGS = f'<sst xmlns="{MAIN}"/>'


def sheet(rows: str, before: str = "") -> str:
    return f'{HEAD}<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData></worksheet>'


def book(rows: str = "", *, parts: dict[str, str | bytes] | None = None, strings: str | bytes = NO_STRINGS) -> bytes:
    """A workbook of one sheet. `parts` stand beside the usual ones, or in their place."""
    whole = {
        "[Content_Types].xml": TYPES, "_rels/.rels": RELS, "xl/workbook.xml": BOOK,
        "xl/_rels/workbook.xml.rels": BOOK_RELS, "xl/sharedStrings.xml": strings,
        "xl/worksheets/sheet1.xml": sheet(rows), **(parts or {}),
    }  # fmt: skip
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in whole.items():
            archive.writestr(name, text)
    return kept.getvalue()


def text(value: str, at: str = "") -> str:
    where = f' r="{at}"' if at else ""
    return f'<c{where} t="inlineStr"><is><t>{value}</t></is></c>'


def number(value: object, at: str = "") -> str:
    where = f' r="{at}"' if at else ""
    return f"<c{where}><v>{value}</v></c>"


def row(*cells: str, at: int | None = None) -> str:
    where = f' r="{at}"' if at else ""
    return f"<row{where}>{''.join(cells)}</row>"


HEADER = row(text("Place"), text("Period"), text("Value"))


def zip_bomb() -> bytes:
    return book(parts={"xl/media/picture.bin": bytes(150_000_000)})


def ratio_bomb() -> bytes:
    return book(parts={"xl/worksheets/sheet1.xml": sheet(HEADER + " " * 60_000_000)})


def billion_wide() -> bytes:
    """One row, and no end of cells in it."""
    cells = "".join(f"<c><v>{n * 2654435761 % 2**32}</v></c>" for n in range(1_500_000))
    return book(f"{HEADER}<row>{cells}</row>")


def named_far_away() -> bytes:
    return book(HEADER + row(number(1, "ZZZZZZZ2")))


def sparse() -> bytes:
    """Few rows, each at the far end."""
    return book("".join(f'<row r="{n}"><c r="XFD{n}"><v>1</v></c></row>' for n in range(1, 1_048_576, 3)))


def sparse_rows() -> bytes:
    return book(HEADER + row(text("Ward 7", "A1048576"), number(12, "C1048576"), at=1_048_576))


def endless() -> bytes:
    """A small sheet whose second row is said to be the thousand billionth."""
    return book(HEADER + row(number(1), at=10**12))


def entity_bomb() -> bytes:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "lol"}">' for n in range(12))
    bomb = f'<?xml version="1.0"?><!DOCTYPE x [{entities}]><worksheet xmlns="{MAIN}"><sheetData>'
    return book(parts={"xl/worksheets/sheet1.xml": f"{bomb}{row(text('&a11;'))}</sheetData></worksheet>"})


def outside_entity() -> bytes:
    read = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    return book(strings=f'{read}<sst xmlns="{MAIN}"><si><t>&a;</t></si></sst>')


def entity_in_utf16() -> bytes:
    read = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY a "b">]>'
    return book(strings=f'{read}<sst xmlns="{MAIN}"><si><t>&a;</t></si></sst>'.encode("utf-16"))


def macro() -> bytes:
    return book(HEADER, parts={"xl/vbaProject.bin": b"\xcc\x61"})


def encrypted() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "EncryptedPackage".encode("utf-16-le") + bytes(500)


def old_format() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "Workbook".encode("utf-16-le") + bytes(500)


def lying() -> bytes:
    """A sheet of 90 MB that says it has 2,000 bytes, in both of its headers."""
    data = bytearray(book(HEADER + "<row/>" * 12_000_000))
    name = b"xl/worksheets/sheet1.xml"
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        start = -1
        while (start := data.find(mark, start + 1)) >= 0:
            header = 30 if mark == b"PK\x03\x04" else 46
            if data[start + header : start + header + len(name)] == name:
                data[start + offset : start + offset + 4] = struct.pack("<I", 2000)
    return bytes(data)


def many_strings() -> bytes:
    strings = "".join(f"<si><t>{n:07x}{n * 2654435761 % 2**32:08x}</t></si>" for n in range(600_000))
    return book(HEADER, strings=f'<sst xmlns="{MAIN}">{strings}</sst>')


def noise(length: int, seed: int = 1) -> str:
    """Digits that are packed to about an eighth: large, and still within every ratio."""
    return f"{random.Random(seed).getrandbits(length):0{length}b}"


def long_strings() -> bytes:
    strings = "".join(f"<si><t>{noise(3000, n)}</t></si>" for n in range(12_000))
    return book(HEADER, strings=f'<sst xmlns="{MAIN}">{strings}</sst>')


def one_long_text() -> bytes:
    return book(HEADER + row(text("\N{GRINNING FACE}" + noise(30_000_000))))


def one_long_attribute() -> bytes:
    return book(HEADER + f'<row x="{noise(30_000_000)}"/>')


def many_parts() -> bytes:
    return book(HEADER, parts={f"xl/media/{n}.txt": "x" for n in range(300)})


def deep() -> bytes:
    return book(parts={"xl/worksheets/sheet1.xml": sheet("<x>" * 300_000)})


def styled_to_the_edge() -> bytes:
    """Every row reaches the last column with a cell that is empty."""
    return book("".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c><c r="XFD{n}"/></row>' for n in range(1, 200_000)))


def huge_number() -> bytes:
    return book(HEADER + row(text("Ward 7"), text("April 2023"), number("9" * 4000)))


HOSTILE = {
    "zip bomb": zip_bomb, "ratio": ratio_bomb, "a billion cells wide": billion_wide, "far away": named_far_away,
    "sparse": sparse, "endless": endless, "entity bomb": entity_bomb, "outside entity": outside_entity,
    "entity in UTF-16": entity_in_utf16, "macro": macro, "encrypted": encrypted, "old format": old_format,
    "lying sizes": lying, "many strings": many_strings, "long strings": long_strings, "many parts": many_parts,
    "a long text": one_long_text, "a long attribute": one_long_attribute,
    "deep": deep, "styled to the edge": styled_to_the_edge, "huge number": huge_number,
}  # fmt: skip


@cache
def hostile(name: str) -> bytes:
    """Made once: some take seconds to write, and none may take as long to refuse."""
    return HOSTILE[name]()
