"""No more of a visitor's file is taken in than any element takes."""

import pytest

from streamwright import bodies


async def asked(path, pieces, length=None):
    """What a request with these pieces is answered, and how many bytes the application took."""
    taken, sent = [], []

    async def application(scope, receive, send):
        while (message := await receive())["type"] == "http.request":
            taken.append(len(message["body"]))
            if not message["more_body"]:
                return await send({"type": "http.response.start", "status": 200})

    async def receive():
        return {"type": "http.request", "body": b"x" * pieces.pop(0), "more_body": bool(pieces)}

    async def send(message):
        sent.append(message.get("status"))

    headers = [(b"content-length", str(length).encode())] if length else []
    await bodies.bounded(application)({"type": "http", "path": path, "headers": headers}, receive, send)
    return next(iter(sent), None), sum(taken)


@pytest.mark.parametrize(
    ("path", "pieces", "length", "answer"),
    [
        ("/new-file/token", [60, 40], 100, (200, 100)),
        ("/new-file/token", [60, 41], None, (None, 60)),
        ("/new-file/token", [60, 41], 101, (413, 0)),
        ("/apps/new/", [60, 60], 120, (200, 120)),
    ],
)
async def test_what_is_too_large_is_not_taken_in(monkeypatch, path, pieces, length, answer):
    monkeypatch.setattr(bodies, "LARGEST", 100)
    assert await asked(path, pieces, length) == answer
