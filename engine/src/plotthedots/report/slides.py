"""Slides, and what is put on them, whatever it says."""

from collections.abc import Collection, Sequence
from typing import Any

from plotthedots.report.slide_chart import rgb
from plotthedots.report.template import layout

INK, PALE, GOOD, BAD, WHITE = "212B32", "F0F4F5", "F0F7FC", "FDF4EC", "FFFFFF"


class Slides:
    """A presentation as it grows. Places are shares of the slide, so that templates of any size serve."""

    def __init__(self, presentation: Any) -> None:
        self.presentation = presentation
        self.width, self.height = int(presentation.slide_width), int(presentation.slide_height)

    def slide(self, kind: str, title: str, size: int = 0) -> Any:
        slide = self.presentation.slides.add_slide(layout(self.presentation, kind))
        slide.shapes.title.text_frame.text = title
        if kind != "title":
            shape = slide.shapes.title
            self.place(shape, (0.03, 0.03, 0.94, 0.15))
            shape.text_frame.word_wrap = True
            smaller = size - 4 if size and len(title) > 160 else size
            _style(shape.text_frame.paragraphs[0], smaller or 26, bold=True)
            for empty in [place for place in slide.placeholders if place.placeholder_format.idx != 0]:
                empty._element.getparent().remove(empty._element)
        return slide

    def place(self, shape: Any, shares: tuple[float, float, float, float]) -> None:
        shape.left, shape.top, shape.width, shape.height = self.box(shares)

    def box(self, shares: tuple[float, float, float, float]) -> tuple[int, int, int, int]:
        left, top, width, height = shares
        return int(left * self.width), int(top * self.height), int(width * self.width), int(height * self.height)

    def text(
        self,
        slide: Any,
        shares: tuple[float, float, float, float],
        lines: Sequence[tuple[str, int, bool]],
        apart: int = 0,
    ) -> None:
        from pptx.util import Pt

        frame = slide.shapes.add_textbox(*self.box(shares)).text_frame
        frame.word_wrap = True
        for number, (text, size, bold) in enumerate(lines):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            paragraph.text = text
            paragraph.space_before = Pt(apart * (2 if bold and number else 1) if number else 0)
            _style(paragraph, size, bold=bold)


def fill_cell(
    cell: Any, lines: Sequence[str], size: int, fill: str, *, bold: bool = False, strong: Collection[int] = ()
) -> None:
    """The first line may be bold, the others then are smaller; `strong`: other lines that are bold."""

    cell.fill.solid()
    cell.fill.fore_color.rgb = rgb(fill)
    cell.margin_left = cell.margin_right = 60_000
    cell.margin_top = cell.margin_bottom = 30_000
    frame = cell.text_frame
    frame.word_wrap = True
    for number, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.text = line
        _style(
            paragraph, size if number == 0 or not bold else size - 2, bold=(bold and number == 0) or number in strong
        )


def _style(paragraph: Any, size: int, *, bold: bool) -> None:
    from pptx.enum.text import PP_ALIGN
    from pptx.util import Pt

    paragraph.alignment = PP_ALIGN.LEFT
    for run in paragraph.runs:
        run.font.size, run.font.bold = Pt(size), bold
        run.font.color.rgb = rgb(INK)
        run.font.language_id = 2057  # English (United Kingdom)


def notes(slide: Any, sentences: Sequence[str]) -> None:
    slide.notes_slide.notes_text_frame.text = "\n".join(filter(None, sentences))


def describe(shape: Any, words: str) -> None:
    """An alternative text."""
    shape._element.xpath(".//p:cNvPr")[0].set("descr", words)
