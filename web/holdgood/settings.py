"""All settings, read from the environment (docs/reference/settings.md). A bad value fails with what to set instead."""

from pathlib import Path
from urllib.parse import urlsplit

from holdgood import environment
from holdgood.operations import logs

ROOT = Path(__file__).resolve().parents[2]
DATA = environment.folder("HOLDGOOD_DATA", ROOT / "var")

# The demonstration: an invented trust whose cast anybody on this machine may enter as.
HOLDGOOD_DEMO = environment.flag("HOLDGOOD_DEMO", False)

SECRET_KEY = environment.secret("HOLDGOOD_SECRET", DATA / "keys" / "secret")
DEBUG = False

# Where people reach the application: links in letters, cookies and passkeys depend on it.
HOLDGOOD_ADDRESS = environment.web_address(
    "HOLDGOOD_ADDRESS", f"http://127.0.0.1:{environment.number('PORT', 8000, 1, 65535)}"
)
_HTTPS = HOLDGOOD_ADDRESS.startswith("https:")
_HOST = urlsplit(HOLDGOOD_ADDRESS).hostname or ""
_PROXIES = environment.number("HOLDGOOD_PROXIES", 0, 0, 5)
ALLOWED_HOSTS = [_HOST, "127.0.0.1", "localhost", "[::1]"]  # the machine asks itself how it is

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "holdgood.design",
    "holdgood.jobs",
    "holdgood.trail",
    "holdgood.people",
    "holdgood.places",
    "holdgood.tasks",
    "holdgood.measures",
    "holdgood.operations",
    "holdgood.home",
    "holdgood.demo",
]
MIDDLEWARE = [
    "holdgood.operations.logs.Middleware",
    "django.middleware.security.SecurityMiddleware",
    "holdgood.design.headers.Middleware",
    "holdgood.design.assets.Middleware",
    "holdgood.design.errors.Middleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "holdgood.people.middleware.SessionMiddleware",
    "holdgood.people.middleware.SignInMiddleware",
    "holdgood.people.middleware.SecondFactorMiddleware",
    "holdgood.places.middleware.ActorMiddleware",
    "holdgood.places.middleware.GateMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "holdgood.urls"
WSGI_APPLICATION = "holdgood.wsgi.application"

# Pages: ours in Jinja2; the sign-in library's in Django's own language, within the same shell.
_APPS = Path(__file__).resolve().parent
_CONTEXT = ["holdgood.design.shell.context"]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": sorted(_APPS.glob("*/templates")),
        "APP_DIRS": False,
        "OPTIONS": {"environment": "holdgood.design.jinja.environment", "context_processors": _CONTEXT},
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [_APPS / "design" / "allauth_templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                *_CONTEXT,
            ],
            "libraries": {"humanize": "django.contrib.humanize.templatetags.humanize"},  # the list of keys asks for it
        },
    },
]
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CSRF_FAILURE_VIEW = "holdgood.design.errors.forged"
HOLDGOOD_NHS_LOGO = environment.flag("HOLDGOOD_NHS_LOGO", False)  # only for bodies that are entitled to it

# Style sheets and scripts: from the apps' folders until `collectstatic` has run, then under names that never change.
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "holdgood.design.assets.Storage"},
}
WHITENOISE_USE_FINDERS = not (STATIC_ROOT / "staticfiles.json").is_file()

