"""Copies as the browser shows them ahead of the server: in the same places, with the same names."""

import pytest

from builder.changes.duplicate import free_name
from builder.document import body, children, node, walk
from builder.gestures import planned
from builder.styling.fixed import point_of
from tests.builder.gestures.sample import catalog, done
from tests.script import run

NAMES = [
    ("Stop", []),
    ("Stop", ["Stop"]),
    ("Stop", ["Stop", "Stop 2"]),
    ("Stop 2", ["Stop 2"]),
    ("Step12", ["Step12"]),
    ("2", ["2"]),
    ("Stop ", ["Stop "]),
]


def test_a_copy_has_the_name_that_the_server_gives_it():
    script = """import { freeName } from "design/copies";
    out(names.map(([name, taken]) => freeName(name, new Set(taken))))"""
    assert run(script, names=NAMES) == [free_name(name, {*taken}) for name, taken in NAMES]


@pytest.mark.parametrize(
    "copied", [["el_a00001"], ["el_b00001"], ["el_a00001", "el_b00001"], ["el_c00001", "el_d00001"]]
)
def test_duplicates_stand_beside_what_they_copy_as_the_server_places_them(copied):
    spots = {"el_a00001": (0, 0), "el_b00001": (10, 10), "el_c00001": (40, 20), "el_d00001": (60, 40)}
    nodes = {key: node("text", key, {"x": x, "y": y}) for key, (x, y) in spots.items()}
    nodes["el_board1"] = node("group", "Board", {"direction": "fixed"}, children=[*spots])
    page = body("pg_test01", {"pg_test01": node("page", "index", {}, children=["el_board1"]), **nodes})
    ids = {key: key.replace("00001", "00002") for key in copied}
    after = done(page, planned({"do": "duplicate", "nodes": copied, "ids": ids}, page, catalog(page)))
    places = {key: {"x": x, "y": y} for key, (x, y) in spots.items()}
    ahead = run(
        'import { besides } from "design/copies"; out(besides(all, copied, ids))', all=places, copied=copied, ids=ids
    )
    assert ahead == {key: point_of(after["nodes"][key])._asdict() for key in ids.values()}


@pytest.mark.parametrize("said", [{"do": "duplicate"}, {"do": "copy", "parent": "el_action", "index": 0}])
def test_the_order_ahead_is_that_of_the_server(page, said):
    nodes = ["el_answer", "el_hint01"]
    ids = {
        key: f"el_new{number:03}"
        for number, each in enumerate(nodes)
        for number, key in enumerate(walk(page, each), number * 10)
    }
    said = {**said, "nodes": nodes, "ids": ids}
    order = [[key, children(page, key)] for key in walk(page, "pg_test01") if key in HOLDS]
    script = """import { foreseen } from "design/foreseen";
    const { order: after, select, selection } = foreseen(new Map(order), said);
    out([Object.fromEntries(after), select, selection])"""
    plan = planned(said, page, catalog(page))
    after = done(page, plan)
    holds = [*HOLDS, *(ids[key] for key in HOLDS if key in ids)]
    assert run(script, order=order, said=said) == [
        {key: children(after, key) for key in holds},
        plan.select,
        plan.selection,
    ]


HOLDS = ["pg_test01", "el_answer", "el_action"]
