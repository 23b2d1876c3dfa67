"""What a result gives beside its numbers: series by name, sentences, drawings, cards for pages."""

import datetime as dt
import re
from typing import Any
from xml.etree import ElementTree

import polars as pl
import pytest

import plotthedots as ptd
from plotthedots import BadInput
from plotthedots.result import Result

MONTHS = [dt.date(2023 + month // 12, month % 12 + 1, 1) for month in range(18)]
QUIET = [10.0, 12, 11, 13, 12, 10, 11, 12, 10, 13, 11, 12, 10, 11, 13, 12, 10, 11]
RISEN = [*QUIET[:17], 40.0]


def chart(series: dict[Any, list[Any]], **options: Any) -> Result:
    """A chart of these series, from January 2023 on."""
    rows = [(name, MONTHS[place], value) for name, values in series.items() for place, value in enumerate(values)]
    table = pl.DataFrame(
        {
            "ward": pl.Series([row[0] for row in rows]),
            "date": [row[1] for row in rows],
            "value": pl.Series([row[2] for row in rows], dtype=pl.Float64),
        }
    )
    return ptd.spc(table, by="ward", **options)


def drawn(markup: str) -> list[str]:
    """The words of a drawing, which is well-formed XML."""
    return [text.strip() for text in ElementTree.fromstring(markup).itertext() if text.strip()]


def test_series_are_named_in_their_order() -> None:
    made = chart({"B": QUIET, "A": QUIET})
    assert made.series == ["A", "B"]
    assert [card.name for card in made.cards()] == ["A", "B"]
    assert [card.position for card in made.cards()] == [0, 1]


@pytest.mark.parametrize(
    ("names", "name"),
    [
        (["A", "B"], "B"),
        ([1, 2], 2),
        ([dt.date(2024, 1, 1), dt.date(2024, 2, 1)], dt.date(2024, 2, 1)),
        ([True, False], True),
    ],
)
def test_a_series_is_found_by_the_value_that_names_it(names: list[Any], name: Any) -> None:
    made = chart({names[0]: QUIET, names[1]: RISEN if names[1] == name else QUIET} | {name: RISEN})
    assert made.sentence(name).startswith("40 in June 2024: above the upper limit")
    assert "40 in June 2024" in " ".join(drawn(made.to_svg(name)))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (("Ward 6",), "no series 'Ward 6'. Did you mean 'Ward 7'?"),
        (("zzz",), "no series 'zzz'. The first is 'Ward 7'."),
        ((["Ward 7"],), "no series ['Ward 7']."),
        ((), "no series ()."),
        (("Ward 7", "x"), "no series ('Ward 7', 'x')."),
    ],
)
def test_a_series_that_is_not_there_brings_a_guess(name: tuple[Any, ...], said: str) -> None:
    made = chart({"Ward 7": QUIET})
    for ask in (made.sentence, made.to_svg, made.icons, made.sparkline):
        with pytest.raises(BadInput) as problem:
            ask(*name)
        assert str(problem.value).startswith(said)


def test_several_columns_make_a_tuple_of_names() -> None:
    table = pl.DataFrame({"site": ["X"] * 18, "ward": [7] * 18, "date": MONTHS, "value": RISEN})
    made = ptd.spc(table, by=["site", "ward"])
    assert made.series == [("X", 7)]
    assert made.sentence("X", 7) == made.sentence(("X", 7)) == made.sentence(["X", 7])
    assert [card.name for card in made.cards()] == ["X · 7"]


def test_tables_are_made_once() -> None:
    made = chart({"A": QUIET})
    assert made.points is made.points
    assert made.summary is made.summary
    assert made.phases is made.phases


def test_the_summary_is_the_latest_phase_of_every_series() -> None:
    made = chart({"A": QUIET, "B": RISEN}, rebase={"A": ["2023-07-01", "2024-01-01"]})
    latest = made.phases.group_by("ward", maintain_order=True).last()
    assert made.summary.equals(latest.select(made.summary.columns))
    assert made.summary["phases"].to_list() == [3, 1]
    assert made.phases["phase"].to_list() == [1, 2, 3, 1]


def test_a_sentence_is_the_same_wherever_it_is_said() -> None:
    made = chart({"A": QUIET, "B": RISEN}, direction="decrease", target=30)
    for name, sentence, card in zip(made.series, made.summary["sentence"], made.cards(), strict=True):
        assert made.sentence(name) == sentence == card.sentence
        assert f"{name}: {sentence}" in drawn(made.to_svg(name))


