"""What moved, all measures at one look, and colours beside dots: the same in every format."""

import datetime as dt
import io
import zipfile
from typing import Any

import pptx
import pytest

import plotthedots as ptd
from plotthedots import BadInput, report
from plotthedots.rag import rag_or_dots
from plotthedots.report import cover
from plotthedots.report.plan import plan

from .measures import SHAPES, of_class, page, result, told, tree, workbook
from .tagged import opened, tags, words

MONTHS = [dt.date(2024 + month // 12, month % 12 + 1, 1) for month in range(24)]


def moving() -> Any:
    """One measure whose last month alone is beyond its limits, and one that stays as it is."""
    steady = [50.0 + (-1) ** month for month in range(24)]
    columns = {"measure": ["Falls"] * 24 + ["Waits"] * 24, "date": MONTHS * 2, "value": [*steady[:-1], 90.0, *steady]}
    return ptd.spc(columns, by="measure", target=60, direction="decrease")


def sheet(data: bytes, name: str) -> list[list[Any]]:
    return [list(row) for row in workbook(data)[name].iter_rows(values_only=True)]


def slides(data: bytes) -> list[Any]:
    return list(pptx.Presentation(io.BytesIO(data)).slides)


def texts(slide: Any) -> str:
    cells = [cell.text for shape in slide.shapes if shape.has_table for row in shape.table.rows for cell in row.cells]
    return " ".join(cells + [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame])


def titled(data: bytes, title: str) -> list[Any]:
    return [slide for slide in slides(data) if slide.shapes.title.text_frame.text.startswith(title)]


class TestMovement:
    def test_a_measure_says_where_it_was_and_others_say_nothing(self) -> None:
        made = plan(moving())
        assert [made.moved.was(card, 15) for card in made.cards] == ["was common cause", ""]
        assert made.moved.since == "Nov 2025"

    def test_a_chip_that_moved_is_bold_and_comes_first(self) -> None:
        made = tree(page(moving()))
        [moved] = of_class(made, "moved")
        assert told(moved) == "Falls 90 was common cause"
        assert "In bold: moved since Nov 2025 (1 did)." in told(made)

    def test_where_none_moved_the_cover_says_so(self) -> None:
        assert "None has moved since Feb 2026." in told(tree(page(result(["steady", "steady"]))))

    def test_a_first_period_has_none_before(self) -> None:
        made = ptd.spc({"measure": ["a", "b"], "date": MONTHS[:1] * 2, "value": [1.0, 2.0]}, by="measure")
        assert "oved since" not in told(tree(page(made)))

    def test_a_month_without_a_value_moves_nothing_and_nothing_is_said(self) -> None:
        values = [50.0 + month % 2 for month in range(23)] + [None]
        made = ptd.spc({"measure": ["a"] * 24, "date": MONTHS, "value": values}, by="measure")
        assert "oved since" not in told(tree(page(made)))

    def test_a_measure_left_out_by_a_pack_is_not_counted(self) -> None:
        pack = report.Pack(measures=(report.pack.Measure("Waits"),))
        assert "None has moved" in told(tree(page(moving(), pack=pack)))

    def test_paper_slides_and_workbook_say_it_too(self) -> None:
        made = moving()
        assert "was common cause" in " ".join(words(opened(report.pdf(made))).split())
        table = next(shape.table for shape in slides(report.pptx(made))[1].shapes if shape.has_table)
        lines = [line for row in table.rows for cell in row.cells for line in cell.text_frame.paragraphs]
        bold = {line.text: line.runs[0].font.bold for line in lines if line.text.startswith(("Falls", "Waits"))}
        assert bold == {"Falls 90 (was common cause)": True, "Waits 49": False}
        rows = sheet(report.xlsx(made), "Summary")
        assert [row[11] for row in rows[6:]] == ["was common cause", None]

    @pytest.mark.parametrize(("room", "most"), [(0, 9), (40, 9), (8, 7), (1, 1)])
    def test_names_are_as_many_as_the_page_has_room_for(self, room: int, most: int) -> None:
        cards = list(result(["steady"] * 20).cards())
        found, was = cover.cells(cards, 15), {card.position: "" for card in cards}
        assert cover.fitting(found, was, 9, room, 30) == most

    def test_a_name_of_several_lines_takes_as_much_room(self) -> None:
        cards = list(result(["steady"] * 20).cards())
        found, was = cover.cells(cards, 15), {card.position: "" for card in cards}
        assert cover.fitting(found, was, 9, 9, 10) == 4


class TestAllMeasures:
    def test_the_page_has_a_row_a_measure_with_its_course(self) -> None:
        made = tree(page())
        [table] = of_class(made, "all-measures")
        rows = list(table.iter("tr"))[1:]
        assert len(rows) == len(SHAPES)
        assert all(len(of_class(row, "ptd-sparkline")) == 1 for row in rows)
        assert all(len(of_class(row, "ptd-icon")) == 2 for row in rows)

    def test_one_measure_needs_no_table(self) -> None:
        assert not of_class(tree(page(result(["steady"]))), "all-measures")
        assert not titled(report.pptx(result(["steady"])), "All measures")

    def test_slides_have_a_table_and_the_course_of_each(self) -> None:
        [first, second] = titled(report.pptx(result(["steady"] * 13)), "All measures")
        assert first.shapes.title.text_frame.text == "All measures (1 to 12 of 13)"
        assert "0012 steady" in texts(second)
        pictures = [shape for shape in first.shapes if shape.shape_type == 13]
        assert len(pictures) == 12
        assert pictures[0]._element.xpath(".//p:cNvPr")[0].get("descr") == "Course of 0000 steady"

    def test_the_summary_has_a_sparkline_a_measure_of_the_last_points(self) -> None:
        with zipfile.ZipFile(io.BytesIO(report.xlsx(result()))) as archive:
            summary = archive.read("xl/worksheets/sheet1.xml").decode()
        assert summary.count("<x14:sparkline>") == len(SHAPES)
        assert "<xm:f>'0000 steady'!B21:B44</xm:f><xm:sqref>B7</xm:sqref>" in summary
        assert "<xm:f>'0007 short'!B9:B14</xm:f>" in summary


class TestSideBySide:
    def test_it_is_there_where_it_is_asked_for(self) -> None:
        assert not of_class(tree(page()), "many")
        [many] = of_class(tree(page(side_by_side="own")), "many")
        assert len(of_class(many, "ptd-chart")) == len(SHAPES)

    def test_one_scale_is_the_same_on_each_and_own_scales_differ(self) -> None:
        def lowest(scale: str) -> set[str]:
            [many] = of_class(tree(page(result(["steady", "better"]), side_by_side=scale)), "many")
            return {
                next(part.text or "" for part in one.iter() if part.tag.endswith("text"))
                for one in of_class(many, "ptd-chart")
            }

        assert len(lowest("common")) == 1
        assert len(lowest("own")) == 2

    def test_paper_has_a_picture_of_each_with_words(self) -> None:
        found = tags(opened(report.pdf(result(["steady"] * 2), side_by_side="own")))
        assert sum((tag.alt or "").startswith("Course of 0000 steady") for tag in found) == 2

    def test_slides_have_a_picture_of_twelve(self) -> None:
        [first, _] = titled(report.pptx(result(["steady"] * 13), side_by_side="common"), "Side by side")
        [picture] = [shape for shape in first.shapes if shape.shape_type == 13]
        assert "0011 steady: " in picture._element.xpath(".//p:cNvPr")[0].get("descr")

    def test_the_workbook_has_a_sheet_of_charts_that_draw_from_the_others(self) -> None:
        with zipfile.ZipFile(io.BytesIO(report.xlsx(result(["steady"] * 2), side_by_side="common"))) as archive:
            charts = [archive.read(name).decode() for name in archive.namelist() if "/charts/chart" in name]
        assert len(charts) == 4
        assert sum("'0001 steady'!$B$9" in chart for chart in charts) == 2
        assert sum("<c:max" in chart for chart in charts) == 2

    def test_another_scale_is_refused(self) -> None:
        with pytest.raises(BadInput, match='side_by_side: found \'log\', expected "own" or "common"'):
            page(side_by_side="log")


@pytest.fixture(scope="module")
def made() -> Any:
    return result()


@pytest.fixture(scope="module")
def rag(made: Any) -> Any:
    return rag_or_dots(made, amber=1.0)


class TestColours:
    def test_the_page_counts_and_draws_those_that_have_colours(self, made: Any, rag: Any) -> None:
        whole = tree(page(made, rag=rag))
        [table] = of_class(whole, "colours")
        names = [told(next(row.iter("th"))) for row in list(table.iter("tr"))[1:]]
        assert names == [name for name in made.series if "no target" not in name and "neither" not in name]
        assert "2 have no colour: that takes a target and a better direction." in told(whole)
        assert rag.sentence("0002 worse").startswith(rag.sentence_at(2))
        assert told(whole).count("asked for an answer") >= len(names)

    def test_counts_are_those_of_the_summary(self, made: Any, rag: Any) -> None:
        from plotthedots.report import colours

        counted = {card.name: cells for card, cells in colours.rows(rag, list(made.cards()))}
        summary = {
            name: rag.summary[name] for name in ("points", "red", "red_wolves", "marked", "marked_wolves", "shown")
        }
        place = SHAPES.index("worse")
        own = {name: list(values)[place] for name, values in summary.items()}
        assert counted["0002 worse"][:6] == [
            own["points"], own["red"], own["red"] - own["red_wolves"], own["marked"],
            own["marked"] - own["marked_wolves"], own["shown"],
        ]  # fmt: skip

    def test_the_sentence_of_a_pack_is_of_its_measures(self, made: Any, rag: Any) -> None:
        pack = report.Pack(measures=(report.pack.Measure("0000 steady"), report.pack.Measure("0002 worse")))
        assert "On 2 charts, over their last 24 months" in told(tree(page(made, rag=rag, pack=pack)))

    def test_paper_shows_a_picture_on_the_page_of_each(self, made: Any, rag: Any) -> None:
        reader = opened(report.pdf(made, rag=rag))
        alts = {tag.alt for tag in tags(reader)}
        assert f"0002 worse: {rag.sentence_at(2)}" in alts
        assert "Red, amber, green, or dots" in words(reader)

    def test_slides_have_a_table_and_pictures(self, made: Any, rag: Any) -> None:
        found = titled(report.pptx(made, rag=rag), "Red, amber, green, or dots")
        assert len(found) == 1 + 2
        assert "0002 worse" in texts(found[0])

    def test_the_workbook_has_the_counts_and_a_row_a_month(self, made: Any, rag: Any) -> None:
        data = report.xlsx(made, rag=rag)
        counts = sheet(data, "Colours or dots")
        assert counts[2][0] == "Measure"
        assert counts[3][0] == "0000 steady"
        months = sheet(data, "Colours by month")[3:]
        assert len(months) == 5 * 24 + 6
        reds = sum(row[0] == "0002 worse" and row[4] == "red" for row in months)
        assert reds == list(rag.summary["red"])[2]

    def test_a_row_that_knows_no_number_has_an_empty_cell(self) -> None:
        values = [None if month == 20 else 50.0 + month % 3 for month in range(24)]
        made = ptd.spc({"date": MONTHS, "value": values}, target=51, direction="increase")
        months = sheet(report.xlsx(made, rag=rag_or_dots(made)), "Colours by month")[3:]
        assert [row[2] is None for row in months].count(True) == 1
        assert months[20][4] is None
