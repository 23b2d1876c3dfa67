"""What a report holds beyond the charts: gains, what comes next, signals worth a look; nothing where not asked."""

import datetime as dt
import re
import subprocess
import sys
from itertools import pairwise
from typing import Any
from xml.etree.ElementTree import Element

import numpy as np
import pytest

import plotthedots as ptd
from plotthedots import report, svg
from plotthedots.gains.counting import GROUPS, URGENCY
from plotthedots.gains.judge import STATUSES
from plotthedots.svg.status import STATUSES as LOOKS

from .measures import of_class, page, told, tree

MONTHS = [dt.date(2021 + month // 12, month % 12 + 1, 1) for month in range(60)]
WARDS, CLAIMED = 14, 8


def measures() -> dict[str, list[Any]]:
    """Wards of which some improve two years in, and some of those lose it again."""
    rng = np.random.default_rng(3)
    rows: dict[str, list[Any]] = {"ward": [], "date": [], "value": []}
    for ward in range(WARDS):
        level = np.where(np.arange(60) >= 24, 6.0 if ward < CLAIMED else 10.0, 10.0)
        level[38:] = 10.0 if ward in (2, 5) else level[38:]
        rows["ward"] += [f"Ward {ward:02} <b>"] * 60
        rows["date"] += MONTHS
        rows["value"] += [float(value) for value in level + rng.normal(0, 1, 60)]
    return rows


def claims(count: int = CLAIMED) -> dict[str, list[Any]]:
    wards = [f"Ward {ward:02} <b>" for ward in range(count)]
    return {"ward": wards, "claimed": [MONTHS[24]] * count, "gain": [f'Falls "{ward}" & more' for ward in range(count)]}


def parts() -> dict[str, Any]:
    charts = ptd.spc(measures(), by="ward", direction="decrease", target=6)
    return {
        "made": charts,
        "gains": ptd.gains(measures(), claims(), by="ward", direction="decrease"),
        "forecast": ptd.forecast(measures(), by="ward", direction="decrease", target=6, horizon=3),
        "budget": ptd.signal_budget(charts, window=60),
    }


@pytest.fixture(scope="module")
def made() -> dict[str, Any]:
    return parts()


@pytest.fixture(scope="module")
def text(made: dict[str, Any]) -> str:
    return page(**made)


@pytest.fixture(scope="module")
def whole(text: str) -> Element:
    return tree(text)


def by_id(element: Element, name: str) -> Element:
    return next(found for found in element.iter() if found.get("id") == name)


def test_ids_are_unique_and_links_and_labels_lead_to_them(whole: Element) -> None:
    ids = [element.get("id") for element in whole.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    wanted = [name for element in whole.iter() for name in (element.get("aria-labelledby") or "").split()]
    wanted += [element.get("href", "").removeprefix("#") for element in whole.iter("a")]
    assert set(wanted) <= set(ids)


def test_headings_go_down_one_level_at_a_time(whole: Element) -> None:
    levels = [int(element.tag[1]) for element in whole.iter() if re.fullmatch("h[1-6]", element.tag)]
    assert levels.count(1) == 1
    assert all(second <= first + 1 for first, second in pairwise(levels))


def test_nothing_runs_nothing_is_fetched_and_names_are_text(text: str, whole: Element) -> None:
    assert {element.tag for element in whole.iter()}.isdisjoint({"script", "link", "img", "iframe"})
    assert set(re.findall(r"https?://[^\"'\s<)]+", text)) == {"http://www.w3.org/2000/svg"}
    assert 'Falls "3" & more' in told(by_id(whole, "g3"))


def test_boxes_that_scroll_have_labels_of_their_own(whole: Element) -> None:
    boxes = of_class(whole, "scroll")
    labels = [box.get("aria-label") for box in boxes]
    assert all(labels)
    assert len(labels) == len(set(labels))
    assert all(box.get("tabindex") == "0" for box in boxes)


def test_the_section_of_gains_counts_them_and_shows_the_curve(whole: Element, made: dict[str, Any]) -> None:
    section = of_class(whole, "gains-cover")[0]
    assert told(next(section.iter("p"))) == made["gains"].count()
    assert "How long a gain holds here" in told(section)
    assert [len(of_class(section, kind)) for kind in ("wide", "middle", "narrow")] == [1, 1, 1]


def test_gains_in_need_come_first(whole: Element) -> None:
    listed = [told(cell) for cell in of_class(whole, "gains")[0].iter("td")][1::5]
    order = [next(place for place, word in enumerate(words()) if cell.startswith(word)) for cell in listed]
    assert len(listed) == CLAIMED
    assert order == sorted(order)
    assert any(cell.startswith(("Lost", "Slipping")) for cell in listed[:2])


def words() -> list[str]:
    return [LOOKS[status].word for status in URGENCY]


def test_every_status_has_its_place_in_sentence_order_and_picture() -> None:
    assert sorted(URGENCY) == sorted(STATUSES)
    assert sorted(status for group, _, _ in GROUPS for status in group) == sorted(STATUSES)
    assert sorted(LOOKS) == sorted(STATUSES)


def test_every_gain_has_a_page_with_its_life_its_sentence_and_its_advice(whole: Element, made: dict[str, Any]) -> None:
    gains = made["gains"]
    for position, name in enumerate(gains.gains):
        section = by_id(whole, f"g{position}")
        assert gains.sentence(name) in told(section)
        assert all(sentence in told(section) for sentence in gains.advice(name))
        assert len(of_class(section, "ptd-chart")) == 3


def test_a_measure_leads_to_its_gains(whole: Element) -> None:
    links = [link.get("href") for link in by_id(whole, "m2").iter("a")]
    assert "#g2" in links
    assert "Claimed as a gain" not in told(by_id(whole, f"m{WARDS - 1}"))


def test_what_comes_next_has_its_fan_its_sentence_and_its_record(whole: Element, made: dict[str, Any]) -> None:
    forecast = made["forecast"]
    for position, name in enumerate(forecast.series):
        section = by_id(whole, f"m{position}")
        assert forecast.sentence(name) in told(section)
        assert len(of_class(section, "ptd-chart")) == 6
        assert f"{forecast.record_at(position).forecasts:,}" in told(of_class(section, "record")[0])


def test_a_measure_that_cannot_be_forecast_says_why() -> None:
    rows = {"date": MONTHS[:30], "value": [4.0] * 30}
    made = tree(page(ptd.spc(rows), forecast=ptd.forecast(rows)))
    assert "there is nothing to forecast" in told(made)
    assert not of_class(made, "record")


def test_the_cover_tells_the_budget_and_which_signals_are_shown_and_new(whole: Element, made: dict[str, Any]) -> None:
    section = next(found for found in whole.iter("section") if found.get("aria-labelledby") == "budget")
    budget = made["budget"]
    assert budget.sentence() in told(section)
    links = [link.get("href") for link in section.iter("a")]
    assert links == [f"#m{place}" for place in np.flatnonzero(budget.series["shown"])]
    new = [link.get("href") for link in section.iter("a") if told(link).endswith(" new")]
    assert new == [f"#m{place}" for place in np.flatnonzero(budget.series["is_new"])]
    assert links


def test_a_few_claims_have_no_curve(made: dict[str, Any]) -> None:
    few = ptd.gains(measures(), claims(3), by="ward", direction="decrease")
    section = of_class(tree(page(made["made"], gains=few)), "gains-cover")[0]
    assert "How long a gain holds here" not in told(section)
    assert not of_class(section, "ptd-followed")


def test_more_gains_than_a_board_reads_are_folded() -> None:
    wards = [f"Ward {ward:02} <b>" for ward in range(WARDS)]
    every = ptd.gains(measures(), {"ward": wards, "claimed": [MONTHS[24]] * WARDS}, by="ward", direction="decrease")
    section = of_class(tree(page(ptd.spc(measures(), by="ward"), gains=every)), "gains-cover")[0]
    assert "2 more" in told(section)
    assert [len(list(found.iter("tr"))) for found in of_class(section, "gains")] == [13, 3]


@pytest.mark.parametrize("kind", ["pandas", "polars", "pyarrow"])
def test_frames_of_any_kind_give_the_same_report(kind: str, text: str) -> None:
    module = __import__(kind)
    frame = {"pandas": "DataFrame", "polars": "DataFrame", "pyarrow": "table"}[kind]
    rows, claimed = getattr(module, frame)(measures()), getattr(module, frame)(claims())
    charts = ptd.spc(rows, by="ward", direction="decrease", target=6)
    again = page(
        charts,
        gains=ptd.gains(rows, claimed, by="ward", direction="decrease"),
        forecast=ptd.forecast(rows, by="ward", direction="decrease", target=6, horizon=3),
        budget=ptd.signal_budget(charts, window=60),
    )
    assert again == text


def test_a_forecast_of_other_series_is_refused(made: dict[str, Any]) -> None:
    other = ptd.forecast({"date": MONTHS, "value": [float(month % 5) for month in range(60)]})
    with pytest.raises(ptd.BadInput, match="make both from the same rows"):
        page(made["made"], forecast=other)


def test_the_plain_report_carries_and_loads_nothing_more(made: dict[str, Any]) -> None:
    plain = page(made["made"])
    assert "ptd-fan" not in plain
    assert "statuses" not in plain
    assert svg.CHARTS_ONLY.count("ptd-") < svg.SCREEN_ONLY.count("ptd-")
    code = (
        "import sys, plotthedots as ptd; from plotthedots import report; "
        "made = ptd.spc({'date': [1, 2, 3], 'value': [1.0, 2.0, 3.0]}); list(report.html(made)); "
        "print([name for name in sys.modules if name.split('.')[1:2] in (['gains'], ['forecast'], ['budget'])])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_it_streams_in_pieces(made: dict[str, Any]) -> None:
    given = dict(made)
    pieces = report.html(given.pop("made"), **given)
    assert max(len(piece) for piece in pieces) < 200_000
