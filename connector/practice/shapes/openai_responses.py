"""OpenAI Responses: numbered events named by their type; the final events contain the whole text again."""

import re
import time
from collections.abc import Iterator
from typing import Any

from connector.practice.request import BadRequest
from connector.practice.shapes.openai_chat import OpenAIChat
from connector.practice.shapes.shape import HEX, Shape, messages_in
from connector.practice.written import event


class OpenAIResponses(Shape):
    title = "OpenAI Responses"
    path = "/v1/responses"
    route = re.compile(r"/v1/responses")
    example = {"model": "practice-1", "stream": True, "input": "Why is there a tide?"}

    def __init__(self, *asked: Any):
        super().__init__(*asked)
        self.number = 0
        self.id = self.random_id("resp_", 50, HEX)
        self.item_id = self.random_id("msg_", 50, HEX)

    def conversation(self) -> list[tuple[str, str]]:
        asked = self.body.get("input")
        if asked is None:
            raise BadRequest("Missing required parameter: 'input'.")
        messages = [("user", asked)] if isinstance(asked, str) else messages_in(asked, "input")
        return [("system", self._instructions() or ""), *messages]

    def opening(self) -> Iterator[bytes]:
        yield self._event("response.created", {"response": self._response("in_progress", [])})
        yield self._event("response.in_progress", {"response": self._response("in_progress", [])})
        item = {"id": self.item_id, "type": "message", "status": "in_progress", "content": [], "role": "assistant"}
        yield self._event("response.output_item.added", {"item": item, "output_index": 0})
        place = {"content_index": 0, "item_id": self.item_id, "output_index": 0}
        yield self._event("response.content_part.added", {**place, "part": _part("")})

    def piece(self, token: str) -> bytes:
        fields = {
            "content_index": 0,
            "delta": token,
            "item_id": self.item_id,
            "logprobs": [],
            "obfuscation": self.random_id("", self.chance.randint(3, 15)),
            "output_index": 0,
        }
        return self._event("response.output_text.delta", fields)

    def closing(self) -> Iterator[bytes]:
        place = {"content_index": 0, "item_id": self.item_id}
        done = {**place, "logprobs": [], "output_index": 0, "text": self.text}
        yield self._event("response.output_text.done", done)
        yield self._event("response.content_part.done", {**place, "output_index": 0, "part": _part(self.text)})
        yield self._event("response.output_item.done", {"item": self._item(), "output_index": 0})
        yield self._event("response.completed", {"response": self._response("completed", [self._item()])})

    def failed(self) -> bytes:
        message = "An error occurred while processing your request."
        error = {"type": "server_error", "code": "server_error", "message": message, "param": None}
        broken = self._response("failed", [], {"code": "server_error", "message": message})
        return self._event("error", {"error": error}) + self._event("response.failed", {"response": broken})

    def whole(self) -> Any:
        return self._response("completed", [self._item()])

    @classmethod
    def error(cls, status: int, sentence: str) -> Any:
        return OpenAIChat.error(status, sentence)

    def _event(self, kind: str, fields: dict[str, Any]) -> bytes:
        numbered = {"type": kind, **fields, "sequence_number": self.number}
        self.number += 1
        return event(numbered, kind)

    def _instructions(self) -> str | None:
        instructions = self.body.get("instructions")
        return instructions if isinstance(instructions, str) else None

    def _item(self) -> dict[str, Any]:
        content = [_part(self.text)]
        return {"id": self.item_id, "type": "message", "status": "completed", "content": content, "role": "assistant"}

    def _response(self, status: str, output: list[Any], error: dict[str, str] | None = None) -> dict[str, Any]:
        done = status == "completed"
        return {
            "id": self.id,
            "object": "response",
            "created_at": self.created,
            "status": status,
            "background": False,
            "completed_at": int(time.time()) if done else None,
            "error": error,
            "frequency_penalty": 0.0,
            "incomplete_details": None,
            "instructions": self._instructions(),
            "max_output_tokens": None,
            "max_tool_calls": None,
            "model": self.model("practice-1"),
            "output": output,
            "parallel_tool_calls": True,
            "presence_penalty": 0.0,
            "previous_response_id": None,
            "prompt_cache_key": None,
            "reasoning": {"effort": None, "summary": None},
            "safety_identifier": None,
            "service_tier": "default",
            "store": True,
            "temperature": 1.0,
            "text": {"format": {"type": "text"}, "verbosity": "medium"},
            "tool_choice": "auto",
            "tools": [],
            "top_logprobs": 0,
            "top_p": 1.0,
            "truncation": "disabled",
            "usage": self._usage() if done else None,
            "user": None,
            "metadata": {},
        }

    def _usage(self) -> dict[str, Any]:
        return {
            "input_tokens": self.input_tokens,
            "input_tokens_details": {"cached_tokens": 0},
            "output_tokens": self.output_tokens,
            "output_tokens_details": {"reasoning_tokens": 0},
            "total_tokens": self.input_tokens + self.output_tokens,
        }


def _part(text: str) -> dict[str, Any]:
    return {"type": "output_text", "annotations": [], "logprobs": [], "text": text}
