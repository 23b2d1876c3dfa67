"""What the tests of people share."""

import pytest

from holdgood.people import chains


@pytest.fixture(autouse=True)
def _no_chains(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chains as they are before `places` has said whose trust is which."""
    monkeypatch.setattr(chains, "_chain", [])