def test_a_drawing_takes_what_it_is_told() -> None:
    made = chart({"A": QUIET})
    whole = made.to_svg("A")
    assert "Waits" in drawn(made.to_svg("A", title="Waits"))
    assert 'width="900"' in made.to_svg("A", width=900)
    assert len(made.to_svg("A", last=6)) < len(whole)


def test_icons_are_those_of_the_summary() -> None:
    made = chart({"A": QUIET, "B": RISEN}, direction="decrease", target=30)
    assert made.summary.select("variation", "assurance").rows() == [
        ("common_cause", "pass"),
        ("concern_high", "pass"),
    ]
    quiet, risen = made.icons("A", size=32), made.icons("B", size=32)
    assert 'width="32"' in risen[0]
    assert (quiet[0] == risen[0], quiet[1] == risen[1]) == (False, True)
    assert all(map(drawn, risen))


def test_a_series_without_a_value_is_shown_all_the_same() -> None:
    made = chart({"A": [None] * 5, "B": QUIET}, direction="decrease", target=30)
    assert made.summary["variation"].to_list()[0] is None
    assert made.icons("A") != made.icons("B")
    assert drawn(made.to_svg("A"))
    assert drawn(made.sparkline("A"))
    card = next(made.cards())
    assert (card.latest, card.when, card.variation, card.n) == ("–", "", None, 0)
    assert {row.point for row in card.rows} == {"missing"}


def test_a_sparkline_says_in_its_title_what_it_shows() -> None:
    made = chart({"A": RISEN}, target=30.0)
    assert f"A: {made.sentence('A')}" in drawn(made.sparkline("A"))


@pytest.mark.parametrize(("count", "left"), [(1, ""), (6, ""), (8, "2 more series")])
def test_a_notebook_shows_six_charts_and_says_how_many_are_left(count: int, left: str) -> None:
    shown = chart({f"W{place}": QUIET for place in range(count)})._repr_html_()
    assert shown.count("<svg") == min(count, 6)
    assert ("more series" in shown) == bool(left)
    assert left in shown


def test_a_card_holds_what_a_page_shows() -> None:
    made = chart({"A": RISEN}, direction="decrease", target=30, rebase={"A": "2024-01-01"})
    [card] = made.cards()
    assert (card.latest, card.when, card.target, card.n, card.ratio) == ("40", "Jun 2024", "30", 6, False)
    assert [phase.since for phase in card.phases] == ["Jan 2023", "Jan 2024"]
    assert [phase.n for phase in card.phases] == [12, 6]
    assert len(card.rows) == 18
    assert card.rows[0].when == "Jan 2023"
    assert re.fullmatch(r"-?[\d.]+ to [\d.]+", card.rows[0].limits.replace("−", "-"))
    assert any("few" in advice.lower() or "points" in advice for advice in card.advice)


def test_ghosts_are_named_on_a_card() -> None:
    table = pl.DataFrame({"date": MONTHS, "value": RISEN, "ghost": [False] * 17 + [True]})
    [card] = ptd.spc(table, exclude="ghost").cards()
    assert (card.rows[-1].seen, card.rows[-1].point) == ("Left out", "ghost")
    assert card.when == "May 2024"


def test_a_card_of_counts_out_of_denominators_shows_both_and_the_share() -> None:
    table = pl.DataFrame({"date": MONTHS, "value": [5] * 18, "n": [50] * 18})
    [card] = ptd.spc(table, chart="p", denominator="n").cards()
    assert card.ratio
    assert (card.rows[0].numerator, card.rows[0].denominator, card.rows[0].value) == ("5", "50", "10%")


def test_rules_that_fired_are_in_words_on_a_card() -> None:
    [card] = chart({"A": RISEN}).cards()
    assert card.rows[-1].seen
    assert card.rows[0].seen == ""


def test_what_was_converted_is_kept_with_the_result() -> None:
    said = ptd.spc({"date": MONTHS[:2], "value": ["95%", "90%"]}).said
    assert len(said) == 1
    assert "percentages" in said[0]
    assert chart({"A": QUIET}).said == []


@pytest.mark.parametrize(
    ("dates", "when"),
    [(list(range(18)), "17"), ([dt.datetime(2024, 1, 1, hour) for hour in range(18)], "1 Jan 2024 17:00")],
)
def test_numbers_that_order_and_times_of_day_are_shown_too(dates: list[Any], when: str) -> None:
    made = ptd.spc({"date": dates, "value": QUIET})
    assert drawn(made.to_svg())
    assert next(made.cards()).when == when
