"""Turns: what each step waits for, by the rules of S25 to S27."""

import pytest

from builder.document import node
from tests.workflows.planning import planned

ASK = node("ask", "Ask the model")


def _turns(*steps, backend=False):
    _, found = planned(*steps, backend=backend)
    return [(turn.finishes, turn.waits) for turn in found]


def _needs(**needs):
    return {"needs": needs}


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        pytest.param(
            [("ask", {}), ("show", {})],
            [("first", []), ("done", [])],
            id="S25 a streaming step is finished at its first frame",
        ),
        pytest.param(
            [("ask", {}), ("show", _needs(sp_1="first"))],
            [("first", []), ("done", [])],
            id="S25 text so far is not waited for",
        ),
        pytest.param(
            [("ask", {}), ("show", _needs(sp_1="full"))],
            [("first", []), ("done", ["sp_1"])],
            id="S25 a final value is waited for",
        ),
        pytest.param(
            [("ask", {}), ("save", {})],
            [("first", []), ("done", ["sp_1"])],
            id="S25 what runs server-side always waits",
        ),
        pytest.param(
            [("ask", {}), ("save", {"starts": "at_once"})],
            [("first", []), ("done", [])],
            id="S25 unless it is set to start at once",
        ),
        pytest.param(
            [("ask", {}), ("save", {"starts": "at_once", **_needs(sp_1="full")})],
            [("first", []), ("done", ["sp_1"])],
            id="S25 which needs that it uses nothing final",
        ),
        pytest.param([("ask", {}), ("ask", {})], [("first", []), ("first", ["sp_1"])], id="S25 another call waits too"),
        pytest.param(
            [("ask", {"finishes": "end"}), ("save", {})],
            [("end", []), ("done", [])],
            id="a step set to finish at its end is not waited for",
        ),
        pytest.param(
            [("show", _needs(sp_2="full")), ("ask", {})],
            [("done", []), ("first", [])],
            id="S27 a later step is never waited for",
        ),
    ],
)
def test_what_a_step_waits_for(steps, expected):
    assert _turns(*steps) == expected


def test_in_a_backend_workflow_every_step_blocks_until_its_stream_is_closed():
    """S26."""
    assert _turns(("ask", {}), ("show", {}), ("save", {}), backend=True) == [("end", []), ("done", []), ("done", [])]
