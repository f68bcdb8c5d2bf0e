"""Properties of several elements and at breakpoints, conditions, named styles and the theme, as gestures."""

from copy import deepcopy

import pytest

from builder.changes import NodeGone, changes
from builder.document import children
from builder.errors import Invalid
from builder.expressions.catalog import Catalog
from builder.gestures import conditions, placing, planned, setting, styling, theming
from builder.gestures.plan import NotSet
from builder.kinds import kinds
from builder.styling.theme import colours, fonts
from builder.themes import themes
from tests.builder.gestures.sample import VALUE, catalog


class App:
    """A page and its theme, changed by plans; the inverses of what was done in `undo`."""

    def __init__(self, page):
        self.bodies = {"page/pg_test01": page}
        self.undo: list = []

    @property
    def page(self):
        return self.bodies["page/pg_test01"]

    @property
    def theme(self):
        return self.bodies.get("theme/tm_theme")

    @property
    def catalog(self):
        return Catalog([(*address.split("/"), body) for address, body in self.bodies.items()])

    def do(self, plan):
        assert plan.changes
        self.apply(plan.changes)
        return plan

    def apply(self, wanted):
        for change in wanted:
            command = changes[change["do"]]
            command.check(change)
            made, inverse = command.apply(deepcopy(self.bodies.get(change["doc"])), deepcopy(change))
            self.bodies[change["doc"]] = made
            if made is None:
                del self.bodies[change["doc"]]
            self.undo.append(inverse)
        for address, body in self.bodies.items():
            found = kinds[address.partition("/")[0]].problems(body)
            assert [problem for problem in found if problem.severity == "error"] == []

    def undo_all(self):
        for inverse in reversed(self.undo[:]):
            self.apply([inverse])


@pytest.fixture
def app(page):
    return App(page)


def props(app, key):
    return app.page["nodes"][key]["props"]


# Breakpoints, several at once


def test_a_property_is_set_at_a_breakpoint_and_null_takes_it_away(app):
    plan = app.do(setting.set_props(app.page, ["el_answer"], "direction", "row", app.catalog, "tablet"))
    assert plan.label == "Change direction of Answer at Tablet"
    assert props(app, "el_answer") == {"at": {"tablet": {"direction": "row"}}}
    assert setting.set_props(app.page, ["el_answer"], "direction", "row", app.catalog, "tablet").changes == []
    app.do(setting.set_props(app.page, ["el_answer"], "direction", None, app.catalog, "tablet"))
    assert props(app, "el_answer") == {}


def test_several_elements_are_set_in_one_step(app):
    plan = app.do(setting.set_props(app.page, ["el_answer", "el_action", "el_hint01"], "gap", "xs", app.catalog))
    assert plan.label == "Change gap of 2 elements", "a text has no gap"
    assert props(app, "el_answer")["gap"] == props(app, "el_action")["gap"] == "xs"


def test_two_people_set_beside_each_other(app):
    one = setting.set_props(app.page, ["el_answer"], "gap", "xs", app.catalog, "phone")
    other = setting.set_props(app.page, ["el_answer"], "padding", "xs", app.catalog, "phone")
    app.do(one)
    mine = app.undo[-1]
    app.do(other)
    app.apply([mine])
    assert props(app, "el_answer") == {"at": {"phone": {"padding": "xs"}}}


@pytest.mark.parametrize(
    ("key", "prop", "value", "at"),
    [
        ("el_stop01", "label", "Halt", "tablet"),
        ("el_answer", "gap", "xs", "watch"),
        ("el_live01", "caret", False, "phone"),
    ],
)
def test_what_has_no_place_at_a_breakpoint_is_refused(app, key, prop, value, at):
    with pytest.raises(Invalid):
        setting.set_props(app.page, [key], prop, value, app.catalog, at)


def test_a_value_that_does_not_fit_is_refused_at_a_breakpoint(app):
    with pytest.raises(NotSet):
        setting.set_props(app.page, ["el_answer"], "gap", "huge", app.catalog, "phone")


def test_several_properties_are_reset_in_one_step(app):
    props(app, "el_answer").update({"gap": "xs", "direction": "row", "at": {"phone": {"gap": "sm", "wrap": True}}})
    app.do(setting.reset(app.page, ["el_answer"], ["gap", "wrap"], "phone"))
    assert props(app, "el_answer") == {"gap": "xs", "direction": "row"}
    app.do(setting.reset(app.page, ["el_answer", "el_action"], ["gap", "direction"]))
    assert props(app, "el_answer") == {}
    assert setting.reset(app.page, ["el_answer"], ["gap"]).changes == []


# Conditions


