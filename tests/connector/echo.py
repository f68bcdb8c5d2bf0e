"""A service on 127.0.0.1 that says what it was asked, as independent readers take it: h11, urllib, json, email."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any
from urllib.parse import parse_qsl, unquote

import uvicorn


@dataclass
class Asked:
    """One request as it arrived."""

    method: str
    path: str
    query: str
    headers: list[tuple[str, str]]
    body: bytes

    @property
    def segments(self) -> list[str]:
        return [unquote(segment) for segment in self.path.split("/")[1:]]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        return parse_qsl(self.query, keep_blank_values=True, strict_parsing=bool(self.query))

    def header(self, name: str) -> str | None:
        return next((value for key, value in self.headers if key == name.lower()), None)

    @property
    def form(self) -> list[tuple[str, str]]:
        return parse_qsl(self.body.decode("ascii"), keep_blank_values=True, strict_parsing=bool(self.body))

    @property
    def parts(self) -> list[tuple[str, str | None, str | None, bytes]]:
        """Of each part of form data: name, filename, content type, bytes."""
        head = f"Content-Type: {self.header('content-type')}\r\n\r\n".encode()
        whole = BytesParser(policy=HTTP).parsebytes(head + self.body)
        assert whole.is_multipart() and not whole.defects
        return [_part(part) for part in whole.iter_parts()]  # type: ignore[attr-defined]


def _part(part: Message) -> tuple[str, str | None, str | None, bytes]:
    parameters: dict[str, Any] = dict(part.get_params(header="content-disposition", unquote=True) or ())
    kind = part.get("content-type")
    payload = part.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return parameters["name"], parameters.get("filename"), kind and str(kind), payload


@dataclass
class Echo:
    port: int = 0
    asked: list[Asked] = field(default_factory=list)

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        body, more = b"", True
        while more:
            message = await receive()
            body, more = body + message.get("body", b""), message.get("more_body", False)
        headers = [(name.decode("ascii"), value.decode("utf-8")) for name, value in scope["headers"]]
        path, query = scope["raw_path"].decode("ascii"), scope["query_string"].decode("ascii")
        self.asked.append(Asked(scope["method"], path, query, headers, body))
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body", "body": b""})


@contextmanager
def echo() -> Iterator[Echo]:
    """The service, in a thread of its own."""
    here = Echo()
    config = uvicorn.Config(here, host="127.0.0.1", port=0, http="h11", lifespan="off", log_level="error")
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        here.port = listening.getsockname()[1]
        thread = threading.Thread(target=server.run, args=([listening],))
        thread.start()
        try:
            yield here
        finally:
            server.should_exit = True
            thread.join()
