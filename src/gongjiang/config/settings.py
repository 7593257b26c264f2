"""Django settings: one file for all, told apart by environment variables.

GONGJIANG_HOME   data folder (default var/)
DATABASE_URL     postgres://… ; default SQLite in the data folder
GONGJIANG_HOSTS  names served, separated by commas (default 127.0.0.1,localhost)
GONGJIANG_PUBLIC folder of the public pages that are made ahead (default public/ in the data folder; off: none;
                 docs/deployment.md)
GONGJIANG_DEBUG  1 shows error pages with details (never on a public server)
GONGJIANG_PROXY  1 behind a web server on the same machine, which says whose request it is (docs/deployment.md)
GONGJIANG_STATIC hashed: names of stylesheets and scripts carry their content, for long caching (docs/deployment.md)
GONGJIANG_HTTPS  1 when served over https: cookies are then sent on https only
GONGJIANG_URL    the address at which people reach the platform, for links in mails (default http://127.0.0.1:PORT)
GONGJIANG_MAIL   off, console (default: shown where the server runs), smtp://user:password@host:port (docs/messages.md)
GONGJIANG_SIGN_P12, GONGJIANG_SIGN_PASSWORD, GONGJIANG_SIGN_TSA, GONGJIANG_SIGN_DRIVER   the unit's key for certificates
                 (docs/certificates.md; default: a test key)
GONGJIANG_WEBHOOK_URL, GONGJIANG_WEBHOOK_SECRET, GONGJIANG_WEBHOOK_PRIVATE, GONGJIANG_WEBHOOK_LINKS   to other systems
                 (docs/webhooks.md)
"""

import os
from pathlib import Path

from gongjiang.config.home import database, home, load_secrets
from gongjiang.config.mail import mail
from gongjiang.rules.messages.signature import key_of

PACKAGE = Path(__file__).resolve().parent.parent
GONGJIANG_HOME = home()
SECRETS = load_secrets(GONGJIANG_HOME)

SECRET_KEY = SECRETS["django"]
DEBUG = os.environ.get("GONGJIANG_DEBUG") == "1"
ALLOWED_HOSTS = os.environ.get("GONGJIANG_HOSTS", "127.0.0.1,localhost").split(",")
BEHIND_PROXY = os.environ.get("GONGJIANG_PROXY") == "1"
HTTPS = os.environ.get("GONGJIANG_HTTPS") == "1"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "axes",
    "gongjiang",
]
MIDDLEWARE = [
    "gongjiang.web.proxy.RealAddress",
    "django.middleware.security.SecurityMiddleware",
    "gongjiang.web.security.ContentSecurityPolicy",
    "gongjiang.web.public_notices.made.MadePages",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "gongjiang.web.actor.ActorMiddleware",
    "gongjiang.web.errors.SpeakingErrors",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "gongjiang.config.urls"
WSGI_APPLICATION = "gongjiang.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "gongjiang.web.frame.frame",
            ],
            "builtins": [
                "django.templatetags.static",
                "django_htmx.templatetags.django_htmx",
                "gongjiang.web.components.tags",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django.template.loaders.filesystem.Loader"],
                )
            ]
            if not DEBUG
            else ["django.template.loaders.filesystem.Loader"],
        },
    }
]
DATABASES = {"default": database(GONGJIANG_HOME)}
AUTH_USER_MODEL = "gongjiang.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "accounts/locked.html"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/todo/"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = GONGJIANG_HOME / "static"
STATICFILES_DIRS = [PACKAGE / "static"]
MEDIA_ROOT = GONGJIANG_HOME / "files"
PUBLIC = os.environ.get("GONGJIANG_PUBLIC", "")
PUBLIC_ROOT = None if PUBLIC == "off" else Path(PUBLIC or GONGJIANG_HOME / "public").resolve()
STORAGES = {
    "default": {"BACKEND": "gongjiang.services.evidence.sealed_storage.SealedStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if os.environ.get("GONGJIANG_STATIC") == "hashed"
        else "django.contrib.staticfiles.storage.StaticFilesStorage",
        "OPTIONS": {"file_permissions_mode": 0o644, "directory_permissions_mode": 0o755},  # nothing private among them
    },
}
WHITENOISE_USE_FINDERS = os.environ.get("GONGJIANG_STATIC") != "hashed"

URL = os.environ.get("GONGJIANG_URL", f"http://127.0.0.1:{os.environ.get('PORT', '8000')}").rstrip("/")
MAIL = mail(os.environ.get("GONGJIANG_MAIL", "console"))
MAIL_ON = bool(MAIL)
EMAIL_BACKEND = MAIL.get("backend", "django.core.mail.backends.dummy.EmailBackend")
EMAIL_HOST, EMAIL_PORT = MAIL.get("host", ""), MAIL.get("port", 25)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL.get("user", ""), MAIL.get("password", "")
EMAIL_USE_TLS, EMAIL_USE_SSL, EMAIL_TIMEOUT = MAIL.get("tls", False), MAIL.get("ssl", False), 20
DEFAULT_FROM_EMAIL = os.environ.get("GONGJIANG_MAIL_FROM", "gongjiang@localhost")
WEBHOOK_URL = os.environ.get("GONGJIANG_WEBHOOK_URL", "")
WEBHOOK_SECRET = os.environ.get("GONGJIANG_WEBHOOK_SECRET", "")
WEBHOOK_PRIVATE = os.environ.get("GONGJIANG_WEBHOOK_PRIVATE") == "1"
WEBHOOK_LINKS = os.environ.get("GONGJIANG_WEBHOOK_LINKS") == "1"
if WEBHOOK_URL:
    key_of(WEBHOOK_SECRET)  # a wrong secret is told at the start, not by a worker that can't go on
SIGNING = {
    "pkcs12": os.environ.get("GONGJIANG_SIGN_P12", ""),
    "password": os.environ.get("GONGJIANG_SIGN_PASSWORD", ""),
    "authority": os.environ.get("GONGJIANG_SIGN_TSA", ""),
    "driver": os.environ.get("GONGJIANG_SIGN_DRIVER", ""),
}

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_FAILURE_VIEW = "gongjiang.web.carry.stale_token"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_PERMISSIONS = 0o600
SILENCED_SYSTEM_CHECKS = ["security.W004"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
