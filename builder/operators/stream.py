"""Operators for text streams and for the states of a call's result (S22)."""

from functools import partial
from typing import Any

from builder.expressions.values import State
from builder.operators import STREAM, Example, operator


class Sample:
    """A text stream that does not move, for the examples."""

    epoch = 0

    def __init__(
        self, state: State, text: str = "", *, error: str = "", first: float | None = None, end: float | None = None
    ):
        self.state, self.text, self.error, self.length = state, text, error, len(text)
        self.seconds_to_first_text, self.seconds_in_all = first, end

    def since(self, length: int) -> str:
        return self.text[length:]


NEVER, WAITING = Sample("never"), Sample("waiting")
STREAMING = Sample("streaming", "Leaf drop", first=0.61)
DONE = Sample("done", "Leaf drop after a move", first=0.61, end=4.9)
FAILED = Sample("failed", "Leaf", error="The answer was cut off.", first=0.61, end=0.9)
STOPPED = Sample("stopped", "Leaf", first=0.61, end=0.9)


@operator(
    label="text so far",
    group=STREAM,
    takes="stream",
    gives="text",
    examples=[
        Example(NEVER, [], ""),
        Example(STREAMING, [], "Leaf drop"),
        Example(DONE, [], "Leaf drop after a move"),
        Example(STOPPED, [], "Leaf"),
    ],
)
def text_so_far(value: Any) -> str:
    """The text as it arrives, word by word."""
    return value.text if value is not None else ""


@operator(
    label="full text",
    group=STREAM,
    takes="stream",
    gives="text",
    final=True,
    examples=[
        Example(STREAMING, [], ""),
        Example(DONE, [], "Leaf drop after a move"),
        Example(FAILED, [], ""),
        Example(STOPPED, [], ""),
    ],
)
def full_text(value: Any) -> str:
    """The whole text, empty until the stream is done. A step that uses it waits."""
    return value.text if value is not None and value.state == "done" else ""


def _state(value: Any) -> str:
    return value.state if value is not None else "never"


STATED = ("call", "stream")
check = partial(operator, group=STREAM, takes=STATED, gives="yes_no")


@check(
    label="is waiting",
    examples=[Example(WAITING, [], True), Example(STREAMING, [], False), Example(None, [], False)],
)
def is_waiting(value: Any) -> bool:
    """Yes from the request to the first frame."""
    return _state(value) == "waiting"


@check(
    label="is streaming",
    examples=[Example(STREAMING, [], True), Example(WAITING, [], False), Example(DONE, [], False)],
)
def is_streaming(value: Any) -> bool:
    """Yes from the first frame to the end."""
    return _state(value) == "streaming"


@check(
    label="is done",
    examples=[Example(DONE, [], True), Example(STOPPED, [], False), Example(NEVER, [], False)],
)
def is_done(value: Any) -> bool:
    """Yes if it ended well."""
    return _state(value) == "done"


@check(
    label="is failed",
    examples=[Example(FAILED, [], True), Example(DONE, [], False)],
)
def is_failed(value: Any) -> bool:
    """Yes if it broke off or the service refused."""
    return _state(value) == "failed"


@check(
    label="is stopped",
    examples=[Example(STOPPED, [], True), Example(FAILED, [], False)],
)
def is_stopped(value: Any) -> bool:
    """Yes if somebody stopped it."""
    return _state(value) == "stopped"


@operator(
    label="error",
    group=STREAM,
    takes=STATED,
    gives="text",
    examples=[Example(FAILED, [], "The answer was cut off."), Example(DONE, [], ""), Example(None, [], "")],
)
def error(value: Any) -> str:
    """Why it failed, in one sentence."""
    return str(value.error or "") if value is not None else ""


@operator(
    label="seconds to first text",
    group=STREAM,
    takes=STATED,
    gives="number",
    examples=[Example(DONE, [], 0.61), Example(WAITING, [], None), Example(None, [], None)],
)
def seconds_to_first_text(value: Any) -> float | None:
    """How long the first word took to arrive."""
    return value.seconds_to_first_text if value is not None else None


@operator(
    label="seconds in all",
    group=STREAM,
    takes=STATED,
    gives="number",
    examples=[Example(DONE, [], 4.9), Example(STREAMING, [], None)],
)
def seconds_in_all(value: Any) -> float | None:
    """How long the whole answer took; known when it has ended."""
    return value.seconds_in_all if value is not None else None


@check(
    label="has ended",
    examples=[Example(DONE, [], True), Example(FAILED, [], True), Example(STREAMING, [], False)],
)
def has_ended(value: Any) -> bool:
    """Yes once it is done, failed or stopped."""
    return _state(value) in ("done", "failed", "stopped")


@check(
    label="has not begun",
    examples=[Example(NEVER, [], True), Example(None, [], True), Example(WAITING, [], False)],
)
def has_not_begun(value: Any) -> bool:
    """Yes as long as nobody has asked for it."""
    return _state(value) == "never"


@operator(
    label="state in a word",
    group=STREAM,
    takes=STATED,
    gives="text",
    examples=[Example(STREAMING, [], "streaming"), Example(None, [], "never")],
)
def state_in_a_word(value: Any) -> str:
    """Never, waiting, streaming, done, failed or stopped."""
    return str(_state(value))


@operator(
    label="characters a second",
    group=STREAM,
    takes="stream",
    gives="number",
    examples=[Example(DONE, [], 5.13), Example(STREAMING, [], None), Example(None, [], None)],
)
def characters_a_second(value: Any) -> float | None:
    """How fast the text came; known when it has ended."""
    first, whole = (value.seconds_to_first_text, value.seconds_in_all) if value is not None else (None, None)
    return round(value.length / (whole - first), 2) if first is not None and whole and whole > first else None
