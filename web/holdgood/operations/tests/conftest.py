"""What the tests of operations share."""

import pytest
from django.db.backends.base.base import BaseDatabaseWrapper

from holdgood.operations.backups import grounds

FURTHER = {grounds.SNAPSHOT, grounds.NEW, "present", "restored", "somebody"}


@pytest.fixture(autouse=True)
def further_connections(monkeypatch, request):
    """Tests may open the connections that backups open; Django lets tests have only those of the settings."""
    if "django_db" not in request.keywords:
        return
    guarded = BaseDatabaseWrapper.ensure_connection

    def ensure(self):
        if self.connection is None and self.alias in FURTHER:
            with self.wrap_database_errors:
                self.connect()
        else:
            guarded(self)

    request.getfixturevalue("_django_db_helper")
    guarded = BaseDatabaseWrapper.ensure_connection
    monkeypatch.setattr(BaseDatabaseWrapper, "ensure_connection", ensure)
