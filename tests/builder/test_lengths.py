"""Lengths as the browser shows them before the server has drawn them: exactly as the server's sheet writes them."""

import pytest

from builder.elements import elements
from builder.elements.props import Pixels
from tests.script import run

FIELDS = {
    field.css: field
    for each in elements.values()
    for field in each.Props.base_fields.values()
    if isinstance(field, Pixels)
}
VALUES = (0, 1, 120, 4000)


@pytest.fixture(scope="module")
def lengths() -> dict[str, list[str]]:
    script = """
import { lengthFor } from "design/lengths";
out(Object.fromEntries(names.map((css) => [css, values.map((value) => `${css}: ${lengthFor(css, value)}`)])));"""
    return run(script, names=list(FIELDS), values=VALUES)


@pytest.mark.parametrize("css", FIELDS)
def test_a_length_is_written_as_by_the_server(css: str, lengths: dict[str, list[str]]) -> None:
    assert lengths[css] == [FIELDS[css].rule(value) for value in VALUES]


def test_of_several_steps_each_length_is_the_last_one_and_none_is_known_where_styles_decide() -> None:
    script = """
import { lengthFor, lengthsAt, together } from "design/lengths";
const steps = [lengthsAt({ a: { x: 1, y: 2 } }), { a: { "--x": "3px" }, b: { "--gap": "4px" } }];
out([together(steps), lengthFor("--x", null), lengthFor("min-block-size", null)]);"""
    together, x, least = run(script)
    assert together == {"a": {"--x": "3px", "--y": "2px"}, "b": {"--gap": "4px"}}
    assert (x, least) == ("0px", "")
