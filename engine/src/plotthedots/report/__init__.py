"""Reports of many measures: a cover that says where to look, then a page each; as HTML, PDF, slides or a workbook."""

from plotthedots.report.html import html
from plotthedots.report.pack import Pack, read_pack
from plotthedots.report.pdf import pdf
from plotthedots.report.pptx import pptx
from plotthedots.report.xlsx import xlsx

__all__ = ["Pack", "html", "pdf", "pptx", "read_pack", "xlsx"]
