"""`python -m plotthedots` is the command `plotthedots`."""

from plotthedots.cli import main

main()
