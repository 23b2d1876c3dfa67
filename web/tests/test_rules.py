"""What a reviewer would say twice: rules of the code, held by reading it."""

import ast
import inspect
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.urls import URLResolver, get_resolver
from web.tests.access.crawling import names

from holdgood.places.permissions import WORDS, Permission
from holdgood.places.roles import ROLES
from holdgood.places.scoped import Scoped
from holdgood.tasks import kinds as tasks
from holdgood.trail import words

HERE = Path(__file__).parents[1] / "holdgood"
LONGEST_VIEW, LONGEST_FUNCTION, LONGEST_FILE = 25, 60, 400
EVENT = re.compile(r"^[a-z]+\.[a-z][a-z-]*\.[a-z][a-z-]*$")


@cache
def _code() -> dict[str, ast.Module]:
    """Every module of the application but tests and migrations, by its path."""
    found = {path.relative_to(HERE).as_posix(): path for path in sorted(HERE.rglob("*.py"))}
    return {
        name: ast.parse(path.read_text(encoding="utf-8"))
        for name, path in found.items()
        if not {"tests", "migrations"} & set(path.parts)
    }


def _is_view(name: str) -> bool:
    return "/views/" in name or name.endswith("/views.py")


def _functions(tree: ast.AST) -> Iterator[ast.FunctionDef]:
    yield from (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


# Rows are reached through what one may see

BEGINNINGS = {"visible_to", "seen_by", "of", "reaching", "none", "about"}
BELONGS_TO_NOBODY = {  # rows without a place: who may see them is asked of another table, and where
    "User": "narrowed to those who hold roles that one may see, or to an exact address",
    "Job": "the service's: guard.anywhere(JOB_VIEW)",
    "Mail": "the service's: guard.anywhere(JOB_VIEW)",
    "Worker": "the service's: guard.anywhere(JOB_VIEW)",
    "Entry": "of a thing that has been found by the guard",
    "Letters": "one's own",
}
BESIDE = {  # by file and function: where a question is not about rows that are shown
    ("places/views/shares.py", "_reachable"): "trusts of one's system: by their exact name or code, never listed",
    ("places/views/leaving.py", "_colleagues"): "people of the trust: by their exact address, or by a name one may see",
    ("measures/views/measure.py", "_batches"): "ids that narrow batches which one may see",
}


def _chain(node: ast.AST) -> list[str]:
    """The names of a chain of calls, from the inside: Model, objects, filter, visible_to."""
    found: list[str] = []
    while isinstance(node, ast.Call | ast.Attribute | ast.Name):
        if isinstance(node, ast.Attribute):
            found.append(node.attr)
        if isinstance(node, ast.Name):
            found.append(node.id)
            break
        node = node.func if isinstance(node, ast.Call) else node.value
    return found[::-1]


def _outermost(function: ast.FunctionDef) -> Iterator[tuple[str, list[str], str]]:
    """Each use of `Model.objects`: the model, its whole chain, and the name it is given, if any."""
    inner: set[ast.AST] = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Call | ast.Attribute) and node not in inner:
            chain = _chain(node)
            part: ast.AST = node
            while isinstance(part, ast.Call | ast.Attribute):
                part = part.func if isinstance(part, ast.Call) else part.value
                inner.add(part)
            if len(chain) > 1 and chain[1] == "objects":
                yield chain[0], chain, _given(function, node)


def _given(function: ast.FunctionDef, node: ast.AST) -> str:
    """The variable that it goes into; "guard.find" if it goes there straight."""
    for each in ast.walk(function):
        if isinstance(each, ast.Assign | ast.AnnAssign) and each.value is node:
            target = each.targets[0] if isinstance(each, ast.Assign) else each.target
            return target.id if isinstance(target, ast.Name) else ""
        if isinstance(each, ast.Call) and node in each.args and _chain(each)[-2:] == ["guard", "find"]:
            return "guard.find"
    return ""


def _handed_on(function: ast.FunctionDef, name: str) -> bool:
    """Whether the rows of that name go to the guard, or are narrowed to what one may see, in the same function."""
    for each in ast.walk(function):
        if isinstance(each, ast.Call):
            to_guard = _chain(each)[-2:] == ["guard", "find"]
            inside = {part.id for arg in each.args for part in ast.walk(arg) if isinstance(part, ast.Name)}
            if (to_guard and name in inside) or (_chain(each)[:1] == [name] and BEGINNINGS & set(_chain(each))):
                return True
    return False


def _open_questions(name: str, tree: ast.Module) -> Iterator[tuple[str, str, str]]:
    for function in _functions(tree):
        for model, chain, given in _outermost(function):
            scoped = model not in BELONGS_TO_NOBODY
            begins = bool(BEGINNINGS & set(chain)) or given == "guard.find" or (given and _handed_on(function, given))
            narrows = chain[2:3] == ["above"]  # ids of places that the area lies in
            if scoped and not begins and not narrows:
                yield name, function.name, model


def test_views_reach_rows_through_the_guard_or_what_one_may_see():
    found = [each for name, tree in _code().items() if _is_view(name) for each in _open_questions(name, tree)]
    demo = [each for each in found if not each[0].startswith("demo/")]  # invented, and open to all
    assert [each for each in demo if each[:2] not in BESIDE] == []
    assert {each[:2] for each in demo} == set(BESIDE), "An exception that is no longer one."


