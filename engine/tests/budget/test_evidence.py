"""What the pages claim is what the committed rows of the studies say."""

import csv
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
Row = dict[str, str]

WILD = "one month in fifty 4 sigmas off"


@cache
def rows(study: str) -> list[Row]:
    path = ROOT / "engine" / "benchmarks" / "evidence" / f"{study}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def words(page: str) -> str:
    text = (ROOT / "docs" / "methods" / f"{page}.md").read_text(encoding="utf-8")
    return " ".join(text.split())


def board(**settings: object) -> Row:
    usual = {"kind": "normal", "charts": 300, "months": 36, "r": 0.0, "changed": 0.1, "size": 2.0, "age": 6}
    wanted = usual | {"method": "bh"} | settings
    return next(row for row in rows("budget") if all(row[name] == str(value) for name, value in wanted.items()))


def year(r: float, size: float) -> Row:
    return next(row for row in rows("rag") if float(row["r"]) == r and float(row["size"]) == size)


NORMAL = [row for row in rows("budget") if row["part"] in ("main", "sizes", "lengths", "boards")]


@pytest.mark.parametrize("row", NORMAL)
def test_false_discoveries_are_at_or_under_the_share_asked_for(row: Row) -> None:
    """Within three standard errors: of a hundred rows some lie above by chance."""
    assert float(row["false_share"]) <= 0.1 + 3 * float(row["false_share_error"])


def test_they_are_so_on_average_over_all_boards_with_changes() -> None:
    shares = [float(row["false_share"]) for row in rows("budget") if row["part"] == "main" and row["changed"] != "0.0"]
    assert 0.05 < sum(shares) / len(shares) < 0.1


def test_without_autocorrelation_power_is_four_fifths_of_that_of_one_who_knows_the_date() -> None:
    row = board(age="any")
    assert float(row["power"]) > 0.8 * float(row["oracle"])
    assert float(board(age=4)["power"]) == pytest.approx(0.65, abs=0.03)
    assert float(board(age=6)["power"]) == pytest.approx(0.88, abs=0.03)


OTHERS = ("heavy tails (t, 5 degrees)", WILD, "c: Poisson, mean 2", "p: 0.1 of 50 to 150", "g: geometric, mean 19")
STEADY = [board(changed=0.0, age="any", r=r) for r in (0.0, 0.3, 0.6)]
STEADY += [board(changed=0.0, kind=kind) for kind in OTHERS]


@pytest.mark.parametrize("row", STEADY)
def test_as_many_signals_are_said_to_be_by_chance_as_there_are(row: Row) -> None:
    assert float(row["expected"]) == pytest.approx(float(row["seen"]), rel=0.15)


@pytest.mark.parametrize("row", [row for row in rows("budget") if row["part"] == "tail"])
def test_small_p_values_are_as_rare_as_they_say(row: Row) -> None:
    for level in ("0.01", "0.001", "0.0001"):
        expected = 1e6 * float(level)
        assert float(row[f"below_{level}"]) == pytest.approx(expected, abs=max(0.12 * expected, 4 * expected**0.5))


def percent(row: Row, column: str) -> str:
    return f"{100 * float(row[column]):.0f}"


def of_oracle(row: Row) -> str:
    return f"{100 * float(row['power']) / float(row['oracle']):.0f}"


def within(r: float, size: float, name: str, months: int) -> str:
    return percent(year(r, size), f"{name}:within_{months}")


def alarms(name: str, r: float = 0.0) -> str:
    value = float(year(r, 0)[f"{name}:false_alarms"])
    return f"{value:.0f}" if value >= 9.95 else f"{value:.1f}"


