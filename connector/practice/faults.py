"""Faults on request: error responses, responses that are no stream, and streams that fail in the middle."""

from collections.abc import Iterator
from dataclasses import dataclass

from connector.practice.request import BadRequest
from connector.practice.shapes import Shape
from connector.practice.wire import Wire

FAULTS = {
    "401": "Refused with the vendor's own body: the key is wrong.",
    "429": "Refused with the vendor's own body and Retry-After: 20.",
    "500": "Refused with the vendor's own body: the service failed.",
    "json": "One JSON value, although a stream was asked for.",
    "html": "A sign-in page with the status 200.",
    "empty": "The status 200 and no body.",
    "slow_start": "Nothing, not even headers, for ?wait= seconds; then the answer.",
    "stall": "After ?after= pieces: silence, on an open connection.",
    "cut": "After ?after= pieces: the connection breaks off in the middle of a frame.",
    "error": "After ?after= pieces: the vendor's own error, inside the stream.",
}
MIDWAY = ("stall", "cut", "error")

SIGN_IN_PAGE = """<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>Sign in – Practice</title></head>
<body><h1>Sign in</h1><p>A page in place of an answer, as a gateway sends it. This one only pretends:
it is the practice API's fault “html”.</p></body></html>
"""


@dataclass(frozen=True, slots=True)
class Refusal:
    """An error response."""

    status: int
    sentence: str
    headers: tuple[tuple[bytes, bytes], ...] = ()


REFUSALS = {
    "401": Refusal(401, "Incorrect API key provided: practice***. (The practice API was asked for this refusal.)"),
    "429": Refusal(
        429,
        "Rate limit reached: 60 requests per minute. Please wait 20 seconds. (The practice API was asked for this.)",
        ((b"retry-after", b"20"),),
    ),
    "500": Refusal(500, "The server had an error. (The practice API was asked for this.)"),
}


def known(fault: str) -> str:
    """The fault, if it exists; BadRequest lists those that do."""
    if fault and fault not in FAULTS:
        raise BadRequest(f"There is no fault {fault!r}; there are {', '.join(FAULTS)}.")
    return fault


async def instead(fault: str, shape: Shape, wire: Wire) -> bool:
    """Respond with something other than the stream; False if this fault lets the stream begin."""
    if fault == "json":
        await wire.json(200, shape.whole())
    elif fault == "html":
        await wire.whole(200, "text/html; charset=utf-8", SIGN_IN_PAGE.encode())
    elif fault == "empty":
        await wire.whole(200, shape.content_type, b"")
    return fault in ("json", "html", "empty")


async def midway(fault: str, shape: Shape, wire: Wire, coming: Iterator[bytes]) -> None:
    """Make a stream that has begun fail; `coming` are the frames that would be next."""
    if fault == "stall":
        await wire.pause(None)
    elif fault == "cut":
        frame = next(coming, b"")
        await wire.write(frame[: max(1, len(frame) // 2)])
        wire.break_off()
    elif fault == "error":
        await wire.write(shape.failed())
        await wire.finish()
