"""The control chart: well formed whatever it is given, legible at every width, meaning in shapes and classes."""

import re
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plotthedots import svg

from .drawing import NS, NUMBERS, box, drawn, field, marks, months, of_class, rows_of_text, series, strokes, words

NAN = np.nan
NONE = np.full(12, NAN)
WIDTHS = [320, 360, 519, 520, 720, 960, 1440]


# What it is


def test_it_has_a_role_a_title_and_a_description() -> None:
    tree = drawn(title="Falls: fewer", target=np.full(36, 48.0))
    told = {element.get("id"): element.text for element in tree.iter() if element.get("id")}
    assert tree.get("role") == "img"
    assert (tree.get("aria-labelledby") or "").split() == list(told)
    title, desc = told.values()
    assert title == "Falls: fewer"
    assert desc == (
        "Control chart of 36 points; marked as more than chance: none. "
        "At its end: upper limit 65.0, average 50.0, lower limit 35.0, target 48."
    )


def test_the_description_counts_what_is_marked() -> None:
    told = drawn(6, point=np.array([0, 1, 1, 2, 3, 4])).findtext(f"{NS}desc") or ""
    assert "1 concern" in told
    assert "2 improvement" in told
    assert "2 neither good nor bad" in told


def test_a_description_given_is_kept() -> None:
    assert drawn(desc="As told <here>").findtext(f"{NS}desc") == "As told <here>"


def test_ids_on_a_page_of_many_charts_are_unique() -> None:
    page = "".join(
        svg.chart(**series(36, value=series()["value"] + shift), width=width, last=last, title="Same")
        for shift in range(10)
        for width in (320, 720)
        for last in (None, 18)
    )
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids)) == 80


def test_points_to_touch_lie_on_the_values_and_name_their_rows() -> None:
    value = series(6)["value"].copy()
    value[4] = NAN
    tree = drawn(6, value=value, last=4, touch=True)
    circles = [each for each in tree.iter(f"{NS}circle") if each.get("data-row")]
    assert [each.get("data-row") for each in circles] == ["2", "3", "5"]
    assert {each.get("r") for each in circles} == {"12"}  # 24 px across
    line = next(each for each in tree.iter(f"{NS}path") if each.get("class") == "ptd-joined").get("d") or ""
    assert f"M{circles[0].get('cx')} {circles[0].get('cy')}" in line
    assert next(drawn(6).iter(f"{NS}circle"), None) is None


def test_an_id_given_is_used() -> None:
    assert 'aria-labelledby="m7-t m7-d"' in svg.chart(**series(), id="m7")


def test_texts_are_escaped_and_control_characters_removed() -> None:
    said = '<script>&"\x00\x1b\ud800'
    tree = drawn(title=said, subtitle=said, notes=[(months(36)[4], said)], phase_labels=[said], unit=said)
    assert tree.findtext(f"{NS}title") == '<script>&"'
    assert words(tree).count('<script>&"') >= 3


# Whatever the numbers

CASES: dict[str, dict[str, Any]] = {
    "missing in the middle": {"value": np.array([1, 2, NAN, 4, 5, 6, NAN, NAN, 9, 10, 11, 12])},
    "all missing": {"value": NONE, "centre": NONE, "lower": NONE, "upper": NONE, "point": np.full(12, -1)},
    "no limits": {"lower": NONE, "upper": NONE},
    "only an upper limit": {"lower": NONE},
    "constant": dict.fromkeys(("value", "centre", "lower", "upper"), np.full(12, 7.0)),
    "all zero": dict.fromkeys(("value", "centre", "lower", "upper"), np.zeros(12)),
    "negative": {"value": -np.arange(12.0), "centre": np.full(12, -6.0), "lower": np.full(12, -20.0)},
    "1e12": dict.fromkeys(("value", "centre", "lower", "upper"), 1e12 + 1e9 * np.arange(12)),
    "1e-9": dict.fromkeys(("value", "centre", "lower", "upper"), 1e-9 * np.arange(12)),
    "hardly apart": dict.fromkeys(("value", "centre", "lower", "upper"), 1e12 + 1e-4 * np.arange(12)),
    "infinite": {"value": np.array([np.inf, -np.inf, *np.arange(10.0)])},
    "the ends of the range": {"value": np.array([1.7e308, -1.7e308, *np.arange(10.0)])},
    "one date": {"x": np.full(12, 20000.0)},
    "trajectory with gaps": {"target": np.array([NAN, 1, 2, 3, NAN, 5, 6, 7, 8, 9, 10, NAN])},
}


@pytest.mark.parametrize("width", [320, 720])
@pytest.mark.parametrize("case", CASES)
def test_odd_numbers_give_a_picture(case: str, width: int) -> None:
    tree = drawn(12, width=width, notes=[(months(12)[3], "A note")], **CASES[case])
    heights = [float(text.get("y", "0")) for text in tree.iter(f"{NS}text")]
    assert max(heights) <= float(tree.get("height", "0"))
    assert all(box(text)[0] >= 0 for text in tree.iter(f"{NS}text"))


