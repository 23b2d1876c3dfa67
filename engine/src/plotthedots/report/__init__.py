"""Reports of many measures: a cover that says where to look, then a page each."""

from plotthedots.report.html import html

__all__ = ["html"]
