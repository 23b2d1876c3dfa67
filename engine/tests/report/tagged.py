"""What a screen reader finds in a PDF: its structure, read with pypdf."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pypdf import PdfReader


@dataclass(frozen=True)
class Tag:
    """An element of the structure: its role, its depth, its alternative text."""

    role: str
    depth: int
    alt: str | None
    scope: str | None


def opened(data: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(data))


def tags(reader: PdfReader) -> list[Tag]:
    """Every element in reading order."""
    root = reader.trailer["/Root"]["/StructTreeRoot"]
    return list(_below(root["/K"], 0))


def _below(found: Any, depth: int) -> Iterator[Tag]:
    element = found.get_object()
    if isinstance(element, list):
        for one in element:
            yield from _below(one, depth)
    elif hasattr(element, "get") and "/S" in element:
        scope = element["/A"].get_object() if "/A" in element else {}
        yield Tag(element["/S"][1:], depth, element.get("/Alt"), scope.get("/Scope") if hasattr(scope, "get") else None)
        if "/K" in element:
            yield from _below(element["/K"], depth + 1)


def words(reader: PdfReader) -> str:
    return "\n".join(page.extract_text() for page in reader.pages)
