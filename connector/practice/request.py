"""A request to the practice API: its body, its query, and the knobs that control the answer."""

import json
import random
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import parse_qsl

BODY_LIMIT = 1_000_000
MOST_TOKENS = 5_000
MOST_TOKENS_A_SECOND = 1_000
LONGEST_WAIT = 600


class BadRequest(Exception):
    """The request cannot be answered; `status` and the sentence are sent in the vendor's own error format."""

    def __init__(self, sentence: str, status: int = 400):
        super().__init__(sentence)
        self.status = status


@dataclass(frozen=True, slots=True)
class Request:
    """The request: path below /practice (without a trailing slash), query and headers in lower case, body as bytes."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes

    @classmethod
    def read(cls, scope: dict[str, Any], body: bytes) -> Self:
        return cls(
            method=scope["method"],
            path=scope["path"].removeprefix("/practice").rstrip("/"),
            query=dict(parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)),
            headers={name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]},
            body=body,
        )

    def json(self) -> dict[str, Any]:
        """The body as a JSON object."""
        try:
            value = json.loads(self.body)
        except (ValueError, RecursionError) as problem:
            raise BadRequest(f"The body is not JSON: {problem}") from None
        if not isinstance(value, dict):
            raise BadRequest("The body must be a JSON object.")
        return value


@dataclass(frozen=True, slots=True)
class Knobs:
    """How the answer is to be given; every knob is a query parameter (KNOBS explains each)."""

    speed: float | None
    length: int | None
    fault: str
    after: int
    wait: float
    seed: int

    @classmethod
    def read(cls, query: dict[str, str]) -> Self:
        """The knobs in a query; BadRequest for a number that is invalid or out of range."""
        speed = _number(query, "speed", 0, MOST_TOKENS_A_SECOND)
        length = _number(query, "length", 1, MOST_TOKENS, whole=True)
        after = _number(query, "after", 0, MOST_TOKENS, whole=True)
        wait = _number(query, "wait", 0, LONGEST_WAIT)
        seed = _number(query, "seed", 0, 2**53, whole=True)
        return cls(
            speed=speed,
            length=length,
            fault=query.get("fault", ""),
            after=8 if after is None else after,
            wait=5.0 if wait is None else wait,
            seed=random.getrandbits(32) if seed is None else seed,
        )


KNOBS = {
    "speed": "Tokens a second, 30 if not given (the ticker: 4); 0 means as fast as possible.",
    "length": "How many tokens the answer has; if not given, as long as its text is.",
    "seed": "The same number gives the same answer, cut into the same pieces.",
    "fault": "What is to go wrong; the list is below.",
    "after": "How many pieces come before a fault in the middle of the stream, 8 if not given.",
    "wait": "Seconds before a slow start begins, 5 if not given.",
    "count": "The ticker only: how many prices come before it ends; if not given, it does not end.",
    "products": "The ticker only: what is traded, separated by commas.",
    "q": "Plain text only: the question, when it is asked by GET.",
}


def _number(query: dict[str, str], name: str, low: int, high: int, whole: bool = False) -> Any:
    written = query.get(name, "")
    if not written:
        return None
    try:
        number = int(written) if whole else float(written)
    except ValueError:
        number = None
    if number is None or not low <= number <= high:
        kind = "a whole number" if whole else "a number"
        raise BadRequest(f"The query parameter {name} must be {kind} from {low} to {high}.")
    return number


def count_of(query: dict[str, str], name: str, most: int) -> int | None:
    """A count given in the query, or None."""
    return _number(query, name, 1, most, whole=True)
