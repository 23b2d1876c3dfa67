"""Words of the chart page that are neither the engine's nor the title's."""

from typing import Any

from holdgood.measures import periods, saying
from holdgood.measures.models import AddsUp, Measure
from holdgood.measures.reading import Reading, Row

figure, aim = saying.figure, saying.aim

VARIATION = {
    "improvement": ("Improving", "{way} than chance explains"),
    "concern": ("Concerning", "{way} than chance explains"),
    "neutral": ("{Way}", "neither good nor bad: find out why"),
    "common_cause": ("No change", "what varies is chance"),
    "": ("Too few to tell", "wait and learn"),
}
ASSURANCE = {
    "pass": ("Keeps its target", "if nothing changes"),
    "fail": ("Misses its target", "unless something is changed"),
    "inconsistent": ("Target hit and missed", "it lies inside the usual range"),
    "": ("No target", "so nothing to promise"),
}


def variation(read: Reading) -> str:
    return _variation(read, 0)


def variation_means(read: Reading) -> str:
    return _variation(read, 1)


def _variation(read: Reading, part: int) -> str:
    kind, _, way = read.variation.partition("_") if read.variation != "common_cause" else (read.variation, "", "")
    word = {"high": "higher", "low": "lower"}.get(way, "")
    return VARIATION[kind][part].format(way=word.capitalize(), Way=word.capitalize())


def assurance(read: Reading) -> str:
    return ASSURANCE[read.assurance][0]


def assurance_means(read: Reading) -> str:
    return ASSURANCE[read.assurance][1]


def month(measure: Measure, day: Any) -> str:
    return periods.name(day, measure.granularity)


def span(read: Reading, measure: Measure) -> str:
    """April 2023 to March 2026, 36 months."""
    first, last = read.rows[0].period, read.rows[-1].period
    count = len(read.rows)
    many = measure.granularity + ("" if count == 1 else "s")
    return f"{month(measure, first)} to {month(measure, last)}, {count} {many}"


def completeness(read: Reading, measure: Measure) -> str:
    """36 rows, one for each month. Nothing missing."""
    missing = sum(row.value is None for row in read.rows)
    count = len(read.rows)
    rows = f"{count} row{'' if count == 1 else 's'}, one for each {measure.granularity}."
    return f"{rows} {missing} without data." if missing else f"{rows} Nothing missing."


def counted(measure: Measure) -> str:
    return measure.numerator


def valued(measure: Measure) -> str:
    return "%" if measure.unit == "%" else measure.unit[:1].upper() + measure.unit[1:] if measure.unit else "Value"


def kind_of_value(measure: Measure) -> str:
    """The head of a narrow column."""
    if measure.unit == "%":
        return "%"
    return "Rate" if measure.is_rate and measure.per > 1 else "Value"


def plain(number: float | None) -> str:
    """A count as it was counted, with thousands commas."""
    if number is None:
        return "no data"
    text = f"{number:,.6f}".rstrip("0").rstrip(".")
    return text.replace("-", "−")


def happened(read: Reading) -> str:
    steps = sum(each.note.kind == "step" for each in read.happened)
    count = len(read.happened)
    noted = f"{count} thing{'' if count == 1 else 's'} noted"
    return noted + (f", {steps} new average{'' if steps == 1 else 's'}" if steps else "")


def seen(rows: list[Row], position: int) -> str:
    """What the rules saw at a row; said once for a run of rows that say the same."""
    said = rows[position].seen
    return "as above" if position and rows[position - 1].seen == said and said != "Chance" else said


def points(read: Reading, measure: Measure) -> list[dict[str, Any]]:
    """What the page's script tells of a point that is pointed at or walked to."""
    return [
        {
            "when": month(measure, row.period),
            "value": row.shown,
            "of": f"{plain(row.numerator)} of {plain(row.denominator)}" if measure.is_rate else "",
            "seen": "" if row.seen == "Chance" else row.seen,
        }
        for row in read.rows
    ]


def definition(measure: Measure) -> list[dict[str, str]]:
    """The definition, a line each."""
    adds_up = AddsUp(measure.adds_up).label
    direction = {"increase": "higher", "decrease": "lower", "neutral": "neither: it is to be understood"}
    rows = [
        ("What it is", measure.sentence),
        ("Counted", measure.numerator),
        ("Out of", measure.denominator),
        ("Unit", measure.unit),
        ("Better is", direction[measure.direction]),
        ("Every", measure.granularity),
        ("Chart", measure.chart),
        ("From ward to trust", adds_up),
        ("Known after", f"{measure.lag_days} days"),
        ("Answers for it", measure.owner),
        ("Source", measure.source),
    ]
    return [{"key": name, "value": value} for name, value in rows if value]
