"""The logo of a pack: a picture beside it, looked into before it goes anywhere."""

import base64
import re
import struct
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from plotthedots.errors import BadInput

LARGEST = 1_000_000  # bytes
WIDEST = 4_000  # pixels
_PNG = b"\x89PNG\r\n\x1a\n"
_SVG = "{http://www.w3.org/2000/svg}"
_NEVER = ("script", "foreignObject", "image", "feImage", "style", "a", "animate", "set", "handler")
_ELSEWHERE = re.compile(r"url\(\s*['\"]?\s*[^#'\"\s)]|@import", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture: its bytes, "png" or "svg", and its width as a multiple of its height."""

    data: bytes
    kind: str
    ratio: float

    @property
    def mime(self) -> str:
        return "image/png" if self.kind == "png" else "image/svg+xml"

    @property
    def address(self) -> str:
        """The picture as an address that holds it."""
        return f"data:{self.mime};base64,{base64.b64encode(self.data).decode()}"


def read_logo(pack: Path, name: str) -> Logo:
    """The logo of that name beside a pack. BadInput where it is elsewhere, is no picture or could do more than show."""
    where = f"{pack.name}: logo"
    place = (pack.parent / name).resolve()
    if place.parent != pack.parent.resolve():
        raise BadInput(f'{where}: found "{name}", expected the name of a file beside the pack.')
    if not place.is_file():
        raise BadInput(f'{where}: there is no file "{name}" beside the pack.')
    if place.stat().st_size > LARGEST:
        raise BadInput(f'{where}: "{name}" has more than {LARGEST:,} bytes: make it smaller.')
    data = place.read_bytes()
    if data.startswith(_PNG):
        return Logo(data, "png", _png_ratio(data, f'{where}: "{name}"'))
    return Logo(data, "svg", _svg_ratio(data, f'{where}: "{name}"'))


def _png_ratio(data: bytes, where: str) -> float:
    if len(data) < 33 or data[12:16] != b"IHDR":
        raise BadInput(f"{where} is a PNG that ends too early: save it again.")
    width, height = struct.unpack(">II", data[16:24])
    if not 0 < width <= WIDEST or not 0 < height <= WIDEST:
        raise BadInput(f"{where} has {width:,} × {height:,} pixels, expected at most {WIDEST:,} each way.")
    return float(width / height)


def _svg_ratio(data: bytes, where: str) -> float:
    from defusedxml import DefusedXmlException  # type: ignore[import-untyped]
    from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]

    try:
        root = fromstring(data)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as problem:
        raise BadInput(f"{where} is neither a PNG nor an SVG.") from problem
    if root.tag != f"{_SVG}svg":
        raise BadInput(f"{where} is neither a PNG nor an SVG.")
    for element in root.iter():
        _refuse(element, where)
    box = [
        float(number) for number in re.findall(r"[-+.\d]+(?:e[-+]?\d+)?", root.get("viewBox", "")) if _number(number)
    ]
    if len(box) == 4 and box[2] > 0 and box[3] > 0:
        return box[2] / box[3]
    sides = [re.fullmatch(r"([.\d]+)(px|mm|pt|cm|in)?", root.get(side, "")) for side in ("width", "height")]
    numbers = [float(side[1]) for side in sides if side and _number(side[1])]
    if len(numbers) == 2 and min(numbers) > 0:
        return numbers[0] / numbers[1]
    raise BadInput(f"{where} does not say how large it is: give it a viewBox.")


def _number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _refuse(element: Element, where: str) -> None:
    """A logo shows shapes and words; what runs, or is fetched from elsewhere, has no place in it."""
    name = str(element.tag).rpartition("}")[2]
    if name in _NEVER:
        raise BadInput(f"{where} holds <{name}>: save it with shapes and attributes alone.")
    for key, value in element.attrib.items():
        short = key.rpartition("}")[2].lower()
        if short.startswith("on") or (short == "href" and not value.startswith("#")) or _ELSEWHERE.search(value):
            raise BadInput(f'{where} holds {short}="{value[:40]}", which leads elsewhere: take it out.')
