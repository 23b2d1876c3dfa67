from holdgood.documents import sheet


def test_the_sheet_of_charts_is_the_engines() -> None:
    assert sheet.SHEET.read_text(encoding="utf-8") == sheet.light()


def test_it_has_no_dark_colours_and_every_class_of_points() -> None:
    made = sheet.light()
    assert "prefers-color-scheme" not in made
    assert {each for each in ("common", "improvement", "concern", "neutral") if f".ptd-{each}{{" in made} == {
        "common", "improvement", "concern", "neutral",
    }  # fmt: skip
    assert made.count("{") == made.count("}")
