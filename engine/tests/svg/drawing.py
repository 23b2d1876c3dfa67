"""Charts to look at in tests: series drawn from a seed, and what a picture says once it is read as XML."""

import datetime as dt
import re
from typing import Any
from xml.etree.ElementTree import Element

import numpy as np
from defusedxml.ElementTree import fromstring

from plotthedots import svg
from plotthedots.svg.element import length

NS = "{http://www.w3.org/2000/svg}"
NUMBERS = re.compile(r"-?\d+(?:\.\d+)?")


def days(*dates: dt.date) -> Any:
    """Positions of dates on an axis of days."""
    return np.array([(date - dt.date(1970, 1, 1)).days for date in dates], dtype=float)


def months(count: int, year: int = 2023, month: int = 4, step: int = 1) -> Any:
    """First days of so many months."""
    numbers = [year * 12 + month - 1 + step * index for index in range(count)]
    return days(*(dt.date(number // 12, number % 12 + 1, 1) for number in numbers))


def series(count: int = 36, **given: Any) -> dict[str, Any]:
    """Arguments of a chart of chance alone, from a seed; what is given takes the place of it."""
    value = np.random.default_rng(7).normal(50, 5, count)
    made = {
        "x": months(count),
        "value": value,
        "centre": np.full(count, 50.0),
        "lower": np.full(count, 35.0),
        "upper": np.full(count, 65.0),
        "point": np.zeros(count, dtype=np.int8),
    }
    return made | given


def drawn(count: int = 36, **given: Any) -> Element:
    """A chart as its tree."""
    return read(svg.chart(**series(count, **given)))


def read(text: str) -> Element:
    """Well-formed, or the test fails; and no number that is not one, drawn or written."""
    made: Element = fromstring(text)
    for element in made.iter():
        drawn_by = "".join(element.get(name, "") for name in ("d", "x", "y", "width", "height", "viewBox"))
        assert not re.search(r"nan|inf|\de", drawn_by), drawn_by
        assert not re.search(r"\b(?:nan|inf)\b", element.text or ""), element.text
    return made


def of_class(tree: Element, name: str) -> list[Element]:
    """Elements that have a class."""
    return [element for element in tree.iter() if name in element.get("class", "").split()]


def strokes(tree: Element, name: str) -> str:
    """What the paths of a class draw."""
    return "".join(element.get("d", "") for element in of_class(tree, name))


def marks(tree: Element, name: str) -> int:
    """How many marks of a class a chart has, its legend's sample included."""
    return strokes(tree, name).count("M")


def words(tree: Element) -> list[str]:
    """What is written on it."""
    return [element.text or "" for element in tree.iter(f"{NS}text")]


def box(element: Element) -> tuple[float, float]:
    """Where a text begins and ends across."""
    bold = "ptd-strong" in element.get("class", "")
    wide = length(element.text or "", bold=bold)
    x = float(element.get("x", "0"))
    begin = {"middle": x - wide / 2, "end": x - wide}.get(element.get("text-anchor", ""), x)
    return begin, begin + wide


def rows_of_text(tree: Element) -> dict[float, list[tuple[float, float]]]:
    """Boxes of texts by the line they stand on."""
    rows: dict[float, list[tuple[float, float]]] = {}
    for element in tree.iter(f"{NS}text"):
        rows.setdefault(float(element.get("y", "0")), []).append(box(element))
    return {y: sorted(boxes) for y, boxes in rows.items()}


def field(tree: Element) -> tuple[float, float, float, float]:
    """Left, right, top, bottom of the field: from the axis and the highest level line."""
    left, bottom, right = map(float, re.findall(r"^M([\d.]+) ([\d.]+)H([\d.]+)", strokes(tree, "ptd-axis"))[0])
    return left, right, min(float(y) for y in re.findall(r"M[\d.]+ ([\d.]+)H", strokes(tree, "ptd-lines"))), bottom
