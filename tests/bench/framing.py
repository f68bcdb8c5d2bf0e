"""How fast bytes become fields: our framing, JSON and five fields beside a plain line splitter with the standard json.

    python -m tests.bench.framing

Prints microseconds a frame for OpenAI-shaped frames of about 295 bytes, and the ratio (PERFORMANCE.md 4: at most 0.67
beside httpx-sse with json, which is slower than the plain splitter here).
"""

import json
import time
from collections.abc import Callable, Iterator

from connector.extract import Extraction, Field
from connector.framings.sse import Sse

FRAMES = 5_000
TURNS = 15
FIELDS = [
    Field("answer", "text_stream", "choices[0].delta.content"),
    Field("model", "text", "model"),
    Field("id", "text", "id"),
    Field("finish", "text", "choices[0].finish_reason"),
    Field("tokens", "number", "usage.total_tokens"),
]


def body() -> bytes:
    frame = {
        "id": "chatcmpl-CaB0xUq2hT4d9eM7sVfLrW3nYkPzQ",
        "object": "chat.completion.chunk",
        "created": 1741944000,
        "model": "gpt-4o-mini-2024-07-18",
        "service_tier": "default",
        "system_fingerprint": "fp_3f6a1c64ab",
        "choices": [{"index": 0, "delta": {"content": " token "}, "logprobs": None, "finish_reason": None}],
        "usage": None,
        "obfuscation": "Zx8vKq2M",
    }
    return b"data: " + json.dumps(frame, separators=(",", ":")).encode() + b"\n\n"


def ours(reads: list[bytes]) -> int:
    reader, extraction = Sse().new(), Extraction(FIELDS)
    return sum(len(extraction.feed(frame)) for read in reads for frame in reader.feed(read))


def plain(reads: list[bytes]) -> int:
    found = 0
    for data in _plain_events(reads):
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


def main() -> None:
    frame = body()
    whole = frame * FRAMES
    cuts = {
        "a frame per read": [frame] * FRAMES,
        "20 per read": [frame * 20] * (FRAMES // 20),
        "odd cuts": [whole[at : at + 211] for at in range(0, len(whole), 211)],
    }
    print(f"{len(frame)} bytes a frame")
    for name, reads in cuts.items():
        mine, naive = microseconds(reads, ours, plain)
        print(f"{name:18} ours {mine:5.2f} us   plain splitter + json {naive:5.2f} us   ratio {mine / naive:.2f}")


if __name__ == "__main__":
    main()
