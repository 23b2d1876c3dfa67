import pytest
from web.tests.hostile.ground import Ground


@pytest.fixture
def t(client, db):  # noqa: ARG001
    return Ground(client)
