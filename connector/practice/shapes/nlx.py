"""NLX: status lines that replace one another, whole messages as bubbles, and a final object with the rest."""

import re
import time
from collections.abc import Iterator
from typing import Any

from connector.practice.request import BadRequest
from connector.practice.shapes.shape import Shape
from connector.practice.written import event

SHORTEST_BUBBLE = 6
HALF_AN_HOUR = 30 * 60 * 1000


class Nlx(Shape):
    title = "NLX (the channel's key ends in a language code)"
    path = "/nlx/c/practice/channel-en-US"
    route = re.compile(r"/nlx(?:/[^/]+)*/[^/]*-[a-z]{2}-[A-Z]{2}")
    content_type = "text/event-stream"
    example = {
        "conversationId": "3f6a1c01-5b1e-4c7a-9f30-8a51d2c07e64",
        "request": {"unstructured": {"text": "Why is there a tide?"}},
        "stream": True,
    }

    def __init__(self, *asked: Any):
        super().__init__(*asked)
        named = self.body.get("conversationId")
        self.conversation_id = named if isinstance(named, str) and named else self.random_uuid()

    def conversation(self) -> list[tuple[str, str]]:
        asked = self.body.get("request")
        if not isinstance(asked, dict):
            raise BadRequest("request must be an object with unstructured.text or structured.")
        written = asked.get("unstructured")
        text = written.get("text") if isinstance(written, dict) else None
        return [("user", text if isinstance(text, str) else "hello")]

    def streams(self) -> bool:
        """Unless told not to: whether the service requires "stream": true could not be verified."""
        return self.body.get("stream") is not False

    def opening(self) -> Iterator[bytes]:
        yield event({"type": "interim", "text": "Looking at your request…"})
        yield event({"type": "interim", "text": "Writing an answer…"})

    def pieces(self) -> Iterator[tuple[bytes, int]]:
        for node, tokens in enumerate(_bubbles(self.tokens), start=4):
            yield event({"type": "message", **self._message("".join(tokens), node)}), len(tokens)

    def closing(self) -> Iterator[bytes]:
        yield event({"type": "final_response", "data": self._final([])})

    def failed(self) -> bytes:
        return event({"type": "error", "message": "Something went wrong in the conversation."})

    def whole(self) -> Any:
        return self._final([self._message(self.text, 4)])

    @classmethod
    def error(cls, status: int, sentence: str) -> Any:
        return {"message": sentence}

    def _message(self, text: str, node: int) -> dict[str, Any]:
        return {
            "messageId": self.random_uuid(),
            "nodeId": f"n-{node}",
            "text": text,
            "choices": [],
            "metadata": {"intentId": "PracticeFlow"},
        }

    def _final(self, messages: list[Any]) -> dict[str, Any]:
        return {
            "conversationId": self.conversation_id,
            "expirationTimestamp": int(time.time() * 1000) + HALF_AN_HOUR,
            "messages": messages,
            "metadata": {
                "intentId": "PracticeFlow",
                "escalation": False,
                "frustration": False,
                "incomprehension": False,
                "hasPendingDataRequest": False,
                "uploadUrls": [],
                "sources": [],
            },
        }


def _bubbles(tokens: list[str]) -> Iterator[list[str]]:
    """The tokens grouped into sentences, one per bubble."""
    bubble: list[str] = []
    for token in tokens:
        bubble.append(token)
        if len(bubble) >= SHORTEST_BUBBLE and token.endswith((".", "!", "?", ":", ";")):
            yield bubble
            bubble = []
    if bubble:
        yield bubble
