"""Anthropic Messages: named events, a ping, spaces before the last brace; output tokens are counted in
message_delta."""

import re
from collections.abc import Iterator
from typing import Any

from connector.practice.shapes.shape import Shape, messages_in, text_of
from connector.practice.written import compact, encoded

ERRORS = {401: "authentication_error", 404: "not_found_error", 413: "request_too_large", 429: "rate_limit_error"}


class Anthropic(Shape):
    title = "Anthropic Messages"
    path = "/v1/messages"
    route = re.compile(r"/v1/messages")
    example = {
        "model": "practice-1",
        "max_tokens": 1024,
        "stream": True,
        "messages": [{"role": "user", "content": "Why is there a tide?"}],
    }

    def __init__(self, *asked: Any):
        super().__init__(*asked)
        self.id = self.random_id("msg_01", 22)

    def conversation(self) -> list[tuple[str, str]]:
        messages = messages_in(self.body.get("messages"), "messages")
        return [("system", text_of(self.body.get("system"))), *messages]

    def opening(self) -> Iterator[bytes]:
        yield self._event("message_start", {"message": self._message([], None, 1)})
        yield self._event("content_block_start", {"index": 0, "content_block": {"type": "text", "text": ""}})
        yield b'event: ping\ndata: {"type": "ping"}\n\n'

    def piece(self, token: str) -> bytes:
        return self._event("content_block_delta", {"index": 0, "delta": {"type": "text_delta", "text": token}})

    def closing(self) -> Iterator[bytes]:
        yield self._event("content_block_stop", {"index": 0})
        usage = {
            "input_tokens": self.input_tokens,
            "cache_creation_input_tokens": 0,
            "cache_read_input_tokens": 0,
            "output_tokens": self.output_tokens,
        }
        ended = {"delta": {"stop_reason": "end_turn", "stop_sequence": None}, "usage": usage}
        yield self._event("message_delta", ended)
        yield self._event("message_stop", {})

    def failed(self) -> bytes:
        error = {"details": None, "type": "overloaded_error", "message": "Overloaded"}
        return self._event("error", {"error": error})

    def whole(self) -> Any:
        return self._message([{"type": "text", "text": self.text}], "end_turn", self.output_tokens)

    @classmethod
    def error(cls, status: int, sentence: str) -> Any:
        kind = ERRORS.get(status, "api_error" if status >= 500 else "invalid_request_error")
        return {"type": "error", "error": {"type": kind, "message": sentence}, "request_id": "req_practice"}

    def _event(self, kind: str, fields: dict[str, Any]) -> bytes:
        written = compact({"type": kind, **fields})
        spaces = " " * self.chance.choice((0, 0, 0, 1, 7, 9, 13, 15))
        return encoded(f"event: {kind}\ndata: {written[:-1]}{spaces}}}\n\n")

    def _message(self, content: list[Any], stopped: str | None, output_tokens: int) -> dict[str, Any]:
        return {
            "model": self.model("practice-1"),
            "id": self.id,
            "type": "message",
            "role": "assistant",
            "content": content,
            "stop_reason": stopped,
            "stop_sequence": None,
            "usage": {
                "input_tokens": self.input_tokens,
                "cache_creation_input_tokens": 0,
                "cache_read_input_tokens": 0,
                "cache_creation": {"ephemeral_5m_input_tokens": 0, "ephemeral_1h_input_tokens": 0},
                "output_tokens": output_tokens,
                "service_tier": "standard",
                "inference_geo": "not_available",
            },
        }
