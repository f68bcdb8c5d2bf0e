"""What a size snaps to: edges of the container and of what stands beside, sizes of that, whichever edge stays in place."""

from typing import Any

import pytest

from tests.script import run

# In a container of 20 to 380: a narrow element, above it one of 20 to 220, below it one of 60 to 160.
AROUND = {"left": 20, "top": 0, "right": 380, "bottom": 300}
ABOVE = {"left": 20, "top": 0, "right": 220, "bottom": 40}
BELOW = {"left": 60, "top": 90, "right": 160, "bottom": 190}
OWN = {"left": 20, "top": 45, "right": 100, "bottom": 85}
MIDDLE = {"left": 160, "top": 45, "right": 240, "bottom": 85}
RIGHT = {"left": 300, "top": 45, "right": 380, "bottom": 85}

SNAPS: dict[str, tuple[float, dict[str, Any], float | None, list[list[int]]]] = {
    "the container's edge": (356, {"own": OWN}, 360, [[380]]),
    "a sibling's edge and its size at once": (197, {"own": OWN}, 200, [[220], []]),
    "a sibling's far edge": (143, {"own": OWN}, 140, [[160]]),
    "a sibling's size": (103, {"own": OWN}, 100, [[]]),
    "nothing that is near": (300, {"own": OWN}, None, []),
    "in the middle to the container's both edges": (355, {"own": MIDDLE, "anchor": "center"}, 360, [[20], [380], [20]]),
    "at the end to an edge on the left": (322, {"own": RIGHT, "anchor": "end"}, 320, [[60]]),
    "beside it only sizes count": (357, {"own": OWN, "across": False}, None, []),
    "tall as what stands beside it": (98, {"own": OWN, "along": "y", "across": False}, 100, [[]]),
    "down to the container's foot": (251, {"own": OWN, "along": "y"}, 255, [[300]]),
}  # fmt: skip


@pytest.fixture(scope="module")
def snaps() -> dict[str, Any]:
    script = """import { snapped, targetsOf } from "design/snap";
    const place = (given) => ({ around, beside, along: "x", anchor: "start", across: true, ...given });
    const found = ([size, given]) => {
      const all = targetsOf(place(given)), taken = snapped(size, all, 6);
      return { size: taken, at: all.filter((each) => each.size === taken).map((each) => each.at) };
    };
    out(Object.fromEntries(Object.entries(cases).map(([name, each]) => [name, found(each)])))"""
    return run(script, around=AROUND, beside=[ABOVE, BELOW], cases=SNAPS)


@pytest.mark.parametrize("name", SNAPS, ids=str)
def test_a_size_snaps_to_the_nearest_thing(name: str, snaps: dict[str, Any]) -> None:
    _, _, size, at = SNAPS[name]
    assert snaps[name] == {"size": size, "at": at}
