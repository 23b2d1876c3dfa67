"""A control chart as Excel draws it, from the cells of its sheet."""

from typing import Any

from plotthedots.report.lines import CENTRE, COLOURS, JOINED, LIMIT, TARGET, Lines, coloured, spaced

LABELS = 18  # that fit below the axis
# Each line is drawn from two columns that take turns from phase to phase, so that it breaks off between them.
TURNS = tuple(
    f"{line}, drawn in {turn} phases" for line in ("Centre", "Lower limit", "Upper limit") for turn in ("odd", "even")
)
BESIDE = 10  # the column after the rows, in which the chart begins, or those of TURNS
_SHAPES = ("circle", "circle", "diamond", "triangle", "triangle")
_SIZES = (5, 8, 9, 9, 9)


FIRST_ROW = 8  # of the rows of a measure, counted from 0; their heads stand above
SMALL = (430, 230)  # width and height of a chart among many
ACROSS = 3  # of them in a row


def drawn_from(book: Any, name: str, shown: Lines, dates: str) -> Any:
    """The chart of the rows of a sheet; `dates` is how dates are written."""
    chart = book.add_chart({"type": "line"})
    first, last = FIRST_ROW, FIRST_ROW + len(shown.labels) - 1
    labels = [name, first, 0, last, 0]
    drawn = _columns(shown)
    for column, said, look in drawn:
        chart.add_series({"name": said, "categories": labels, "values": [name, first, column, last, column], **look})
    every = spaced(len(shown.labels), LABELS)
    number = "0%" if shown.percent else "General"
    grey = {"color": "#768692"}
    across = {"interval_unit": every, "interval_tick": every, "label_position": "low", "line": grey, "text_axis": True}
    chart.set_x_axis(across | ({"num_format": dates} if dates else {}))
    lines = {"visible": True, "line": {"color": "#E8EDEE"}}
    chart.set_y_axis({"num_format": number, "major_gridlines": lines, "line": {"none": True}})
    again = [at for at, (column, _, _) in enumerate(drawn) if column >= BESIDE and (column - BESIDE) % 2]
    chart.set_legend({"position": "bottom", "delete_series": again})
    chart.show_blanks_as("gap")
    return chart


def beside(sheet: Any, chart: Any, shown: Lines, words: str) -> None:
    """Put a chart beside the rows that it draws; `words` is its alternative text."""
    chart.set_size({"width": 860, "height": 420})
    column = BESIDE + (len(TURNS) if len(shown.phases) > 1 else 0)
    sheet.insert_chart(FIRST_ROW - 1, column, chart, {"description": words, "object_position": 3})


def small(sheet: Any, chart: Any, number: int, name: str, words: str, scale: tuple[float, float] | None) -> None:
    """Put a chart among many, the `number`-th of them, on a scale of its own or on that of all."""
    width, height = SMALL
    chart.set_title({"name": name, "name_font": {"size": 11}, "overlay": False})
    chart.set_legend({"none": True})
    if scale is not None:
        low, high = scale
        axis = {"min": low, "max": high} if high > low else {}
        chart.set_y_axis(
            axis | {"major_gridlines": {"visible": True, "line": {"color": "#E8EDEE"}}, "line": {"none": True}}
        )
    chart.set_size({"width": width, "height": height})
    place = {"x_offset": number % ACROSS * (width + 12), "y_offset": number // ACROSS * (height + 12)}
    sheet.insert_chart(2, 0, chart, place | {"description": words, "object_position": 3})


def add_sparkline(sheet: Any, row: int, column: int, name: str, shown: Lines, last: int) -> None:
    """The course of a measure in one cell, as Excel draws it."""
    end = FIRST_ROW + len(shown.labels)
    begin = max(FIRST_ROW, end - last) + 1
    quoted = name.replace("'", "''")
    look = {"markers": False, "last_point": True, "series_color": f"#{JOINED}", "last_color": f"#{TARGET}"}
    sheet.add_sparkline(row, column, {"range": f"'{quoted}'!B{begin}:B{end}", "show_hidden": False} | look)


def _columns(shown: Lines) -> list[tuple[int, str, dict[str, Any]]]:
    """Columns that are drawn: where each is, its name and its look."""
    value = {"line": {"color": f"#{JOINED}", "width": 1.5}, "marker": _marker(0, False), "points": _points(shown)}
    centre, limit = _line(CENTRE, 1.75, "solid"), _line(LIMIT, 1.25, "dash")
    found = [(1, "Value", value)]
    plain = (
        (shown.middle, centre, shown.centre),
        ("Lower limit", limit, shown.lower),
        ("Upper limit", limit, shown.upper),
    )
    for number, (said, look, line) in enumerate(plain):
        if all(cell is None for cell in line):
            continue
        turned = len(shown.phases) > 1
        found += [(BESIDE + 2 * number + turn, said, look) for turn in (0, 1)] if turned else [(2 + number, said, look)]
    if any(cell is not None for cell in shown.target):
        found.append((5, "Target", _line(TARGET, 2.0, "round_dot")))
    return found


def _line(colour: str, width: float, dash: str) -> dict[str, Any]:
    return {"line": {"color": f"#{colour}", "width": width, "dash_type": dash}, "marker": {"type": "none"}}


def _points(shown: Lines) -> list[Any]:
    """What each point has beyond the common look."""
    marks = coloured(shown)
    return [_point(*marks[place]) if place in marks else None for place in range(len(shown.labels))]


def _point(mark: int, hollow: bool) -> dict[str, Any]:
    marker = _marker(mark, hollow)
    return {"fill": marker["fill"], "border": marker["border"]}


def _marker(mark: int, hollow: bool) -> dict[str, Any]:
    colour = f"#{COLOURS[mark]}"
    return {
        "type": _SHAPES[mark],
        "size": _SIZES[mark],
        "fill": {"color": "#FFFFFF" if hollow else colour},
        "border": {"color": colour if hollow else "#FFFFFF"},
    }
