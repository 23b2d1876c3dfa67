"""The application's docs hold: what is generated is what the code gives, and what they name is there."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

from holdgood.operations import reference, telling

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
HAZARDS = tomllib.loads((DOCS / "safety" / "hazards.toml").read_text(encoding="utf-8"))
SEVERITIES = ("minor", "significant", "considerable", "major", "catastrophic")
LIKELIHOODS = ("very low", "low", "medium", "high", "very high")
CONTROLS = [control["test"] for hazard in HAZARDS["hazard"] for control in hazard["controls"]]


def test_what_is_generated_is_what_the_code_gives():
    stale = [path.name for path, made in reference.pages().items() if path.read_text(encoding="utf-8") != made]
    assert not stale, "python -m holdgood.operations.reference writes them again"


def test_every_setting_that_is_read_is_described_and_no_other():
    tree = ast.parse((ROOT / "web" / "holdgood" / "settings.py").read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]
    asked = [node for node in calls if isinstance(node.func.value, ast.Name) and node.func.value.id == "environment"]
    names = {node.args[0].value for node in asked if node.args and isinstance(node.args[0], ast.Constant)}
    assert names == {name for name, _, _ in reference.SETTINGS}


@pytest.mark.parametrize("control", sorted(set(CONTROLS)))
def test_every_control_of_a_hazard_names_a_test_that_is_there(control):
    path, _, name = control.partition("::")
    text = (ROOT / path).read_text(encoding="utf-8")
    assert re.search(rf"^def {name}\(" if name else r"^def test_", text, re.MULTILINE)


def test_every_hazard_is_weighed_and_has_a_control():
    for hazard in HAZARDS["hazard"]:
        assert hazard["severity"] in SEVERITIES, hazard["id"]
        assert hazard["likelihood"] in LIKELIHOODS, hazard["id"]
        assert hazard["controls"], hazard["id"]
        assert all(hazard[key] for key in ("hazard", "cause", "effect")), hazard["id"]


def test_nobody_is_said_to_have_signed_who_did_not():
    assert bool(HAZARDS["signed_by"]) == bool(HAZARDS["signed_on"])


@pytest.mark.parametrize("name", telling.NAMES)
def test_statements_are_whole(name):
    told = telling.page(name)
    assert told.title
    assert told.sections
    assert all(section.text or section.points for section in told.sections)


@pytest.mark.parametrize("page", ["how-to/one-server.md", "how-to/backups.md"])
def test_commands_and_settings_of_a_how_to_are_there(page):
    text = (DOCS / page).read_text(encoding="utf-8")
    known = reference.commands()
    for command in set(re.findall(r"(?:^|/bin/|`)holdgood ([a-z][a-z-]+)", text, re.MULTILINE)):
        assert f"`holdgood {command}`" in known or command in ("migrate", "collectstatic"), command
    for name in set(re.findall(r"HOLDGOOD_[A-Z_]+", text)):
        assert name in {setting for setting, _, _ in reference.SETTINGS}, name
