"""On whose trail something about a person is told. `places`, which knows people's trusts, says so at start-up."""

from collections.abc import Callable

from holdgood.people.models import User

UNKNOWN = "people"  # of those who belong to no trust yet, and of addresses that are nobody's

Chain = Callable[[User], str]
_chain: list[Chain] = []


def register(chain: Chain) -> None:
    """The one function that tells a person's chain."""
    _chain[:] = [chain]


def of(user: User) -> str:
    return _chain[0](user) if _chain else UNKNOWN