def test_S34_conditions_are_added_said_moved_and_removed(app):
    for _ in range(2):
        app.do(conditions.add_condition(app.page, "el_answer"))
    first, last = (each["id"] for each in props(app, "el_answer")["conditions"])
    app.do(conditions.say_when(app.page, "el_answer", first, VALUE, app.catalog))
    app.do(conditions.set_in_condition(app.page, "el_answer", first, "gap", "xs", app.catalog))
    made = props(app, "el_answer")["conditions"][0]
    assert made["set"] == {"gap": "xs"} and made["when"]["from"] == "element"
    app.do(conditions.move_condition(app.page, "el_answer", first, 1))
    assert [each["id"] for each in props(app, "el_answer")["conditions"]] == [last, first]
    assert conditions.move_condition(app.page, "el_answer", first, 9).changes == []
    app.do(conditions.set_in_condition(app.page, "el_answer", first, "gap", None, app.catalog))
    assert props(app, "el_answer")["conditions"][1]["set"] == {}
    app.do(conditions.remove_condition(app.page, "el_answer", first))
    app.do(conditions.remove_condition(app.page, "el_answer", last))
    assert props(app, "el_answer") == {}
    with pytest.raises(NodeGone):
        conditions.remove_condition(app.page, "el_answer", last)


def test_a_condition_takes_only_what_fits(app):
    app.do(conditions.add_condition(app.page, "el_stop01", "hover"))
    (made,) = props(app, "el_stop01")["conditions"]
    for call in (
        lambda: conditions.set_in_condition(app.page, "el_stop01", made["id"], "kind", "huge", app.catalog),
        lambda: conditions.set_in_condition(app.page, "el_stop01", made["id"], "label", "Halt", app.catalog),
        lambda: conditions.say_when(app.page, "el_stop01", made["id"], True, app.catalog),
        lambda: conditions.add_condition(app.page, "el_answer", "disabled"),
        lambda: conditions.add_condition(app.page, "st_mode01"),
    ):
        with pytest.raises(Invalid):
            call()


# Named styles


def test_an_elements_looks_become_a_style_that_others_use_and_detach_from(app):
    props(app, "el_answer").update({"gap": "xs", "border": "line", "padding": "none"})
    app.do(styling.save_as_style(app.page, "el_answer", "Card", app.catalog))
    (style,) = children(app.theme, "tm_theme", "styles")
    assert props(app, "el_answer") == {"uses": style}
    assert app.theme["nodes"][style]["props"] == {"element": "group", "set": {"gap": "xs", "border": "line"}}
    props(app, "el_action").update({"gap": "lg", "padding": "sm"})
    app.do(styling.use_style(app.page, ["el_action", "el_hint01"], style, app.catalog))
    assert props(app, "el_action") == {"padding": "sm", "uses": style} and props(app, "el_hint01") == {}
    assert [each[1] for each in styling.used_by(style, app.catalog)] == ["el_answer", "el_action"]
    app.do(styling.detach_style(app.page, ["el_action"], app.catalog))
    assert props(app, "el_action") == {"padding": "sm", "gap": "xs", "border": "line"}
    app.do(styling.use_style(app.page, ["el_answer"], None, app.catalog))
    assert props(app, "el_answer") == {}
    with pytest.raises(Invalid):
        styling.use_style(app.page, ["el_answer"], "sy_gone00", app.catalog)


def test_where_an_element_stands_is_no_part_of_its_style(app):
    props(app, "el_answer").update({"gap": "xs", "x": 40, "y": 20})
    app.do(styling.save_as_style(app.page, "el_answer", "Card", app.catalog))
    (style,) = children(app.theme, "tm_theme", "styles")
    assert props(app, "el_answer") == {"uses": style, "x": 40, "y": 20}
    with pytest.raises(Invalid):
        theming.set_style(style, "x", 5, app.catalog)


def test_a_style_is_set_renamed_and_removed(app):
    style = app.do(theming.add_style("group", "Card", app.catalog)).select
    app.do(theming.set_style(style, "gap", "xs", app.catalog))
    app.do(theming.rename_in_theme(style, "Box", app.catalog))
    assert app.theme["nodes"][style]["props"]["set"] == {"gap": "xs"} and app.theme["nodes"][style]["name"] == "Box"
    app.do(theming.set_style(style, "gap", None, app.catalog))
    assert app.theme["nodes"][style]["props"] == {"element": "group"}
    for prop, value in (("gap", "huge"), ("content_type", "text")):
        with pytest.raises(Invalid):
            theming.set_style(style, prop, value, app.catalog)
    app.do(theming.remove_from_theme(style, app.catalog))
    assert children(app.theme, "tm_theme", "styles") == []


# The theme


def test_a_colour_is_set_on_one_side_and_reset(app):
    app.do(theming.set_colour("accent", "light", "#123456", app.catalog))
    accent = next(each for each in colours(app.theme) if each.token == "accent")
    assert (accent.light, accent.dark) == ("#123456", themes["juniper"].colours["accent"][1])
    app.do(theming.set_colour("accent", "dark", "#abcdef", app.catalog))
    assert theming.set_colour("accent", "dark", "#abcdef", app.catalog).changes == []
    app.do(theming.set_colour("accent", "light", None, app.catalog))
    assert children(app.theme, "tm_theme", "colours") == []
    for value in ("red; } body {", "url(x)", ""):
        with pytest.raises(NotSet):
            theming.set_colour("accent", "light", value, app.catalog)


