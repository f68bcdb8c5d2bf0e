"""Settings, flat: everything is read from the environment here, and values that make no sense are refused at start."""

from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from environs import env

from streamwright.databases import postgresql, sqlite

BASE_DIR = Path(__file__).resolve().parent.parent

# Where this installation keeps its own data: database, keys, files. Lose it and everything is lost.
HOME = Path(env.str("STREAMWRIGHT_HOME", str(BASE_DIR / "var")))
HOME.mkdir(parents=True, exist_ok=True, mode=0o700)

# If on, errors show their source code to whoever sees them. Never with a public host.
DEBUG = env.bool("DEBUG", False)


def _own_key(name: str) -> str:
    """A key generated on first start and kept outside the repository; an environment variable takes precedence."""
    from streamwright.keys import own_key

    return env.str(name.upper(), None) or own_key(HOME / f"{name}.key")


# Signs sessions and links. Changing it signs everybody out; add old keys to SECRET_KEY_FALLBACKS.
SECRET_KEY = _own_key("secret_key")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", [])
# Seals the secrets that authors save; newest first. If lost, every saved secret has to be entered again.
VAULT_KEYS = env.list("VAULT_KEYS", None) or [_own_key("vault_key")]

PORT = env.int("PORT", 8000)
# Host names this server answers to. If wrong, every page is a 400.
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["127.0.0.1", "localhost"])
if DEBUG and not {"127.0.0.1", "localhost", "[::1]"}.issuperset(ALLOWED_HOSTS):
    raise ImproperlyConfigured("DEBUG shows the source code to whoever looks, so it cannot be on with a public host.")
# Full origins (scheme://host:port) that may open sockets and submit forms. If wrong, nothing streams.
ORIGINS = env.list("ORIGINS", [f"http://127.0.0.1:{PORT}"])
CSRF_TRUSTED_ORIGINS = ORIGINS
# The origin of published apps, on its own host: nothing of the editor is there, and no app is on the editor's.
APPS_ORIGIN = env.str("APPS_ORIGIN", f"http://localhost:{PORT}")
_apps = urlsplit(APPS_ORIGIN)
if f"{_apps.scheme}://{_apps.netloc}" != APPS_ORIGIN or _apps.scheme not in ("http", "https") or not _apps.hostname:
    raise ImproperlyConfigured("APPS_ORIGIN is a full origin, as browsers write it: https://apps.example.org")
if _apps.hostname in {urlsplit(origin).hostname for origin in ORIGINS}:
    raise ImproperlyConfigured("APPS_ORIGIN needs a host that ORIGINS does not have: browsers share cookies by host.")
ALLOWED_HOSTS = list(dict.fromkeys([*ALLOWED_HOSTS, _apps.hostname]))

# True if the site is served over HTTPS: cookies are marked secure, and HTTP is redirected to HTTPS.
HTTPS = env.bool("HTTPS", False)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", 31536000 if HTTPS else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
# True if a proxy of yours passes requests on: its word about the scheme is trusted. If wrongly on, anybody could claim
# to use HTTPS.
BEHIND_PROXY = env.bool("BEHIND_PROXY", False)
# The header in which that proxy always passes on the client's address. If wrong, anybody could claim any address, and
# no budget per address would hold. If empty behind a proxy, addresses are unknown and have no budgets.
CLIENT_ADDRESS_HEADER = env.str("CLIENT_ADDRESS_HEADER", "")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SESSION_COOKIE_NAME = "streamwright_session"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "builder.views.errors.csrf_failed"
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_REFERRER_POLICY = "same-origin"

