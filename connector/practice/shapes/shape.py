"""What a shape of stream defines: how it reads the question, frames the pieces of the answer, and words an error."""

import re
import string
import time
from collections.abc import Iterator
from random import Random
from typing import Any, ClassVar

from connector.practice.answers import answer, words_in
from connector.practice.request import BadRequest, Knobs, Request

LETTERS = string.ascii_letters + string.digits
HEX = "0123456789abcdef"


class Shape:
    """A vendor's way of streaming, with its field names in its order; an instance answers one request.

    A stream is `opening()`, then `pieces()`, then `closing()`; `failed()` replaces the rest.
    """

    title: ClassVar[str]
    path: ClassVar[str]
    route: ClassVar[re.Pattern[str]]
    methods: ClassVar[tuple[str, ...]] = ("POST",)
    example: ClassVar[dict[str, Any] | None] = None
    content_type = "text/event-stream; charset=utf-8"
    # Tokens per second unless the request says otherwise; `fastest` is the most it may ask for.
    speed = 30.0
    fastest: float | None = None

    def __init__(self, request: Request, knobs: Knobs, route: re.Match[str]):
        self.chance = Random(knobs.seed)
        self.created = int(time.time())
        self.body = self.read_body(request)
        self.messages = self.conversation()
        asked = [text for role, text in self.messages if role == "user"] or [""]
        self.tokens = answer(asked[-1], asked[:-1], seed=knobs.seed, length=knobs.length)
        self.text = "".join(self.tokens)
        self.input_tokens = words_in([text for _, text in self.messages])
        self.output_tokens = len(self.tokens)

    def read_body(self, request: Request) -> dict[str, Any]:
        return request.json()

    def conversation(self) -> list[tuple[str, str]]:
        """(role, text) of every message, oldest first; the last one with the role "user" is the question."""
        raise NotImplementedError

    def streams(self) -> bool:
        """Whether the request asks for a stream."""
        return self.body.get("stream") is True

    def opening(self) -> Iterator[bytes]:
        """Frames before the first piece."""
        yield from ()

    def pieces(self) -> Iterator[tuple[bytes, int]]:
        """The frames that carry the answer, each with its number of tokens."""
        for token in self.tokens:
            yield self.piece(token), 1

    def piece(self, token: str) -> bytes:
        raise NotImplementedError

    def closing(self) -> Iterator[bytes]:
        """Frames after the last piece."""
        yield from ()

    def failed(self) -> bytes:
        """What the vendor sends if something goes wrong after the stream has begun."""
        raise NotImplementedError

    def whole(self) -> Any:
        """The same answer as one JSON value."""
        raise NotImplementedError

    @classmethod
    def error(cls, status: int, sentence: str) -> Any:
        """The JSON body the vendor sends with an HTTP status of 400 and above."""
        raise NotImplementedError

    def model(self, default: str) -> str:
        named = self.body.get("model")
        return named if isinstance(named, str) and named else default

    def random_id(self, prefix: str, length: int, letters: str = LETTERS) -> str:
        return prefix + "".join(self.chance.choices(letters, k=length))

    def random_uuid(self) -> str:
        digits = self.random_id("", 32, HEX)
        return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-a{digits[17:20]}-{digits[20:]}"


def messages_in(value: Any, name: str, content: str = "content") -> list[tuple[str, str]]:
    """(role, text) of each object in a list of messages; BadRequest if it is not such a list."""
    if not isinstance(value, list) or not value or not all(isinstance(message, dict) for message in value):
        raise BadRequest(f"{name} must be a list of at least one message.")
    return [(str(message.get("role") or "user"), text_of(message.get(content))) for message in value]


def text_of(content: Any) -> str:
    """The text of a message: a string, or the texts of a list of parts."""
    if isinstance(content, str):
        return content
    parts = content if isinstance(content, list) else [content]
    texts = [part.get("text") if isinstance(part, dict) else part for part in parts]
    return "\n".join(text for text in texts if isinstance(text, str))
