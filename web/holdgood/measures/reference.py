"""`python -m holdgood.measures.reference` prints the page docs/reference/measures.md (a test compares)."""

from collections.abc import Iterable
from itertools import groupby

from holdgood.measures.definitions import Definition, load

HEAD = ("", "| slug | name | what it is | unit | source |", "| --- | --- | --- | --- | --- |")
PREFACE = """\
# Measures that come with the application

A trust takes from these what it wants and may change its copy. They are files of `web/holdgood/measures/catalogue`,
each with its numerator, denominator, chart and the reason for it, targets by date and the role that answers for it.
No trust has yet held them against the publications named: `checked_by` in the files is empty until one has.

*No national definition*: the wording is ours, and the source says why the measure is worth having; agree on it before
comparing. *National* targets stand until they are withdrawn; *interim* ones are steps of a year's planning guidance.
Days between rare events are observations of the day on which the later one happened. This page is made by
`python -m holdgood.measures.reference`."""


def page(measures: Iterable[Definition]) -> str:
    """The reference page of the catalogue, a table for each domain."""
    parts = [PREFACE]
    for title, group in groupby(measures, key=lambda made: made.domain_title):
        parts += ["", f"## {title}", *HEAD, *map(_row, group)]
    return "\n".join([*parts, ""])


def _row(made: Definition) -> str:
    sources = " · ".join(f"[{source.publisher}: {source.title}]({source.url})" for source in made.sources)
    sentence = f"{made.sentence} *No national definition.*" if made.local else made.sentence
    return f"| `{made.slug}` | {made.name} | {sentence} | {made.unit} | {sources} |"


if __name__ == "__main__":
    print(page(load().values()), end="")
