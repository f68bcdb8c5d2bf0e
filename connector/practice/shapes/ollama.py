"""Ollama chat: one JSON object per line; it streams unless told not to, and reports counts in the last line."""

import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from connector.practice.shapes.shape import Shape, messages_in
from connector.practice.written import compact, encoded

# Go escapes these inside strings, so that the JSON is safe in HTML.
GO_ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


class Ollama(Shape):
    title = "Ollama chat"
    path = "/api/chat"
    route = re.compile(r"/api/chat")
    content_type = "application/x-ndjson"
    example = {"model": "practice:1b", "messages": [{"role": "user", "content": "Why is there a tide?"}]}

    def __init__(self, *asked: Any):
        super().__init__(*asked)
        self.began = time.monotonic_ns()

    def conversation(self) -> list[tuple[str, str]]:
        return messages_in(self.body.get("messages"), "messages")

    def streams(self) -> bool:
        return self.body.get("stream") is not False

    def piece(self, token: str) -> bytes:
        return _line({**self._said(token), "done": False})

    def closing(self) -> Iterator[bytes]:
        yield _line({**self._said(""), **self._counts()})

    def failed(self) -> bytes:
        return _line({"error": "an error was encountered while running the model: unexpected EOF"})

    def whole(self) -> Any:
        return {**self._said(self.text), **self._counts()}

    @classmethod
    def error(cls, status: int, sentence: str) -> Any:
        return {"error": sentence}

    def _said(self, text: str) -> dict[str, Any]:
        message = {"role": "assistant", "content": text}
        return {"model": self.model("practice:1b"), "created_at": _go_time(time.time_ns()), "message": message}

    def _counts(self) -> dict[str, Any]:
        took = time.monotonic_ns() - self.began
        return {
            "done_reason": "stop",
            "done": True,
            "total_duration": took,
            "load_duration": took // 10,
            "prompt_eval_count": self.input_tokens,
            "prompt_eval_duration": took // 10,
            "eval_count": self.output_tokens,
            "eval_duration": took - took // 5,
        }


def _line(value: dict[str, Any]) -> bytes:
    return encoded(compact(value).translate(GO_ESCAPES) + "\n")


def _go_time(nanoseconds: int) -> str:
    """RFC 3339 with nanoseconds and without trailing zeros, as Go writes it."""
    seconds, rest = divmod(nanoseconds, 10**9)
    fraction = f"{rest:09d}".rstrip("0") or "0"
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%S}.{fraction}Z"
