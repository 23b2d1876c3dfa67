"""PNG and PDF of one picture: twice as large, on white, in the package's own font."""

import io
import re
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from plotthedots import BadInput, report
from plotthedots.report import fonts
from plotthedots.report.needs import needed
from plotthedots.report.pdf import one
from plotthedots.report.png import png

from .measures import result
from .tagged import opened, tags, words


@pytest.fixture(scope="module")
def drawn() -> str:
    return str(result(["worse"]).to_svg("0000 worse", width=480, height=300))


def picture(drawn: str, **options: Any) -> Image.Image:
    return Image.open(io.BytesIO(png(drawn, **options)))


def test_a_picture_is_twice_as_large_and_on_white(drawn: str) -> None:
    width, height = map(int, re.findall(r'viewBox="0 0 (\d+) (\d+)"', drawn)[0])
    made = picture(drawn)
    assert made.size == (2 * width, 2 * height)
    assert made.convert("RGB").getpixel((1, 1)) == (255, 255, 255)
    assert made.convert("RGBA").getextrema()[3] == (255, 255)


def test_words_are_drawn_without_fonts_of_the_machine(drawn: str) -> None:
    """The title is text alone: where no font was found there would be nothing but white."""
    head = picture(drawn).convert("L").crop((0, 0, 960, 60))
    assert head.getextrema()[0] < 80


def test_the_same_picture_gives_the_same_bytes(drawn: str) -> None:
    assert png(drawn) == png(drawn)


def test_colours_are_those_of_the_chart(drawn: str) -> None:
    colours = picture(drawn).convert("RGB").getcolors(1 << 24)
    assert colours is not None
    assert (0xD9, 0x5F, 0x02) in {colour for _, colour in colours}


def test_one_chart_is_a_page_of_its_size_and_is_told(drawn: str) -> None:
    reader = opened(one(drawn))
    width, height = map(float, re.findall(r'viewBox="0 0 (\d+) (\d+)"', drawn)[0])
    assert len(reader.pages) == 1
    box = reader.pages[0].mediabox
    assert (float(box.width), float(box.height)) == pytest.approx((width * 0.75, height * 0.75), abs=0.5)
    assert [tag.alt for tag in tags(reader) if tag.role == "Figure"] == [
        "0000 worse: " + result(["worse"]).sentence("0000 worse")
    ]
    assert "Average 47.0" in words(reader)
    assert one(drawn) == one(drawn)


def test_the_fonts_come_with_their_licence() -> None:
    folder = Path(fonts.path(fonts.REGULAR)).parent
    assert sorted(path.name for path in folder.iterdir()) == ["LICENCE.txt", *sorted(fonts.NAMES)]
    assert "SIL OPEN FONT LICENSE Version 1.1" in (folder / "LICENCE.txt").read_text(encoding="utf-8")
    for name in fonts.NAMES:
        # The font says so itself, in the encoding of its table of names.
        assert "SIL Open Font License, Version 1.1".encode("utf-16-be") in fonts.data(name)


@pytest.mark.parametrize("kind", ["pdf", "pptx", "xlsx"])
def test_what_is_not_installed_is_asked_for_in_a_sentence(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    module = {"pdf": "weasyprint", "pptx": "pptx", "xlsx": "xlsxwriter"}[kind]
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(BadInput, match=r'needs more than the core: pip install "plotthedots\[report\]"'):
        getattr(report, kind)(result(["steady"]))


def test_a_missing_system_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_: str) -> None:
        raise OSError("cannot load library 'libpango-1.0-0': no such file")

    monkeypatch.setattr("plotthedots.report.needs.import_module", missing)
    with pytest.raises(BadInput, match="Pango"):
        needed("pdf")
