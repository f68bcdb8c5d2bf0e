"""Gemini: a few big pieces with running counts, as events with CRLF (alt=sse) or as one pretty-printed JSON array."""

import json
import re
from collections.abc import Iterator
from typing import Any

from connector.practice.request import Knobs, Request
from connector.practice.shapes.shape import Shape, messages_in, text_of
from connector.practice.written import encoded

TOKENS_A_PIECE = 4
ERRORS = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    404: "NOT_FOUND",
    405: "INVALID_ARGUMENT",
    413: "INVALID_ARGUMENT",
    429: "RESOURCE_EXHAUSTED",
}


class Gemini(Shape):
    title = "Gemini (?alt=sse: events; without: one JSON array)"
    path = "/v1beta/models/practice-1:streamGenerateContent"
    route = re.compile(r"/v1(?:beta)?/models/(?P<model>[^/:]+):(?P<verb>streamGenerateContent|generateContent)")
    example = {"contents": [{"role": "user", "parts": [{"text": "Why is there a tide?"}]}]}

    def __init__(self, request: Request, knobs: Knobs, route: re.Match[str]):
        super().__init__(request, knobs, route)
        self.verb = route["verb"]
        self.version = route["model"]
        self.as_events = request.query.get("alt") == "sse"
        self.content_type = "text/event-stream" if self.as_events else "application/json; charset=UTF-8"
        self.id = self.random_id("", 23)
        self.begun = False

    def conversation(self) -> list[tuple[str, str]]:
        system = self.body.get("systemInstruction") or self.body.get("system_instruction")
        parts = system.get("parts") if isinstance(system, dict) else None
        return [("system", text_of(parts)), *messages_in(self.body.get("contents"), "contents", "parts")]

    def streams(self) -> bool:
        return self.verb == "streamGenerateContent"

    def pieces(self) -> Iterator[tuple[bytes, int]]:
        for start in range(0, len(self.tokens), TOKENS_A_PIECE):
            tokens = self.tokens[start : start + TOKENS_A_PIECE]
            yield self._frame(self._answer("".join(tokens), start + len(tokens))), len(tokens)

    def closing(self) -> Iterator[bytes]:
        if not self.as_events:
            yield b"\n]"

    def failed(self) -> bytes:
        """An element of the array; among events, it was recorded as a bare object outside any data line."""
        error = self.error(500, "An internal error has occurred. Please retry.")
        if self.as_events:
            return encoded(json.dumps(error, indent=2) + "\n")
        return self._frame(error) + b"\n]"

    def whole(self) -> Any:
        return self._answer(self.text, self.output_tokens)

    @classmethod
    def error(cls, status: int, sentence: str) -> Any:
        return {"error": {"code": status, "message": sentence, "status": ERRORS.get(status, "INTERNAL")}}

    def _frame(self, value: dict[str, Any]) -> bytes:
        if self.as_events:
            spaced = json.dumps(value, ensure_ascii=False, separators=(",", ": "))
            return encoded(f"data: {spaced}\r\n\r\n")
        before, self.begun = ("\n,\n" if self.begun else "["), True
        return encoded(before + json.dumps(value, ensure_ascii=False, indent=2))

    def _answer(self, text: str, output_so_far: int) -> dict[str, Any]:
        candidate: dict[str, Any] = {"content": {"parts": [{"text": text}], "role": "model"}}
        if output_so_far == self.output_tokens:
            candidate["finishReason"] = "STOP"
        usage: dict[str, Any] = {
            "promptTokenCount": self.input_tokens,
            "candidatesTokenCount": output_so_far,
            "totalTokenCount": self.input_tokens + output_so_far,
            "promptTokensDetails": [{"modality": "TEXT", "tokenCount": self.input_tokens}],
        }
        if not self.as_events:
            usage["serviceTier"] = "standard"
        return {
            "candidates": [{**candidate, "index": 0}],
            "usageMetadata": usage,
            "modelVersion": self.version,
            "responseId": self.id,
        }
