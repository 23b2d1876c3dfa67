"""What gunicorn serves."""

import os

import holdgood  # noqa: F401 - before Django connects to anything

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "holdgood.settings")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
