"""OpenAI Chat Completions: chunks in server-sent events, the usage in a chunk without choices, then [DONE]."""

import re
from collections.abc import Iterator
from typing import Any

from connector.practice.shapes.shape import HEX, Shape, messages_in
from connector.practice.written import event

ERRORS = {
    400: ("invalid_request_error", None),
    401: ("invalid_request_error", "invalid_api_key"),
    429: ("tokens", "rate_limit_exceeded"),
}


class OpenAIChat(Shape):
    title = "OpenAI Chat Completions"
    path = "/v1/chat/completions"
    route = re.compile(r"/v1/chat/completions")
    example = {
        "model": "practice-1",
        "stream": True,
        "stream_options": {"include_usage": True},
        "messages": [{"role": "user", "content": "Why is there a tide?"}],
    }

    def __init__(self, *asked: Any):
        super().__init__(*asked)
        options = self.body.get("stream_options")
        options = options if isinstance(options, dict) else {}
        self.counts = options.get("include_usage") is True
        self.filler = options.get("include_obfuscation") is not False
        self.id = self.random_id("chatcmpl-", 29)
        self.fingerprint = self.random_id("fp_", 10, HEX)

    def conversation(self) -> list[tuple[str, str]]:
        return messages_in(self.body.get("messages"), "messages")

    def opening(self) -> Iterator[bytes]:
        yield self._chunk([_choice({"role": "assistant", "content": "", "refusal": None})])

    def piece(self, token: str) -> bytes:
        return self._chunk([_choice({"content": token})])

    def closing(self) -> Iterator[bytes]:
        yield self._chunk([_choice({}, "stop")])
        if self.counts:
            yield self._chunk([], self._usage())
        yield b"data: [DONE]\n\n"

    def failed(self) -> bytes:
        message = "The server had an error while processing your request. Sorry about that!"
        return event({"error": {"message": message, "type": "server_error", "param": None, "code": None}})

    def whole(self) -> Any:
        message = {"role": "assistant", "content": self.text, "refusal": None, "annotations": []}
        return {
            "id": self.id,
            "object": "chat.completion",
            "created": self.created,
            "model": self.model("practice-1"),
            "choices": [{"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}],
            "usage": self._usage(),
            "service_tier": "default",
            "system_fingerprint": self.fingerprint,
        }

    @classmethod
    def error(cls, status: int, sentence: str) -> Any:
        kind, code = ERRORS.get(status, ("server_error" if status >= 500 else "invalid_request_error", None))
        return {"error": {"message": sentence, "type": kind, "param": None, "code": code}}

    def _chunk(self, choices: list[dict[str, Any]], usage: dict[str, Any] | None = None) -> bytes:
        chunk = {
            "id": self.id,
            "object": "chat.completion.chunk",
            "created": self.created,
            "model": self.model("practice-1"),
            "service_tier": "default",
            "system_fingerprint": self.fingerprint,
            "choices": choices,
        }
        if self.counts:
            chunk["usage"] = usage
        if self.filler:
            chunk["obfuscation"] = self.random_id("", self.chance.randint(3, 15))
        return event(chunk)

    def _usage(self) -> dict[str, Any]:
        return {
            "prompt_tokens": self.input_tokens,
            "completion_tokens": self.output_tokens,
            "total_tokens": self.input_tokens + self.output_tokens,
            "prompt_tokens_details": {"cached_tokens": 0, "audio_tokens": 0},
            "completion_tokens_details": {
                "reasoning_tokens": 0,
                "audio_tokens": 0,
                "accepted_prediction_tokens": 0,
                "rejected_prediction_tokens": 0,
            },
        }


def _choice(delta: dict[str, Any], finished: str | None = None) -> dict[str, Any]:
    return {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finished}
