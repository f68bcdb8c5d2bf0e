"""Streams read the simple way, so that the tests do not lean on the framings they are there to feed."""

import json

from connector.practice.answers import answer


def events(body: bytes, line_end: bytes = b"\n") -> list[tuple[str | None, object]]:
    """(name, data) of every server-sent event, each of which must be one data line, perhaps below one event line."""
    assert body.endswith(line_end * 2)
    read = []
    for block in body.removesuffix(line_end * 2).split(line_end * 2):
        *above, data = block.split(line_end)
        assert data.startswith(b"data: ") and len(above) <= 1
        name = above[0].decode().removeprefix("event: ") if above else None
        text = data.removeprefix(b"data: ").decode()
        read.append((name, text if text == "[DONE]" else json.loads(text)))
    return read


def expected(question: str, *earlier: str, seed: int = 7, length: int | None = None) -> list[str]:
    """The pieces the API gives as its answer, known by the seed."""
    return answer(question, earlier, seed=seed, length=length)


def counted(*texts: str) -> int:
    return sum(len(text.split()) for text in texts)
