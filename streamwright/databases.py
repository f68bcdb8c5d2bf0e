"""Which database an installation has: SQLite in one file, or the PostgreSQL that DATABASE_URL names."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

# Seconds within which PostgreSQL has to take a connection: a page says in time that it does not (P21).
PATIENCE = 4


def sqlite(path: str, home: Path) -> dict[str, Any]:
    """One file, one process. IMMEDIATE: a writer waits its turn instead of failing at commit (P19)."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "ATOMIC_REQUESTS": False,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        },
        "TEST": {"NAME": str(home / "test.sqlite3")},
    }


def postgresql(url: str) -> dict[str, Any]:
    """`postgres://user:password@host:port/name?sslmode=require`, or `postgres:///name?host=/run/postgresql`; what
    stands after the question mark goes to libpq. Raises ImproperlyConfigured, which says nothing of the password."""
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
        # A connection that a restart or a proxy has cut is found before somebody's work fails by it (P21).
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": PATIENCE} | options,
    }


_SHAPE = "DATABASE_URL is postgres://user:password@host:port/name; anything but letters and digits is %-encoded."