def test_that_rule_notices():
    bad = "def page(request):\n    return render(request, Place.objects.filter(code='a'))"
    assert list(_open_questions("x", ast.parse(bad))) == [("x", "page", "Place")]
    worse = "def page(request):\n    rows = Note.objects.all()\n    return list(rows)"
    assert list(_open_questions("x", ast.parse(worse))) == [("x", "page", "Note")]
    good = "def page(request):\n    rows = Note.objects.all()\n    return guard.find(request, rows.only('a'), P, pk=1)"
    assert list(_open_questions("x", ast.parse(good))) == []


def test_templates_ask_for_no_rows():
    found = [path.name for path in HERE.rglob("templates/**/*.html") if ".objects" in path.read_text(encoding="utf-8")]
    assert found == []


# Sizes


def _patterns(resolver):
    for each in resolver.url_patterns:
        yield from _patterns(each) if isinstance(each, URLResolver) else [each]


def test_a_view_fits_on_a_screen():
    long = {}
    for pattern in _patterns(get_resolver()):
        view = inspect.unwrap(pattern.callback)
        if inspect.isfunction(view) and view.__module__.startswith("holdgood."):
            code = inspect.getsource(view)
            lines = code[code.index("def ") :].rstrip().count("\n") + 1
            if lines > LONGEST_VIEW:
                long[f"{view.__module__}.{view.__name__}"] = lines
    assert long == {}


def test_no_function_and_no_file_is_longer_than_agreed():
    functions = {
        f"{name}:{each.name}": each.end_lineno - each.lineno + 1
        for name, tree in _code().items()
        for each in _functions(tree)
        if each.end_lineno - each.lineno >= LONGEST_FUNCTION
    }
    files = {name: len((HERE / name).read_text(encoding="utf-8").splitlines()) for name in _code()}
    assert functions == {}
    assert {name: lines for name, lines in files.items() if lines > LONGEST_FILE} == {}


# What is not used

LISTENS = {"people/told.py": "the sign-in library tells of second factors by signals alone"}


def _imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{each.name}" for each in node.names)
        elif isinstance(node, ast.Import):
            yield from (each.name for each in node.names)


def test_no_signals_and_no_generic_keys():
    heard = re.compile(r"\bsignals\b|django\.dispatch")
    listening = {name for name, tree in _code().items() if any(map(heard.search, _imports(tree)))}
    assert listening == set(LISTENS)
    for name, tree in _code().items():
        assert not any("contenttypes" in one for one in _imports(tree)), name


@pytest.mark.parametrize("name", ["core", "common", "utils", "helpers", "base", "manager", "misc"])
def test_no_module_is_named_for_nothing(name):
    parts = {part.removesuffix(".py") for path in _code() for part in path.split("/")}
    assert name not in parts


# Time is passed in

CLOCKS = {"now", "today", "localdate", "utcnow", "localtime"}
EDGES = {  # where the time comes from, and goes on from there as a value
    "places/middleware.py": "the time of a request",
    "people/middleware.py": "the time of a request, before there is an actor",
    "people/views.py": "pages before there is an actor",
    "people/adapters.py": "called by the sign-in library, which passes no time",
    "people/told.py": "called by the sign-in library, which passes no time",
    "people/tokens.py": "called by the sign-in library, which passes no time",
    "people/backends.py": "called by the framework, which passes no time",
    "jobs/worker.py": "a line of its log",
    "design/lists.py": "the day on a file's name, where there is no actor",
    "home/beginning.py": "a form before there is anybody",
    "operations/deployment.py": "compares the clocks of the program and the database",
}


def _clocks(tree: ast.AST) -> bool:
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute))
    owners = {"timezone", "datetime", "date"}
    return any(node.func.attr in CLOCKS and owners & set(_chain(node.func)[:-1]) and not _told(node) for node in calls)


def _told(node: ast.Call) -> bool:
    """`localdate(at)` reads a time that was passed in."""
    return node.func.attr in {"localdate", "localtime"} and bool(node.args)


def test_the_clock_is_read_at_the_edges_alone():
    found = {name for name, tree in _code().items() if "/management/" not in name and _clocks(tree)}
    assert found == set(EDGES)


# What is told has words


def _events() -> Iterator[tuple[str, str]]:
    """Every event that some call names; of one that is put together, what it begins with."""
    domains = {event.split(".")[0] for event in words.known()}
    for name, tree in _code().items():
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            for value in [*call.args, *(each.value for each in call.keywords)]:
                said = value.values[0] if isinstance(value, ast.JoinedStr) and value.values else value
                text = said.value if isinstance(said, ast.Constant) and isinstance(said.value, str) else ""
                whole = EVENT.match(text) if said is value else re.match(r"^[a-z]+\.[a-z-]+\.$", text)
                if whole and text.split(".")[0] in domains:
                    yield name, text


def test_every_event_has_words():
    found = list(_events())
    assert len(found) > 40
    without = [each for each in found if not any(known.startswith(each[1]) for known in words.known())]
    exact = [each for each in found if not each[1].endswith(".") and each[1] not in words.known()]
    assert without == []
    assert exact == []


def test_every_permission_has_words_and_a_role_and_every_role_its_words():
    assert set(WORDS) == set(Permission)
    assert {permission for role in ROLES.values() for permission in role.permissions} == set(Permission)
    assert all(role.title and role.description for role in ROLES.values())


def test_every_kind_of_task_has_a_noun_and_a_verb():
    assert all(kind.noun and kind.verb for kind in tasks.KINDS.values())


# The database


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_place_that_owns_rows_is_asked_for_by_an_index():
    bare = [
        model.__name__
        for model in apps.get_models()
        if issubclass(model, Scoped) and not model._meta.get_field("place").db_index
    ]
    assert bare == []


def test_names_of_pages_are_there_once():
    every = list(names())
    assert sorted(every) == sorted(set(every))
