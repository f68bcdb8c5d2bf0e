"""Values in wire format: JSON, UTF-8, server-sent events."""

import json
from typing import Any


def compact(value: Any) -> str:
    """JSON as most vendors write it: no spaces, letters unescaped."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def encoded(text: str) -> bytes:
    """UTF-8; a lone surrogate, which cannot be encoded, becomes a question mark."""
    return text.encode("utf-8", "replace")


def event(data: Any, name: str | None = None) -> bytes:
    """One server-sent event with JSON in it."""
    return encoded((f"event: {name}\n" if name else "") + f"data: {compact(data)}\n\n")
