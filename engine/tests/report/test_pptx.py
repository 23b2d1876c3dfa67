"""Slides: native tables and charts that can be edited, told to those who cannot see them, in one's own template."""

import datetime as dt
import io
import re
from pathlib import Path
from typing import Any

import pptx
import pytest
from pptx.util import Inches

import plotthedots as ptd
from plotthedots import BadInput, report
from plotthedots.report.logo import Logo
from plotthedots.report.pack import Measure, Pack

from .logos import SVG
from .measures import MONTHS, SHAPES, result

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
FIRST = 4  # slides before those of measures: title, cover, exceptions, all measures
ALONE = 3  # and before that of one measure alone


def deck(made: Any, **told: Any) -> Any:
    return pptx.Presentation(io.BytesIO(report.pptx(made, **told)))


@pytest.fixture(scope="module")
def made() -> Any:
    return result(rebase={"0003 failing": "2025-10-01"})


@pytest.fixture(scope="module")
def slides(made: Any) -> list[Any]:
    return list(deck(made, title="Performance & more", subtitle="Board", made_on=dt.date(2026, 4, 21)).slides)


def told(slide: Any) -> str:
    return "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def chart(slide: Any) -> Any:
    return next(shape.chart for shape in slide.shapes if shape.has_chart)


def described(slide: Any, kind: str) -> str:
    frame = next(shape for shape in slide.shapes if getattr(shape, kind))
    return str(frame._element.xpath(".//p:cNvPr")[0].get("descr"))


def test_there_is_a_title_a_cover_exceptions_and_a_slide_a_measure(slides: list[Any], made: Any) -> None:
    assert len(slides) == FIRST + len(SHAPES)
    assert slides[0].shapes.title.text_frame.text == "Performance & more"
    assert slides[1].shapes.title.text_frame.text.startswith("Mar 2026: ")
    assert slides[2].shapes.title.text_frame.text == "Exceptions, in the order to spend time on them"
    assert slides[3].shapes.title.text_frame.text == "All measures"
    for slide, name in zip(slides[FIRST:], made.series, strict=True):
        assert slide.shapes.title.text_frame.text == f"{name}: {made.sentence(name)}"


def test_the_grid_is_a_table_with_every_measure_once(slides: list[Any], made: Any) -> None:
    table = next(shape.table for shape in slides[1].shapes if shape.has_table)
    cells = [cell.text_frame.text for row in table.rows for cell in row.cells]
    assert (len(table.rows), len(table.columns)) == (5, 6)
    assert all(sum(name in cell for cell in cells) == 1 for name in made.series)
    assert described(slides[1], "has_table").startswith("Measures by assurance and variation")


def test_exceptions_are_numbered_sentences_and_go_on_over_slides() -> None:
    slides = list(deck(result(["worse"] * 9)).slides)
    assert len(slides) == 2 + 2 + 1 + 9
    assert "7. 0006 worse: " in told(slides[2])
    assert "8. 0007 worse: " in told(slides[3])
    assert "(8 to 9 of 9)" in told(slides[3])
    assert "None: no measure has changed" in told(deck(result(["steady"])).slides[2])


def test_the_chart_is_native_and_holds_the_numbers(slides: list[Any], made: Any) -> None:
    drawn = made.plotted(0)
    series = {one.name: list(one.values) for one in chart(slides[FIRST]).plots[0].series}
    assert list(series) == ["Value", "Average", "Upper limit", "Lower limit", "Target"]
    assert series["Value"] == pytest.approx(drawn["value"].tolist())
    assert series["Upper limit"] == pytest.approx(drawn["upper"].tolist())
    assert list(chart(slides[FIRST]).plots[0].categories)[-1] == "Mar 2026"
    assert chart(slides[FIRST]).part.chart_workbook.xlsx_part.blob[:2] == b"PK"


def test_lines_break_off_where_a_phase_begins(slides: list[Any]) -> None:
    series = {one.name: list(one.values) for one in chart(slides[FIRST + SHAPES.index("failing")]).plots[0].series}
    first, second = series["Average"], series["Average, every other phase"]
    assert [value is None for value in first] == [False] * 30 + [True] * 6
    assert [value is None for value in second] == [True] * 30 + [False] * 6
    root = chart(slides[FIRST + SHAPES.index("failing")])._chartSpace
    assert root.find(f".//{C}dispBlanksAs").get("val") == "gap"
    assert len(root.findall(f".//{C}legendEntry")) == 3


@pytest.mark.parametrize(
    ("shape", "colour", "symbol"),
    [("better", "0081C6", "circle"), ("worse", "D95F02", "diamond"), ("neither", "6A3D7C", "triangle")],
)
def test_points_have_the_colour_and_the_shape_of_their_signal(
    slides: list[Any], shape: str, colour: str, symbol: str
) -> None:
    value = chart(slides[FIRST + SHAPES.index(shape)])._chartSpace.findall(f".//{C}ser")[0]
    points = value.findall(f"{C}dPt")
    last = next(point for point in points if point.find(f"{C}idx").get("val") == "35")
    assert last.find(f"{C}marker/{C}symbol").get("val") == symbol
    assert colour in {element.get("val") for element in last.iter() if element.tag.endswith("srgbClr")}


