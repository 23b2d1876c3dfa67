"""`python -m holdgood.operations.reference` writes again what the docs take from the application (a test compares)."""

import argparse
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django
from django.apps import apps
from django.core.management import get_commands, load_command_class

DOCS = Path(__file__).parents[3] / "docs"
MADE = "This page is made by `python -m holdgood.operations.reference`."

_SETTINGS = tomllib.loads(Path(__file__).with_name("settings.toml").read_text(encoding="utf-8"))
SETTINGS = [(one["name"], one["default"], one["what"]) for one in _SETTINGS["setting"]]


def settings() -> str:
    rows = [_cells(f"`{name}`", default, what) for name, default, what in SETTINGS]
    return _page(
        "Settings of the application",
        "All are read from the environment when it starts; a value that cannot be used ends the start with a "
        "sentence that says what to set instead.",
        _table(("setting", "default", "what it is"), rows),
    )


def permissions() -> str:
    """Roles in words, then who may do what."""
    from holdgood.places.permissions import WORDS
    from holdgood.places.roles import ROLES

    described = [
        _cells(f"**{one.title}** `{one.code}`", one.description, WORDS[one.given_with], "yes" if one.covered else "no")
        for one in ROLES.values()
    ]
    held = [
        _cells(f"`{permission}`", words, ", ".join(_holders(permission)) or "nobody")
        for permission, words in WORDS.items()
    ]
    return _page(
        "Roles and permissions",
        "A role is held at a place and everything below it, from one day to another. What may not be seen looks as if "
        "it was not there; what may be seen but not done is refused, and either is told in the trail. Partners see "
        "what is shared with them, and nothing else.",
        "## Roles",
        _table(("role", "what it is for", "given by who may", "goes to a deputy"), described),
        "## Permissions",
        _table(("permission", "may", "held by"), held),
    )


def _holders(permission: str) -> list[str]:
    from holdgood.places.roles import ROLES

    return [role.title for role in ROLES.values() if permission in role.permissions]


def commands() -> str:
    """Every command that is ours, with all it takes."""
    ours = sorted(name for name, app in get_commands().items() if app.startswith("holdgood."))
    parts = [part for name in ours for part in _command(name, get_commands()[name])]
    return _page(
        "Commands of the application",
        "Each is `holdgood` and its name; all take `--help`. Django's own (`migrate`, `collectstatic`, `dbshell` …) "
        "work through the same door.",
        *parts,
    )


def _command(name: str, app: str) -> Iterator[str]:
    command = load_command_class(app, name)
    parser = command.create_parser("holdgood", name)
    own = [action for action in parser._actions if action.dest not in USUAL]
    yield f"## `holdgood {name}`"
    yield " ".join(command.help.split())
    rows = [_cells(f"`{_named(action)}`", " ".join((action.help or "").split())) for action in own]
    if rows:
        yield _table(("takes", "what it is"), rows)


# What Django gives every command.
USUAL = {
    "help", "version", "verbosity", "settings", "pythonpath", "traceback", "no_color", "force_color", "skip_checks",
    "args", "tags", "list_tags", "deploy", "fail_level", "databases",
}  # fmt: skip


def _named(action: argparse.Action) -> str:
    if action.option_strings:
        value = "" if action.nargs == 0 else f" {action.metavar or action.dest.upper()}"
        return ", ".join(action.option_strings) + value
    name = "|".join(map(str, action.choices)) if action.choices else action.dest.upper()
    return f"[{name}]" if action.nargs in ("?", "*") else name


def hazards() -> str:
    """docs/safety/hazards.md, from the file that tests read."""
    found = tomllib.loads((DOCS / "safety" / "hazards.toml").read_text(encoding="utf-8"))
    signed = (
        f"Signed by {found['signed_by']} on {found['signed_on']}." if found["signed_by"] else "Nobody has signed this."
    )
    parts = [part for hazard in found["hazard"] for part in _hazard(hazard)]
    return _page(
        "Hazards",
        f"In the manner of DCB0129. Severity and likelihood are with the controls in place. {signed} Each control "
        "names the test that holds it: `make test` and `make test-long` run them all.",
        *parts,
    )


def _hazard(one: dict[str, Any]) -> Iterator[str]:
    yield f"## {one['id']}: {one['hazard']}"
    yield _table(
        ("cause", "effect", "severity", "likelihood"),
        [_cells(one["cause"], one["effect"], one["severity"], one["likelihood"])],
    )
    yield "\n".join(f"- {control['what']}: `{control['test']}`" for control in one["controls"])


def pages() -> dict[Path, str]:
    """Each page as it should be."""
    from holdgood.operations import telling

    told = {DOCS / "safety" / f"{name}.md": telling.markdown(telling.page(name)) for name in telling.NAMES}
    return {
        DOCS / "reference" / "settings.md": settings(),
        DOCS / "reference" / "permissions.md": permissions(),
        DOCS / "reference" / "web-commands.md": commands(),
        DOCS / "safety" / "hazards.md": hazards(),
    } | told


def _page(title: str, *parts: str) -> str:
    return "\n\n".join([f"# {title}", *parts, MADE]) + "\n"


def _table(head: tuple[str, ...], rows: list[str]) -> str:
    return "\n".join([_cells(*head), _cells(*["---"] * len(head)), *rows])


def _cells(*values: str) -> str:
    return f"| {' | '.join(value.replace('|', chr(92) + '|') for value in values)} |"


if __name__ == "__main__":
    if not apps.ready:
        django.setup()
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")
        print(f"docs: {path.relative_to(DOCS)}")
