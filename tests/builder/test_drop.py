"""Where what is dragged would go: the place between siblings, beside or inside containers, as deep as the tree is read."""

from typing import Any

import pytest

from tests.script import run

# A page of 400 × 600: Title; Row (A, B, C beside each other); Box with an empty Inner; Hint.
BOXES = {
    "page": (0, 0, 400, 600), "title": (20, 20, 380, 60), "row": (20, 80, 380, 140), "a": (20, 90, 120, 130),
    "b": (140, 90, 240, 130), "c": (260, 90, 360, 130), "box": (20, 160, 380, 360), "inner": (60, 200, 340, 320),
    "hint": (20, 380, 380, 420),
}  # fmt: skip
CHILDREN = {"page": ["title", "row", "box", "hint"], "row": ["a", "b", "c"], "box": ["inner"]}
PAGE = """
const parents = Object.fromEntries(Object.entries(children).flatMap(([parent, all]) => all.map((each) => [each, parent])));
const page = (given) => ({
  moving: [], parentOf: (key) => parents[key] || "", childrenOf: (key) => children[key] || [], nameOf: (key) => key,
  holds: (key) => ["page", "row", "box", "inner"].includes(key), axis: (key) => (key === "row" ? "x" : "y"),
  box: (key) => boxes[key] && { left: boxes[key][0], top: boxes[key][1], right: boxes[key][2], bottom: boxes[key][3] }, ...given });
"""

DROPS: dict[str, tuple[tuple[int, int, str], dict[str, Any], dict[str, Any]]] = {
    "above the middle of an element: before it": ((200, 30, "title"), {}, {"parent": "page", "index": 0, "after": ""}),
    "below its middle: after it": ((200, 55, "title"), {}, {"parent": "page", "index": 1, "after": "title"}),
    "in a row the left half: before": ((150, 110, "b"), {}, {"parent": "row", "index": 1, "after": "a"}),
    "in a row the right half: after": ((230, 110, "b"), {}, {"parent": "row", "index": 2, "after": "b"}),
    "between two in a row": ((250, 110, "row"), {}, {"parent": "row", "index": 2, "after": "b"}),
    "behind the last in a row": ((370, 110, "row"), {}, {"parent": "row", "index": 3, "after": "c"}),
    "at the upper rim of a group: before the group": ((200, 82, "row"), {}, {"parent": "page", "index": 1}),
    "at its lower rim: after the group": ((200, 138, "row"), {}, {"parent": "page", "index": 2}),
    "in an empty group": ((200, 260, "inner"), {}, {"parent": "inner", "index": 0, "line": None}),
    "the ground of the page below everything": ((200, 500, "page"), {}, {"parent": "page", "index": 4}),
    "on itself it stays": ((200, 30, "title"), {"moving": ["title"]}, {"parent": "page", "index": 0, "stays": True}),
    "right behind itself it stays": ((200, 90, "row"), {"moving": ["title", "row"]}, {"parent": "page", "stays": True}),
    "counted without what moves": ((200, 410, "hint"), {"moving": ["title"]}, {"parent": "page", "index": 3, "stays": False}),
    "not into what is in itself": ((200, 260, "inner"), {"moving": ["box"]}, {"refused": "box cannot go into itself"}),
    "a copy goes anywhere": ((200, 260, "inner"), {"moving": ["box"], "copies": True}, {"parent": "inner", "refused": ""}),
    "outside of the page": ((200, 900, ""), {}, {"refused": "Outside of the page"}),
}  # fmt: skip


@pytest.fixture(scope="module")
def drops() -> dict[str, Any]:
    script = f"""import {{ dropAt }} from "design/drop"; {PAGE}
    out(Object.fromEntries(Object.entries(cases).map(([name, [[x, y, under], given]]) => [name, dropAt({{x, y}}, under, page(given))])))"""
    return run(script, boxes=BOXES, children=CHILDREN, cases=DROPS)


@pytest.mark.parametrize("name", DROPS, ids=str)
def test_a_drop_on_the_canvas(name: str, drops: dict[str, Any]) -> None:
    assert drops[name] == drops[name] | DROPS[name][2]


