"""How bytes become fields: how fast, with how much memory, and what one very large frame costs.

    python -m tests.bench.framing

Speed: microseconds a frame through our framing, JSON and five fields, for OpenAI-shaped frames, beside httpx-sse and the
standard json with the same fields written by hand, in the same run (PERFORMANCE.md 4: at least 1.5 times as fast), and
beside the plainest line splitter there is. Memory: what is held at the most over a stream of 5 and of 50 MB. A large
frame: 1 and 4 MB in reads of 1 KB; twice the bytes may take twice the time.
"""

import json
import os
import time
import tracemalloc
from collections.abc import Callable, Iterable, Iterator

import django
import httpx
from httpx_sse import EventSource

from connector.answers.extract import Extraction, Field
from connector.framings import Framing, framings
from connector.spending.limits import MEGABYTE
from tests.bench.vendor import CHUNK, FRAME
from tests.contracts.test_framings import message

FRAMES = 5_000
TURNS = 10
FIELDS = [
    Field("answer", "text_stream", "choices[0].delta.content"),
    Field("model", "text", "model"),
    Field("id", "text", "id"),
    Field("finish", "text", "choices[0].finish_reason"),
    Field("tokens", "number", "usage.total_tokens"),
]
# A frame of some JSON in each framing, between what opens a body.
WRAPPED: dict[str, tuple[bytes, Callable[[bytes], bytes]]] = {
    "sse": (b"", lambda data: b"data: " + data + b"\n\n"),
    "ndjson": (b"", lambda data: data + b"\n"),
    "json_array": (b"[", lambda data: data + b","),
    "concatenated": (b"", lambda data: data),
    "json_seq": (b"", lambda data: b"\x1e" + data + b"\n"),
    "prefixed_json_lines": (b"", lambda data: b"0:" + data + b"\n"),
    "multipart": (b"--b\r\n", lambda data: b"\r\n" + data + b"\r\n--b\r\n"),
    "eventstream": (b"", message),
    "csv": (b"a,b\n", lambda data: b'1,"' + data.replace(b'"', b'""') + b'"\n'),
}


def ours(reads: list[bytes]) -> int:
    reader, extraction = framings["sse"].new(), Extraction(FIELDS)
    return sum(len(extraction.feed(frame)) for read in reads for frame in reader.feed(read))


def httpx_sse(reads: list[bytes]) -> int:
    answer = httpx.Response(200, headers={"content-type": "text/event-stream"}, content=iter(reads))
    return _by_hand(event.data for event in EventSource(answer).iter_sse())


def plain(reads: list[bytes]) -> int:
    return _by_hand(_plain_events(reads))


def _by_hand(events: Iterable[str]) -> int:
    found = 0
    for data in events:
        value = json.loads(data)
        choice = value["choices"][0]
        for piece in (choice["delta"].get("content"), value.get("model"), value.get("id"), choice.get("finish_reason")):
            found += piece is not None
        found += (value.get("usage") or {}).get("total_tokens") is not None
    return found


def _plain_events(reads: list[bytes]) -> Iterator[str]:
    rest, event = "", []
    for read in reads:
        *lines, rest = (rest + read.decode()).split("\n")
        for line in lines:
            if line.startswith("data:"):
                event.append(line[5:].lstrip())
            elif not line and event:
                yield "\n".join(event)
                event = []


def microseconds(reads: list[bytes], *works: Callable[[list[bytes]], int]) -> list[float]:
    """The best of several turns of each, taken in turns, in CPU time: a shared machine is never quiet."""

    def once(work: Callable[[list[bytes]], int]) -> float:
        started = time.process_time()
        assert work(reads) == FRAMES * 3
        return (time.process_time() - started) * 1e6 / FRAMES

    return [min(turns) for turns in zip(*([once(work) for work in works] for _ in range(TURNS)), strict=True)]


def cuts() -> dict[str, list[bytes]]:
    """The same frames as a network may bring them."""
    whole = FRAME * FRAMES
    return {
        "a frame per read": [FRAME] * FRAMES,
        "20 per read": [FRAME * 20] * (FRAMES // 20),
        "odd cuts": [whole[at : at + 211] for at in range(0, len(whole), 211)],
    }


def held(framing: Framing, size: int, read: int = 16_384) -> int:
    """The most bytes that were held while a stream of `size` bytes was read and its fields taken."""
    opening, wrap = WRAPPED[framing.name]
    block = wrap(json.dumps(CHUNK).encode()) * 100
    reader, extraction, rest = framing.new(), Extraction(FIELDS), opening
    tracemalloc.start()
    try:
        for _ in range(size // len(block)):
            rest += block
            while len(rest) >= read:
                for frame in reader.feed(rest[:read]):
                    extraction.feed(frame)
                rest = rest[read:]
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def large_frame(framing: Framing, size: int) -> float:
    """Seconds of CPU for one frame of `size` bytes in reads of 1 KB, JSON and five fields; the best of three turns."""
    opening, wrap = WRAPPED[framing.name]
    body = opening + wrap(json.dumps(CHUNK | {"padding": 'x"}\\' * (size // 6)}).encode()) + wrap(b'{"a":1}')
    return min(_seconds(framing, [body[at : at + 1024] for at in range(0, len(body), 1024)]) for _ in range(3))


def _seconds(framing: Framing, reads: list[bytes]) -> float:
    reader, extraction = framing.new(2 * 4 * MEGABYTE), Extraction(FIELDS)
    started = time.process_time()
    frames = [frame for read in reads for frame in reader.feed(read)]
    for frame in frames:
        extraction.feed(frame)
    assert len(frames) == 2
    return time.process_time() - started


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    print(f"{len(FRAME)} bytes a frame, {len(FIELDS)} fields, microseconds a frame")
    for name, reads in cuts().items():
        mine, theirs, naive = microseconds(reads, ours, httpx_sse, plain)
        times = f"{theirs / mine:.2f} times as fast as httpx-sse, {naive / mine:.2f} as a plain splitter"
        print(f"{name:20} ours {mine:5.2f}   httpx-sse {theirs:5.2f}   plain {naive:5.2f}   {times}")
    few, many = (held(framings["sse"], size * MEGABYTE) for size in (5, 50))
    print(f"bytes held at the most over 5 MB {few:,}, over 50 MB {many:,}: {many / few:.2f} times")
    print("seconds for one frame of 1 and of 4 MB in reads of 1 KB")
    for name in WRAPPED:
        small, large = (large_frame(framings[name], size * MEGABYTE) for size in (1, 4))
        print(f"{name:20} {small:.3f} {large:.3f}   {large / small:.1f} times")


if __name__ == "__main__":
    main()
