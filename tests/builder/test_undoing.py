"""Any fifty gestures taken back, the newest first, leave the documents as they were, whatever the gestures were."""

from copy import deepcopy

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from builder.changes import changes
from builder.document import body, node, shape_problems
from builder.errors import StreamwrightError
from builder.expressions.catalog import Catalog
from builder.gestures import planned
from builder.kinds import kinds
from builder.styling.breakpoints import BREAKPOINTS, NARROWER
from builder.styling.looks import ON
from builder.themes import COLOURS, themes
from tests.builder.gestures.sample import VALUE, sample

PAGE = "page/pg_test01"
MANY = 50
# Which element, condition or style a gesture is about is drawn as a number: of those that are there then.
which = st.integers(0, 9)
gap = st.sampled_from(["none", "xs", "xl", None, "huge"])
some = st.lists(which, min_size=1, max_size=3)


def _gesture(do: str, **fields: st.SearchStrategy) -> st.SearchStrategy:
    return st.fixed_dictionaries({"do": st.just(do), **fields})


GESTURES = st.one_of(
    _gesture("insert", type=st.sampled_from(["button", "group", "text"]), at=which, inside=st.booleans()),
    _gesture("insert", type=st.just("instance:rs_line01"), at=which, inside=st.just(True)),
    _gesture("copy", nodes=some, parent=st.just("el_lines1"), index=st.integers(0, 2)),
    _gesture("move", nodes=some, parent=st.just("el_lines1"), index=st.integers(0, 2)),
    _gesture("wrap", nodes=some),
    _gesture("make_reusable", nodes=some, anyway=st.just(True)),
    _gesture("move", node=which, way=st.sampled_from(["up", "down", "in", "out"])),
    _gesture("duplicate", node=which),
    _gesture("delete", node=which),
    _gesture("rename", node=which, name=st.sampled_from(["A", "B", " "])),
    _gesture("set", nodes=some, prop=st.just("gap"), value=gap),
    _gesture("set", nodes=some, prop=st.just("gap"), value=gap, at=st.sampled_from(list(BREAKPOINTS))),
    _gesture(
        "set",
        nodes=some,
        prop=st.just("max_width"),
        value=st.sampled_from([None, 0, 320]),
        at=st.sampled_from(NARROWER),
    ),
    _gesture("reset", nodes=some, props=st.just(["gap", "max_width"]), at=st.sampled_from(list(BREAKPOINTS))),
    _gesture("add_state"),
    _gesture("add_condition", node=which, on=st.sampled_from(list(ON))),
    _gesture("set_condition", node=which, condition=which, when=st.sampled_from([VALUE, True, None])),
    _gesture("set_condition", node=which, condition=which, prop=st.just("gap"), value=gap),
    _gesture("move_condition", node=which, condition=which, index=st.integers(0, 3)),
    _gesture("remove_condition", node=which, condition=which),
    _gesture("save_as_style", node=which, name=st.sampled_from(["Card", "Box"])),
    _gesture("use_style", nodes=some, style=which),
    _gesture("detach_style", nodes=some),
    _gesture("add_to_theme", what=st.sampled_from(["colour", "font"]), name=st.just("Brand")),
    _gesture("add_to_theme", what=st.just("style"), element=st.just("group"), name=st.just("Card")),
    _gesture("set_style", style=which, prop=st.just("gap"), value=gap),
    _gesture(
        "set_token",
        token=st.sampled_from(list(COLOURS)),
        side=st.sampled_from(["light", "dark"]),
        value=st.sampled_from(["#123456", None]),
    ),
    _gesture("choose_theme", starter=st.sampled_from(list(themes))),
    _gesture("rename_in_theme", node=which, name=st.sampled_from(["A", "B"])),
    _gesture("remove_from_theme", node=which),
)


def _page_with_a_list():
    """The sample with a list of texts, Lines."""
    page = sample()
    page["nodes"]["el_lines1"] = node("repeating_group", "Lines", {"content_type": "text"})
    page["nodes"]["pg_test01"]["slots"]["children"].append("el_lines1")
    return page


def _line():
    """A reusable element that is given a text."""
    own = {"pr_words1": node("property", "Words", {"type": "text"})}
    return body("rs_line01", {"rs_line01": node("reusable", "Line", {}, properties=[*own]), **own})


class App:
    """The documents of an app, and how to take back each gesture."""

    def __init__(self):
        self.bodies = {PAGE: _page_with_a_list(), "reusable/rs_line01": _line()}
        self.taken_back_by: list[list] = []

    def do(self, said):
        """A gesture; one that is refused or finds nothing to do leaves no trace."""
        before = deepcopy(self.bodies)
        catalog = Catalog([(*address.split("/"), body) for address, body in self.bodies.items()])
        try:
            plan = planned(self._named(said), self.bodies[PAGE], catalog)
            inverses = [self._apply(change) for change in plan.changes]
        except StreamwrightError:
            inverses = []
        # The journal stores nothing that cannot be read.
        if not inverses or not readable(self.bodies):
            self.bodies = before
        else:
            self.taken_back_by.append(inverses[::-1])

    def undo(self):
        for inverse in self.taken_back_by.pop():
            self._apply(inverse)

    def _apply(self, change):
        command = changes[change["do"]]
        command.check(change)
        made, inverse = command.apply(deepcopy(self.bodies.get(change["doc"])), deepcopy(change))
        self.bodies[change["doc"]] = made
        if made is None:
            del self.bodies[change["doc"]]
        return deepcopy(inverse)

    def _named(self, said):
        """What is said with ids for numbers."""
        page, theme = self.bodies[PAGE]["nodes"], self.bodies.get("theme/tm_theme", {"nodes": {}})["nodes"]
        in_theme = said["do"] in ("rename_in_theme", "remove_from_theme")

        def one(number, of):
            return list(of)[number % len(of)] if of else "gone"

        named = dict(said)
        for field in ("node", "at"):
            if isinstance(said.get(field), int):
                named[field] = one(said[field], [each for each in theme if each != "tm_theme"] if in_theme else page)
        if "nodes" in said:
            named["nodes"] = [one(each, page) for each in said["nodes"]]
        if "condition" in said:
            named["condition"] = one(
                said["condition"],
                [each["id"] for each in page.get(named["node"], {"props": {}})["props"].get("conditions", [])],
            )
        if "style" in said:
            named["style"] = one(said["style"], [each for each in theme if theme[each]["type"] == "style"])
        return named


# What fails is said as it is: making fifty gestures fewer takes minutes.
@settings(max_examples=15, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(st.lists(GESTURES, min_size=MANY, max_size=MANY))
def test_fifty_gestures_taken_back_leave_what_was_there(said):
    """Property: whatever was done, undoing all of it gives the first documents back, readable at every moment."""
    app = App()
    first = deepcopy(app.bodies)
    for each in said:
        app.do(each)
    while app.taken_back_by:
        app.undo()
        assert readable(app.bodies)
    assert app.bodies == first


def readable(bodies) -> bool:
    return not [
        problem
        for address, body in bodies.items()
        for problem in (*shape_problems(body), *kinds[address.partition("/")[0]].problems(body))
        if problem.severity == "error"
    ]
