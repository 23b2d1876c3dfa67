"""A chart's numbers and picture, to take away."""

import csv
import io

from holdgood.measures import charts, reading
from holdgood.measures.models import Measure

ALONE = "default-src 'none'; style-src 'unsafe-inline'; sandbox"  # a picture opened on its own can do nothing
NOTHING = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'


def table(measure: Measure, read: reading.Reading) -> str:
    """CSV, a row a period, every digit as it was counted; the mark at its start tells Excel the encoding."""
    out = io.StringIO()
    write = csv.writer(out)
    head = ["Period", "First day", _safe(measure.numerator), _safe(measure.denominator), _safe(measure.unit)]
    write.writerow([*head, "What the rules saw"])
    for row in read.rows:
        numbers = [_digits(each) for each in (row.numerator, row.denominator, row.value)]
        write.writerow([row.when, row.period.isoformat(), *numbers, row.seen])
    return "\ufeff" + out.getvalue()


def picture(asked: charts.Asked, read: reading.Reading) -> str:
    """The chart as an SVG file: its style inside, its title above."""
    if read.n == 0:
        return NOTHING
    notes = [(each.note.on, each.note.title or each.note.text[:60]) for each in read.happened]
    return charts.chart([asked]).to_svg(asked.name, title=read.title, notes=notes, width=960, height=440)


def _digits(number: float | None) -> str:
    return "" if number is None else repr(number).removesuffix(".0")


def _safe(text: str) -> str:
    """What a spreadsheet does not take for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
