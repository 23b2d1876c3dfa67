"""Every drawing that the engine makes, with the line that makes it: docs/gallery.md and its pictures.

`docs/generate.py` writes them; the tests make them again and compare, so that a change in looks is seen by a person.
"""

import datetime as dt
import math
from pathlib import Path
from typing import Any

import plotthedots as ptd

HERE = Path(__file__).parent
MONTHS = [f"{2023 + month // 12}-{month % 12 + 1:02}-01" for month in range(36)]


def noise(seed: int, count: int) -> list[float]:
    """Numbers about 0 that look like chance, and are the same on every machine and with every library."""
    found, state = [], seed
    for _ in range(count):
        draws = []
        for _ in range(12):
            state = (1_103_515_245 * state + 12_345) % 2**31
            draws.append(state / 2**31)
        found.append(sum(draws) - 6)
    return found


def falls() -> dict[str, list[Any]]:
    """A ward's falls for each 1,000 bed days: fewer since January 2025."""
    values = [6 + each - (2.4 if month >= 24 else 0) for month, each in enumerate(noise(7, 36))]
    return {"date": MONTHS, "value": [round(value, 2) for value in values]}


def waits() -> dict[str, list[Any]]:
    """Patients seen within four hours, a row a trust and month."""
    rows: dict[str, list[Any]] = {"trust": [], "date": [], "value": [], "attendances": []}
    for trust, level in enumerate((78, 74, 83, 71, 77, 80)):
        for month, each in enumerate(noise(20 + trust, 36)):
            seen = 9_000 + 600 * trust + round(400 * math.sin(month * math.pi / 6))
            drop = 5 if trust == 1 and month >= 28 else 0
            share = (level - drop + 1.6 * each) / 100
            cells = (f"Trust {'ABCDEF'[trust]}", MONTHS[month], round(seen * share), seen)
            for name, cell in zip(rows, cells, strict=True):
                rows[name].append(cell)
    return rows


def events() -> dict[str, list[str]]:
    """Days on which somebody fell and was harmed."""
    day, days = 0, []
    for each in noise(3, 24):
        day += max(2, round(17 + 9 * each))
        days.append(f"{2024 + day // 372}-{day % 372 // 31 + 1:02}-{day % 31 % 28 + 1:02}")
    return {"date": sorted(set(days))}


def hospitals() -> dict[str, list[Any]]:
    """Deaths after an operation, a row a hospital."""
    rates = [0.05 + 0.008 * each for each in noise(11, 30)]
    cases = [120 + 90 * (number % 9) + 37 * (number % 4) for number in range(30)]
    deaths = [max(round(rate * count), 0) for rate, count in zip(rates, cases, strict=True)]
    deaths[4] *= 3
    return {"area": [f"Hospital {number + 1}" for number in range(30)], "deaths": deaths, "cases": cases}


def complaints() -> dict[str, list[Any]]:
    causes = ["Waiting", "Communication", "Discharge", "Staff attitude", "Food", "Parking", "Noise", "Lost property"]
    return {"cause": causes, "count": [64, 51, 22, 12, 7, 5, 4, 2]}


# Name of the picture, what it shows, and the expression that draws it.
DRAWINGS = [
    ("xmr", "Single values with a target, phases and a note", """
ptd.spc(falls(), target=4, direction="decrease", rebase="2025-01-01").to_svg(
    title="Falls: fewer since bay nursing", notes=[(dt.date(2025, 1, 1), "One nurse stays in each bay")],
    phase_labels=["Before", "Since bay nursing"],
)"""),
    ("pprime", "Proportions of very large numbers (Laney)", """
ptd.spc(
    waits(), by="trust", denominator="attendances", chart="pprime", target=0.78, direction="increase"
).to_svg("Trust B")"""),
    ("run", "A run chart, judged about the median", """
ptd.spc(falls(), chart="run", rules="anhoej", direction="decrease").to_svg()"""),
    ("mr", "Moving ranges", 'ptd.spc(falls(), chart="mr").to_svg()'),
    ("t", "Days between rare events, with the run that is still open", """
ptd.spc(ptd.between(events(), date="date", until="2025-03-31"), chart="t", direction="increase").to_svg()"""),
    ("phone", "The latest points, as wide as a phone", """
ptd.spc(falls(), direction="decrease").to_svg(width=340, height=320, last=18)"""),
    ("sparkline", "At the size of a word", """
ptd.spc(falls(), target=4, direction="decrease").sparkline(style=True)"""),
    ("grid", "How many are where, and what moved since the month before", """
ptd.icon_grid(
    ptd.spc(waits(), by="trust", denominator="attendances", chart="pprime", target=0.78, direction="increase")
)"""),
    ("multiples", "One measure in many places, on one scale", """
ptd.small_multiples(
    ptd.spc(waits(), by="trust", denominator="attendances", chart="pprime", target=0.78, direction="increase"),
    title="Seen within four hours",
)"""),
    ("overview", "A row each", """
ptd.overview(
    ptd.spc(waits(), by="trust", denominator="attendances", chart="pprime", target=0.78, direction="increase")
)"""),
    ("colours", "Red, amber and green beside dots and budget", """
ptd.rag_or_dots(
    ptd.spc(waits(), by="trust", denominator="attendances", chart="pprime", target=0.78, direction="increase"),
    amber=0.02,
).to_svg("Trust E")"""),
    ("forecast", "What comes next", """
ptd.forecast(falls(), horizon=6, target=4, direction="decrease").to_svg()"""),
    ("gain", "What became of a claimed improvement", """
ptd.gains(
    falls(), {"gain": ["Bay nursing"], "claimed": ["2025-01-01"]}, direction="decrease"
).to_svg("Bay nursing")"""),
    ("funnel", "Many places at one time", """
ptd.funnel(hospitals(), value="deaths", denominator="cases", by="area").to_svg()"""),
    ("pareto", "The few causes that make up most", """
ptd.pareto(complaints(), cause="cause", count="count").to_svg()"""),
]  # fmt: skip


# What the expressions speak of.
NAMES: dict[str, Any] = {
    "ptd": ptd, "dt": dt, "falls": falls, "waits": waits, "events": events, "hospitals": hospitals,
    "complaints": complaints,
}  # fmt: skip


def draw(code: str) -> str:
    return str(eval(code.strip(), NAMES))


def pictures() -> dict[Path, str]:
    """Each picture, drawn now."""
    return {HERE / "pictures" / f"gallery-{slug}.svg": draw(code) + "\n" for slug, _, code in DRAWINGS}


def page() -> str:
    """The page that shows them all."""
    intro = (
        "Every drawing that the engine makes, and what makes it. The data are invented ([gallery.py](gallery.py) has"
    )
    parts = ["# Gallery", "", intro, "them); the tests draw all of it anew and compare."]
    for slug, caption, code in DRAWINGS:
        shown = ["```text", code.strip(), "```"]
        parts += ["", f"## {caption}", "", f"![{caption}](pictures/gallery-{slug}.svg)", "", *shown]
    return "\n".join(parts) + "\n"
