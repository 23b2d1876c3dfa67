"""What cannot be judged is refused in a sentence that says where it stands."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

import plotthedots as ptd
from plotthedots import BadInput

from .series import board, levels, months

FRAME = board(np.stack([levels((24, 0), (12, 3)), levels((36, 0))]))


def call(claims: Any, **options: Any) -> Any:
    return ptd.gains(FRAME, claims, **({"by": "ward", "direction": "increase"} | options))


def claims(**more: Any) -> dict[str, Any]:
    return {"ward": ["s00", "s01"], "claimed": ["2022-01-01", "2022-01-01"]} | more


CLAIMS = {
    "an unknown series": (
        claims(ward=["s00", "s1"]),
        r'Claims, row 2, column "ward": found "s1", expected a series of the frame\. Did you mean "s01"\?',
    ),
    "no series": (claims(ward=["s00", None]), 'Claims, row 2, column "ward": found "None"'),
    "no date": (claims(claimed=["2022-01-01", None]), 'Claims, row 2, column "claimed": the date is missing'),
    "a date that is none": (
        claims(claimed=["2022-01-01", "soon"]),
        'Claims, row 2, column "claimed": found "soon"',
    ),
    "mixed shapes of dates": (
        claims(claimed=["2022-01-01", "3/4/2022"]),
        'Claims, row 2, column "claimed"',
    ),
    "numbers for dates": (
        claims(claimed=[24, 24]),
        'Claims, row 1, column "claimed": found 24, expected dates',
    ),
    "a name twice": (claims(gain=["a", "a"]), 'Claims, row 2, column "gain": found "a" a second time'),
    "a direction that is none": (
        claims(direction=["increase", "up"]),
        'Claims, row 2, column "direction": found "up", expected "increase" or "decrease"',
    ),
    "neither way": (
        claims(direction=["neutral", "increase"]),
        'Claims, row 1, column "direction": found "neutral"',
    ),
    "no claim": ({"ward": [], "claimed": []}, "Claims: there are none, expected at least one"),
    "no column of dates": ({"ward": ["s00"]}, 'Claims: no column "claimed"'),
    "a column that is nearly named": ({"ward": ["s00"], "claim": ["2022-01-01"]}, 'Did you mean "claim"'),
    "a baseline after the claim": (
        claims(baseline_from=[None, "2022-05-01"]),
        'Claims, row 2, column "baseline_from": found 2022-05-01, expected a date before',
    ),
    "a bad date of withdrawal": (
        claims(withdrawn_on=[None, "never"]),
        'Claims, row 2, column "withdrawn_on": found "never"',
    ),
    "a bad date of entry": (
        claims(entered_on=[None, 7]),
        'Claims, row 2, column "entered_on": found 7, expected dates',
    ),
    "no table": (3, "Claims: frame: found int"),
    "text": ("claims.csv", "Claims: frame: found str"),
    "unequal columns": (
        {"ward": ["s00"], "claimed": ["2022-01-01", "2022-01-01"]},
        "Claims: columns differ in length",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CLAIMS)
def test_claims_say_that_it_is_the_claims_and_which_row_and_column(case: str) -> None:
    given, expected = CLAIMS[case]
    with pytest.raises(BadInput, match=expected) as raised:
        call(given)
    assert raised.value.table == "claims"


def test_rows_are_named_as_they_were_given_though_some_dates_are_missing() -> None:
    bad = pd.DataFrame(claims() | {"entered_on": [None, "yesterday"]})
    with pytest.raises(BadInput, match='Claims, row 2, column "entered_on"') as raised:
        call(bad)
    assert raised.value.row == 1
    assert raised.value.numbered(first=2).startswith("Claims, row 3")


def test_a_date_that_the_column_cannot_hold_is_refused() -> None:
    frame = FRAME | {"date": FRAME["date"].astype("datetime64[ns]")}
    with pytest.raises(BadInput, match='Claims, column "claimed": found a date further off'):
        ptd.gains(frame, claims(claimed=["1500-01-01"] * 2), by="ward", direction="increase")


def test_dates_for_numbers_are_refused() -> None:
    with pytest.raises(
        BadInput, match=r'Claims, row 1, column "claimed": found .*expected whole numbers as in the date column'
    ):
        ptd.gains({"date": np.arange(30), "value": levels((30, 0))}, {"claimed": ["2022-01-01"]}, direction="increase")


OPTIONS = {
    "mr": ({"chart": "mr"}, 'chart: found "mr", expected "xmr"'),
    "s": ({"chart": "s"}, 'chart: found "s"'),
    "no chart": ({"chart": "pareto"}, 'chart: found "pareto"'),
    "no denominator": ({"chart": "p"}, "a p chart needs denominator="),
    "horizon 0": ({"horizons": (3, 0)}, "horizons: found 0, expected whole numbers of periods from 1 to 120"),
    "horizon 121": ({"horizons": [121]}, "horizons: found 121"),
    "a horizon and a half": ({"horizons": (1.5,)}, "horizons: found 1.5"),
    "horizon of words": ({"horizons": ("year",)}, "horizons: found 'year'"),
    "a horizon that is true": ({"horizons": (True,)}, "horizons: found True"),
    "a horizon that is none": ({"horizons": (float("nan"),)}, "horizons: found nan"),
    "no horizons": ({"horizons": None}, "horizons: found None"),
    "a horizon twice": ({"horizons": (3, 3)}, "horizons: found .*expected each once"),
    "as of a number": ({"as_of": 20}, "as_of: found 20, expected a date"),
    "as of words": ({"as_of": "lately"}, "as_of: .*lately"),
    "as of true": ({"as_of": True}, "as_of: found True, expected a date"),
    "other placebos": ({"placebos": "others"}, 'placebos: found "others", expected "siblings"'),
    "placebos of a number": ({"placebos": 3}, "Placebos: frame: found int"),
    "placebos without dates": ({"placebos": {"ward": ["a"], "value": [1.0]}}, 'Placebos: no column "date"'),
    "placebos with other dates": (
        {"placebos": {"ward": ["a"], "date": [3], "value": [1.0]}},
        "Placebos: found 3, expected dates as in the frame",
    ),
    "placebos without rows": (
        {"placebos": {"ward": [], "date": [], "value": []}},
        "Placebos: the table has no rows",
    ),
    "an unknown condition": ({"conditions": ("coach",)}, 'Claims: no column "coach"'),
    "a condition named like a column": ({"conditions": ("time",)}, 'conditions: found "time"'),
    "an unknown column": ({"value": "falls"}, 'no column "falls"'),
    "a direction that is no column": ({"direction": "up"}, 'no column "up"'),
    "by named like an output": ({"by": "status"}, 'by: found "status"'),
    "by named like a chance": ({"by": "chance_of_slipping_6"}, 'by: found "chance_of_slipping_6"'),
}  # fmt: skip


@pytest.mark.parametrize("case", OPTIONS)
def test_options_that_cannot_be_are_refused(case: str) -> None:
    options, expected = OPTIONS[case]
    with pytest.raises(BadInput, match=expected):
        call(claims(time=[1, 2]), **options)


def test_a_day_of_several_times_is_no_placebo_of_days() -> None:
    days = np.repeat(months(36).astype("datetime64[h]"), 2) + np.tile([8, 20], 36)
    other = {"ward": ["x"] * 72, "date": days.astype("datetime64[s]"), "value": levels((72, 0))}
    with pytest.raises(BadInput, match="Placebos: found several times of one day"):
        call(claims(), placebos=other)


def test_what_is_wrong_with_the_frame_is_not_laid_at_the_claims_door() -> None:
    bad = FRAME | {"value": ["many"] * 72}
    with pytest.raises(BadInput) as raised:
        ptd.gains(bad, claims(), by="ward", direction="increase")
    assert raised.value.table is None
    assert raised.value.column == "value"


def test_values_that_cannot_be_counts_are_refused_as_on_a_chart() -> None:
    frame = FRAME | {"value": -FRAME["value"]}
    with pytest.raises(BadInput, match=r'^Row 1, column "value": found .*expected a count of 0 or more'):
        ptd.gains(frame, claims(), by="ward", direction="increase", chart="c")
