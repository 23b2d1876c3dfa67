"""Packs: read in full or refused in a sentence; the same report by every format, and on the command line."""

import io
from pathlib import Path
from typing import Any

import pptx
import pytest

from cli.terminal import run
from plotthedots import BadInput, report
from plotthedots.report.pack import KEYS, OF_A_MEASURE
from plotthedots.report.plan import plan

from .logos import SVG, png
from .measures import of_class, page, result, told, tree, workbook
from .tagged import opened, words

PACK = """
title = "Integrated performance report"
subtitle = "Board of directors"
period = "March 2026"
organisation = "Fenmoor NHS Trust"
introduction = "As the board asked."
source = "daily return"

[data]
file = "data.csv"
by = "measure"
target = "target"

[[measure]]
name = "0001 worse"
title = "Waits"
doing = "We open until ten."

[[measure]]
name = "0000 steady"
"""


def write(folder: Path, text: str = PACK) -> Path:
    path = folder / "pack.toml"
    path.write_text(text, encoding="utf-8")
    return path


def data(folder: Path) -> None:
    from .measures import table

    columns = table(["steady", "worse", "better"])
    rows = [",".join(columns), *(",".join(map(str, row)) for row in zip(*columns.values(), strict=True))]
    (folder / "data.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")


def test_a_pack_says_everything_once(tmp_path: Path) -> None:
    pack = report.read_pack(write(tmp_path))
    assert (pack.title, pack.period, pack.organisation) == (
        "Integrated performance report",
        "March 2026",
        "Fenmoor NHS Trust",
    )
    assert [measure.name for measure in pack.measures] == ["0001 worse", "0000 steady"]
    assert pack.data["by"] == "measure"
    assert report.read_pack(write(tmp_path, "")).measures == ()


def test_measures_come_in_the_order_and_under_the_names_of_the_pack(tmp_path: Path) -> None:
    made = plan(result(["steady", "worse", "better"]), pack=report.read_pack(write(tmp_path)))
    assert [card.name for card in made.cards] == ["Waits", "0000 steady"]
    assert made.doing == {1: "We open until ten."}
    assert made.heading == "March 2026: 1 getting worse, out of 2 measures"


def test_what_is_said_on_the_spot_goes_before_the_pack(tmp_path: Path) -> None:
    made = plan(result(["steady", "worse"]), pack=report.read_pack(write(tmp_path)), title="Another", period="April")
    assert (made.title, made.period, made.subtitle) == ("Another", "April", "Board of directors")


def test_every_format_takes_it_and_tells_the_same(tmp_path: Path) -> None:
    pack = report.read_pack(write(tmp_path))
    made = result(["steady", "worse", "better"])
    held = tree(page(made, pack=pack))
    book = workbook(report.xlsx(made, pack=pack))
    slides = pptx.Presentation(io.BytesIO(report.pptx(made, pack=pack))).slides
    shown = [shape for slide in slides for shape in slide.shapes if shape.has_text_frame]
    texts = {
        "html": told(held),
        "pdf": " ".join(words(opened(report.pdf(made, pack=pack))).split()),
        "pptx": "\n".join(shape.text_frame.text for shape in shown),
        "xlsx": "\n".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row),
    }
    heading = "March 2026: 1 getting worse, out of 2 measures"
    names = ("Waits", "0000 steady", "Fenmoor NHS Trust", "Source: daily return")
    for kind, text in texts.items():
        for said in (heading, *names, "We open until ten.", "As the board asked."):
            assert said in text, (kind, said)
        assert "0002 better" not in text, kind
    assert [told(section)[:5] for section in of_class(held, "measure")] == ["Waits", "0000 "]


def test_names_of_several_columns_may_be_joined_by_a_comma() -> None:
    import plotthedots as ptd

    rows = {"site": ["A"] * 15, "ward": [7] * 15, "date": list(range(15)), "value": [float(n % 4) for n in range(15)]}
    made = ptd.spc(rows, by=["site", "ward"])
    for name in ("A · 7", "A,7"):
        pack = report.Pack(measures=(report.pack.Measure(name),))
        assert [card.name for card in plan(made, pack=pack).cards] == ["A · 7"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('titel = "a"', "pack.toml: there is no key titel: did you mean title?"),
        ('zzz = "a"', "pack.toml: there is no key zzz: expected one of title, "),
        ('[[measure]]\nname = "a"\ndoin = "b"', "pack.toml, measure 1: there is no key doin: did you mean doing?"),
        ('[[measure]]\ntitle = "a"', "pack.toml, measure 1: name is missing"),
        ('[[measure]]\nname = "a"\n[[measure]]\nname = "a"', '"a" is there 2 times'),
        ("title = 3", "pack.toml: title: found 3, expected a text in quotation marks"),
        ('measure = "a"', "that begins with [[measure]]"),
        ('data = "a"', "that begins with [data]"),
        ("title = ", "cannot be read as TOML"),
        ("a = " + "[" * 3000, "cannot be read as TOML"),
        ("#" * 1_000_001, "more than 1,000,000 bytes"),
        ('logo = "../logo.png"', "expected the name of a file beside the pack"),
        ('logo = "/etc/passwd"', "expected the name of a file beside the pack"),
        ('logo = "none.png"', 'there is no file "none.png" beside the pack'),
    ],
)
def test_what_cannot_be_read_gets_a_sentence(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(BadInput) as problem:
        report.read_pack(write(tmp_path, text))
    assert said in str(problem.value)


def test_a_pack_that_is_not_there_or_is_no_text_gets_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="there is no such pack"):
        report.read_pack(tmp_path / "none.toml")
    (tmp_path / "bad.toml").write_bytes(b'title = "\xff"')
    with pytest.raises(BadInput, match="not UTF-8"):
        report.read_pack(tmp_path / "bad.toml")


