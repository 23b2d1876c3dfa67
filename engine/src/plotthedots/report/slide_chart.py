"""A control chart as PowerPoint draws it: a line chart whose numbers can be edited."""

from typing import Any

from plotthedots.card import Card
from plotthedots.report.lines import CENTRE, COLOURS, JOINED, LIMIT, TARGET, Column, coloured, lines, series, spaced
from plotthedots.report.plan import Plan

LABELS = 12  # that fit below the axis
SIZES = (5, 8, 9, 9, 9)  # of markers, in points: of chance, improvement, concern, neither


def add_chart(slide: Any, made: Plan, card: Card, box: tuple[int, int, int, int], words: str) -> None:
    """Put the chart of a measure on a slide; `words` is its alternative text."""
    from pptx.chart import data as charts
    from pptx.enum.chart import XL_CHART_TYPE

    shown = lines(made, card)
    drawn = series(shown)
    library: Any = charts
    data = library.CategoryChartData(number_format="0.0%" if shown.percent else "General")
    data.categories = shown.labels
    for _, name, values in drawn:
        data.add_series(name, values)
    frame = slide.shapes.add_chart(XL_CHART_TYPE.LINE_MARKERS, *box, data)
    properties = frame._element.xpath(".//p:cNvPr")[0]
    properties.set("descr", words)
    properties.set("name", f"Chart of {card.name or 'the measure'}")
    chart = frame.chart
    _dress(chart, [name for _, name, _ in drawn])
    _axes(chart, shown.percent, spaced(len(shown.labels), LABELS))
    for line, (kind, _, values) in zip(chart.plots[0].series, drawn, strict=True):
        _line(line, kind)
        if kind == "value":
            _points(line, coloured(shown))
        else:
            _lonely(line, values)


def _dress(chart: Any, names: list[str]) -> None:
    from pptx.enum.chart import XL_LEGEND_POSITION
    from pptx.oxml import parse_xml
    from pptx.util import Pt

    chart.has_title = False
    chart.font.size = Pt(11)
    chart.has_legend = True
    chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    # The second of two lines that take turns needs no entry of its own.
    space = "http://schemas.openxmlformats.org/drawingml/2006/chart"
    for place, name in reversed(list(enumerate(names))):
        if name.endswith("every other phase"):
            entry = parse_xml(
                f'<c:legendEntry xmlns:c="{space}"><c:idx val="{place}"/><c:delete val="1"/></c:legendEntry>'
            )
            chart.legend._element.insert(1, entry)


def _axes(chart: Any, percent: bool, every: int) -> None:
    from pptx.oxml import parse_xml

    across, up = chart.category_axis, chart.value_axis
    across.has_major_gridlines = False
    across.format.line.color.rgb = rgb("768692")
    # Labels stand below the chart, where some values are negative too.
    from pptx.enum.chart import XL_TICK_LABEL_POSITION

    across.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    up.major_gridlines.format.line.color.rgb = rgb("E8EDEE")
    up.format.line.fill.background()
    up.tick_labels.number_format, up.tick_labels.number_format_is_linked = "0%" if percent else "General", False
    space = "http://schemas.openxmlformats.org/drawingml/2006/chart"
    element = across._element
    for tag in ("tickLblSkip", "tickMarkSkip"):
        skip = parse_xml(f'<c:{tag} xmlns:c="{space}" val="{every}"/>')
        element.xpath("./c:noMultiLvlLbl")[0].addprevious(skip)


def _line(line: Any, kind: str) -> None:
    from pptx.enum.chart import XL_MARKER_STYLE
    from pptx.enum.dml import MSO_LINE
    from pptx.util import Pt

    colour, width, dash = {
        "value": (JOINED, 1.5, None),
        "centre": (CENTRE, 1.75, None),
        "limit": (LIMIT, 1.25, MSO_LINE.DASH),
        "target": (TARGET, 2.0, MSO_LINE.ROUND_DOT),
    }[kind]
    line.smooth = False
    line.format.line.width, line.format.line.color.rgb = Pt(width), rgb(colour)
    if dash is not None:
        line.format.line.dash_style = dash
    if kind == "value":
        _marker(line.marker, 0, hollow=False)
    else:
        line.marker.style = XL_MARKER_STYLE.NONE


def _points(line: Any, marks: dict[int, tuple[int, bool]]) -> None:
    for place, (mark, hollow) in marks.items():
        _marker(line.points[place].marker, mark, hollow=hollow)


def _lonely(line: Any, values: Column) -> None:
    """A phase of one point has a dash, for a line needs two."""
    from pptx.enum.chart import XL_MARKER_STYLE

    there = [value is not None for value in values]
    for place, own in enumerate(there):
        if own and not any(there[max(place - 1, 0) : place]) and not any(there[place + 1 : place + 2]):
            line.points[place].marker.style = XL_MARKER_STYLE.DASH


def _marker(marker: Any, mark: int, *, hollow: bool) -> None:
    """Shape as well as colour says what a point is."""
    from pptx.enum.chart import XL_MARKER_STYLE

    shapes = (XL_MARKER_STYLE.CIRCLE, XL_MARKER_STYLE.CIRCLE, XL_MARKER_STYLE.DIAMOND)
    marker.style = shapes[mark] if mark < len(shapes) else XL_MARKER_STYLE.TRIANGLE
    marker.size = SIZES[mark]
    marker.format.fill.solid()
    marker.format.fill.fore_color.rgb = rgb("FFFFFF" if hollow else COLOURS[mark])
    marker.format.line.color.rgb = rgb(COLOURS[mark] if hollow else "FFFFFF")


def rgb(text: str) -> Any:
    """A colour as the library takes it."""
    from pptx.dml import color

    library: Any = color
    return library.RGBColor.from_string(text)
