"""The docs hold: links resolve, blocks of Python and of the shell run, generated parts are what the code gives."""

import doctest
import importlib.util
import json
import re
import shlex
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from plotthedots import advice, words
from plotthedots.limits import FAMILIES
from plotthedots.rules import RULE_SETS

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
READMES = [ROOT / "README.md", ROOT / "engine" / "README.md"]
PAGES = sorted([*DOCS.rglob("*.md"), *READMES])
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")


def named(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def each(pages: list[Path]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("page", pages, ids=named)


def text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def blocks(page: Path, language: str) -> list[str]:
    return [body for found, body in FENCE.findall(text(page)) if found == language]


def module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def anchors(page: Path) -> set[str]:
    """The anchors that a forge gives the headings of a page."""
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", text(page)), re.MULTILINE)
    plain = [re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower() for heading in headings]
    return {re.sub(r"[^\w\- ]", "", heading).replace(" ", "-") for heading in plain}


# Links


@each(PAGES)
def test_links_lead_somewhere(page: Path) -> None:
    broken = []
    for target in LINK.findall(FENCE.sub("", text(page))):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        there = (page.parent / path).resolve() if path else page
        if not there.exists() or (anchor and anchor not in anchors(there)):
            broken.append(target)
    assert broken == []


@each([page for page in PAGES if page.parent != ROOT])
def test_every_page_can_be_reached_from_the_readme(page: Path) -> None:
    seen, waiting = set(), [ROOT / "README.md"]
    while waiting:
        here = waiting.pop()
        if here in seen or here not in PAGES:
            continue
        seen.add(here)
        targets = (target.partition("#")[0] for target in LINK.findall(text(here)))
        waiting += [(here.parent / target).resolve() for target in targets if target and ":" not in target]
    assert page in seen


# Blocks


@each([page for page in PAGES if blocks(page, "python") or "plotthedots " in "".join(blocks(page, "sh"))])
def test_what_a_page_says_to_run_runs_and_prints_what_it_says(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From top to bottom, in a folder of their own: Python shares its names, commands their files."""
    monkeypatch.chdir(tmp_path)
    for name, table in tables(page).items():
        (tmp_path / name).write_text(table, encoding="utf-8")
    names: dict[str, Any] = {"__name__": "page"}
    fences = [*FENCE.findall(text(page)), ("", "")]
    for (language, body), (following, printed) in pairwise(fences):
        if language == "sh":
            out = commands(body)
            assert following != "text" or out.split() == printed.split()
        elif language == "python":
            names = python(body, names, named(page))


def commands(body: str) -> str:
    """What the commands of a block print; those of other programs are for the reader."""
    printed = ""
    for command in body.replace("\\\n", " ").splitlines():
        program, *arguments = shlex.split(command, comments=True) or [""]
        if program == "plotthedots":
            done = subprocess.run([sys.executable, "-m", "plotthedots", *arguments], capture_output=True, text=True)
            assert done.returncode == 0, (command, done.stderr)
            printed += done.stdout
    return printed


def python(body: str, names: dict[str, Any], page: str) -> dict[str, Any]:
    """The names after a block. One with prompts is compared with what it prints."""
    if not body.startswith(">>>"):
        exec(compile(body, page, "exec"), names)
        return names
    test = doctest.DocTestParser().get_doctest(body, names, page, page, 0)
    failed, report = run(test)
    assert failed == 0, report
    return test.globs


def run(test: doctest.DocTest) -> tuple[int, str]:
    said: list[str] = []
    runner = doctest.DocTestRunner(verbose=False, optionflags=doctest.ELLIPSIS)
    failed = runner.run(test, out=said.append, clear_globs=False).failed
    return failed, "".join(said)


def tables(page: Path) -> dict[str, str]:
    """Files that a page shows: a block of CSV or TOML under the line that names it in bold."""
    return dict(re.findall(r"^\*\*`([\w.]+)`\*\*\n\n```(?:csv|toml)\n(.*?)^```$", text(page), re.MULTILINE | re.DOTALL))


# What is generated


def test_the_tables_of_families_and_of_advice_are_those_of_the_code() -> None:
    stale = {named(page) for page, made in module(DOCS / "generate.py").pages().items() if text(page) != made}
    assert not stale, "python docs/generate.py writes them again"


def test_every_code_of_advice_has_a_sentence_and_a_criterion() -> None:
    assert set(advice.JUDGES) == set(words.ADVICE)
    assert [code for code, judge in advice.JUDGES.items() if not judge.__doc__] == []


RERUN = [
    ("xmr: normal", "making-data-count"),
    ("xmr: autocorrelation 0.6", "nelson"),
    ("c: Poisson, mean 4", "western-electric"),
    ("g: geometric, mean 19", "making-data-count"),
    ("run: normal", "anhoej"),
    ("t: exponential", "cutbox"),
]


@pytest.mark.parametrize(("process", "rules"), RERUN)
def test_false_alarms_simulated_again_are_those_on_the_page(process: str, rules: str) -> None:
    simulation = module(ROOT / "engine" / "benchmarks" / "false_alarms.py")
    drawn = next(one for one in simulation.PROCESSES if one.name == process)
    section = text(DOCS / "methods" / "rules.md").split(f"### False alarms: {rules}\n")[1].split("\n###")[0]
    assert simulation.row(drawn, RULE_SETS[rules]) in section.splitlines()


def test_the_way_of_shifts_simulated_again_is_that_on_the_page() -> None:
    simulation = module(ROOT / "engine" / "benchmarks" / "false_alarms.py")
    drawn = next(one for one in simulation.PROCESSES if one.name == "c: Poisson, mean 4")
    assert simulation.sides(drawn) in text(DOCS / "methods" / "rules.md").splitlines()


def shown(rules: str, process: str, column: str) -> tuple[float, ...]:
    """A cell of the false-alarm tables: points, charts of 24, charts of 36."""
    section = text(DOCS / "methods" / "rules.md").split(f"### {rules}\n")[1].split("\n###")[0]
    rows = [line.strip("| ").split(" | ") for line in section.splitlines() if line.startswith("|")]
    cell = next(row for row in rows if row[0] == process)[rows[0].index(column)]
    return tuple(float(number) for number in cell.split(" / ") if number != "–")


MDC, SIDES = "False alarms: making-data-count", "Which way shifts go when nothing changes"
QUOTED = [
    ("making-data-count", "{} of 100 XmR charts of 24 points", MDC, "xmr: normal", "any", 1),
    ("making-data-count", "somewhere, {} of 100\nwith 36 points", MDC, "xmr: normal", "any", 2),
    (
        "western-electric",
        "{} of 100 XmR charts of 24 points",
        "False alarms: western-electric",
        "xmr: normal",
        "any",
        1,
    ),
    ("western-electric", "{} of 100 with 36", "False alarms: western-electric", "xmr: normal", "any", 2),
    ("nelson", "{} of 100 XmR charts of 24 points", "False alarms: nelson", "xmr: normal", "any", 1),
    ("nelson", "{} of 100 with 36", "False alarms: nelson", "xmr: normal", "any", 2),
    ("anhoej", "{} of 100 run charts of 24 points", "False alarms: anhoej", "run: normal", "runs", 0),
    ("anhoej", "{} of 100 XmR charts", "False alarms: anhoej", "xmr: normal", "runs", 0),
    ("run", "{} of 100 charts of 24 points", "False alarms: anhoej", "run: normal", "runs", 0),
    ("uprime", "{} of 100 charts of 24 points", MDC, "uprime: Poisson, mean 4", "outside", 1),
    ("uprime", "where u has {}.", MDC, "u: Poisson, mean 4", "outside", 1),
    ("p", "{} of 100 charts of 36 points", SIDES, "p: 0.1 of 50 to 150", "below", 0),
    ("p", "and {} one above", SIDES, "p: 0.1 of 50 to 150", "above", 0),
]


@pytest.mark.parametrize(("page", "words", "rules", "process", "column", "place"), QUOTED)
def test_rates_quoted_on_a_page_are_those_of_the_tables(
    page: str, words: str, rules: str, process: str, column: str, place: int
) -> None:
    rate = round(shown(rules, process, column)[place])
    assert words.format(rate) in text(DOCS / "methods" / f"{page}.md")


def test_every_process_has_its_line_under_every_rule_set() -> None:
    simulation = module(ROOT / "engine" / "benchmarks" / "false_alarms.py")
    page = text(DOCS / "methods" / "rules.md")
    for process in simulation.PROCESSES:
        assert page.count(f"\n| {process.name} |") >= len(RULE_SETS)


# What must be there


@pytest.mark.parametrize("family", FAMILIES)
def test_every_family_has_its_page_of_method(family: str) -> None:
    page = DOCS / "methods" / f"{family}.md"
    assert f'chart="{family}"' in text(page)
    assert blocks(page, "python")


@pytest.mark.parametrize("rules", RULE_SETS)
def test_every_rule_set_has_its_page_of_method(rules: str) -> None:
    page = DOCS / "methods" / f"{ {'bestbox': 'anhoej', 'cutbox': 'anhoej'}.get(rules, rules) }.md"
    assert f'"{rules}"' in text(page)
    assert [column for column in RULE_SETS[rules].columns if f"`{column}`" not in text(page)] == []


@each(sorted(DOCS.glob("decisions/*.md")))
def test_a_decision_is_short_and_says_its_price(page: Path) -> None:
    assert len(text(page).splitlines()) < 40
    assert re.findall(r"^## (.+)$", text(page), re.MULTILINE) == ["Context", "Decision", "Price"]
    assert text(page).startswith(f"# {page.name[:4]}: ")


def test_decisions_are_numbered_without_a_gap() -> None:
    numbers = [int(page.name[:4]) for page in sorted(DOCS.glob("decisions/*.md"))]
    assert numbers == list(range(1, len(numbers) + 1))


def test_the_readme_is_short_and_asks_for_two_commands_only() -> None:
    readme = text(ROOT / "README.md")
    assert len(readme.splitlines()) < 120
    commands = [line for body in blocks(ROOT / "README.md", "sh") for line in body.splitlines() if line]
    assert commands == ["make run", "make test"]


def test_every_argument_of_spc_is_in_the_reference() -> None:
    import inspect

    import plotthedots

    page = text(DOCS / "reference" / "spc.md")
    assert [name for name in inspect.signature(plotthedots.spc).parameters if f"`{name}`" not in page] == []


def test_every_column_is_in_the_reference() -> None:
    import plotthedots as ptd

    table = {"date": [1, 2], "value": [3.0, 4.0]}
    page = text(DOCS / "reference" / "columns.md")
    for rules in RULE_SETS:
        made = ptd.spc(table, rules=rules)
        for frame in (made.points, made.phases, made.summary):
            assert [column for column in frame if f"`{column}`" not in page] == []


# The notebook


def test_the_notebook_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {"__name__": "notebook"}
    cells = json.loads(text(DOCS / "notebook.ipynb"))["cells"]
    for cell in cells:
        if cell["cell_type"] == "code":
            exec(compile("".join(cell["source"]), "notebook.ipynb", "exec"), names)
    assert names


NUMBER = re.compile(r"-?\d+\.?\d*")
NAMED = re.compile(r"\bpt[dgs][0-9a-f]+")  # ids come from all that is drawn


def test_the_gallery_is_what_the_engine_draws() -> None:
    """The same words and shapes; a coordinate may round the other way on another machine."""
    for path, drawn in module(DOCS / "generate.py").gallery().pictures().items():
        kept, now = NAMED.sub("", text(path)), NAMED.sub("", drawn)
        assert NUMBER.sub("", kept) == NUMBER.sub("", now), "python docs/generate.py draws them again"
        pairs = zip(NUMBER.findall(kept), NUMBER.findall(now), strict=True)
        assert max(abs(float(a) - float(b)) for a, b in pairs) < 0.11, path
