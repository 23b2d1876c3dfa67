"""The `holdgood` command: Django's own commands, and those of the apps."""

import os
import sys

import holdgood  # noqa: F401 - before Django connects to anything
from holdgood.environment import WrongSetting


def main() -> None:
    """Run a command; a wrong setting is one sentence, not a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "holdgood.settings")
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(["holdgood", *sys.argv[1:]])
    except WrongSetting as problem:
        sys.exit(f"holdgood: {problem}")