@pytest.mark.parametrize("count", [0, 1, 2, 2000])
def test_any_number_of_points_gives_a_picture(count: int) -> None:
    tree = drawn(count, x=np.arange(float(count)), x_kind="number")
    assert len(re.findall("[ML]", strokes(tree, "ptd-joined"))) == count


def test_the_description_without_a_value_says_so() -> None:
    assert drawn(12, **CASES["all missing"]).findtext(f"{NS}desc") == "A control chart without a value."


ROW = st.lists(st.one_of(st.floats(), st.floats(-1000, 1000)), min_size=4, max_size=4)


@given(st.lists(ROW, min_size=1, max_size=12), st.booleans(), st.sampled_from([320, 720]))
def test_no_number_makes_it_fail(rows: list[list[float]], percent: bool, width: int) -> None:
    value, centre, lower, upper = np.array(rows).T
    drawn(len(rows), value=value, centre=centre, lower=lower, upper=upper, percent=percent, width=width)


# Words that do not touch


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("large", [1.0, 1e6, 1e-7, 1e11])
def test_no_two_texts_on_a_line_touch(width: int, large: float) -> None:
    made = {name: series()[name] * large for name in ("value", "centre", "lower", "upper")}
    tree = drawn(width=width, **made, target=np.full(36, 50.5 * large), title="Falls: fewer", point=np.arange(36) % 5)
    for boxes in rows_of_text(tree).values():
        assert all(begin >= end + 2 for (_, end), (begin, _) in pairwise(boxes))
        assert boxes[0][0] >= 0
        assert boxes[-1][1] <= width


@given(st.lists(st.floats(0, 100), min_size=4, max_size=4), st.sampled_from([340, 720]))
def test_labels_at_the_right_never_overlap(ends: list[float], width: int) -> None:
    names = ("centre", "lower", "upper", "target")
    tree = drawn(
        12, value=np.linspace(0, 100, 12), width=width, **{n: np.full(12, e) for n, e in zip(names, ends, strict=True)}
    )
    right = field(tree)[1]
    places = [
        float(text.get("y", "0")) for text in tree.iter(f"{NS}text") if float(text.get("x", "0")) == round(right + 8, 1)
    ]
    assert len(places) in (0, 4)
    assert all(second - first >= 15.9 for first, second in pairwise(sorted(places)))


def test_narrow_charts_have_short_labels_or_the_values_in_the_legend() -> None:
    assert {"Upper 65.0", "Average 50.0", "Lower 35.0"} <= set(words(drawn(width=340)))
    large = {name: series()[name] * 1e5 for name in ("value", "centre", "lower", "upper")}
    said = words(drawn(width=340, **large, target=np.full(36, 5e6)))
    assert {"usual range 3,500,000 to 6,500,000", "average 5,000,000", "target 5,000,000"} <= set(said)
    assert not any(word.startswith("Upper") for word in said)


# Heading, subtitle, notes


def test_the_heading_wraps_and_keeps_every_word() -> None:
    said = "Falls on Ward 7: fewer since March 2025, fewer again since September, and now below what the ward promised"
    headings = [text.text or "" for text in of_class(drawn(title=said, width=360), "ptd-heading")]
    assert len(headings) > 2
    assert " ".join(headings) == said


def test_without_heading_the_title_is_still_there_for_those_who_do_not_see() -> None:
    tree = drawn(title="Falls", heading=False)
    assert not of_class(tree, "ptd-heading")
    assert tree.findtext(f"{NS}title") == "Falls"


def test_a_chart_grows_before_its_field_is_squeezed() -> None:
    tree = drawn(title="word " * 60, width=320, height=200)
    _, _, top, bottom = field(tree)
    assert bottom - top >= 120
    assert float(tree.get("height", "0")) > 200


# Points, lines, phases


def test_shape_as_well_as_class_tells_kinds_apart() -> None:
    tree = drawn(5, point=np.array([0, 1, 2, 3, 4]))
    shapes = set()
    for kind in ("common", "improvement", "concern", "neutral"):
        assert of_class(tree, f"ptd-{kind}")
        for stroke in re.findall(r"M[\d.]+ [\d.]+([^M]+)", strokes(tree, f"ptd-{kind}")):
            shapes.add(stroke)
    # Two sizes of circle, diamond, two triangles; each with its sample in the legend.
    assert len(shapes) >= 5


def test_only_what_is_there_stands_in_the_legend() -> None:
    assert (
        set(words(drawn(6))) & {"improvement", "concern", "neither good nor bad", "left out", "still open", "target"}
        == set()
    )
    said = words(drawn(6, point=np.array([0, 1, 2, 3, 4, 0]), target=np.full(6, 40.0), ghost=np.arange(6) == 5))
    assert {"chance", "improvement", "concern", "neither good nor bad", "left out", "usual range", "target"} <= set(
        said
    )


def test_last_draws_so_many() -> None:
    for last, there in ((18, 18), (36, 36), (99, 36)):
        tree = drawn(36, last=last, phase=np.repeat([1, 2], 18))
        assert len(re.findall("[ML]", strokes(tree, "ptd-joined"))) == there
    assert not of_class(drawn(36, last=10, phase=np.repeat([1, 2], 18)), "ptd-phase")


