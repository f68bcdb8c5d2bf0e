"""Which database an installation uses: SQLite in one file, or the PostgreSQL named by DATABASE_URL."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

# How many seconds PostgreSQL has to accept a connection, so that a page can say in good time that it does not (P21).
PATIENCE = 4


def sqlite(path: str, home: Path) -> dict[str, Any]:
    """One file, one process. IMMEDIATE: a writer waits for its turn instead of failing at commit (P19)."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "ATOMIC_REQUESTS": False,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # A statement kept ready would also keep the values it was last given, such as megabytes of text, in each
            # thread (P12).
            "cached_statements": 0,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        },
        "TEST": {"NAME": str(home / "test.sqlite3")},
    }


def postgresql(url: str) -> dict[str, Any]:
    """Parse `postgres://user:password@host:port/name?sslmode=require`, or `postgres:///name?host=/run/postgresql`.

    Everything after the question mark is passed to libpq. Raises ImproperlyConfigured, whose message never contains the
    password.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise ImproperlyConfigured(_SHAPE) from None
    name, options = unquote(parts.path.removeprefix("/")), dict(parse_qsl(parts.query))
    if parts.scheme not in ("postgres", "postgresql") or not name or "/" in name or parts.fragment:
        raise ImproperlyConfigured(_SHAPE)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(port or ""),
        "ATOMIC_REQUESTS": False,
        # Notice a connection cut by a restart or a proxy before somebody's work fails because of it (P21).
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": PATIENCE} | options,
    }


_SHAPE = "DATABASE_URL is postgres://user:password@host:port/name; anything but letters and digits is %-encoded."
