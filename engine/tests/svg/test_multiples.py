"""Many charts in one picture: side by side on one scale, a row each, and the grid with what moved."""

import re

import pytest

import plotthedots as ptd
from plotthedots import board, svg
from plotthedots.errors import BadInput

from .drawing import NS, read, words

MONTHS = [f"{2024 + month // 12}-{month % 12 + 1:02}-01" for month in range(24)]


def result(levels=(10, 20, 40), last=None, **options):
    rows = [
        (f"Ward {at + 1}", day, level + (month * 7) % 5)
        for at, level in enumerate(levels)
        for month, day in enumerate(MONTHS)
    ]
    if last is not None:  # of the first ward
        rows[len(MONTHS) - 1] = (*rows[len(MONTHS) - 1][:2], last)
    by, date, value = zip(*rows, strict=True)
    frame = {"by": list(by), "date": list(date), "value": [float(each) for each in value]}
    return ptd.spc(frame, by="by", **({"target": 30, "direction": "decrease"} | options))


def charts(drawn):
    return [each for each in read(drawn).iter(f"{NS}svg") if each.find(f"{NS}desc") is not None][1:]


def ticks(drawn):
    return [word for word in words(drawn) if re.fullmatch(r"[\d,.]+%?", word)]


def test_charts_side_by_side_share_a_scale_if_they_are_to():
    shared = [ticks(each) for each in charts(ptd.small_multiples(result()))]
    assert shared[0] == shared[1] == shared[2]
    own = [ticks(each) for each in charts(ptd.small_multiples(result(), common=False))]
    assert own[0] != own[2]


@pytest.mark.parametrize(("width", "across"), [(340, 1), (700, 2), (960, 3)])
def test_as_many_stand_side_by_side_as_can_be_read(width, across):
    found = charts(ptd.small_multiples(result(), width=width))
    assert len({each.get("x") for each in found}) == across
    assert max(float(each.get("x")) + float(each.get("width")) for each in found) <= width


def test_names_and_latest_values_stand_over_the_charts():
    said = words(read(ptd.small_multiples(result(), title="Falls")))
    assert {"Falls", "Ward 1", "Ward 2", "Ward 3", "11"} <= set(said)


def test_ids_are_each_their_own():
    found = re.findall(r' id="([^"]+)"', ptd.small_multiples(result()) + ptd.overview(result()))
    assert len(found) == len(set(found))


def test_a_row_each_has_latest_usual_range_and_target():
    said = words(read(ptd.overview(result())))
    assert said.count("30") == 3
    assert any(re.fullmatch(r"[\d.]+ to [\d.]+", word) for word in said)
    assert "Usual range" not in words(read(ptd.overview(result(), width=400)))


def test_what_moved_since_the_period_before_has_an_arrow():
    moved = result(last=60)
    assert board.cells(moved)["Ward 1"] == ("pass", "concerning")
    assert board.cells_before(moved)["Ward 1"] == ("pass", "common")
    drawn = ptd.icon_grid(moved)
    assert drawn.count('class="ptd-moved"') == 1
    assert "1 from Will pass, common cause to Will pass, concerning" in drawn
    assert "ptd-moved" not in ptd.icon_grid(moved, movement=False).replace(".ptd-moved", "")


def test_a_series_that_began_with_the_last_row_has_not_moved():
    frame = {"by": ["a", "a", "a", "b"], "date": [1, 2, 3, 3], "value": [1.0, 2.0, 1.0, 5.0]}
    found = ptd.spc(frame, by="by")
    assert set(board.cells_before(found)) == {"a"}
    assert 'class="ptd-moved"' not in ptd.icon_grid(found)


def test_the_result_of_before_is_that_of_the_rows_that_there_were():
    whole = result(rebase=["2025-03-01"])
    before = whole.earlier(3)
    frame = {"by": [], "date": [], "value": []}
    for at, level in enumerate((10, 20, 40)):
        for month, day in enumerate(MONTHS[:-3]):
            for name, cell in zip(frame, (f"Ward {at + 1}", day, float(level + (month * 7) % 5)), strict=True):
                frame[name].append(cell)
    asked = ptd.spc(frame, by="by", target=30, direction="decrease", rebase=["2025-03-01"])
    for table in ("points", "phases", "summary"):
        found, expected = getattr(before, table), getattr(asked, table)
        for name in expected:
            assert [str(each) for each in found[name]] == [str(each) for each in expected[name]], (table, name)


def test_too_many_for_one_picture_is_a_sentence():
    many = result(levels=range(121))
    with pytest.raises(BadInput, match="found 121 series, expected 120 or fewer in one picture"):
        ptd.small_multiples(many)


def test_nothing_to_draw_is_drawn_as_nothing():
    assert "No chart." in svg.multiples([])
    assert "No chart." in svg.overview([])
