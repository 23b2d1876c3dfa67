"""The ground of the crawl: made once for a module, and rolled back."""

import pytest
from django.core.cache import caches
from django.db import transaction
from web.tests.access.crawling import Crawl
from web.tests.access.ground import Ground


@pytest.fixture(scope="module")
def ground(django_db_setup, django_db_blocker):  # noqa: ARG001
    with django_db_blocker.unblock(), transaction.atomic():
        caches["charts"].clear()
        yield Ground()
        transaction.set_rollback(True)


@pytest.fixture
def crawl(ground, db):  # noqa: ARG001
    return Crawl(ground)
