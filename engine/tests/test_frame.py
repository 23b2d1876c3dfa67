"""Frames in and out: every type comes back as it came, and nobody's numbers are written to."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import plotthedots as ptd
from plotthedots import frame
from plotthedots.errors import BadInput

DAYS = [dt.date(2024, month, 1) for month in (3, 1, 2, 1, 2, 3)]
WARDS = ["B", "B", "B", "A", "A", "A"]
VALUES = [6.0, 4.0, None, 1.0, 2.0, 3.0]
MARKS = [False, False, True, False, False, False]
COLUMNS: dict[str, list[Any]] = {"ward": WARDS, "date": DAYS, "value": VALUES, "ghost": MARKS, "aim": [5.0] * 6}


def chunked() -> pa.Table:
    whole = pa.table(COLUMNS)
    return pa.concat_tables([whole.slice(0, 1), whole.slice(1, 0), whole.slice(1, 3), whole.slice(4)])


def with_categories() -> pd.DataFrame:
    made = pd.DataFrame(COLUMNS)
    made["ward"] = pd.Categorical(WARDS, categories=["B", "A", "never seen"])
    return made


def nullable() -> pd.DataFrame:
    kinds = {"ward": "string", "value": "Int64", "ghost": "boolean", "aim": "Float64"}
    return pd.DataFrame(COLUMNS | {"value": pd.array(VALUES, dtype="Int64")}).astype(kinds)


def of_arrow() -> pd.DataFrame:
    return pa.table(COLUMNS).to_pandas(types_mapper=pd.ArrowDtype)  # type: ignore[no-any-return]


def polars_of_narrow_types() -> pl.DataFrame:
    made = pl.DataFrame(COLUMNS)
    return made.with_columns(pl.col("ward").cast(pl.Categorical), pl.col("value").cast(pl.Int16))


def arrays() -> dict[str, Any]:
    values = np.array([np.nan if value is None else value for value in VALUES])
    return {"ward": np.array(WARDS), "date": np.array(DAYS, "datetime64[D]"), "value": values, "ghost": MARKS} | {
        "aim": np.full(6, 5.0)
    }


MAKERS: dict[str, Callable[[], Any]] = {
    "pandas": lambda: pd.DataFrame(COLUMNS),
    "pandas with categories": with_categories,
    "pandas, nullable": nullable,
    "pandas over arrow": of_arrow,
    "pandas with an index of its own": lambda: pd.DataFrame(COLUMNS, index=[7, 7, 3, 2, 1, 0]),
    "polars": lambda: pl.DataFrame(COLUMNS),
    "polars of narrow types": polars_of_narrow_types,
    "polars lazy": lambda: pl.LazyFrame(COLUMNS),
    "pyarrow": lambda: pa.table(COLUMNS),
    "pyarrow in chunks": chunked,
    "dict of lists": lambda: dict(COLUMNS),
    "dict of arrays": arrays,
}
every_type = pytest.mark.parametrize("kind", MAKERS)


def chart(given: Any) -> Any:
    return ptd.spc(given, by="ward", target="aim", exclude="ghost", direction="increase")


def plain(made: Any) -> dict[str, list[Any]]:
    """Any frame as lists, missing as None."""
    if isinstance(made, pl.LazyFrame):
        made = made.collect()
    if isinstance(made, pl.DataFrame):
        made = made.to_arrow()
    columns = made.to_pydict() if isinstance(made, pa.Table) else {name: list(made[name]) for name in made}
    return {name: [None if value is None or value != value else value for value in columns[name]] for name in columns}


def names(made: Any) -> list[str]:
    if isinstance(made, pl.LazyFrame):
        return made.collect_schema().names()
    return list(made.column_names if isinstance(made, pa.Table) else made)


@every_type
def test_what_comes_out_has_the_type_that_came_in(kind: str) -> None:
    given = MAKERS[kind]()
    made = chart(given)
    for one in (made.points, made.phases, made.summary):
        assert type(one) is type(given)


@every_type
def test_every_type_holds_the_same_answer(kind: str) -> None:
    made, expected = chart(MAKERS[kind]()), chart(pa.table(COLUMNS))
    for one, other in ((made.points, expected.points), (made.summary, expected.summary)):
        found, wanted = plain(one), plain(other)
        dates = {name: [str(day)[:10] for day in found[name]] for name in found if "date" in name}
        assert found | dates == wanted | {name: list(map(str, wanted[name])) for name in dates}


def polars_of_long_names() -> pl.DataFrame:
    made = pl.DataFrame(COLUMNS)
    return made.with_columns(pl.col("ward") + " (a name too long for polars to keep beside its length)")


def test_long_names_come_out_of_polars_as_they_went_in() -> None:
    given = polars_of_long_names()
    points = chart(given).points
    assert points.schema["ward"] == points.schema["point"] == pl.String
    assert points["ward"].to_list() == sorted(given["ward"])
    assert points["point"].to_list() == chart(pa.table(COLUMNS)).points["point"].to_pylist()


def test_names_may_come_as_views_of_text() -> None:
    given = pa.table(COLUMNS | {"ward": pa.array(WARDS, pa.string_view())})
    assert plain(chart(given).points) == plain(chart(pa.table(COLUMNS)).points)


@pytest.mark.parametrize(
    "kind",
    [
        *(pa.date32(), pa.timestamp("s"), pa.timestamp("ms", "UTC"), pa.timestamp("us"), pa.timestamp("ns")),
        *(pa.int8(), pa.int32(), pa.int64(), pa.uint16()),
    ],
)
@pytest.mark.parametrize("mixed", [False, True])
def test_dates_of_every_type_come_out_in_order_whatever_order_they_came_in(kind: pa.DataType, mixed: bool) -> None:
    days = pa.array(range(1, 21), pa.int32() if pa.types.is_date32(kind) else pa.int64()).cast(kind)
    whole = pa.table({"ward": ["A"] * 10 + ["B"] * 10, "date": days, "value": [float(day % 7) for day in range(20)]})
    given = whole.take(np.random.default_rng(1).permutation(20)) if mixed else whole
    wanted = pa.int64() if kind == pa.uint16() else kind
    points = ptd.spc(given, by="ward").points
    assert points["date"].type == wanted
    assert points["date"].combine_chunks().equals(days.cast(wanted))
    assert points["value"].to_pylist() == whole["value"].to_pylist()


def test_rows_come_out_by_series_and_date() -> None:
    points = plain(chart(pa.table(COLUMNS)).points)
    assert points["ward"] == sorted(WARDS)
    assert points["date"] == sorted(DAYS[3:]) * 2
    assert points["value"] == [1, 2, 3, 4, None, 6]


def snapshot(given: Any) -> Any:
    if isinstance(given, dict):
        return {name: list(column) for name, column in given.items()}
    return given.copy(deep=True) if isinstance(given, pd.DataFrame) else given.clone()


@pytest.mark.parametrize("kind", ["pandas", "pandas with categories", "pandas, nullable", "polars", "dict of arrays"])
def test_the_frame_that_was_given_is_never_changed(kind: str) -> None:
    given = MAKERS[kind]()
    before = snapshot(given)
    made = chart(given)
    for one in (made.points, made.phases, made.summary):
        assert len(names(one)) > 10
    if isinstance(given, dict):
        assert plain(given) == plain(before)
    else:
        assert given.equals(before)


@pytest.mark.parametrize("ordered", [True, False])
def test_writing_to_a_result_never_reaches_the_input(ordered: bool) -> None:
    order = sorted(range(6), key=lambda row: (WARDS[row], DAYS[row])) if ordered else list(range(6))
    given = {name: np.array(column)[order] for name, column in arrays().items()}
    kept = snapshot(given)
    made = chart(given)
    for one in (made.points, made.phases, made.summary):
        for column in one.values():
            assert not any(np.shares_memory(column, own) for own in given.values())
            if column.dtype.kind == "f":
                column[:] = 777.0
    assert plain(given) == plain(kept)


def test_writing_to_a_pandas_result_does_not_reach_the_input() -> None:
    given = pd.DataFrame(COLUMNS).sort_values(["ward", "date"], ignore_index=True)
    kept = given.copy(deep=True)
    points = chart(given).points
    for name in ("value", "target", "centre", "upper"):
        points.loc[:, name] = 777.0
        points[name].to_numpy(copy=True)[:] = 1.0
    assert given.equals(kept)


def test_columns_that_are_not_asked_for_may_hold_anything() -> None:
    given = pd.DataFrame(COLUMNS | {"note": [1, "two", None, {}, [], object()]})
    assert plain(chart(given).points)["value"][0] == 1.0


# Columns


def floats_of(column: Any) -> list[float]:
    table = frame.read({"value": column}, ["value"])
    return frame.floats(table, "value").tolist()


@pytest.mark.parametrize(
    "column",
    [
        [1, 2],
        [1.0, 2.0],
        ["1", " 2 "],
        np.array([1, 2], "uint8"),
        np.array([1, 2], "float32"),
        pd.Series([1, 2], dtype="Int64"),
        pl.Series([1, 2]),
        pa.array(["1", "2"], pa.large_string()),
        pa.array(["1", "2"], pa.string_view()),
        pa.chunked_array([["1"], ["2"]]),
        pa.array(["1", "2"]).dictionary_encode(),
        pa.array([1, 2]).cast(pa.decimal128(21, 2)),
    ],
)
def test_numbers_are_read_from_any_column_that_holds_them(column: Any) -> None:
    assert floats_of(column) == [1.0, 2.0]


@pytest.mark.parametrize(
    ("column", "said"),
    [
        ([True, False], 'Column "value": found true and false, expected numbers.'),
        ([dt.date(2024, 1, 1)], 'Column "value": found dates, expected numbers.'),
        ([1, float("inf")], 'Row 2, column "value": found inf'),
        (["1", "x"], 'Row 2, column "value": found "x"'),
        ([1, "2"], "Row 2, column \"value\": found '2' among values such as 1; expected one kind."),
        ([1, 2, True], 'Row 3, column "value": found True among values such as 1'),
        (1.0, "expected an array or list with a value a row"),
        ("12", "expected an array or list with a value a row"),
        (np.ones((2, 1)), "expected an array or list with a value a row"),
        (np.array([1j]), "expected numbers"),
    ],
)
def test_what_holds_no_numbers_is_refused(column: Any, said: str) -> None:
    with pytest.raises(BadInput) as problem:
        floats_of(column)
    assert said in str(problem.value)


def test_a_masked_array_and_none_are_missing_values() -> None:
    assert np.isnan(floats_of(np.ma.masked_array([1.0, 2.0], mask=[True, False]))[0])
    assert np.isnan(floats_of([None, None])).all()
    assert np.isnan(floats_of([float("nan"), 1.0])[0])


def dates_of(column: Any) -> tuple[pa.DataType, list[Any]]:
    read, _ = frame.read_dates(frame.read({"date": column}, ["date"]), "date")
    return read.type, read.to_pylist()


@pytest.mark.parametrize(
    ("column", "kind"),
    [
        ([dt.date(2024, 4, 1)], pa.date32()),
        (["01/04/2024"], pa.date32()),
        (np.array(["2024-04-01"], "datetime64[D]"), pa.date32()),
        (pa.array([dt.date(2024, 4, 1)]).cast(pa.date64()), pa.date32()),
        ([dt.datetime(2024, 4, 1)], pa.timestamp("us")),
        (["2024-04-01T00:00"], pa.timestamp("us")),
        (np.array(["2024-04-01"], "datetime64[ns]"), pa.timestamp("ns")),
        (pa.array([dt.datetime(2024, 4, 1)], pa.timestamp("s", "UTC")), pa.timestamp("s", "UTC")),
    ],
)
def test_dates_keep_their_type_and_text_becomes_dates(column: Any, kind: pa.DataType) -> None:
    found, [day] = dates_of(column)
    assert found == kind
    assert str(day).startswith("2024-04-01")


def test_whole_numbers_that_order_stay_numbers() -> None:
    assert dates_of([3, 1, 2])[1] == [3, 1, 2]
    assert dates_of(np.array([3, 1], "uint16"))[1] == [3, 1]


@pytest.mark.parametrize(
    ("column", "said"),
    [
        ([1.5, 2.0], "expected dates, text such as 2024-04-01, or whole numbers"),
        ([True], "found true and false"),
        ([dt.date(2024, 1, 1), None], 'Row 2, column "date": the date is missing'),
        (["2024-01-01", "x"], 'Row 2, column "date": found "x"'),
        (["2024-01-01", "2024-01-01", "31/01/2024"], 'Row 3, column "date"'),
        (pa.array([dt.datetime(2024, 4, 1)], pa.timestamp("s", "Europe/London")), "zone Europe/London"),
        (pd.period_range("2024-01", "2024-02", freq="M"), "expected dates"),
    ],
)
def test_what_holds_no_dates_is_refused(column: Any, said: str) -> None:
    with pytest.raises(BadInput) as problem:
        dates_of(column)
    assert said in str(problem.value)


@pytest.mark.parametrize(
    ("column", "marks"),
    [
        ([True, None, False], [True, False, False]),
        ([1, 0, None], [True, False, False]),
        ([1.0, float("nan"), 0.0], [True, False, False]),
        (["Yes", "", "no"], [True, False, False]),
        (["TRUE", None, "f"], [True, False, False]),
        ([None, None, None], [False, False, False]),
    ],
)
def test_marks_are_read_as_people_write_them(column: Any, marks: list[bool]) -> None:
    assert frame.flags(frame.read({"ghost": column}, ["ghost"]), "ghost").tolist() == marks


@pytest.mark.parametrize(
    ("column", "said"),
    [
        ([1, 2], 'Row 2, column "ghost": found 2'),
        (["yes", "perhaps"], 'Row 2, column "ghost": found "perhaps"'),
        ([dt.date(2024, 1, 1)], "expected true or false"),
    ],
)
def test_what_is_no_mark_is_refused(column: Any, said: str) -> None:
    with pytest.raises(BadInput) as problem:
        frame.flags(frame.read({"ghost": column}, ["ghost"]), "ghost")
    assert said in str(problem.value)


@pytest.mark.parametrize(
    ("text", "number"), [("5", 5.0), (" 1e1 ", 10.0), ("5%", 0.05), ("1,000", 1000.0), ("", None), ("five", None)]
)
def test_a_number_that_was_typed_is_read_as_in_files(text: str, number: float | None) -> None:
    assert frame.as_float(text) == number


@pytest.mark.parametrize(
    ("given", "like", "key"),
    [
        ("2024-04-01", pa.date32(), 19814),
        (dt.date(2024, 4, 1), pa.date32(), 19814),
        (pd.Timestamp("2024-04-01"), pa.date32(), 19814),
        (np.datetime64("2024-04"), pa.date32(), 19814),
        ("2024-04-01T00:01", pa.date32(), 19815),
        ("2024-04-01", pa.timestamp("s"), 19814 * 86_400),
        (dt.datetime(2024, 4, 1, 0, 0, 1), pa.timestamp("ms"), 19814 * 86_400_000 + 1000),
        (7, pa.int64(), 7),
        (np.int32(7), pa.int16(), 7),
    ],
)
def test_a_date_given_in_a_call_is_placed_on_the_scale_of_the_column(given: Any, like: pa.DataType, key: int) -> None:
    assert frame.as_date_key(given, like, "rebase") == key


@pytest.mark.parametrize(
    ("given", "like"),
    [
        (None, pa.date32()),
        (True, pa.int64()),
        (5, pa.date32()),
        ("2024-04-01", pa.int64()),
        (1.5, pa.int64()),
        ("yesterday", pa.date32()),
        (np.datetime64("NaT"), pa.date32()),
        (object(), pa.date32()),
    ],
)
def test_what_is_no_date_in_a_call_is_refused_with_the_name_of_the_option(given: Any, like: pa.DataType) -> None:
    with pytest.raises(BadInput, match=r"rebase: .*expected a"):
        frame.as_date_key(given, like, "rebase")


def test_columns_of_unequal_length_are_refused() -> None:
    with pytest.raises(BadInput, match="columns differ in length"):
        frame.read({"date": [1, 2], "value": [1]}, ["date", "value"])


def test_two_columns_of_one_name_are_refused() -> None:
    given = pd.DataFrame([[1, 2.0, 3.0]], columns=["date", "value", "value"])
    with pytest.raises(BadInput, match="frame: "):
        ptd.spc(given)


@pytest.mark.parametrize("given", [[1, 2], "data.csv", None, pd.Series([1])])
def test_what_is_no_frame_is_refused(given: Any) -> None:
    with pytest.raises(BadInput, match="expected a pandas, polars or pyarrow table, or a dict of arrays"):
        frame.read(given, ["value"])


def test_a_list_of_numpys_own_scalars_is_a_column() -> None:
    days = [np.datetime64("2024-01-01"), np.datetime64("2024-02-01")]
    points = ptd.spc({"date": days, "value": [np.float64(1), np.float64(2)]}).points
    assert points["date"].tolist() == [dt.date(2024, 1, 1), dt.date(2024, 2, 1)]
    assert points["value"].tolist() == [1.0, 2.0]
