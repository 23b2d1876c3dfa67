"""Red, amber and green beside the rules and the budget: what each said then, checked against asking anew."""

import xml.etree.ElementTree as ET

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import plotthedots as ptd
from plotthedots.errors import BadInput
from plotthedots.evaluate import Chart
from plotthedots.rag import chance
from plotthedots.rules import read

WINDOW = 8


def board(charts: int = 12, months: int = 30, seed: int = 5) -> dict[str, list]:
    """Charts about 80; the first three fall by three standard deviations eight months before the end."""
    values = 80 + 2 * np.random.default_rng(seed).standard_normal((charts, months))
    values[:3, -8:] -= 6
    names = [f"Ward {chart:02}" for chart in range(charts) for _ in range(months)]
    dates = [f"{2022 + month // 12}-{month % 12 + 1:02}-01" for _ in range(charts) for month in range(months)]
    return {"ward": names, "date": dates, "value": values.ravel().round(2).tolist()}


def charted(frame, **options):
    asked = {"by": "ward", "target": 79.0, "direction": "increase"} | options
    return ptd.spc(frame, **asked)


def without_last(frame: dict[str, list], left_out: int, months: int = 30) -> dict[str, list]:
    kept = [row for row in range(len(frame["ward"])) if row % months < months - left_out]
    return {name: [column[row] for row in kept] for name, column in frame.items()}


@pytest.mark.parametrize("rebase", [None, ["2023-07-01"]])
def test_rules_and_budget_said_then_what_they_say_of_the_rows_that_there_were(rebase):
    frame = board()
    found = pd.DataFrame(ptd.rag_or_dots(charted(frame, rebase=rebase), window=WINDOW).points)
    for left_out in range(WINDOW):
        then = charted(without_last(frame, left_out), rebase=rebase)
        points = pd.DataFrame(then.points).groupby("ward").tail(1)
        shown = pd.DataFrame(ptd.signal_budget(then).series)
        rows = found.groupby("ward").nth(-1 - left_out)
        assert rows["rules"].tolist() == points["point"].tolist()
        assert rows["shown"].tolist() == shown["shown"].tolist()


def test_colours_are_by_target_and_amber_alone():
    frame = {"date": [1, 2, 3, 4, 5], "value": [79.0, 78.9, 77.0, 76.9, None]}
    points = ptd.rag_or_dots(charted(frame, by=None), amber=2, window=5).points
    assert list(points["colour"]) == ["green", "amber", "amber", "red", None]
    lower = charted(frame, by=None, direction="decrease")
    assert list(ptd.rag_or_dots(lower, amber=0, window=5).points["colour"]) == ["green"] * 4 + [None]


def test_amber_may_be_another_for_each_series():
    result = charted(board())
    summary = pd.DataFrame(ptd.rag_or_dots(result, amber={"Ward 05": 100.0}).summary).set_index("ward")
    assert summary.loc["Ward 05", "red"] == 0
    assert (summary["amber"] > 0).sum() == 1


def test_a_direction_that_is_neither_has_no_colour():
    frame = board(charts=2)
    frame["way"] = ["neutral" if ward == "Ward 00" else "increase" for ward in frame["ward"]]
    summary = pd.DataFrame(ptd.rag_or_dots(charted(frame, direction="way")).summary).set_index("ward")
    assert summary.loc["Ward 00", ["green", "amber", "red"]].sum() == 0
    assert summary.loc["Ward 01", ["green", "amber", "red"]].sum() == 24


def test_counts_are_those_of_the_points():
    found = ptd.rag_or_dots(charted(board()), amber=1, window=20)
    points, summary = pd.DataFrame(found.points), pd.DataFrame(found.summary)
    for ward, own in points.groupby("ward"):
        row = summary[summary["ward"] == ward].iloc[0]
        red, marked = own["colour"] == "red", own["rules"] == "concern"
        assert row["points"] == len(own) == 20
        assert [row[name] for name in ("green", "amber", "red")] == [
            (own["colour"] == name).sum() for name in ("green", "amber", "red")
        ]
        assert row["red_wolves"] == (red & ~own["concern"]).sum()
        assert (row["marked"], row["marked_wolves"]) == (marked.sum(), (marked & ~own["concern"]).sum())
        assert row["turned"] == (own["colour"].to_numpy()[1:] != own["colour"].to_numpy()[:-1]).sum()
        assert row["shown"] == own["shown"].sum()


