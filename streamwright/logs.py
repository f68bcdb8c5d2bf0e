"""How the log is written: lines for people or JSON lines for machines, with the request's id and without secrets.

What Django says about a request (its path, headers it rejected) is replaced by its route: a path may contain a sign-in
link.
"""

import json
import logging
import re
import secrets
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from django.conf import settings

# The id of the current request or socket; inherited by whatever it starts, even if that outlives it.
request_id: ContextVar[str] = ContextVar("request_id", default="")

HIDDEN = "…"
# What a JSON line has besides its message, if the record has it.
FACTS = ("method", "route", "status", "ms")
_SECRETS = (
    # The query of a URL, and the credentials in it.
    (re.compile(r"(?<=[\w/\]])\?[\w.~%\[\]-]+=[^\s\"'<>]*"), f"?{HIDDEN}"),
    (re.compile(r"(?<=://)[^/\s@\"']+@"), f"{HIDDEN}@"),
    # What authenticates a request, recognised by its name or its look.
    (re.compile(r"(?i)\b(bearer|basic)\s+[\w.~+/=-]{6,}"), rf"\1 {HIDDEN}"),
    (
        re.compile(
            r"(?i)((?:authorization|password|passwd|secret|token|api[_-]?key)[\w-]*[\"']?\s*[:=]\s*)"
            r"(\"[^\"]*\"|'[^']*'|[^\s,;)}\]]+)"
        ),
        rf"\1{HIDDEN}",
    ),
    (re.compile(r"(?i)(cookie[\"']?\s*[:=]\s*).+"), rf"\1{HIDDEN}"),
    (re.compile(r"\b(?:(?:sk|pk|gh[pousr]|xox[abpr])[-_]|AIza|AKIA|eyJ)[\w.-]{16,}"), HIDDEN),
)


def new_request() -> None:
    """Start a new id: a request or a socket begins."""
    request_id.set(secrets.token_hex(6))


def scrub(text: str) -> str:
    """Remove from a text what must not be logged: this server's own keys, queries, anything that looks like a
    secret."""
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS, *settings.VAULT_KEYS, settings.METRICS_TOKEN):
        text = text.replace(key, HIDDEN) if key else text
    for pattern, instead in _SECRETS:
        text = pattern.sub(instead, text)
    return text


class Clean(logging.Filter):
    """Replaces what Django says about a request by its route."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.startswith("django.security"):
            record.msg, record.args = f"A request was refused ({record.name.rpartition('.')[2]})", ()
            # The message contains the header that was rejected.
            record.exc_info = record.exc_text = None
        elif hasattr(record, "request"):
            match = getattr(record.request, "resolver_match", None)
            status, route = getattr(record, "status_code", ""), f"/{match.route}" if match else "no route"
            record.msg, record.args = f"{status} {getattr(record.request, 'method', '')} {route}", ()
        return True


class Lines(logging.Formatter):
    """For people: time, level, logger, the request's id, message."""

    def format(self, record: logging.LogRecord) -> str:
        request = f" [{request_id.get()}]" if request_id.get() else ""
        trace = f"\n{_trace(record)}" if record.exc_info else ""
        message = scrub(record.getMessage() + trace)
        return f"{_moment(record)} {record.levelname} {record.name}{request} {message}"


class JsonLines(logging.Formatter):
    """For machines: one object per line."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {"at": _moment(record), "level": record.levelname, "logger": record.name}
        if request_id.get():
            line["request"] = request_id.get()
        line["message"] = scrub(record.getMessage())
        line |= {name: record.__dict__[name] for name in FACTS if name in record.__dict__}
        if record.exc_info:
            line["trace"] = scrub(_trace(record))
        return json.dumps(line, ensure_ascii=False, default=str)


def _moment(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")


def _trace(record: logging.LogRecord) -> str:
    return logging.Formatter().formatException(record.exc_info) if record.exc_info else ""
