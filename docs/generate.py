"""Write again what the docs take from the code: `python docs/generate.py` (a test compares).

The false-alarm tables are made apart, by engine/benchmarks/false_alarms.py.
"""

import importlib.util
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType

from plotthedots import advice, words
from plotthedots.limits import FAMILIES
from plotthedots.rules import RULES, meaning

DOCS = Path(__file__).parent
RUNS = "runs (Anhøj)"


def cells(*values: str) -> str:
    return f"| {' | '.join(values)} |"


def families() -> str:
    """Family × rule: yes, about the median, or the number of the reason why not."""
    reasons: list[str] = []
    rows = [cells(f"`{family}`", *_meanings(family, reasons)) for family in FAMILIES]
    head = (cells("chart", *(f"`{rule}`" for rule in RULES), RUNS), f"|{' --- |' * (len(RULES) + 2)}")
    notes = [f"{number}. {reason}" for number, reason in enumerate(reasons, start=1)]
    return "\n".join([*head, *rows, "", *notes])


def _meanings(family: str, reasons: list[str]) -> Iterator[str]:
    for rule in RULES:
        found = meaning(family, rule)
        if found in ("meaningful", "about the median"):
            yield "yes" if found == "meaningful" else found
        else:
            if found not in reasons:
                reasons.append(found)
            yield f"no ({reasons.index(found) + 1})"
    yield "yes" if FAMILIES[family].judged_by_runs else f"no ({reasons.index(meaning(family, 'shift')) + 1})"


def codes() -> str:
    """Every code of advice in the order in which it is given, with its sentence and its criterion."""
    parts = []
    for code, judge in advice.JUDGES.items():
        criterion = " ".join((judge.__doc__ or "").split())
        parts.append(f"### `{code}`\n{words.ADVICE[code]}\n\n*When:* {criterion}\n")
    return "\n".join(parts)


def picture() -> str:
    """The chart of the README, by the tutorial's own command."""
    how = (
        "--by org_code --by type --date period --value breaches --denominator attendances --chart pprime "
        "--direction decrease --target 0.05 --series RDD,1"
    )
    with TemporaryDirectory() as folder:
        _plotthedots("example", "-o", f"{folder}/ae.csv")
        return _plotthedots("chart", f"{folder}/ae.csv", *how.split(), "-o", "-")


def _plotthedots(*arguments: str) -> str:
    command = [sys.executable, "-m", "plotthedots", *arguments]
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout


def pages() -> dict[Path, str]:
    """Each page with a region, and the picture, as they should be."""
    regions = {
        DOCS / "methods" / "rules.md": ("families", families()),
        DOCS / "reference" / "advice.md": ("advice", codes()),
    }
    made = {page: with_region(page.read_text(encoding="utf-8"), *region) for page, region in regions.items()}
    return made | {DOCS / "pictures" / "chart.svg": picture(), DOCS / "gallery.md": gallery().page()}


def gallery() -> ModuleType:
    """docs/gallery.py, whoever asks: this file is run, or loaded by a test."""
    spec = importlib.util.spec_from_file_location("gallery", DOCS / "gallery.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def with_region(page: str, name: str, body: str) -> str:
    """The page with what stands between the markers of `name` replaced."""
    region = re.compile(rf"(<!-- {name}: [^\n]* -->\n).*?(<!-- end of {name} -->)", re.DOTALL)
    assert region.search(page), f"no region {name}"
    return region.sub(lambda found: f"{found[1]}\n{body}\n\n{found[2]}", page)


if __name__ == "__main__":
    for path, text in (pages() | gallery().pictures()).items():
        path.write_text(text, encoding="utf-8")
        print(f"docs: {path.relative_to(DOCS)}")
