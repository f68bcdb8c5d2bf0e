"""What is wrong with a theme, and what fixes it."""

from typing import Any

from builder.changes import changes
from builder.document import Body, body, node
from builder.expressions.catalog import Catalog
from builder.kinds import kinds


def theme(**written: dict[str, str]) -> Body:
    """An app's theme that starts from Plum and in which some colours are others, by token."""
    nodes: dict[str, Any] = {
        f"co_{token}": node("colour", token, {"token": token} | sides) for token, sides in written.items()
    }
    return body("tm_theme", {"tm_theme": node("theme", "Theme", {"starter": "plum"}, colours=[*nodes])} | nodes)


def problems(made: Body) -> list[Any]:
    return kinds["theme"].problems(made, Catalog([("theme", "tm_theme", made)]))


def test_a_colour_that_cannot_be_read_is_set_back_by_one_press_and_the_other_side_stays():
    made = theme(ink={"light": "#cccccc", "dark": "#ffffff"})
    found = problems(made)
    assert len(found) == 4, "on four grounds"
    assert {each.fix.label for each in found} == {"Set it back to #281d2b"}
    change = found[0].fix.changes[0]
    fixed, _ = changes[change["do"]].apply(made, change)
    assert problems(fixed) == []
    assert fixed["nodes"]["co_ink"]["props"]["dark"] == "#ffffff"


def test_what_the_authors_other_colours_would_make_unreadable_again_is_no_fix():
    made = theme(ink={"light": "#333333", "dark": "#ffffff"}, paper={"light": "#222222", "dark": "#101010"})
    by_node = {each.where.node: each.fix for each in problems(made) if each.where.prop == "light"}
    assert by_node["co_ink"] is None