def test_the_line_stands_between_siblings_as_their_container_lays_them_out() -> None:
    script = f"""import {{ dropAt }} from "design/drop"; {PAGE}
    out([dropAt({{x: 150, y: 110}}, "b", page({{}})).line, dropAt({{x: 200, y: 55}}, "title", page({{}})).line])"""
    beside, below = run(script, boxes=BOXES, children=CHILDREN)
    assert beside == {"left": 130, "right": 130, "top": 90, "bottom": 130}
    assert below == {"left": 20, "right": 380, "top": 70, "bottom": 70}


def test_a_wrapped_row_is_read_line_by_line() -> None:
    boxes = [{"left": x, "right": x + 80, "top": y, "bottom": y + 20} for y in (0, 30) for x in (0, 100, 200)]
    script = """import { indexAt, lineAt } from "design/drop";
    const at = (x, y) => indexAt({x, y}, boxes, "x");
    out([at(10, 10), at(290, 10), at(10, 40), at(150, 45), at(290, 90), lineAt(3, boxes, "x", {left: 0, right: 300, top: 0, bottom: 60})])"""
    *indices, line = run(script, boxes=boxes)
    assert indices == [0, 3, 3, 5, 6]
    assert line == {"left": 284, "right": 284, "top": 0, "bottom": 20}, "at the end of the first line"


@pytest.mark.parametrize(
    ("style", "axis"),
    [
        ({"display": "flex", "flexDirection": "row"}, "x"),
        ({"display": "flex", "flexDirection": "column"}, "y"),
        ({"display": "inline-flex", "flexDirection": "row-reverse"}, "x"),
        ({"display": "grid", "gridTemplateColumns": "100px 100px"}, "x"),
        ({"display": "grid", "gridTemplateColumns": "320px"}, "y"),
        ({"display": "block"}, "y"),
    ],
    ids=["row", "column", "reversed", "grid", "one column", "block"],
)
def test_the_axis_is_how_children_stand(style: dict[str, str], axis: str) -> None:
    full = {"flexDirection": "row", "gridTemplateColumns": "none"} | style
    assert run('import { axisOf } from "design/drop"; out(axisOf(style))', style=full) == axis


ROWS = [("page", 0), ("title", 1), ("row", 1), ("a", 2), ("b", 2), ("c", 2), ("box", 1), ("inner", 2), ("hint", 1)]
IN_ROWS: dict[str, tuple[tuple[int, int], list[str], dict[str, Any]]] = {
    "the page's row: first on the page": ((20, 14), ["hint"], {"parent": "page", "index": 0}),
    "the middle of a group's row: into it, last": ((40, 74), ["hint"], {"parent": "row", "index": 3, "into": "row"}),
    "the middle of an empty group: into it": ((60, 210), ["hint"], {"parent": "inner", "index": 0, "into": "inner"}),
    "the upper part of a row: before it": ((60, 88), ["hint"], {"parent": "row", "index": 0}),
    "under an open group: its first": ((60, 82), ["hint"], {"parent": "row", "index": 0, "depth": 2}),
    "under the last of a group, far right: still in it": ((60, 166), ["hint"], {"parent": "row", "index": 3, "depth": 2}),
    "under the last of a group, far left: behind the group": ((20, 166), ["hint"], {"parent": "page", "index": 2, "depth": 1}),
    "the end, as deep as the pointer": ((20, 250), ["title"], {"parent": "page", "index": 3, "depth": 1}),
    "into itself": ((60, 210), ["box"], {"refused": "box cannot go into itself"}),
}  # fmt: skip


@pytest.fixture(scope="module")
def in_rows() -> dict[str, Any]:
    rows = [
        {"key": key, "depth": depth, "top": at * 28, "bottom": at * 28 + 28} for at, (key, depth) in enumerate(ROWS)
    ]
    script = f"""import {{ dropInRows }} from "design/drop_rows"; {PAGE}
    out(Object.fromEntries(Object.entries(cases).map(([name, [[x, y], moving]]) => [name, dropInRows({{x, y}}, rows, page({{moving}}))])))"""
    return run(script, boxes=BOXES, children=CHILDREN, cases=IN_ROWS, rows=rows)


@pytest.mark.parametrize("name", IN_ROWS, ids=str)
def test_a_drop_in_the_tree(name: str, in_rows: dict[str, Any]) -> None:
    assert in_rows[name] == in_rows[name] | IN_ROWS[name][2]
