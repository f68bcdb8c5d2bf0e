"""The recorded streams under `streams/`: what came over the socket, and `gold`, what must be found in it."""

import base64
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from connector.answers.decoding import Decoder

FOLDER = Path(__file__).parent / "streams"


@dataclass(frozen=True)
class Recorded:
    """One answer. `chunks` are the single reads, with their content coding undone."""

    name: str
    content_type: str
    chunks: tuple[bytes, ...]
    gold: dict[str, Any]

    @property
    def body(self) -> bytes:
        return b"".join(self.chunks)

    @property
    def framing(self) -> str:
        """The name of its framing in our registry."""
        return (self.gold.get("sub_framing") or self.gold["framing"]).replace("-", "_")

    def __repr__(self) -> str:
        return self.name


@cache
def recorded(folder: str = "") -> tuple[Recorded, ...]:
    """The streams of a folder; `errors` holds the failures."""
    return tuple(_read(path) for path in sorted((FOLDER / folder).glob("*.json")))


def one(name: str) -> Recorded:
    """A stream by its name, such as `openai-chat` or `errors/no-end-mark`."""
    folder, _, stem = name.rpartition("/")
    return next(each for each in recorded(folder) if each.name == stem)


def _read(path: Path) -> Recorded:
    stored = json.loads(path.read_text(encoding="utf-8"))
    chunks = [each.encode() if isinstance(each, str) else base64.b64decode(each["b64"]) for each in stored["chunks"]]
    decoder = Decoder(stored["headers"].get("content-encoding"))
    chunks = [b"".join(decoder.feed(chunk)) for chunk in chunks]
    return Recorded(path.stem, stored["headers"].get("content-type", ""), tuple(chunks), stored["gold"])