def test_stepped_limits_step() -> None:
    upper = np.array([60, 60, 62, 61, 61, 61.0])
    tree = drawn(6, upper=upper, lower=100 - upper)
    assert strokes(tree, "ptd-limit").count("V") == 4
    level = drawn(6)
    assert "V" not in strokes(level, "ptd-limit").split("m")[0]


def test_a_phase_has_its_rule_its_lines_and_its_label() -> None:
    phase = np.repeat([1, 2, 3], 12)
    tree = drawn(phase=phase, centre=phase * 20.0, phase_labels=["Before", "Between", "After"])
    assert marks(tree, "ptd-phase") == 2
    assert marks(tree, "ptd-centre") == 3
    rules = [float(x) for x in re.findall(r"M([\d.]+)", strokes(tree, "ptd-phase"))]
    begins = {text.text: float(text.get("x", "0")) for text in of_class(tree, "ptd-strong")}
    assert begins["Before"] < rules[0] < begins["Between"] < rules[1] < begins["After"]


def test_a_label_of_a_phase_stays_within_it() -> None:
    tree = drawn(
        phase=np.repeat([1, 2], [18, 18]), phase_labels=["While the ward moved to the new building" * 3, "After"]
    )
    rule = float(NUMBERS.findall(strokes(tree, "ptd-phase"))[0])
    first = next(text for text in of_class(tree, "ptd-strong") if (text.text or "").startswith("While"))
    assert (first.text or "").endswith("…")
    assert box(first)[1] <= rule


def test_the_latest_labels_belong_to_the_phases_shown() -> None:
    tree = drawn(last=6, phase=np.repeat([1, 2, 3], 12), phase_labels=["Before", "Between", "After"])
    assert "After" in words(tree)
    assert "Before" not in words(tree)


def test_ghosts_are_hollow_and_off_the_line() -> None:
    ghost = np.arange(12) == 5
    tree = drawn(12, ghost=ghost)
    assert len(re.findall("[ML]", strokes(tree, "ptd-joined"))) == 11
    assert marks(tree, "ptd-ghost") == 2


def test_an_open_run_is_still_open_and_not_left_out() -> None:
    tree = drawn(12, ghost=np.arange(12) == 11, open_run=11)
    assert strokes(tree, "ptd-open")
    assert "still open" in words(tree)
    assert "left out" not in words(tree)


def test_an_open_run_before_the_points_shown_is_not_drawn() -> None:
    assert not strokes(drawn(12, open_run=2, last=5), "ptd-open")


def test_shares_have_ticks_in_per_cent_up_to_all_of_it() -> None:
    shares = {name: np.full(12, 0.9) for name in ("value", "centre")} | {
        "lower": np.full(12, 0.6),
        "upper": np.full(12, 1.0),
    }
    said = words(drawn(12, percent=True, **shares))
    assert "100%" in said
    assert not any(word in said for word in ("105%", "110%", "120%"))
    assert "Average 90.0%" in said


def test_a_median_is_called_one() -> None:
    assert "Median 50.0" in words(drawn(median=True))


def test_a_target_is_written_without_needless_zeros() -> None:
    assert "Target 48" in words(drawn(target=np.full(36, 48.0)))
    assert "Target 48.5 days" in words(drawn(target=np.full(36, 48.5), unit=" days"))


def test_time_runs_from_left_to_right_and_gaps_in_it_show() -> None:
    tree = drawn(4, x=np.array([0.0, 1, 2, 10]), x_kind="number")
    xs = [float(x) for x in re.findall(r"[ML]([\d.]+) ", strokes(tree, "ptd-joined"))]
    steps = [second - first for first, second in pairwise(xs)]
    assert steps[2] == pytest.approx(8 * steps[0], abs=0.5)


# Style


def test_style_is_in_classes_alone() -> None:
    made = svg.chart(**series(), target=np.full(36, 40.0), notes=[(months(36)[3], "x")], ghost=np.arange(36) == 5)
    outside = re.sub("<style>.*?</style>", "", made, flags=re.DOTALL)
    assert not re.search(r"\s(?:fill|stroke|style|font-\w+)=", outside)
    assert all(name.startswith("ptd-") for group in re.findall(r'class="([^"]+)"', outside) for name in group.split())


def test_every_class_that_is_drawn_is_in_the_sheet() -> None:
    made = svg.chart(**series(5, point=np.arange(5)), target=np.full(5, 40.0), notes=[(months(5)[3], "x")], title="T")
    made += "".join(
        svg.icon(name, size=size) for name in [*svg.VARIATION_WORDS, *svg.ASSURANCE_WORDS] for size in (16, 48)
    )
    made += svg.grid({("pass", "improving"): 1})
    used = {name for group in re.findall(r'class="([^"]+)"', made) for name in group.split()}
    containers = {"ptd-chart", "ptd-icon", "ptd-grid-icons"}
    assert {name for name in used - containers if f".{name}" not in svg.STYLE} == set()


def test_a_page_that_has_the_classes_may_leave_the_sheet_out() -> None:
    assert "<style>" in svg.chart(**series())
    assert "<style>" not in svg.chart(**series(), style=False)
