"""The test pages, with the middleware of Django and of design alone: no other app need be whole."""

import pytest

from holdgood.design import shell


@pytest.fixture(autouse=True)
def _only_design(settings, monkeypatch):
    for name in ("_sections", "_foot", "_parts"):
        monkeypatch.setattr(shell, name, {})
    settings.ROOT_URLCONF = "holdgood.design.tests.urls"
    settings.LOGIN_URL = "/"
    ours = ("django.", "holdgood.design.")
    settings.MIDDLEWARE = [
        name for name in settings.MIDDLEWARE if name.startswith(ours) and not name.endswith("LoginRequiredMiddleware")
    ]