# host:port pairs that outgoing calls may reach although they are not public (P22): a local model, the practice API.
OUTGOING_ALLOW = env.list("OUTGOING_ALLOW", [])
# Bytes of files, and as many again of captures, kept per app; the oldest answers and captures make way.
KEPT_MOST = env.int("KEPT_MOST", 256) * 2**20
# Whether people run this server for themselves on their own machine, as `./run` does: its owner may then allow a local
# model with a click. If wrongly on, people who build apps could reach into the server's network.
OWN_MACHINE = env.bool("OWN_MACHINE", False)
# The practice API, served by this process. Off in production unless asked for.
PRACTICE = env.bool("PRACTICE", False)
PRACTICE_URL = env.str("PRACTICE_URL", f"http://127.0.0.1:{PORT}/practice")
# URL schemes of our own for an API's base URL, and what they stand for when a request is sent.
URL_SCHEMES = {"practice": PRACTICE_URL} if PRACTICE else {}
# Whoever sends it as `Authorization: Bearer …` may read /metrics from anywhere. If empty, only this machine itself may.
METRICS_TOKEN = env.str("METRICS_TOKEN", "")
# Seconds that running streams get when the server is asked to stop. Whoever kills it should wait a little longer.
STOP_GRACE = env.float("STOP_GRACE", 20)
# How many page sockets may be open without having said which page they belong to, a tenth of them per address. If too
# high, sockets that stay silent can exhaust the server; if too low, pages come back one by one after a restart.
SOCKETS_WAITING = env.int("SOCKETS_WAITING", 1000)
# Whether people may create accounts themselves once the first owner exists.
SIGN_UP_OPEN = env.bool("SIGN_UP_OPEN", False)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "channels",
    "django_htmx",
    "lucide",
    "builder",
    "data",
    "connector",
    "workflows",
    "streamwright",
]

MIDDLEWARE = [
    "streamwright.middleware.RequestMiddleware",
    "streamwright.middleware.OriginMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "streamwright.middleware.PolicyMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "builder.middleware.TabMiddleware",
    "builder.middleware.ErrorShapeMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "streamwright.urls"
APPS_URLCONF = "streamwright.apps_urls"
ASGI_APPLICATION = "streamwright.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
            ],
            "loaders": [("django.template.loaders.cached.Loader", ["django.template.loaders.filesystem.Loader"])],
            "libraries": {},
        },
    }
]
FORM_RENDERER = "builder.forms.Renderer"

# One file by default; with DATABASE_URL a PostgreSQL database. If wrong, the server does not start.
DATABASE_URL = env.str("DATABASE_URL", "")
DATABASES = {
    "default": postgresql(DATABASE_URL)
    if DATABASE_URL
    else sqlite(env.str("DATABASE_PATH", str(HOME / "streamwright.sqlite3")), HOME)
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}

AUTH_USER_MODEL = "builder.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/sign-in/"
PASSWORD_RESET_TIMEOUT = 3600
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
# The sign-in form's name for it. If wrong, attempts are counted for nobody, and nobody is ever locked out.
AXES_USERNAME_FORM_FIELD = "username"
AXES_LOCKOUT_CALLABLE = "builder.views.accounts.locked_out"

EMAIL_BACKEND = env.str("EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend")
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "streamwright@localhost")

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = False

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", str(HOME / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "streamwright.browser_libraries.Finder",
    "streamwright.stylesheets.Finder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "streamwright.minify.MinifiedStorage"},
}
MEDIA_ROOT = HOME / "files"

DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000

# Strict: scripts and styles only from here; the only inline script is the import map, by its nonce.
from csp.constants import NONCE, NONE, SELF  # noqa: E402

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        # HTML written by authors is shown in sandboxed frames of that origin.
        "frame-src": [SELF, APPS_ORIGIN],
        "base-uri": [NONE],
        "object-src": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    }
}

# Lines for people, or one JSON object per line for machines.
LOG_FORMAT = env.str("LOG_FORMAT", "text")
if LOG_FORMAT not in ("text", "json"):
    raise ImproperlyConfigured("LOG_FORMAT is text or json.")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"text": {"()": "streamwright.logs.Lines"}, "json": {"()": "streamwright.logs.JsonLines"}},
    "filters": {"clean": {"()": "streamwright.logs.Clean"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT, "filters": ["clean"]}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "WARNING")},
    "loggers": {
        "axes": {"level": "ERROR"},
        "daphne.ws_protocol": {"level": "ERROR"},
    },
}
# W019 wants X-Frame-Options DENY, but the canvas is a frame of the same origin; `frame-ancestors` above covers the
# rest.
SILENCED_SYSTEM_CHECKS = ["security.W019"]
