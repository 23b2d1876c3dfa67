"""The presentation that slides are put into: plain, or a person's own with its layouts, colours and fonts."""

import zipfile
from pathlib import Path
from typing import Any

from plotthedots.errors import BadInput
from plotthedots.report.needs import needed

WIDE = (12_192_000, 6_858_000)  # 16 to 9, in the units of the format (914,400 an inch)
LARGEST = 100_000_000  # bytes
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def opened(template: str | Path | None) -> Any:
    """A presentation without slides. BadInput where the template cannot be used."""
    pptx = needed("pptx")
    if template is None:
        presentation = pptx.Presentation()
        presentation.slide_width, presentation.slide_height = WIDE
        return presentation
    presentation = _read(Path(template), pptx)
    for slide in list(presentation.slides._sldIdLst):
        presentation.part.drop_rel(slide.attrib[_RELATION])
        presentation.slides._sldIdLst.remove(slide)
    return presentation


def _read(place: Path, pptx: Any) -> Any:
    if not place.is_file():
        raise BadInput(f"{place}: there is no such template: expected a PowerPoint file (.pptx).")
    if place.stat().st_size > LARGEST:
        raise BadInput(
            f"{place.name}: found more than {LARGEST:,} bytes, expected a template without pictures of its own."
        )
    try:
        presentation = pptx.Presentation(str(place))
        layout(presentation, "title")
    except BadInput:
        raise
    except (ValueError, KeyError, zipfile.BadZipFile, pptx.exc.PythonPptxError, SyntaxError, AttributeError) as problem:
        raise BadInput(
            f"{place.name} is not a presentation that can be used: open it and save it as .pptx."
        ) from problem
    return presentation


def layout(presentation: Any, kind: str) -> Any:
    """The layout of that type ("title", "titleOnly"), else the first that has a title. BadInput where none has."""
    layouts = list(presentation.slide_layouts)
    for found in layouts:
        if found._element.get("type") == kind and _has_title(found):
            return found
    for found in layouts:
        if _has_title(found):
            return found
    raise BadInput("the template has no layout with a title: give one of its layouts a title.")


def _has_title(layout: Any) -> bool:
    return any(place.placeholder_format.type in (1, 3) for place in layout.placeholders)  # TITLE, CENTER_TITLE
