"""What gunicorn serves."""

import gc
import os
from pathlib import Path

import holdgood  # noqa: F401 - before Django connects to anything

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "holdgood.settings")

from django.core.wsgi import get_wsgi_application
from django.template import engines
from django.urls import get_resolver

application = get_wsgi_application()


def _warm() -> None:
    """Load addresses and templates before the server forks, so that no visitor waits for them and processes share them.

    What is loaded by then stays until the end: without `freeze` the collector looks through all of it again and again,
    and a page in some hundred waits a tenth of a second for that.
    """
    get_resolver().url_patterns  # noqa: B018 - a property that imports every view
    engine = engines["jinja2"]
    for folder in map(Path, engine.template_dirs):
        for file in folder.rglob("*.html"):
            engine.get_template(file.relative_to(folder).as_posix())
    gc.collect()
    gc.freeze()


_warm()
