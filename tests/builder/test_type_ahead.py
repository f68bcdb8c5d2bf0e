"""Typing in a select box finds elements by the words that stand beside their names (parts/type_ahead)."""

import pytest

from tests.script import run

FINDS = "import { chosenBy } from 'parts/type_ahead'; out(cases.map((one) => chosenBy(...one)))"
OPTIONS = ["Choose…", "Button – Go", "Button 2 – Send now", "Input – Search – all", "Stop"]


@pytest.mark.parametrize(
    ("typed", "now", "to"),
    [
        ("se", 0, 2),
        ("send n", 2, 2),
        ("search – a", 0, 3),
        # What begins with it is the browser's.
        ("button", 0, -1),
        ("s", 0, -1),
        # The next one, and around.
        ("g", 0, 1),
        ("g", 1, 1),
        ("x", 0, -1),
        (" ", 0, -1),
    ],
)
def test_an_element_is_found_by_its_words(typed, now, to):
    assert run(FINDS, cases=[[typed, OPTIONS, now]]) == [to]