BUDGET = "signal-budget"
RAG = "dots-not-rag"
MDC = "making-data-count"
QUOTED = [
    (BUDGET, "{} % of those four months old", percent(board(age=4), "power")),
    (BUDGET, "{} % at six months, ", percent(board(age=6), "power")),
    (BUDGET, "{} % at nine, ", percent(board(age=9), "power")),
    (BUDGET, "but {} % at two.", percent(board(age=2), "power")),
    (BUDGET, "Of 1 σ hardly any: {} % at six months", percent(board(size=1.0), "power")),
    (BUDGET, "a fiftieth changed, {} % at four months", percent(board(age=4, changed=0.02), "power")),
    (BUDGET, "At 0.3 it sees {} % at four months", percent(board(age=4, r=0.3), "power")),
    (BUDGET, "and {} % at six, at 0.6", percent(board(age=6, r=0.3), "power")),
    (BUDGET, "at 0.6 only {} %", percent(board(age=4, r=0.6), "power")),
    (BUDGET, "% and {} %. The aim", percent(board(age=6, r=0.6), "power")),
    (BUDGET, "it reached {} % of the oracle's", of_oracle(board(age="any"))),
    (BUDGET, "({} % at four months,", of_oracle(board(age=4))),
    (BUDGET, "{} % at six), ", of_oracle(board(age=6))),
    (BUDGET, "at six), {} % at 0.3", of_oracle(board(age="any", r=0.3))),
    (BUDGET, "at 0.3 and {} % at 0.6", of_oracle(board(age="any", r=0.6))),
    (BUDGET, "({} for ", percent(board(r=0.6), "power_told_r")),
    (BUDGET, "{} % with 24 points", percent(board(months=24), "power")),
    (BUDGET, "{} % with 18", percent(board(months=18), "power")),
    (BUDGET, "{} % with 12.", percent(board(months=12), "power")),
    (BUDGET, "wild, {} % was false", percent(board(kind=WILD), "false_share")),
    (BUDGET, "XmR chart {} %, and", percent(board(kind="skewed (exponential)"), "false_share")),
    (BUDGET, "something {} times in 100", percent(board(kind="skewed (exponential)", changed=0.0), "any_false")),
    (BUDGET, "something on {} of 100 boards", percent(board(kind="random walk", changed=0.0), "any_false")),
    (RAG, "nothing changes | {} |", alarms("red_0")),
    (RAG, "| {} | 0.7 |", alarms(MDC)),
    (RAG, "| 45 | {} |", alarms("budget")),
    (RAG, "worse by 2 σ | {} |", f"{float(year(0, 2)['red_0:flagged']):.0f}"),
    (RAG, "| 111 | {} | 22 |", f"{float(year(0, 2)[f'{MDC}:flagged']):.0f}"),
    (RAG, "| 111 | 18 | {} |", f"{float(year(0, 2)['budget:flagged']):.0f}"),
    (RAG, "nothing changed | {} % |", percent(year(0, 2), "red_0:flagged_false")),
    (RAG, "| 75 % | {} % |", percent(year(0, 2), f"{MDC}:flagged_false")),
    (RAG, "| 28 % | {} % |", percent(year(0, 2), "budget:flagged_false")),
    (RAG, "within three months | all | {} %", within(0, 2, MDC, 3)),
    (RAG, "| all | 48 % | {} % |", within(0, 2, "budget", 3)),
    (RAG, "within six months | all | {} %", within(0, 2, MDC, 6)),
    (RAG, "| all | 75 % | {} % |", within(0, 2, "budget", 6)),
    (RAG, "and so were {} of 100 charts", within(0, 0, "red_0", 3)),
    (RAG, "(autocorrelation 0.6) they give {}", alarms(MDC, 0.6)),
    (RAG, "below it: {} false alarms a year", alarms("red_2")),
    (RAG, "seen in {} months", f"{float(year(0, 2)['red_2:median_months']):.1f}"),
    (RAG, "({} % against", within(0, 2, MDC, 3)),
    (RAG, "against {} % within three", within(0, 2, "budget", 3)),
    (RAG, "budget showed {} % of shifts", within(0.6, 2, "budget", 6)),
    (RAG, "and {} % within twelve", within(0.6, 2, "budget", 12)),
    (RAG, "*marked* {} and", within(0.6, 2, MDC, 6)),
    (RAG, "and {} %, and", within(0.6, 2, MDC, 12)),
    (RAG, "%, and {} and", within(0.6, 0, MDC, 6)),
    (RAG, "and {} % of the charts on which nothing changed", within(0.6, 0, MDC, 12)),
    (RAG, "usual level had {} charts turn red", alarms("red_-1")),
]


@pytest.mark.parametrize(("page", "quoted", "figure"), QUOTED)
def test_figures_quoted_on_a_page_are_those_of_its_rows(page: str, quoted: str, figure: str) -> None:
    assert quoted.format(figure) in words(page)


def test_red_also_finds_all_that_did_not_change_where_the_target_is_far_off() -> None:
    assert within(0, 0, "red_-1", 3) == "97"


def test_red_finds_all_within_three_months() -> None:
    assert within(0, 2, "red_0", 3) == "100"
