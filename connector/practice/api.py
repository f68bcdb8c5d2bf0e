"""The practice API as an ASGI application: it finds the shape that a path asks for and plays the answer at the
requested speed.

Mounted below /practice, and only if settings.PRACTICE is on.
"""

import json
import re
from itertools import chain, islice
from time import monotonic
from typing import Any

from connector.practice import faults
from connector.practice.request import BODY_LIMIT, KNOBS, BadRequest, Knobs, Request
from connector.practice.shapes import SHAPES, Shape
from connector.practice.wire import Gone, Receive, Send, Wire

ABOUT = {
    "practice": True,
    "what": "Streamwright's practice API: it streams in the shapes of well-known services, without a key and without "
    "internet. Its answers are made up from a handful of texts; no model is behind it.",
    "routes": [
        {
            "methods": shape.methods,
            "path": f"/practice{shape.path}",
            "shape": shape.title,
            "content_type": shape.content_type,
            "example": shape.example,
        }
        for shape in SHAPES
    ],
    "query": KNOBS,
    "faults": faults.FAULTS,
}


async def application(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    """Answer one HTTP request below /practice."""
    body = bytearray()
    more = True
    while more and len(body) <= BODY_LIMIT:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        body += message.get("body", b"")
        more = message.get("more_body", False)
    async with Wire(receive, send) as wire:
        try:
            await respond(Request.read(scope, bytes(body)), wire)
        except Gone:
            return


async def respond(request: Request, wire: Wire) -> None:
    """Answer in the shape that the path asks for; errors have that shape, too."""
    if not request.path:
        body = json.dumps(ABOUT, ensure_ascii=False, indent=2).encode()
        return await wire.whole(200, "application/json; charset=utf-8", body)
    asked = shape_at(request.path)
    if not asked:
        routes = ", ".join(shape.path for shape in SHAPES)
        sentence = f"The practice API has nothing at {request.path}; it has {routes}."
        return await wire.json(404, {"error": {"message": sentence}})
    kind, route = asked
    if request.method not in kind.methods:
        allowed = ", ".join(kind.methods)
        sentence = f"{request.method} is not answered here; use {allowed}."
        return await wire.json(405, kind.error(405, sentence), ((b"allow", allowed.encode()),))
    try:
        if len(request.body) > BODY_LIMIT:
            raise BadRequest(f"The body is larger than {BODY_LIMIT:,} bytes.", 413)
        knobs = Knobs.read(request.query)
        fault = faults.known(knobs.fault)
        if refusal := faults.REFUSALS.get(fault):
            return await wire.json(refusal.status, kind.error(refusal.status, refusal.sentence), refusal.headers)
        shape = kind(request, knobs, route)
    except BadRequest as problem:
        return await wire.json(problem.status, kind.error(problem.status, str(problem)))
    if fault == "slow_start":
        await wire.pause(knobs.wait)
    if not await faults.instead(fault, shape, wire):
        await play(shape, knobs, wire)


def shape_at(path: str) -> tuple[type[Shape], re.Match[str]] | None:
    """The shape for a path below `/practice/`, and the match of its route; None for an unknown path."""
    for shape in SHAPES:
        if match := shape.route.fullmatch(path):
            return shape, match
    return None


async def play(shape: Shape, knobs: Knobs, wire: Wire) -> None:
    """Send the answer: all at once if no stream was asked for, else frame by frame at the requested speed."""
    if not shape.streams():
        return await wire.json(200, shape.whole())
    await wire.start(200, shape.content_type)
    for frame in shape.opening():
        await wire.write(frame)
    seconds = seconds_a_token(shape, knobs)
    due = monotonic()
    goes_wrong = knobs.fault in faults.MIDWAY
    pieces = shape.pieces()
    for frame, tokens in islice(pieces, knobs.after if goes_wrong else None):
        due += tokens * seconds
        await wire.pause(max(0.0, due - monotonic()))
        await wire.write(frame)
    if goes_wrong:
        coming = chain((frame for frame, _ in pieces), shape.closing())
        return await faults.midway(knobs.fault, shape, wire, coming)
    for frame in shape.closing():
        await wire.write(frame)
    await wire.finish()


def seconds_a_token(shape: Shape, knobs: Knobs) -> float:
    """How long one token takes. An endless stream never runs at full speed, since nobody could stop it in time."""
    speed = shape.speed if knobs.speed is None else knobs.speed
    if shape.fastest is not None:
        speed = min(speed or shape.fastest, shape.fastest)
    return 1 / speed if speed else 0.0
