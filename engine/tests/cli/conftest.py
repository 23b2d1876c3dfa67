"""What tests of commands share."""

from pathlib import Path

import pytest

from .falls import KINDS, claims, measures, save


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("falls")
    for kind in KINDS:
        save(measures(), made / f"falls.{kind}")
        save(claims(), made / f"claims.{kind}")
    return made
