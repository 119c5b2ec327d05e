"""Django's settings. What a deployment decides is read in ``wenye.web.environment``."""

from __future__ import annotations

from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from wenye.web import catalogues, environment

HOME = environment.home()
#: The district whose policy is delivered: a name that ships with Wenye, or a folder.
DISTRICT = environment.text("WENYE_DISTRICT", "jiading")
#: Shown on every page of a service that holds invented people.
SYNTHETIC = environment.flag("WENYE_SYNTHETIC", (HOME / "synthetic").exists())

DEBUG = environment.flag("WENYE_DEBUG_PAGES")
SECRET_KEY = environment.secret_key(HOME)
ALLOWED_HOSTS = environment.listed("WENYE_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = environment.listed("WENYE_TRUSTED_ORIGINS")
#: Behind a proxy that speaks TLS, cookies and redirects are for TLS only.
TLS = environment.flag("WENYE_TLS")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_htmx",
    "wenye.services.accounts",
    "wenye.services.audit",
    "wenye.services.people",
    "wenye.services.decisions",
    "wenye.services.cases",
    "wenye.services.offers",
    "wenye.services.money",
    "wenye.services.followup",
    "wenye.services.portal",
    "wenye.web",
]

MIDDLEWARE = [
    "wenye.web.middleware_log.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "wenye.web.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "wenye.web.middleware_session.SessionLimits",
    "wenye.web.acting.ActingMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "wenye.web.urls"
WSGI_APPLICATION = "wenye.web.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "wenye.web.acting.page_context",
            ],
            "builtins": ["wenye.web.templatetags.words", "django.templatetags.i18n"],
        },
    }
]

DATABASES = {"default": environment.database(HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# -- who --------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"
#: Ten wrong passwords lock that name out for a quarter of an hour.
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "accounts/locked.html"
AXES_VERBOSE = False

SESSION_COOKIE_AGE = 12 * 3600
#: A login that is not used for so long ends.
IDLE_SECONDS = environment.number("WENYE_IDLE_MINUTES", 60, least=5) * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = TLS
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "wenye.web.refusals.stale_form"

# -- the browser --------------------------------------------------------------------------------

if TLS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "style-src": [SELF],
        "script-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STATICFILES_DIRS = [Path(__file__).parent / "static"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

#: The copy of the audit log outside the database: best on another disk or machine.
AUDIT_COPY = Path(environment.text("WENYE_AUDIT_COPY") or HOME / "audit")

#: Uploads: where they lie, and the most that one may weigh.
MEDIA_ROOT = HOME / "uploads"
UPLOAD_LIMIT = 20 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600

# -- language and time --------------------------------------------------------------------------

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("中文")), ("en", _("英文"))]
LOCALE_PATHS = [catalogues.compiled(HOME / "locale")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

# -- logs: what happened, never to whom ----------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "wenye.web.logs.JsonLines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": environment.text("WENYE_LOG_LEVEL", "INFO")},
    "loggers": {"django.security": {"level": "WARNING"}, "django.server": {"level": "WARNING"}},
}

# -- what the services are made of ----------------------------------------------------------------

#: Where further rows of the registers come from: what the service itself has done counts as fact.
ROW_SOURCES = ["wenye.services.money.awards.award_rows"]