def test_a_measure_that_is_not_in_the_data_names_those_near(tmp_path: Path) -> None:
    pack = report.read_pack(write(tmp_path, '[[measure]]\nname = "0000 Staedy"'))
    with pytest.raises(BadInput) as problem:
        plan(result(["steady", "worse"]), pack=pack)
    assert (
        str(problem.value)
        == 'pack.toml: measure: "0000 Staedy" is not in the data. Did you mean "0000 steady" or "0001 worse"?'
    )
    far = report.read_pack(write(tmp_path, '[[measure]]\nname = "zzz"'))
    with pytest.raises(BadInput, match='The data have "0000 steady" or "0001 worse"'):
        plan(result(["steady", "worse"]), pack=far)


@pytest.mark.parametrize(("name", "content"), [("logo.png", png()), ("logo.svg", SVG.encode())])
def test_a_logo_is_known_by_what_it_holds(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    logo = report.read_pack(write(tmp_path, f'logo = "{name}"')).logo
    assert logo is not None
    assert (logo.kind, logo.ratio) == (name[-3:], 2.0)
    held = tree(page(result(["steady"]), pack=report.Pack(logo=logo)))
    assert next(held.iter("img")).get("src", "").startswith(f"data:{logo.mime};base64,")


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        '<image href="file:///etc/hostname"/>',
        '<use href="https://example.org/a.svg#b"/>',
        '<rect onload="alert(1)"/>',
        '<rect fill="url(https://example.org)"/>',
        "<style>@import 'https://example.org';</style>",
        "<foreignObject/>",
    ],
)
def test_a_logo_that_does_more_than_show_is_refused(tmp_path: Path, inside: str) -> None:
    (tmp_path / "logo.svg").write_text(SVG.replace("<rect", f"{inside}<rect", 1), encoding="utf-8")
    with pytest.raises(BadInput, match=r"take it out|attributes alone"):
        report.read_pack(write(tmp_path, 'logo = "logo.svg"'))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"GIF89a", "neither a PNG nor an SVG"),
        (b"<html/>", "neither a PNG nor an SVG"),
        (
            b'<!DOCTYPE a [<!ENTITY b "c">]><svg xmlns="http://www.w3.org/2000/svg">&b;</svg>',
            "neither a PNG nor an SVG",
        ),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "give it a viewBox"),
        (png()[:20], "ends too early"),
        (png(width=5000, height=1), "at most 4,000 each way"),
        (b"x" * 1_000_001, "more than 1,000,000 bytes"),
    ],
)
def test_a_logo_that_is_none_gets_a_sentence(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "logo").write_bytes(content)
    with pytest.raises(BadInput) as problem:
        report.read_pack(write(tmp_path, 'logo = "logo"'))
    assert said in str(problem.value)


# On the command line


@pytest.mark.parametrize(
    ("name", "mark"), [("out.html", b"<!doctype"), ("out.pdf", b"%PDF"), ("out.pptx", b"PK"), ("out.xlsx", b"PK")]
)
def test_a_pack_makes_a_report_by_its_ending(tmp_path: Path, name: str, mark: bytes) -> None:
    write(tmp_path)
    data(tmp_path)
    ended = run("report", "--pack", "pack.toml", "-o", name, cwd=tmp_path)
    assert (ended.code, ended.err) == (0, "")
    assert (tmp_path / name).read_bytes().startswith(mark)


def test_files_of_a_pack_are_beside_it_and_the_command_line_goes_first(tmp_path: Path) -> None:
    (tmp_path / "packs").mkdir()
    write(tmp_path / "packs", PACK + "\n")
    data(tmp_path / "packs")
    ended = run(
        "report",
        "--pack",
        "packs/pack.toml",
        "--target",
        "1000",
        "--direction",
        "increase",
        "-o",
        "a.html",
        cwd=tmp_path,
    )
    assert (ended.code, ended.err) == (0, "")
    assert "the target of 1,000 is missed every time" in (tmp_path / "a.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("replaced", "by", "said"),
    [
        ('by = "measure"', 'bye = "measure"', "pack.toml, [data]: there is no key bye: did you mean by?"),
        ('by = "measure"', 'chart = "xmrr"', "pack.toml, [data]: Invalid value for '--chart'"),
        ('by = "measure"', 'forecast = "yes"', "[data]: forecast: found 'yes', expected true or false"),
        ('by = "measure"', 'date = ["a", "b"]', "[data]: date: found 2 values, expected one"),
        ('by = "measure"', "by = [[1]]", "by: found [1], expected a text or a number"),
        ('by = "measure"', 'output = "a.pdf"', "there is no key output"),
        ('file = "data.csv"', "", "there is no FILE to report on"),
        ('file = "data.csv"', 'file = "dat.csv"', "there is no such file"),
        ('"0000 steady"', '"0000 stead"', 'Did you mean "0000 steady"'),
    ],
)
def test_a_pack_that_cannot_be_used_writes_nothing(tmp_path: Path, replaced: str, by: str, said: str) -> None:
    data(tmp_path)
    write(tmp_path, PACK.replace(replaced, by))
    ended = run("report", "--pack", "pack.toml", "-o", "out.xlsx", cwd=tmp_path)
    assert ended.code == 2
    assert said in ended.err
    assert "Traceback" not in ended.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data.csv", "pack.toml"]


def test_every_key_is_in_the_reference() -> None:
    text = (Path(__file__).parents[3] / "docs" / "reference" / "pack.md").read_text(encoding="utf-8")
    keys: list[Any] = [*KEYS, *OF_A_MEASURE]
    assert [key for key in keys if f"`{key}`" not in text] == []
