"""Where what is dragged over a fixed group would stand: within its content box, aligned with what is near, in whole px."""

from typing import Any

import pytest

from tests.script import run


def box(left: float, top: float, width: float = 80, height: float = 40) -> dict[str, float]:
    return {"left": left, "top": top, "right": left + width, "bottom": top + height}


# The content of a group begins at 20, 100; beside what is dragged stand a tall box and a wide one.
FIELD = box(20, 100, 600, 400) | {"isRtl": False}
BESIDE = [box(120, 140, 60, 200), box(220, 400, 300, 40)]
BOTH = {"x": True, "y": True}

STANDS: dict[str, tuple[dict[str, Any], dict[str, Any], dict[str, tuple[int, int]], dict[str, list[float]]]] = {
    "nothing near: where it is": ({"a": box(300, 243)}, {}, {"a": (280, 143)}, {}),
    "near an edge: at it": ({"a": box(303, 136)}, {}, {"a": (283, 40)}, {"y": [140]}),
    "its last edge meets a first one": ({"a": box(137, 203)}, {}, {"a": (120, 103)}, {"x": [220]}),
    "its middle meets a middle": ({"a": box(112, 218)}, {}, {"a": (90, 120)}, {"x": [150], "y": [240]}),
    "the group's own middle": ({"a": box(284, 283)}, {}, {"a": (260, 180)}, {"x": [320], "y": [300]}),
    "beyond the corner: in it": ({"a": box(-50, 20)}, {}, {"a": (0, 0)}, {"x": [20], "y": [100, 140]}),
    "without snapping whole px are left": ({"a": box(121.4, 140.6)}, {"snaps": {"x": False, "y": False}}, {"a": (101, 41)}, {}),
    "on one axis only that snaps": ({"a": box(303, 136)}, {"snaps": {"x": True, "y": False}}, {"a": (283, 36)}, {}),
    "from farther away": ({"a": box(360, 130)}, {"near": 12}, {"a": (340, 40)}, {"y": [140]}),
    "several as one": ({"a": box(303, 136), "b": box(333, 196)}, {}, {"a": (283, 40), "b": (313, 100)}, {"y": [140]}),
    "several at the corner keep apart": ({"a": box(10, 250), "b": box(40, 290)}, {}, {"a": (0, 150), "b": (30, 190)}, {"x": [20]}),
    "what is new has but one edge": ({"": box(323, 263, 0, 0)}, {}, {"": (303, 163)}, {}),
    "and meets with that": ({"": box(124, 263, 0, 0)}, {}, {"": (100, 163)}, {"x": [120]}),
    "farther than can be stored": ({"a": box(9000, 243)}, {}, {"a": (4000, 143)}, {}),
    "beside fractions of pixels": ({"a": box(120.5, 243)}, {"field": FIELD | {"left": 20.25}}, {"a": (100, 143)}, {"x": [120]}),
    "from right to left": ({"a": box(301, 243)}, {"field": FIELD | {"isRtl": True}}, {"a": (239, 143)}, {}),
    "beyond the corner on the right": ({"a": box(600, 243)}, {"field": FIELD | {"isRtl": True}}, {"a": (0, 143)}, {"x": [620]}),
}  # fmt: skip


@pytest.fixture(scope="module")
def stands() -> dict[str, Any]:
    script = """import { standing } from "design/fixed_drop";
    const found = ([boxes, more]) => {
      const { places, met } = standing({ field, boxes, beside, near: 6, snaps, ...more });
      const lines = Object.entries(met).map(([along, all]) => [along, [...new Set(all.flatMap(({ at }) => at))].sort()]);
      return { places, met: Object.fromEntries(lines.filter(([, all]) => all.length)) };
    };
    out(Object.fromEntries(Object.entries(cases).map(([name, each]) => [name, found(each)])))"""
    return run(script, field=FIELD, beside=BESIDE, snaps=BOTH, cases=STANDS)


@pytest.mark.parametrize("name", STANDS, ids=str)
def test_it_stands_in_whole_pixels_and_says_what_it_meets(name: str, stands: dict[str, Any]) -> None:
    _, _, places, met = STANDS[name]
    assert stands[name] == {"places": {key: {"x": x, "y": y} for key, (x, y) in places.items()}, "met": met}


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ({"x": 1, "y": 0}, {"a": (4, 20), "b": (51, 0)}),
        ({"x": 0, "y": -1}, {"a": (3, 20), "b": (50, 0)}),
        ({"x": -10, "y": 10}, {"a": (0, 30), "b": (47, 10)}),
    ],
    ids=["a step", "none goes beyond the corner", "as far as all can go"],
)
def test_a_step_moves_all_alike(by: dict[str, int], expected: dict[str, tuple[int, int]]) -> None:
    places = {"a": {"x": 3, "y": 20}, "b": {"x": 50, "y": 0}}
    moved = run('import { nudged } from "design/fixed_drop"; out(nudged(places, by))', places=places, by=by)
    assert moved == {key: {"x": x, "y": y} for key, (x, y) in expected.items()}


# Around the group is a section of the page; below it, open ground and another element.
@pytest.mark.parametrize(
    ("x", "y", "under", "counts"),
    [
        (300, 510, "section", True),
        (300, 510, "page", True),
        (300, 510, "other", False),
        (700, 510, "page", False),
        (300, 670, "page", False),
        (300, 90, "section", False),
        (300, 510, "board", False),
    ],
    ids=["ground below", "farther out", "something else", "at its side", "too far", "above", "of another fixed group"],
)
def test_open_ground_right_below_a_group_counts_as_its_own(x: int, y: int, under: str, counts: bool) -> None:
    script = """import { isBelow } from "design/fixed_drop";
    const around = { group: "section", section: "board", board: "page", other: "page" };
    const [parentOf, isFixed] = [(key) => around[key] || "", (key) => ["group", "board"].includes(key)];
    out(isBelow(point, under, "group", { box: () => group, parentOf, isFixed }))"""
    assert run(script, point={"x": x, "y": y}, under=under, group=FIELD) is counts
