"""Charts, icons and sparklines as SVG texts: pure functions of plain arrays and strings."""

from plotthedots.svg.chart import chart
from plotthedots.svg.colours import colours
from plotthedots.svg.fan import fan
from plotthedots.svg.funnel import funnel
from plotthedots.svg.grid import grid
from plotthedots.svg.icon import ASSURANCE_WORDS, VARIATION_WORDS, icon
from plotthedots.svg.life import life
from plotthedots.svg.multiples import Small, multiples, overview
from plotthedots.svg.pareto import pareto
from plotthedots.svg.sparkline import sparkline
from plotthedots.svg.style import CHARTS_ONLY, SCREEN_ONLY, STYLE
from plotthedots.svg.survival import survival

__all__ = [
    "ASSURANCE_WORDS", "CHARTS_ONLY", "SCREEN_ONLY", "STYLE", "VARIATION_WORDS", "Small", "chart", "colours", "fan",
    "funnel", "grid", "icon", "life", "multiples", "overview", "pareto", "sparkline", "survival",
]  # fmt: skip
