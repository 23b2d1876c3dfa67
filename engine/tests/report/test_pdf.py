"""The PDF: tagged as a screen reader needs it, the same each time, closed to what lies outside, good to look at."""

import datetime as dt
import logging
import re
from itertools import pairwise
from typing import Any

import pypdfium2
import pytest
from pypdf import PdfReader

import plotthedots as ptd
from plotthedots import BadInput, report
from plotthedots.report import cover
from plotthedots.report.logo import Logo
from plotthedots.report.pack import Measure, Pack
from plotthedots.report.paper import quoted
from plotthedots.report.parts import Medium

from .logos import SVG, png
from .measures import SHAPES, result
from .tagged import opened, tags, words

TOLD: dict[str, Any] = {
    "title": "Performance <March>",
    "subtitle": "Board, 7 May",
    "source": 'the "trust"',
    "made_on": dt.date(2026, 4, 21),
}
STEPPED = {"rebase": {"0003 failing": "2025-10-01"}}


@pytest.fixture(scope="module")
def made() -> Any:
    return result(**STEPPED)


@pytest.fixture(scope="module")
def data(made: Any) -> bytes:
    return report.pdf(made, **TOLD)


@pytest.fixture(scope="module")
def reader(data: bytes) -> PdfReader:
    return opened(data)


def test_it_says_its_language_its_title_and_that_it_is_tagged(reader: PdfReader, data: bytes) -> None:
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Performance <March>"
    assert b"pdfuaid" in root["/Metadata"].get_data()
    assert data.startswith(b"%PDF-1.7")


def test_headings_go_down_one_level_at_a_time_from_one_first(reader: PdfReader) -> None:
    levels = [int(tag.role[1]) for tag in tags(reader) if re.fullmatch("H[1-6]", tag.role)]
    assert (levels[0], levels.count(1)) == (1, 1)
    assert all(second <= first + 1 for first, second in pairwise(levels))
    assert levels.count(2) == len(SHAPES) + 2  # each measure, the exceptions and all measures


def test_every_figure_has_its_words(reader: PdfReader, made: Any) -> None:
    told = [tag.alt for tag in tags(reader) if tag.role == "Figure"]
    assert all(told)
    assert {f"{name}: {made.sentence(name)}" for name in made.series} <= set(told)


def test_every_table_has_its_heads(reader: PdfReader) -> None:
    found = tags(reader)
    tables = [place for place, tag in enumerate(found) if tag.role == "Table"]
    # The grid, all measures, the last points of each, and the phases of one.
    assert len(tables) == 2 + len(SHAPES) + 1
    ends = [*tables[1:], len(found)]
    assert all(any(tag.role == "TH" for tag in found[first:end]) for first, end in zip(tables, ends, strict=True))


def test_every_measure_has_its_page_and_its_bookmark(reader: PdfReader, made: Any) -> None:
    marks = {mark["/Title"]: reader.get_destination_page_number(mark) for mark in reader.outline}
    places = [marks[name] for name in made.series]
    assert places == sorted(set(places))
    for name, place in zip(made.series, places, strict=True):
        assert reader.pages[place].extract_text().count(f"{name}: ") >= 1


def test_pages_have_heads_and_feet(reader: PdfReader) -> None:
    count = len(reader.pages)
    for number, page in enumerate(reader.pages, 1):
        text = page.extract_text()
        assert "Performance <March>" in text
        assert "Board, 7 May, Mar 2026" in text
        assert 'Source: the "trust"' in text
        assert f"Page {number} of {count}" in text


def test_a_page_says_all_that_there_is_of_a_measure(reader: PdfReader, made: Any) -> None:
    text = " ".join(words(reader).split())
    assert "The last 13 points" in text
    assert "How far to trust it" in text
    assert "Made on 21 April 2026 with plotthedots." in text
    for name in made.series:
        assert " ".join(made.sentence(name).split()) in text


def test_links_of_the_cover_lead_to_pages(reader: PdfReader) -> None:
    links = [note.get_object() for page in reader.pages for note in page.get("/Annots", [])]
    assert len(links) >= len(SHAPES)
    assert not [link for link in links if "/URI" in link.get("/A", {})]


@pytest.mark.parametrize("count", [11])
def test_a_list_stays_with_its_heading(count: int) -> None:
    pages = [page.extract_text() for page in opened(report.pdf(result(["worse"] * count))).pages]
    [head] = [place for place, text in enumerate(pages) if "Exceptions, in the order" in text]
    assert "0000 worse: 3" in pages[head]


def test_the_same_report_gives_the_same_bytes(made: Any, data: bytes) -> None:
    assert report.pdf(made, **TOLD) == data