def test_points_left_out_are_hollow() -> None:
    rows = {
        "date": MONTHS,
        "value": [float(month % 5) for month in range(36)],
        "out": [month == 4 for month in range(36)],
    }
    slide = deck(ptd.spc(rows, exclude="out")).slides[ALONE]
    [point] = chart(slide)._chartSpace.findall(f".//{C}ser")[0].findall(f"{C}dPt")
    assert point.find(f"{C}idx").get("val") == "4"
    assert [element.get("val") for element in point.iter() if element.tag.endswith("srgbClr")] == ["FFFFFF", "768692"]


def test_charts_are_told_and_notes_hold_the_sentence_and_the_advice(slides: list[Any], made: Any) -> None:
    short = FIRST + SHAPES.index("short")
    name = made.series[-1]
    assert described(slides[short], "has_chart") == f"Control chart. {name}: {made.sentence(name)}"
    notes = slides[short].notes_slide.notes_text_frame.text
    assert made.sentence(name) in notes
    assert "Fewer than 13 points" in notes


def test_icons_stand_as_words_beside_the_latest_value(slides: list[Any]) -> None:
    said = told(slides[FIRST + SHAPES.index("failing and worse")])
    assert "Concerning" in said
    assert "Will fail" in said
    assert "the target of 90 is missed every time" in said
    assert "Mar 2026" in said


def test_the_same_report_gives_the_same_bytes(made: Any) -> None:
    assert report.pptx(made, title="a") == report.pptx(made, title="a")


def test_shares_are_written_as_percentages() -> None:
    rows = {"date": MONTHS, "value": [float(40 + month % 7) for month in range(36)], "n": [100.0] * 36}
    drawn = chart(deck(ptd.spc(rows, denominator="n", chart="p")).slides[ALONE])
    assert drawn.value_axis.tick_labels.number_format == "0%"


@pytest.mark.parametrize("name", ["a&b <c>", "Ward\x007", "x" * 400, "a\nb"])
def test_names_are_text_whatever_they_hold(name: str) -> None:
    rows = {"measure": [name] * 15, "date": list(range(15)), "value": [float(value % 4) for value in range(15)]}
    assert len(deck(ptd.spc(rows, by="measure")).slides) == ALONE + 1


def own(path: Path, change: Any = None) -> str:
    """A template with a slide of its own, four to three."""
    made = pptx.Presentation()
    made.slide_width, made.slide_height = Inches(10), Inches(7.5)
    made.slides.add_slide(made.slide_layouts[6])
    if change:
        change(made)
    made.save(str(path))
    return str(path)


def test_a_template_gives_its_layouts_and_its_size_but_not_its_slides(tmp_path: Path) -> None:
    made = deck(result(["worse"]), template=own(tmp_path / "own.pptx"))
    assert (made.slide_width, made.slide_height) == (Inches(10), Inches(7.5))
    assert [slide.slide_layout.name for slide in made.slides] == ["Title Slide", *["Title Only"] * 3]
    inside = [shape for slide in made.slides for shape in slide.shapes]
    assert all(shape.left + shape.width <= Inches(10) and shape.top + shape.height <= Inches(7.5) for shape in inside)


def _untitled(made: Any) -> None:
    for layout in made.slide_layouts:
        for place in list(layout.placeholders):
            place._element.getparent().remove(place._element)


def test_a_template_that_cannot_be_used_gets_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "text.pptx").write_text("not a presentation")
    with pytest.raises(BadInput, match="is not a presentation that can be used"):
        report.pptx(result(["steady"]), template=tmp_path / "text.pptx")
    with pytest.raises(BadInput, match="there is no such template"):
        report.pptx(result(["steady"]), template=tmp_path / "nowhere.pptx")
    with pytest.raises(BadInput, match="has no layout with a title"):
        report.pptx(result(["steady"]), template=own(tmp_path / "bare.pptx", _untitled))


def test_a_pack_tells_what_is_done_and_brings_its_logo() -> None:
    pack = Pack(
        organisation="Fenmoor",
        logo=Logo(SVG.encode(), "svg", 2.0),
        measures=(Measure("0000 steady", "Falls", "We walk."),),
    )
    slides = list(deck(result(["steady", "worse"]), pack=pack).slides)
    assert len(slides) == ALONE + 1
    assert "Fenmoor" in told(slides[0])
    assert [shape.image.content_type for shape in slides[0].shapes if shape.shape_type == 13] == ["image/png"]
    assert "We walk." in told(slides[ALONE])
    assert re.match("Falls: ", slides[ALONE].shapes.title.text_frame.text)
