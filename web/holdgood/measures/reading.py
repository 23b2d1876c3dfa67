"""A series as its page shows it: the chart drawn, and every number behind it in order."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import plotthedots as ptd
from holdgood.measures import charts, periods, saying
from holdgood.measures.models import Measure

WIDE, PHONE = (900, 400), (360, 300)
ON_A_PHONE = 18
FORESEEN = 6
FEWEST_FORESEEN = 12
ENOUGH_FORECASTS = 20  # to say how often they came true


@dataclass(frozen=True)
class Row:
    """A period: what was counted, and what the rules saw."""

    period: dt.date
    when: str
    value: float | None
    shown: str
    numerator: float | None
    denominator: float | None
    point: str  # the engine's word
    seen: str
    reported: int
    of: int
    ghost: bool


@dataclass(frozen=True)
class Happened:
    """Something on the chart, with its number there."""

    number: int
    note: Any
    when: str


@dataclass(frozen=True)
class Reading:
    """All that a chart page shows of a series."""

    title: str
    sentence: str
    n: int
    rows: list[Row]
    phases: list[saying.Stretch]
    now: saying.Signal | None
    variation: str
    assurance: str
    icons: tuple[str, str]
    aim: str
    kept: str
    wide: str = ""
    phone: str = ""
    happened: list[Happened] = field(default_factory=list)

    @property
    def latest(self) -> Row | None:
        return next((row for row in reversed(self.rows) if row.value is not None), None)


def read(asked: charts.Asked, place: str, notes: Sequence[Any] = (), *, draw: bool = True) -> Reading:
    """Chart a series and say what it shows. `place` is how the title names it, "on Ward 7"."""
    measure = asked.measure
    if not any(point.numerator is not None for point in asked.points):
        return _empty(asked, place)
    result = charts.chart([asked])
    card = next(iter(result.cards()))
    table, summary = result.points, result.summary
    rows = _rows(asked, table, card)
    phases = _phases(result)
    variation, assurance = card.variation or "", card.assurance or ""
    values = [row.value for row in rows]
    now = saying.signal([row.period for row in rows], [row.point for row in rows], values, variation)
    target = float(summary["target"][0])
    aim = "" if target != target else saying.aim(measure, target)
    happened = _happened(notes, measure)
    counted = max(1, sum(row.value is not None and not row.ghost for row in rows))  # set aside is not "no numbers"
    title = saying.title(measure, place, counted, phases, now, assurance, aim)
    return Reading(
        title=title, sentence=card.sentence, n=card.n, rows=rows, phases=phases, now=now, variation=variation,
        assurance=assurance, icons=result.icons(asked.name, size=44), aim=aim,
        kept=saying.kept(measure, values, asked.targets or (None,) * len(rows)),
        wide=_draw(result, asked, title, happened, WIDE) if draw else "",
        phone=_draw(result, asked, title, happened, PHONE, ON_A_PHONE) if draw else "", happened=happened,
    )  # fmt: skip


def sparklines(asked: Sequence[charts.Asked]) -> dict[str, str]:
    """Series of one family at the size of a word, by name."""
    result = charts.chart(asked)
    return {each.name: result.sparkline(each.name, id=f"s{_short(each.name)}") for each in asked}


def small(asked: Sequence[charts.Asked]) -> dict[str, str]:
    """Series of one family at the size of a card, by name."""
    result = charts.chart(asked)
    said = dict(zip(result.series, result.summary["sentence"], strict=True))
    found = {}
    for each in asked:
        title = f"{each.measure.short}: {said[each.name]}"
        look = {"heading": False, "style": False, "width": 360, "height": 220, "last": 24}
        found[each.name] = result.to_svg(each.name, title=title, id=f"c{_short(each.name)}", **look)
    return found


def _short(name: str) -> str:
    """An id that no other chart of a page has."""
    measure, _, place = name.partition(":")
    return f"{measure[:8]}{place[:8]}"


def _draw(
    result: ptd.Result, asked: charts.Asked, title: str, happened: list[Happened], size: tuple[int, int],
    last: int | None = None,
) -> str:  # fmt: skip
    notes = [(each.note.on, each.note.title or each.note.text[:60]) for each in happened]
    width, height = size
    kind = "wide" if last is None else "phone"
    return result.to_svg(
        asked.name, title=title, heading=False, style=False, touch=True, width=width, height=height, last=last,
        notes=notes, list_notes=False, id=f"chart-{kind}",
    )  # fmt: skip


def _rows(asked: charts.Asked, table: Any, card: Any) -> list[Row]:
    measure = asked.measure
    found = []
    for point, code, told in zip(asked.points, table["point"], card.rows, strict=True):
        value = charts.value_of(measure, point)
        ghost = point.period in asked.ghosts
        found.append(
            Row(
                point.period, periods.short(point.period, measure.granularity), value, saying.figure(measure, value),
                point.numerator, point.denominator, str(code or "missing"), _seen(told.seen, value, ghost),
                point.reported, point.of, ghost,
            )
        )  # fmt: skip
    return found


def _seen(said: str, value: float | None, ghost: bool) -> str:
    if value is None:
        return "No data"
    return "Set aside" if ghost else said or "Chance"


def _phases(result: ptd.Result) -> list[saying.Stretch]:
    table = result.phases
    return [
        saying.Stretch(
            charts.day(table["first_date"][i]), int(table["n"][i]), float(table["centre"][i]),
            float(table["lower"][i]), float(table["upper"][i]),
        )
        for i in range(len(table["phase"]))
    ]  # fmt: skip


def _happened(notes: Sequence[Any], measure: Measure) -> list[Happened]:
    ordered = sorted(notes, key=lambda note: (note.on, note.made_at))
    return [
        Happened(number, note, saying.month(measure, note.on) if note.kind != "note" else "")
        for number, note in enumerate(ordered, 1)
    ]


def _empty(asked: charts.Asked, place: str) -> Reading:
    rows = [
        Row(
            point.period, periods.short(point.period, asked.measure.granularity), None, "no data", None, None,
            "missing", "No data", point.reported, point.of, False,
        )
        for point in asked.points
    ]  # fmt: skip
    title = saying.title(asked.measure, place, 0, [], None, "", "")
    return Reading(title, "", 0, rows, [], None, "", "", ("", ""), "", "")


@dataclass(frozen=True)
class Ahead:
    """What is to be expected, and how good such forecasts of this series have been."""

    sentence: str
    svg: str
    rows: list[tuple[str, str, str, str]]  # period, expected, from–to, chance of the target
    next_chance: str
    next_period: str
    record: str


def ahead(asked: charts.Asked, aim: str) -> Ahead | None:
    """The forecast of a series; None where there is too little to learn from."""
    measure = asked.measure
    if sum(point.numerator is not None for point in asked.points) < FEWEST_FORESEEN:
        return None
    made = charts.forecast(asked, FORESEEN)
    table = made.points
    if not len(table["date"]) or float(table["mean"][0]) != float(table["mean"][0]):
        return None
    chances = [None if not aim or share != share else saying.chance(float(share)) for share in _chances(table)]
    days = [charts.day(each) for each in table["date"]]
    shown = {
        name: [saying.figure(measure, float(each)) for each in table[name]] for name in ("mean", "lower_80", "upper_80")
    }
    names = [periods.name(day, measure.granularity) for day in days]
    ranges = [f"{low} to {high}" for low, high in zip(shown["lower_80"], shown["upper_80"], strict=True)]
    rows = list(zip(names, shown["mean"], ranges, [each or "" for each in chances], strict=True))
    record = made.record_at(0)
    held = next((share for level, share in record.coverage if level == 0.8), None)
    told = "" if record.forecasts < ENOUGH_FORECASTS or held is None else (
        f"Of {record.forecasts} such forecasts made of its past, {held:.0%} came true within the range; 80% should."
    )  # fmt: skip
    return Ahead(
        made.sentence(), made.to_svg(title=f"{measure.short}: forecast", heading=False, style=False, id="forecast"),
        rows, chances[0] or "", names[0], told,
    )  # fmt: skip


def _chances(table: Any) -> list[float]:
    return [float(each) for each in table["chance"]] if "chance" in table else [float("nan")] * len(table["date"])
