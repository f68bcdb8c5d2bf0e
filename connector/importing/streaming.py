"""Whether an imported call streams: because it says so, or because such calls do."""

import re
from typing import Any

from connector.importing import CallDraft

# Members of a body that ask for a stream, with the values that do; any other value means that there is none.
_ASKS = {"stream": (True,), "streaming": (True,), "response_mode": ("streaming",), "stream_tokens": (True,)}
# Paths at which services stream if the body asks for it, or always.
_KNOWN = re.compile(
    r"/(chat/completions|completions|messages|responses|chat|generate|chat-messages|completion-messages|predictions/stream|completion)$"
)
# Paths that respond immediately with the location of a stream, whatever their body asks for.
_POINTS = re.compile(r"/predictions$")
_SAYS_SO = re.compile(r"stream|/events?$|/sse$|/subscribe$", re.IGNORECASE)
_TYPES = ("text/event-stream", "ndjson", "jsonl", "stream+json", "vnd.amazon.eventstream")


def streams(path: str, call: CallDraft, body: Any, no_buffer: bool = False) -> bool:
    """Whether the response is expected to arrive piece by piece."""
    if _POINTS.search(path):
        return False
    members = body if isinstance(body, dict) else {row.name: row.value for row in call.form}
    for name, yes in _ASKS.items():
        if name in members:
            return members[name] in yes or members[name] in ("true", "1")
    pairs = {row.name.lower(): row.value.lower() for row in call.query}
    if pairs.get("alt") == "sse" or pairs.get("stream") == "true":
        return True
    accept = next((row.value.lower() for row in call.headers if row.name.lower() == "accept"), "")
    if no_buffer or any(type in accept for type in _TYPES) or _SAYS_SO.search(path):
        return True
    return call.method == "POST" and bool(_KNOWN.search(path))
