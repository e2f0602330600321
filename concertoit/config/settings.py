"""Settings, read from the environment with defaults that suit one machine with an embedded database.

Everything that changes between installations is an environment variable documented in ``docs/deploiement.md``.
"""

from pathlib import Path
from typing import Any

import environ
from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

env = environ.Env()

PACKAGE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env.str("CONCERTOIT_DATA", default=str(PACKAGE_DIR.parent / "var")))
DATA_DIR.mkdir(parents=True, exist_ok=True)

DEBUG = env.bool("CONCERTOIT_DEBUG", default=False)
DEMO_MODE = env.bool("CONCERTOIT_DEMO", default=False)


def _secret_key() -> str:
    """The key from the environment, or one made once for this installation and kept beside its data (mode 600)."""
    given: str = env.str("CONCERTOIT_SECRET_KEY", default="")
    if given:
        return given
    path = DATA_DIR / "secret-key"
    if not path.exists():
        import secrets

        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(64))
    return path.read_text().strip()


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = env.list("CONCERTOIT_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
SITE_URL = env.str("CONCERTOIT_URL", default="http://localhost:8000").rstrip("/")
CSRF_TRUSTED_ORIGINS = [SITE_URL]
HTTPS = SITE_URL.startswith("https://")
# How many machines of ours a request goes through before the application, which itself never speaks HTTPS.
PROXIES = env.int("CONCERTOIT_PROXIES", default=1 if HTTPS else 0)

ROOMS = [
    "concertoit.ground.core",
    "concertoit.ground.ui",
    "concertoit.ground.audit",
    "concertoit.ground.privacy",
    "concertoit.ground.files",
    "concertoit.ground.places",
    "concertoit.ground.identity",
    "concertoit.ground.notifications",
    "concertoit.ground.search",
    "concertoit.ground.spaces",
    "concertoit.ground.ballots",
    "concertoit.ground.surveys",
    "concertoit.together.plans",
    "concertoit.together.events",
    "concertoit.together.meetings",
    "concertoit.together.decisions",
    "concertoit.field.directory",
    "concertoit.field.logbook",
    "concertoit.field.participation",
    "concertoit.field.cases",
    "concertoit.field.small_works",
    "concertoit.insight.evaluation",
    "concertoit.insight.reporting",
    "concertoit.front.api",
    "concertoit.front.desk",
    "concertoit.front.public",
    "concertoit.front.demo",
]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "csp",
    "django_htmx",
    *ROOMS,
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    # A page of a plan is seven times smaller on the way to a phone; Django pads it so that its size tells nothing.
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "concertoit.ground.ui.middleware.PrivatePagesMiddleware",
    "concertoit.ground.ui.middleware.ReadableAddressMiddleware",
    "concertoit.ground.ui.middleware.DomainErrorMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "concertoit.config.urls"
WSGI_APPLICATION = "concertoit.config.wsgi.application"

_ROOM_TEMPLATES = [PACKAGE_DIR.joinpath(*room.split(".")[1:]) / "templates" for room in ROOMS]
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": _ROOM_TEMPLATES,
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "concertoit.config.jinja.environment",
            "context_processors": ["concertoit.ground.ui.context.shell"],
        },
    },
    {
        # Only for the text templates of libraries (allauth's flash messages); our own pages are all Jinja2.
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    },
]

DATABASES: dict[str, Any] = {
    "default": env.db("CONCERTOIT_DATABASE", default=f"sqlite:///{DATA_DIR / 'concertoit.sqlite3'}")
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # One writer at a time, readers never wait; a transaction takes the write lock at its start so that it cannot
        # fail halfway with "database is locked".
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
            "PRAGMA cache_size=-32000; PRAGMA temp_store=MEMORY; PRAGMA mmap_size=134217728;"
        ),
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = None
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
if env.bool("CONCERTOIT_SHARED_CACHE", default=False):
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}

# --- accounts -------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "identity.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "concertoit.ground.identity.hashers.TunedArgon2Hasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:home"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # an account is only opened from an invitation, which proves the address
ACCOUNT_ADAPTER = "concertoit.ground.identity.adapters.InvitationOnlyAdapter"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_FORMS = {
    "login": "concertoit.ground.identity.forms.EmailLoginForm",
    "reset_password": "concertoit.ground.identity.forms.ForgottenPasswordForm",
}
MFA_FORMS = {"authenticate": "concertoit.ground.identity.forms.SecondStepForm"}
# Five wrong passwords for one address from one place close that door (axes, below); these limits stop somebody who tries
# many addresses from one place, or one address from many places.
ACCOUNT_RATE_LIMITS = {"login_failed": "20/m/ip,20/5m/key"}
MFA_ADAPTER = "concertoit.ground.identity.adapters.EncryptedFactorsAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Concertoit"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
USERSESSIONS_TRACK_ACTIVITY = False
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD = "login"
AXES_USERNAME_CALLABLE = "concertoit.ground.identity.adapters.name_tried"
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
AXES_CLIENT_IP_CALLABLE = "concertoit.ground.core.network.client_address"
AXES_LOCKOUT_CALLABLE = "concertoit.ground.identity.adapters.locked_out"
INVITATION_DAYS = env.int("CONCERTOIT_INVITATION_DAYS", default=21)  # how long the link of an invitation opens
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"

# --- security -------------------------------------------------------------------------------------------------------
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "concertoit.ground.ui.views.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = False
SILENCED_SYSTEM_CHECKS = ["security.W021"]  # being preloaded in browsers is for each domain's owner to ask
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
        "worker-src": [SELF],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILES_MAX_BYTES = env.int("CONCERTOIT_FILES_MAX_BYTES", default=25 * 1024 * 1024)
# A larger document is read behind the page; under it, reading takes about a second (docs/performance.md).
IMPORT_LONG_BYTES = env.int("CONCERTOIT_IMPORT_LONG_BYTES", default=256 * 1024)
IMPORT_MAX_BYTES = env.int("CONCERTOIT_IMPORT_MAX_BYTES", default=50 * 1024 * 1024)

# Whether the nightly pass removes what has been kept long enough, or only counts it for the administration.
RETENTION_AUTOMATIC = env.bool("CONCERTOIT_RETENTION", default=True)
# Who answers for personal information (Law 25 asks for a title and how to reach them), shown on /vie-privee/.
PRIVACY_OFFICER = env.str("CONCERTOIT_PRIVACY_OFFICER", default="")

# --- language, time -------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "fr-ca"
LANGUAGES = [("fr-ca", _("Français")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE_DIR / "locale"]
TIME_ZONE = "America/Toronto"
USE_I18N = True
USE_TZ = True

# --- files ----------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS: list[str] = []
MEDIA_ROOT = DATA_DIR / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "concertoit.ground.ui.storage.HashedStatic"
    },
}

# --- e-mail ---------------------------------------------------------------------------------------------------------
DEFAULT_FROM_EMAIL = env.str("CONCERTOIT_FROM", default="Concertoit <concertoit@localhost>")
if "CONCERTOIT_EMAIL" in env.ENVIRON:
    vars().update(env.email_url("CONCERTOIT_EMAIL"))
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = str(DATA_DIR / "mail")
EMAIL_TIMEOUT = 20

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("CONCERTOIT_LOG", default="INFO")},
    "loggers": {"axes": {"level": "WARNING"}, "fontTools": {"level": "ERROR"}, "pdfminer": {"level": "ERROR"}},
}
