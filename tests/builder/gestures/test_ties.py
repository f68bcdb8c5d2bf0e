"""What belongs to elements goes with them into a reusable element; what would be torn apart is said before."""

import pytest

from builder.document import children
from builder.expressions.catalog import Catalog
from builder.gestures import planned
from builder.kinds import kinds
from builder.reusing import expanded
from tests.builder.gestures.test_reusables import _done
from workflows.starters.demo import Demo
from workflows.starters.written import element, op, page, source, text, workflow

ASKED = source("element", element="el_input1")
MODE = source("state", state="st_mode01")


def _app(*elements, workflows=(), states=("st_mode01",)):
    document = page("pg_page01", "index", "Index", *elements)
    for state in states:
        document["nodes"][state] = {"type": "state", "name": "mode", "props": {"type": "text"}, "slots": {}}
    document["nodes"]["pg_page01"]["slots"]["states"] = list(states)
    return Catalog([("page", "pg_page01", document), *(("workflow", each["root"], each) for each in workflows)])


def _make(found, *nodes, **more):
    """The app with a reusable element of these elements, and that."""
    here = next(iter(found.bodies("page")))
    plan = planned({"do": "make_reusable", "nodes": list(nodes), **more}, here, found)
    if not plan.changes:
        return plan, None
    made = _done(found, plan)
    after = found.replacing((kind, body) for (kind, _), body in made.items() if body)
    gone = [key for (_, key), body in made.items() if body is None]
    kept = [(kind, each["root"], each) for kind in ("page", "reusable", "workflow") for each in after.bodies(kind)]
    rest = [(kind, each["root"], each) for kind in ("api", "data_type") for each in found.bodies(kind)]
    after = Catalog([each for each in (*kept, *rest) if each[1] not in gone])
    return plan, after


def _ends(found):
    return [
        each.sentence
        for kind in ("page", "reusable", "workflow")
        for body in found.bodies(kind)
        for each in kinds[kind].problems(body, found)
        if each.severity != "hint"
    ]


def _form():
    """A group with an input and a button which keeps what was typed in a state, and a text that says both."""
    box = element(
        "el_form01", "group", "Form", element("el_input1", "input", "Name"), element("el_send01", "button", "Send")
    )
    keeps = {
        "sp_keep01": {"type": "set_state", "name": "", "props": {"state": "st_mode01", "value": ASKED}, "slots": {}}
    }
    return box, workflow("wf_send01", "Send is clicked", "pg_page01", "clicked", "el_send01", keeps)


def test_a_state_that_nothing_else_uses_goes_along_with_the_workflow_that_sets_it():
    box, sends = _form()
    _, after = _make(_app(box, workflows=[sends]), "el_form01")
    [made] = after.bodies("reusable")
    assert [made["nodes"][key]["name"] for key in children(made, made["root"], "states")] == ["mode"]
    assert "states" not in after.body("page", "pg_page01")["nodes"]["pg_page01"]["slots"]
    [follows] = after.bodies("workflow")
    assert follows["nodes"][follows["root"]]["props"]["page"] == made["root"] and _ends(after) == []


def test_what_the_page_reads_of_it_is_told():
    box, sends = _form()
    shown = element("el_shown1", "text", "Shown", text=text("Hello ", ASKED, "!"))
    plan, after = _make(_app(box, shown, workflows=[sends]), "el_form01")
    [made] = after.bodies("reusable")
    [row] = made["nodes"][made["root"]]["props"]["tells"]
    assert row["name"] == "Name's value" and _ends(after) == []
    here = after.body("page", "pg_page01")
    told = source("told", element=plan.select, value_of=row["key"])
    assert here["nodes"]["el_shown1"]["props"]["text"] == text("Hello ", told, "!")
    body, _ = expanded(here, after)
    [name] = [key for key, each in body["nodes"].items() if each["name"] == "Name"]
    assert body["nodes"]["el_shown1"]["props"]["text"] == text("Hello ", source("element", element=name), "!")


def test_what_it_reads_of_the_page_it_is_given_once_and_operators_stay():
    beside = element("el_input1", "input", "Name")
    loud = {**ASKED, "ops": [op("in_capitals")]}
    box = element(
        "el_form01",
        "group",
        "Form",
        element("el_one001", "text", "One", text=text("Hello ", ASKED)),
        element("el_two001", "text", "Two", text=text(loud)),
    )
    plan, after = _make(_app(beside, box), "el_form01")
    [made] = after.bodies("reusable")
    [key] = children(made, made["root"], "properties")
    assert (made["nodes"][key]["name"], made["nodes"][key]["props"]) == ("Name", {"type": "text"})
    assert after.node(plan.select)["props"][key] == ASKED and _ends(after) == []
    read = source("property", property=key)
    [two] = [each for each in made["nodes"].values() if each["name"] == "Two"]
    assert two["props"]["text"] == text({**read, "ops": [op("in_capitals")]})


def test_what_would_be_torn_apart_is_said_and_nothing_is_done_until_it_is_said_again():
    box, sends = _form()
    other = element("el_other1", "text", "Other", text=text(MODE))
    found = _app(box, other, workflows=[sends])
    plan, none = _make(found, "el_form01")
    assert none is None and plan.doubt == "Make Form reusable anyway"
    assert plan.say == (
        "Step 1 of “Send is clicked” needs mode, which stays outside: choose what belongs together, or change that first."
    )
    _, after = _make(found, "el_form01", anyway=True)
    assert len(after.bodies("reusable")) == 1 and len(_ends(after)) == 1


@pytest.fixture
def demo():
    return Catalog([(kind, body["root"], body) for kind, body in Demo().documents() if kind != "theme"])


def test_a_message_in_a_list_becomes_a_bubble_that_takes_it(demo):
    chat = [each for each in demo.bodies("page") if "el_answr1" in each["nodes"]]
    found = Catalog(
        [
            ("page", "pg_chat01", chat[0]),
            *((kind, each["root"], each) for kind in ("workflow", "api", "data_type") for each in demo.bodies(kind)),
        ]
    )
    before = _ends(found)
    plan, after = _make(found, "el_answr1")
    [made] = after.bodies("reusable")
    [key] = children(made, made["root"], "properties")
    assert made["nodes"][key]["props"] == {"type": "thing:dt_messag"}
    assert after.node(plan.select)["props"][key] == source("cell", element="el_msgs01")
    assert _ends(after) == before


def test_the_whole_chat_goes_with_both_its_workflows_and_what_stops_the_answer_does_not_go_alone(demo):
    chat = demo.body("page", "pg_chat01")
    found = Catalog(
        [
            ("page", "pg_chat01", chat),
            *((kind, each["root"], each) for kind in ("workflow", "api", "data_type") for each in demo.bodies(kind)),
        ]
    )
    before = _ends(found)
    _, after = _make(found, "el_foot01", "el_live01")
    assert len(after.bodies("workflow")) == len(found.bodies("workflow")) and _ends(after) == before
    plan, none = _make(found, "el_compos")
    assert none is None and plan.say.startswith(
        "Step 1 of “Stop is clicked” needs step 3 of “Send is clicked”, which would be inside"
    )
