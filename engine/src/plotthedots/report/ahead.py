"""What comes next, on the page of a measure: the fan, its sentence and its record."""

from plotthedots import words
from plotthedots.card import NO_NUMBER
from plotthedots.forecast import Forecast
from plotthedots.forecast.drawing import Record
from plotthedots.report.parts import SCREEN, Medium, charts, scroll
from plotthedots.svg.element import escape

LAST = 18  # points of the past in the narrow chart


def part(forecast: Forecast, position: int, name: str, medium: Medium = SCREEN) -> str:
    """The part of a page."""
    drawn = charts(
        lambda **look: forecast.draw(position, heading=False, **look),
        f"f{position}",
        heights=(340, 320, 300),
        last=LAST,
        medium=medium,
    )
    record = forecast.record_at(position)
    said = f"<h3>What comes next</h3><p>{escape(forecast.sentence_at(position))}</p>"
    if not record.method:
        return said
    label = "How good such forecasts have been" + (f", {name}" if name else "")
    return f'<div class="next">{said}{drawn}{scroll(label, _table(record))}</div>'


def _table(record: Record) -> str:
    cells = [("Method", record.method), ("Forecasts of its past", f"{record.forecasts:,}")]
    for level, held in record.coverage:
        share = NO_NUMBER if held is None else f"{held * 100:.0f} %"
        cells.append((f"Came within the {level * 100:.4g} % limits", share))
    cells.append(("Error, as a share of the naive one", _number(record.mase)))
    if record.brier is not None:
        cells.append(("Brier score of the chances", _number(record.brier)))
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head, _ in cells)
    row = "".join(f"<td>{escape(cell)}</td>" for _, cell in cells)
    return f'<table class="data record"><thead><tr>{heads}</tr></thead><tbody><tr>{row}</tr></tbody></table>'


def _number(value: float | None) -> str:
    return NO_NUMBER if value is None else words.number(value)


STYLE = """
table.data.record th,table.data.record td{text-align:left;white-space:normal;vertical-align:bottom}
@media print{
.next{break-inside:avoid}
}
"""
