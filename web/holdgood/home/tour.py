"""What is this? Three lines for one's role, until they are put away."""

import tomllib
from functools import cache
from pathlib import Path

from holdgood.places.access import Actor

FILE = Path(__file__).with_name("tour.toml")
OTHERS = "staff"


@cache
def _lines() -> dict[str, list[str]]:
    told = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {role: each["lines"] for role, each in told.items() if isinstance(each, dict)}


def lines(actor: Actor) -> list[str]:
    """Those of the role that says most of what one does here; none once they were put away."""
    if actor.user is None or actor.user.toured_at is not None:
        return []
    ranked = [role for role in _lines() if role != OTHERS]
    held = {each.role for each in actor.held if each.own}
    return _lines()[next((role for role in ranked if role in held), OTHERS)]
