"""A small trust's measures, made from a seed, and its report as text and as a tree."""

import datetime as dt
import io
import re
import warnings
from typing import Any
from xml.etree.ElementTree import Element

import numpy as np
import openpyxl
from defusedxml.ElementTree import fromstring

import plotthedots as ptd
from plotthedots import report

MONTHS = [dt.date(2023 + (month + 3) // 12, (month + 3) % 12 + 1, 1) for month in range(36)]
SHAPES = ("steady", "better", "worse", "failing", "failing and worse", "no target", "neither", "short")


def values(shape: str) -> list[float]:
    """Thirty-six months (the short one has six) about 50; more is better."""
    made = np.random.default_rng(len(shape)).normal(50, 2, 36)
    made[-6:] += {"better": 15, "worse": -15, "failing and worse": -15, "neither": 15}.get(shape, 0)
    return [float(value) for value in made[: 6 if shape == "short" else 36]]


def table(shapes: list[str] | None = None) -> dict[str, list[Any]]:
    """Columns of a table: each measure is named by its number and shape."""
    columns: dict[str, list[Any]] = {name: [] for name in ("measure", "date", "value", "target", "direction")}
    for number, shape in enumerate(SHAPES if shapes is None else shapes):
        made = values(shape)
        columns["measure"] += [f"{number:04} {shape}"] * len(made)
        columns["date"] += MONTHS[: len(made)]
        columns["value"] += made
        target = 90.0 if shape.startswith("failing") else float("nan") if shape in ("no target", "neither") else 50.0
        columns["target"] += [target] * len(made)
        columns["direction"] += ["neutral" if shape == "neither" else "increase"] * len(made)
    return columns


def result(shapes: list[str] | None = None, **options: Any) -> Any:
    """The charts of those measures."""
    return ptd.spc(table(shapes), by="measure", target="target", direction="direction", **options)


def page(made: Any = None, **options: Any) -> str:
    """The report as one text."""
    return "".join(report.html(result() if made is None else made, **options))


def tree(text: str) -> Element:
    """The report as a tree; it is as strict as XML but for a few tags that HTML leaves open."""
    closed = re.sub("<(meta [^>]*|br)>", r"<\1/>", text.removeprefix("<!doctype html>"))
    made: Element = fromstring(closed)
    return made


def workbook(data: bytes) -> Any:
    """A report as openpyxl reads it."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Sparkline Group extension")  # which openpyxl cannot read
        return openpyxl.load_workbook(io.BytesIO(data))


def told(element: Element) -> str:
    """All words of an element."""
    return "".join(element.itertext())


def of_class(element: Element, name: str) -> list[Element]:
    """Elements below one that have a class."""
    return [found for found in element.iter() if name in found.get("class", "").split()]
