"""All settings, read from the environment (docs/reference/settings.md). A bad value fails with what to set instead."""

from pathlib import Path

from holdgood import environment

ROOT = Path(__file__).resolve().parents[2]
DATA = environment.folder("HOLDGOOD_DATA", ROOT / "var")

SECRET_KEY = environment.secret("HOLDGOOD_SECRET", DATA / "keys" / "secret")
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "holdgood.trail",
    "holdgood.jobs",
]
MIDDLEWARE = ["django.middleware.security.SecurityMiddleware", "django.middleware.common.CommonMiddleware"]
ROOT_URLCONF = "holdgood.urls"
WSGI_APPLICATION = "holdgood.wsgi.application"

DATABASES = {"default": environment.database("DATABASE_URL", DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "en-gb"
USE_TZ = True
TIME_ZONE = "Europe/London"  # what people read; the database holds UTC

# The trail: keys that sign it, and marks of its end, both outside the database.
TRAIL_KEYS = DATA / "keys" / "trail"
TRAIL_ANCHORS = DATA / "anchors" / "trail"

# Jobs: how long a worker may be silent before another takes its job, and how often a job is tried.
JOB_LEASE_SECONDS = environment.number("HOLDGOOD_JOB_LEASE", 60, 1, 3600)
JOB_ATTEMPTS = environment.number("HOLDGOOD_JOB_ATTEMPTS", 5, 1, 50)

# Mail that is not urgent waits for the morning. Without a server, mail is written to files that nobody is sent.
HOLDGOOD_QUIET_HOURS = environment.hours("HOLDGOOD_QUIET_HOURS", "21:00-07:00")
_MAIL = environment.mail("HOLDGOOD_MAIL")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if _MAIL else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = DATA / "mail"
EMAIL_HOST, EMAIL_PORT = _MAIL.get("host", ""), _MAIL.get("port", 0)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _MAIL.get("user", ""), _MAIL.get("password", "")
EMAIL_USE_TLS, EMAIL_USE_SSL = _MAIL.get("starttls", False), _MAIL.get("tls", False)
EMAIL_TIMEOUT = 20  # seconds: well within a lease
DEFAULT_FROM_EMAIL = environment.address("HOLDGOOD_MAIL_FROM", "holdgood@localhost")
