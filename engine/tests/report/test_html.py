"""The report: one file that needs nothing, reads in order, escapes what it is given and streams."""

import datetime as dt
import re
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

import plotthedots as ptd
from plotthedots import report, words
from plotthedots.report.style import STYLE

from .measures import MONTHS, SHAPES, of_class, page, result, table, told, tree


@pytest.fixture(scope="module")
def text() -> str:
    return page(title="Performance <March>", subtitle="Board", source="the trust", made_on=dt.date(2026, 4, 21))


def test_it_says_its_language_title_source_and_day(text: str) -> None:
    made = tree(text)
    assert made.get("lang") == "en-GB"
    assert told(next(made.iter("title"))) == "Performance <March>"
    assert told(next(made.iter("footer"))) == "Source: the trust. Made on 21 April 2026 with plotthedots."


def test_nothing_runs_and_nothing_is_fetched(text: str) -> None:
    made = tree(text)
    assert {element.tag for element in made.iter()}.isdisjoint({"script", "link", "img", "iframe", "object"})
    assert not [name for element in made.iter() for name in element.attrib if name.startswith("on")]
    addresses = set(re.findall(r"https?://[^\"'\s<)]+", text))
    assert addresses == {"http://www.w3.org/2000/svg"}
    assert not re.search(r"url\(|@import", text)