def test_what_is_added_keeps_its_token_under_another_name(app):
    key = app.do(theming.add_colour("Brand", app.catalog)).select
    token = app.theme["nodes"][key]["props"]["token"]
    app.do(theming.rename_in_theme(key, "House", app.catalog))
    assert next(each for each in colours(app.theme) if each.is_own).name == "House"
    assert app.theme["nodes"][key]["props"]["token"] == token
    font = app.do(theming.add_font("Title", app.catalog)).select
    app.do(theming.set_font(app.theme["nodes"][font]["props"]["token"], 'Optima, "Gill Sans"', app.catalog))
    assert fonts(app.theme)[-1].stack == 'Optima, "Gill Sans"'
    with pytest.raises(NotSet):
        theming.set_font("sans", "x; } @import url(y)", app.catalog)


def test_another_starter_takes_the_place_of_what_every_theme_has_and_leaves_what_was_added(app):
    app.do(theming.set_colour("accent", "light", "#123456", app.catalog))
    app.do(theming.add_colour("Brand", app.catalog))
    other = next(name for name in themes if name != "juniper")
    app.do(theming.choose_theme(other, app.catalog))
    found = {each.token: each for each in colours(app.theme)}
    assert found["accent"].light == themes[other].colours["accent"][0] and len(found) == len(themes[other].colours) + 1
    assert theming.choose_theme(other, app.catalog).changes == []


def test_everything_here_can_be_taken_back(app):
    first = deepcopy(app.bodies)
    style = app.do(theming.add_style("group", "Card", app.catalog)).select
    app.do(theming.set_style(style, "gap", "xs", app.catalog))
    app.do(styling.use_style(app.page, ["el_answer"], style, app.catalog))
    app.do(setting.set_props(app.page, ["el_answer"], "gap", "xl", app.catalog, "phone"))
    app.do(conditions.add_condition(app.page, "el_answer"))
    app.do(theming.set_colour("accent", "light", "#123456", app.catalog))
    app.do(theming.choose_theme(next(iter(themes)), app.catalog))
    app.undo_all()
    assert app.bodies == first


@pytest.mark.parametrize(
    "said",
    [
        {"do": "set", "nodes": ["el_answer", "el_action"], "prop": "gap", "value": "xs", "at": "phone"},
        {"do": "set", "node": "el_answer", "prop": "gap", "value": "xs"},
        {"do": "add_condition", "node": "el_answer", "on": "hover"},
        {"do": "save_as_style", "node": "el_answer", "name": "Card"},
        {"do": "add_to_theme", "what": "colour", "name": "Brand"},
        {"do": "add_to_theme", "what": "font", "name": "Title"},
        {"do": "add_to_theme", "what": "style", "element": "group", "name": "Card"},
        {"do": "set_token", "token": "accent", "side": "dark", "value": "#fff"},
        {"do": "set_token", "token": "sans", "stack": "Georgia"},
    ],
    ids=str,
)
def test_the_browser_says_it(page, said):
    assert planned(said, page, catalog(page)).changes


@pytest.mark.parametrize(
    "said",
    [{"do": "set", "nodes": [], "prop": "gap", "value": 1}, {"do": "use_style", "node": "el_answer"}, {"do": "none"}],
    ids=str,
)
def test_what_is_no_gesture_is_refused(page, said):
    with pytest.raises(Invalid):
        planned(said, page, catalog(page))


def test_a_copy_has_conditions_of_its_own(app):
    app.do(conditions.add_condition(app.page, "el_stop01"))
    copy = app.do(placing.duplicate(app.page, "el_action")).select
    (stop,) = children(app.page, copy)
    (one,), (other,) = (props(app, key)["conditions"] for key in ("el_stop01", stop))
    assert one["id"] != other["id"] and {**one, "id": ""} == {**other, "id": ""}


def test_a_style_made_of_another_and_what_was_changed_of_it_looks_the_same(app):
    first = app.do(theming.add_style("group", "Card", app.catalog)).select
    for prop, value in (("gap", "lg"), ("border", "line")):
        app.do(theming.set_style(first, prop, value, app.catalog))
    app.do(styling.use_style(app.page, ["el_answer"], first, app.catalog))
    app.do(setting.set_props(app.page, ["el_answer"], "gap", "md", app.catalog))
    app.do(styling.save_as_style(app.page, "el_answer", "Box", app.catalog))
    second = props(app, "el_answer")["uses"]
    assert app.theme["nodes"][second]["props"]["set"] == {"gap": "md", "border": "line"}
