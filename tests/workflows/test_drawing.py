"""What is drawn of a workflow is what its turns say: gates, ribbons and times (S25), and runs in time."""

import pytest

from builder.document import node
from workflows.drawing import Bar, bars, rows, scale, time_of
from workflows.plan import turns
from workflows.starters.written import workflow


def _rows(*steps):
    """Steps as in test_plan: `(type, props)`; `ask` streams, `save` and `ask` are server-side, `show` is neither."""
    nodes = {f"sp_{number}": node(type, "", props) for number, (type, props) in enumerate(steps, 1)}
    found = turns(
        workflow("wf_a", "A", "pg_a", "page_loaded", None, nodes),
        streams=lambda step: step["type"] == "ask",
        server_side=lambda step: step["type"] in ("ask", "save"),
        needs=lambda step: step["props"].get("needs", {}),
    )
    return rows(found)


def _drawn(*steps):
    """Each row as "kind part…", a branch as a star; lanes beyond the first with their number."""
    return [
        " ".join([row.kind, *(f"{each.part}{each.lane or ''}{'*' if each.branch else ''}" for each in row.ribbons)])
        for row in _rows(*steps)
    ]


ASK, SHOW, SAVE, AT_END = ("ask", {}), ("show", {}), ("save", {}), ("ask", {"finishes": "end"})


def _reads(**needs):
    return ("show", {"needs": needs})


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        pytest.param([], ["event", "add"], id="no step"),
        pytest.param([SHOW, SAVE], ["event", "step", "step", "add"], id="no stream"),
        pytest.param(
            [ASK, _reads(sp_1="first"), SHOW, SAVE],
            ["event", "step start", "first flow", "step flow*", "step flow", "full flow", "step end", "add"],
            id="the ribbon runs to the first step that waits, with a branch to the one that reads",
        ),
        pytest.param(
            [ASK, SHOW], ["event", "step start", "first flow", "step flow", "add open"], id="nothing waits for it"
        ),
        pytest.param(
            [ASK, ("save", {"needs": {"sp_1": "first"}})],
            ["event", "step start", "first flow", "full flow", "step end", "add"],
            id="text so far that is waited for is read at the ribbon's end",
        ),
        pytest.param(
            [AT_END, SHOW, SAVE],
            ["event", "step start", "full flow", "step end", "step", "add"],
            id="a step told to finish at its end is waited for at once",
        ),
        pytest.param([AT_END], ["event", "step start", "add open"], id="and with no step after it goes on"),
        pytest.param(
            [ASK, ASK, SAVE],
            [
                "event",
                "step start",
                "first flow",
                "full flow",
                "step end start",
                "first flow",
                "full flow",
                "step end",
                "add",
            ],
            id="one stream after the other shares a lane",
        ),
        pytest.param(
            [ASK, ("ask", {"starts": "at_once"}), _reads(sp_2="first"), SAVE],
            [
                "event",
                "step start",
                "first flow",
                "step flow start1",
                "first flow flow1",
                "step flow flow1*",
                "full flow flow1",
                "step end end1",
                "add",
            ],
            id="two streams at once run in two lanes",
        ),
    ],
)
def test_gates_and_ribbons(steps, expected):
    assert _drawn(*steps) == expected


def test_a_gate_names_the_steps_it_waits_for():
    [gate] = [row for row in _rows(ASK, ("ask", {"starts": "at_once"}), SAVE) if row.kind == "full"]
    assert [turn.number for turn in gate.of] == [1, 2]


def test_a_step_can_be_added_under_each_card_once():
    found = _rows(SHOW, ASK, SAVE, SHOW)
    assert [(row.kind, row.insert) for row in found if row.insert is not None] == [
        ("event", 0),
        ("step", 1),
        ("first", 2),
        ("step", 3),
    ]


RUN = {
    "sp_1": {"state": "done", "started": 0.03, "first": 0.61, "ended": 4.92},
    "sp_2": {"state": "done", "started": 0.61, "first": None, "ended": 0.61},
    "sp_3": {"state": "done", "started": 4.93, "first": None, "ended": 4.95},
}


def test_times_of_a_run():
    assert [time_of(row, RUN) for row in _rows(ASK, SHOW, SAVE)] == [0.0, 0.03, 0.61, 0.61, 4.92, 4.93, None]


def test_what_a_run_did_not_reach_has_no_time():
    broken = RUN | {"sp_3": {"state": "not_started", "started": None, "first": None, "ended": None}}
    assert [time_of(row, broken) for row in _rows(ASK, SHOW, SAVE)][-3:] == [None, None, None]
    assert time_of(_rows(SHOW)[1], {}) is None


def test_a_run_is_drawn_in_time():
    steps = [{"step": "sp_1", "frames": 9, **RUN["sp_1"]}, {"step": "sp_3", "frames": 0, **RUN["sp_3"]}]
    by = scale([(5.0, False)])
    assert [(bar.kind, round(bar.at), round(bar.length)) for bar in bars(steps, 5.0, False, by)] == [
        ("wait", 1, 11),
        ("stream", 12, 82),
        ("step", 94, 0),
    ]


def test_a_failed_run_ends_in_red_and_leaves_room_for_why():
    by = scale([(2.0, True), (3.0, False)])
    steps = [{"step": "sp_1", "state": "failed", "started": 0.0, "first": None, "ended": None, "frames": 0}]
    assert bars(steps, 2.0, True, by)[-1] == Bar("fail", 45.0)
    assert 3.0 * by <= 95


def test_no_runs_need_no_scale():
    assert scale([]) == 0
    assert bars([], 0, False, 0) == []