def test_headings_go_down_one_level_at_a_time_from_one_first(text: str) -> None:
    levels = [int(element.tag[1]) for element in tree(text).iter() if re.fullmatch("h[1-6]", element.tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(second <= first + 1 for first, second in pairwise(levels))


def test_ids_are_unique_and_links_and_labels_lead_to_them(text: str) -> None:
    made = tree(text)
    ids = [element.get("id") for element in made.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    wanted = [name for element in made.iter() for name in (element.get("aria-labelledby") or "").split()]
    wanted += [element.get("href", "").removeprefix("#") for element in made.iter("a")]
    assert set(wanted) <= set(ids)


def test_every_measure_has_a_page_with_a_chart_for_each_width(text: str) -> None:
    made = tree(text)
    pages = of_class(made, "measure")
    assert len(pages) == len(SHAPES)
    for section in pages:
        assert [kind for kind in ("wide", "middle", "narrow") if len(of_class(section, kind)) == 1] == [
            "wide",
            "middle",
            "narrow",
        ]
        assert len(of_class(section, "ptd-chart")) == 3


def test_one_chart_is_shown_at_a_time() -> None:
    screen, printed = STYLE.split("@media print{", 1)
    assert ".middle,.narrow{display:none}" in screen
    assert ".wide,.narrow{display:none}\n.middle{display:block}" in printed


def test_the_narrow_chart_says_that_it_shows_the_latest_alone(text: str) -> None:
    narrow = of_class(tree(text), "narrow")
    assert told(narrow[0]).endswith("The last 18 of 36 points.")
    assert not told(narrow[SHAPES.index("short")]).endswith("points.")


def test_every_row_is_in_the_table(text: str) -> None:
    tables = of_class(tree(text), "points")
    rows = [len(list(made.iter("tr"))) - 1 for made in tables]
    assert rows == [36] * 7 + [6]
    assert len(of_class(of_class(tree(text), "measure")[0], "across")) == 1


def test_tables_scroll_in_boxes_that_the_keyboard_reaches(text: str) -> None:
    boxes = of_class(tree(text), "scroll")
    assert all(box.get("tabindex") == "0" and box.get("aria-label") for box in boxes)
    labels = [box.get("aria-label") for box in boxes]
    assert len(labels) == len(set(labels))


def test_too_few_points_have_the_icon_of_too_few() -> None:
    short = SHAPES.index("short")
    said = told(of_class(of_class(tree(page()), "measure")[short], "facts")[0])
    assert "Too few points" in said
    assert "Too few points" not in told(of_class(of_class(tree(page(too_few=6)), "measure")[short], "facts")[0])


def test_the_target_is_named_beside_its_icon() -> None:
    facts = [told(of_class(section, "facts")[0]) for section in of_class(tree(page()), "measure")]
    assert "the target of 90 is missed every time" in facts[SHAPES.index("failing")]
    assert "none is set" in facts[SHAPES.index("no target")]


def test_a_target_that_cannot_be_judged_is_told() -> None:
    made = ptd.spc(table(["steady"]), by="measure", target="target")
    assert "Target 50" in told(of_class(tree(page(made)), "facts")[0])


def test_phases_have_their_table() -> None:
    made = tree(page(result(["steady", "better"], rebase={"0001 better": "2025-10-01"})))
    phases = of_class(made, "phases")
    assert len(phases) == 1
    assert [told(cell) for cell in phases[0].iter("td")][:2] == ["Apr 2023", "30"]


def test_advice_is_told_in_sentences() -> None:
    assert words.ADVICE["provisional"] in told(tree(page()))


def test_numerators_and_denominators_have_their_columns() -> None:
    columns = {"date": MONTHS, "value": [float(5 + month % 3) for month in range(36)], "n": [100.0] * 36}
    made = tree(page(ptd.spc(columns, denominator="n", chart="p")))
    heads = [told(cell) for cell in of_class(made, "points")[0].iter("th")]
    assert heads[:4] == ["When", "Number", "Out of", "Value"]


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", 'a"b', "a&b", "Ward\x007", "", "naïve – 測定"])
def test_names_are_text_whatever_they_hold(name: str) -> None:
    columns = {"measure": [name] * 15, "date": MONTHS[:15], "value": [float(month % 4) for month in range(15)]}
    made = tree(page(ptd.spc(columns, by="measure")))
    heading = next(element for element in made.iter("h2") if element.get("id") == "h0")
    assert told(heading) == (name.replace("\x00", "") or "The measure")
    assert "script" not in {element.tag for element in made.iter()}


def test_a_single_series_without_a_name_has_a_report() -> None:
    made = tree(page(ptd.spc({"date": MONTHS, "value": [float(month % 5) for month in range(36)]})))
    assert told(of_class(made, "chips")[0]).startswith("The measure")


@pytest.mark.parametrize(
    ("dates", "lead"),
    [
        (list(range(1, 21)), "At 20: "),
        ([dt.date(2026, 3, day) for day in range(1, 21)], "20 Mar 2026: "),
        ([dt.datetime(2026, 3, 1, hour) for hour in range(20)], "1 Mar 2026 19:00: "),
    ],
)
def test_dates_of_every_kind_have_a_report(dates: list[Any], lead: str) -> None:
    made = tree(page(ptd.spc({"date": dates, "value": [float(value % 4) for value in range(20)]})))
    assert told(next(made.iter("h1"))).startswith(lead)


def test_a_measure_without_a_value_has_a_report() -> None:
    columns = {"measure": ["a"] * 3 + ["b"], "date": [*MONTHS[:3], MONTHS[0]], "value": [float("nan")] * 3 + [4.0]}
    made = tree(page(ptd.spc(columns, by="measure")))
    assert "No value yet." in told(made)
    assert "The one point" in told(made)


def test_what_was_converted_while_reading_is_said() -> None:
    made = result(["steady"])
    made.said.append("Percentages were turned into shares.")
    assert "Percentages were turned into shares." in told(next(tree(page(made)).iter("footer")))


def test_colours_do_not_follow_the_screen_into_a_page_that_is_white(text: str) -> None:
    assert "@media screen and (prefers-color-scheme:dark)" not in text


def test_a_thousand_measures_stream_in_pieces() -> None:
    rng = np.random.default_rng(3)
    columns = {
        "measure": np.repeat(np.arange(1000), 36),
        "date": np.tile(np.array(MONTHS, dtype="datetime64[D]"), 1000),
        "value": rng.normal(50, 5, 36_000),
    }
    pieces = report.html(ptd.spc(columns, by="measure", target=50, direction="increase"))
    sizes = [len(piece) for piece in pieces]
    assert len(sizes) > 1000
    # The grid's row with hundreds of chips is the longest piece; a page of a measure is a few tens of kilobytes.
    assert max(sizes) < 200_000


def test_the_same_result_gives_the_same_report() -> None:
    assert page(result(["worse"])) == page(result(["worse"]))