# What browsers may do with our pages. The policy has the shape of Django 6, which reads it under the same name.
SECURE_CSP = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "manifest-src": ["'self'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
    "base-uri": ["'none'"],
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True

# People: how they sign in. Nobody registers themselves; an address proves nothing but that mail reaches it.
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["holdgood.people.backends.Local"]
PEOPLE_KEYS = DATA / "keys" / "people"  # seal second factors, outside the database
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator", "OPTIONS": {"user_attributes": ["name", "email"]}},
]
PASSWORD_RESET_TIMEOUT = 3600  # seconds that the link of a forgotten password lasts
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "holdgood.people.adapters.Account"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if _HTTPS else "http"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_VERIFICATION = "none"  # an administrator says which address is whose
ACCOUNT_FORMS = {
    "change_password": "holdgood.people.forms.ChangePassword",
    "login": "holdgood.people.forms.SignIn",
    "reauthenticate": "holdgood.people.forms.Confirm",
    "reset_password": "holdgood.people.forms.ForgotPassword",
    "reset_password_from_key": "holdgood.people.forms.NewPassword",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "holdgood.people.tokens.ResetTokens"
ACCOUNT_RATE_LIMITS = {  # a whole hospital may come from one address, so that what is counted by name is what holds
    "login": "600/m/ip",
    "login_failed": "100/m/ip,5/5m/key",
    "reset_password": "100/m/ip,5/m/key",
    "reset_password_from_key": "100/m/ip",
}
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ALLAUTH_TRUSTED_PROXY_COUNT = _PROXIES
_FACTOR = "none" if HOLDGOOD_DEMO else "outside"  # the cast have none
HOLDGOOD_SECOND_FACTOR = environment.choice("HOLDGOOD_SECOND_FACTOR", _FACTOR, ("all", "outside", "none"))
MFA_ADAPTER = "holdgood.people.adapters.SecondFactor"
MFA_FORMS = {
    "activate_totp": "holdgood.people.forms.SetUpApp",
    "add_webauthn": "holdgood.people.forms.AddPasskey",
    "authenticate": "holdgood.people.forms.Authenticate",
    "reauthenticate": "holdgood.people.forms.Reauthenticate",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RATE_LIMITS = {"webauthn_login": "600/m/ip"}
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Holdgood"
MFA_WEBAUTHN_USER_VERIFICATION = "required"  # a passkey is two factors only where it asks for a finger or a PIN

# Sessions: an absolute end, and one after idleness. Over https, cookies that no other site can set.
HOLDGOOD_SESSION_HOURS = environment.number("HOLDGOOD_SESSION_HOURS", 12, 1, 12)
HOLDGOOD_SESSION_IDLE_MINUTES = environment.number("HOLDGOOD_SESSION_IDLE_MINUTES", 60, 5, 720)
SESSION_COOKIE_AGE = HOLDGOOD_SESSION_HOURS * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _HTTPS
SESSION_COOKIE_NAME = "__Host-session" if _HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if _HTTPS else "csrf"
CSRF_TRUSTED_ORIGINS = [HOLDGOOD_ADDRESS]
SECURE_HSTS_SECONDS = 31_536_000 if _HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _HTTPS and _PROXIES else None
_CHARTS = environment.number("HOLDGOOD_CHART_CACHE", 4000, 0, 1_000_000)
CACHES = {
    "default": {"BACKEND": "holdgood.people.cache.SharedCache"},
    # Drawn charts, in each process: made anew in milliseconds, and named by what they show, so never out of date.
    "charts": {
        "BACKEND": f"django.core.cache.backends.{'locmem.LocMemCache' if _CHARTS else 'dummy.DummyCache'}",
        "LOCATION": "charts",
        "TIMEOUT": None,
        "OPTIONS": {"MAX_ENTRIES": _CHARTS},
    },
}

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
HOLDGOOD_CONTACT = environment.address("HOLDGOOD_CONTACT", "")  # whom people ask: shown at /privacy

# Backups, sealed with a key outside the database, and room on the disk.
HOLDGOOD_BACKUPS = environment.folder("HOLDGOOD_BACKUPS", DATA / "backups")
HOLDGOOD_BACKUPS_KEPT = environment.number("HOLDGOOD_BACKUPS_KEPT", 14, 1, 1000)
HOLDGOOD_BACKUP_KEY = environment.key("HOLDGOOD_BACKUP_KEY")
BACKUP_KEYS = DATA / "keys" / "backup"
HOLDGOOD_DISK_MEGABYTES = environment.number("HOLDGOOD_DISK_MEGABYTES", 500, 1, 1_000_000)

# The log: nothing of people, of what they sent, or of the addresses they asked for.
HOLDGOOD_LOG = environment.choice("HOLDGOOD_LOG", "text", ("text", "json"))
HOLDGOOD_TRACE = environment.flag("HOLDGOOD_TRACE", False)  # how long each page and its queries took
LOGGING = logs.configuration(HOLDGOOD_LOG, traced=HOLDGOOD_TRACE)