def test_fonts_are_those_of_the_package(data: bytes) -> None:
    names = set(re.findall(rb"/BaseFont ?/([\w+-]+)", data)) or _fonts(opened(data))
    assert names
    assert all(b"Liberation-Sans" in name or b"LiberationSans" in name for name in names), names


def _fonts(reader: PdfReader) -> set[bytes]:
    found = set()
    for page in reader.pages:
        fonts = page["/Resources"].get_object().get("/Font", {})
        found |= {str(fonts[name].get_object()["/BaseFont"]).encode() for name in fonts}
    return found


def test_slides_are_wide_and_a_measure_fills_one() -> None:
    reader = opened(report.pdf(result(["steady", "worse"]), paper="slides"))
    box = reader.pages[0].mediabox
    assert float(box.width) / float(box.height) == pytest.approx(16 / 9, abs=0.01)
    assert len(reader.pages) == 4  # cover, all measures, a slide each


def test_another_paper_is_refused() -> None:
    with pytest.raises(BadInput, match="expected a4 or slides"):
        report.pdf(result(["steady"]), paper="a3")


@pytest.mark.parametrize("name", ["<script>", '"quoted" & more', "Ward\x007", "x" * 300, "Ψ Ж naïve", "a\nb"])
def test_names_are_text_whatever_they_hold(name: str) -> None:
    rows = {"measure": [name] * 15, "date": list(range(15)), "value": [float(value % 4) for value in range(15)]}
    text = words(opened(report.pdf(ptd.spc(rows, by="measure"))))
    plain = name.replace("\x00", "")
    assert "".join(plain.split())[:20] in "".join(text.split())


@pytest.mark.parametrize("text", ['a"b', "a\\b", "a\nb}", "</style>", "é € Ж"])
def test_a_text_in_the_sheet_ends_where_it_should(text: str) -> None:
    assert not re.search(r'["\\\n<}]', re.sub(r"\\[0-9a-f]+ ", "", quoted(text)[1:-1]))
    assert "".join(text.split()) in "".join(words(opened(report.pdf(result(["steady"]), source=text))).split())


def test_nothing_outside_of_the_report_is_read(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    import socket

    def refused(*_: Any, **__: Any) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refused)
    evil = SVG.replace("<rect", '<image href="file:///etc/hostname" width="9" height="9"/><rect')
    logo = Logo(evil.encode(), "svg", 2.0)  # as if it had got past the check
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        assert report.pdf(result(["steady"]), pack=Pack(logo=logo)).startswith(b"%PDF")


def test_a_pack_names_orders_and_tells() -> None:
    pack = Pack(
        organisation="Fenmoor NHS Trust",
        introduction="As the board asked.",
        logo=Logo(png(), "png", 2.0),
        measures=(Measure("0001 worse", "Second first", "We open until ten."), Measure("0000 steady")),
    )
    reader = opened(report.pdf(result(["steady", "worse", "better"]), pack=pack))
    text = words(reader)
    assert [mark["/Title"] for mark in reader.outline if "Exc" not in mark["/Title"]][1:] == [
        "All measures",
        "Second first",
        "0000 steady",
    ]
    assert "We open until ten." in text
    assert "Fenmoor NHS Trust" in text
    assert "0002" not in text
    assert "Logo" in {tag.alt for tag in tags(reader)}


def test_more_chips_than_fit_are_counted() -> None:
    cards = list(result(["steady"] * 60).cards())
    pieces = "".join(cover.grid(cards, 15, Medium(chips=40, fold=lambda summary, _: summary)))
    assert pieces.count("<li><a ") == 40
    assert "and 20 more" in pieces


def test_the_page_shows_ink_where_it_should(data: bytes) -> None:
    """Charts are drawn in colours, not in black: their sheets are inside."""
    page = pypdfium2.PdfDocument(data)[1 + SHAPES.index("worse") + 0]
    colours = page.render(scale=1).to_pil().convert("RGB").getcolors(1 << 24)
    assert colours is not None
    counts = {colour: count for count, colour in colours}
    black = counts.get((0, 0, 0), 0)
    white = counts[255, 255, 255]
    assert white > 0.7 * sum(counts.values())
    assert black < 0.002 * sum(counts.values())
    assert counts.get((0xD9, 0x5F, 0x02), 0) > 50


def test_a_report_of_one_series_without_a_name_and_of_no_value_at_all() -> None:
    one = ptd.spc({"date": list(range(20)), "value": [float(value % 5) for value in range(20)]})
    assert "The measure" in words(opened(report.pdf(one)))
    none = ptd.spc({"date": list(range(3)), "value": [float("nan")] * 3})
    assert "No value yet." in words(opened(report.pdf(none)))
