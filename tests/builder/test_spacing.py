"""Equal distances beside a box in a fixed group: between two neighbours, and as a row goes on."""

from typing import Any

import pytest

from tests.script import run

Box = dict[str, float]


def box(left: float, top: float, width: float = 40, height: float = 40) -> Box:
    return {"left": left, "top": top, "right": left + width, "bottom": top + height}


# Positions of the first edge, and the distances that are equal there: axis, from, to.
CASES: dict[str, tuple[Box, list[Box], str, dict[float, list[tuple[str, float, float]]]]] = {
    "between two": (box(95, 0), [box(0, 0), box(200, 0)], "x", {100: [("x", 40, 100), ("x", 140, 200)]}),
    "the nearest of each side count": (
        box(95, 0),
        [box(0, 0), box(200, 0), box(330, 0)],
        "x",
        {100: [("x", 40, 100), ("x", 140, 200)], 70: [("x", 110, 200), ("x", 240, 330)]},
    ),
    "after a row": (box(150, 0), [box(0, 0), box(60, 0)], "x", {120: [("x", 40, 60), ("x", 100, 120)]}),
    "before a row": (box(10, 0), [box(100, 0), box(160, 0)], "x", {40: [("x", 80, 100), ("x", 140, 160)]}),
    "down a column": (box(0, 95), [box(0, 0), box(0, 200)], "y", {100: [("y", 40, 100), ("y", 140, 200)]}),
    "what is not level does not count": (box(95, 50), [box(0, 0), box(200, 0)], "x", {}),
    "no room between": (box(50, 0), [box(0, 0), box(70, 0)], "x", {}),
    "overlapping boxes make no distance": (box(150, 0), [box(0, 0), box(30, 0)], "x", {}),
    "what has no size has no sides": (box(100, 0, 0, 0), [box(0, 0), box(200, 0)], "x", {}),
    "alone": (box(95, 0), [box(0, 0)], "x", {}),
}


@pytest.fixture(scope="module")
def found() -> dict[str, Any]:
    script = """import { evenly } from "design/spacing";
    const all = ([own, beside, along]) => evenly({ own, beside, along }).map(({ size, gaps }) =>
      [size, gaps.map(({ along, from, to }) => [along, from, to])]);
    out(Object.fromEntries(Object.entries(cases).map(([name, each]) => [name, all(each)])))"""
    return run(script, cases=CASES)


@pytest.mark.parametrize("name", CASES)
def test_a_box_is_as_far_from_one_neighbour_as_from_the_other(name: str, found: dict[str, Any]) -> None:
    assert {size: [tuple(gap) for gap in gaps] for size, gaps in found[name]} == CASES[name][3]


def test_the_lines_are_drawn_where_all_are_level() -> None:
    script = """import { evenly } from "design/spacing";
    out(evenly({ own, beside, along: "x" }).map(({ gaps }) => gaps.map(({ across }) => across)))"""
    level = run(script, own=box(95, 0), beside=[box(0, 20), box(200, 10, 40, 20)])
    apart = run(script, own=box(95, 0), beside=[box(0, 30), box(200, -30)])
    assert (level, apart) == ([[25, 25]], [[20, 20]])


def test_it_snaps_to_the_middle_between_two_and_says_how_far_that_is() -> None:
    script = """import { standing } from "design/fixed_drop";
    const given = { field, boxes: { a: own }, beside, near: 6, snaps: { x: true, y: true } };
    const { places, gaps } = standing(given);
    const free = standing({ ...given, snaps: { x: false, y: false } });
    out([places.a, gaps.map(({ from, to }) => to - from), free.places.a, free.gaps])"""
    field = box(0, 0, 900, 400) | {"isRtl": False}
    given = {"field": field, "own": box(307, 205), "beside": [box(200, 180, 40, 90), box(380, 180, 40, 90)]}
    assert run(script, **given | {"own": box(293, 203)}) == [{"x": 290, "y": 205}, [50, 50], {"x": 293, "y": 203}, []]