def test_what_fell_is_told_from_what_chance_coloured():
    summary = pd.DataFrame(ptd.rag_or_dots(charted(board())).summary).set_index("ward")
    assert (summary.loc["Ward 00":"Ward 02", "shown"] > 0).all()
    assert (summary.loc["Ward 03":, "shown"] == 0).all()
    assert summary.loc["Ward 03":, "red_wolves"].min() > 0  # red for nothing, on every one of them


def test_red_by_chance_is_the_share_of_made_up_months_that_are_red():
    lines = (np.array([77.0]), np.array([72.0]), np.array([82.0]))
    found = float(chance.red(*lines, np.array([76.0]), np.array([1.0]))[0])
    values = 77 + 5 / 3 * np.random.default_rng(1).standard_normal(400_000)
    assert found == pytest.approx((values < 76).mean(), abs=0.003)
    assert float(chance.red(*lines, np.array([76.0]), np.array([-1.0]))[0]) == pytest.approx(1 - found)


@pytest.mark.parametrize(("edge", "red"), [(4.0, 0.0), (6.0, 1.0)])
def test_a_line_that_never_moves_is_red_always_or_never(edge, red):
    flat = np.array([5.0])
    assert chance.red(flat, flat, flat, np.array([edge]), np.array([1.0])).tolist() == [red]


def test_without_limits_there_is_no_chance_of_red():
    none = np.array([np.nan])
    assert np.isnan(chance.red(np.array([5.0]), none, none, np.array([4.0]), np.array([1.0]))).all()


def test_rules_marked_by_chance_agree_with_the_published_false_alarms():
    """docs/methods/dots-not-rag.md: 45 charts of 300 turn to marked in a year, of 24 months and more, both sides."""
    chart = Chart("xmr", read("making-data-count", "xmr"))
    a_year = chance.marked(chart, 36, 12)
    assert 0.05 < a_year < 0.2  # marked months of one side: a run of marked months counts once there


def test_a_figure_is_the_same_each_time():
    chart = Chart("xmr", read("making-data-count", "xmr"))
    chance._marked.cache_clear()
    first = chance.marked(chart, 30, 24)
    chance._marked.cache_clear()
    assert chance.marked(chart, 30, 24) == first


@pytest.mark.parametrize("make", [dict, pd.DataFrame, pl.DataFrame, pa.table])
def test_tables_have_the_type_that_came_in(make):
    found = ptd.rag_or_dots(charted(make(board(charts=2))), window=3)
    assert type(found.points) is type(found.summary) is (dict if make is dict else type(make(board(charts=2))))


def test_sentences():
    found = ptd.rag_or_dots(charted(board()))
    assert found.sentence().startswith("On 12 charts, over their last 24 months: red asked for an answer ")
    assert found.sentence("Ward 05").startswith("In 24 months red asked for an answer ")
    assert "If nothing at all had changed, red would have asked about " in found.sentence("Ward 05")


@pytest.mark.parametrize("width", [240, 340, 720, 1200])
def test_the_picture_is_one_element_that_says_what_it_shows(width):
    drawn = ET.fromstring(ptd.rag_or_dots(charted(board())).to_svg("Ward 05", width=width))
    space = "{http://www.w3.org/2000/svg}"
    assert drawn.get("role") == "img"
    assert "red" in drawn.find(f"{space}desc").text
    cells = [each for each in drawn.iter(f"{space}rect") if each.get("class", "").startswith("ptd-rag-")]
    assert len(cells) == min(24, int((width - 24 - 92) // 15))
    assert all(float(each.get("x")) + float(each.get("width")) <= width for each in cells)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"amber": -1}, "amber: found -1, expected a number of 0 or more, in the units of the chart."),
        ({"amber": {"Ward 99": 1}}, "amber: there is no series 'Ward 99'; the first is 'Ward 00'."),
        ({"window": 0}, "window: found 0, expected a whole number of points from 1 to 60."),
        ({"share": 1}, "share: found 1, expected a number above 0 and below 1, such as 0.1 for one in ten."),
    ],
)
def test_bad_input_is_a_sentence(asked, said):
    with pytest.raises(BadInput) as problem:
        ptd.rag_or_dots(charted(board(charts=2)), **asked)
    assert str(problem.value) == said


def test_a_target_and_a_way_are_needed():
    with pytest.raises(BadInput, match="colours need a target"):
        ptd.rag_or_dots(ptd.spc(board(charts=2), by="ward", direction="increase"))
    with pytest.raises(BadInput, match="which way is better"):
        ptd.rag_or_dots(ptd.spc(board(charts=2), by="ward", target=80))
    with pytest.raises(BadInput, match="expected what spc"):
        ptd.rag_or_dots(board(charts=2))
