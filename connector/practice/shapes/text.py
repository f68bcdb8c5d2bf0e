"""Plain text: the answer itself, piece by piece, with nothing around it."""

import re
from typing import Any

from connector.practice.request import Request
from connector.practice.shapes.shape import Shape, text_of
from connector.practice.written import encoded


class Text(Shape):
    title = "Plain text"
    path = "/text"
    route = re.compile(r"/text")
    methods = ("GET", "POST")
    content_type = "text/plain; charset=utf-8"

    def read_body(self, request: Request) -> dict[str, Any]:
        """The question from ?q=, from a JSON body (question, prompt or text), or the body itself."""
        if request.method == "GET" or not request.body:
            return {"question": request.query.get("q", "")}
        if "json" in request.headers.get("content-type", ""):
            return request.json()
        return {"question": request.body.decode("utf-8", "replace")}

    def conversation(self) -> list[tuple[str, str]]:
        asked = (self.body.get(name) for name in ("question", "prompt", "text"))
        return [("user", text_of(next((text for text in asked if text), "")))]

    def streams(self) -> bool:
        return self.body.get("stream") is not False

    def piece(self, token: str) -> bytes:
        return encoded(token)

    def failed(self) -> bytes:
        return b"\n\nError: the answer could not be finished."

    def whole(self) -> Any:
        return {"text": self.text}

    @classmethod
    def error(cls, status: int, sentence: str) -> Any:
        return {"error": sentence}
