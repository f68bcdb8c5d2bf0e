"""Issues of a whole app (S43): each is counted in the status bar, listed in words, and leads to where it is fixed."""

import html
import json
import re

import pytest

from builder import journal
from builder.access import catalog_of
from builder.checking.issues import issues_of, left_behind, uses
from builder.kinds import kinds
from builder.models import App
from builder.starters import starters
from workflows.releases import publish

pytestmark = pytest.mark.django_db

PAGE = "/apps/juniper/design/pg_chat01/"


@pytest.fixture
def app(ada) -> App:
    return starters["demo"].make(ada, "Juniper", "juniper")


def change(app: App, *changes: dict) -> None:
    journal.perform(app, app.owner, "Break something", changes)


def update(doc: str, node: str, **props: object) -> dict:
    return {"do": "update", "doc": doc, "node": node, "set": props}


def remove(doc: str, node: str) -> dict:
    return {"do": "remove", "doc": doc, "node": node}


def status(ada_client) -> str:
    return html.unescape(ada_client.get(f"{PAGE}parts/").json()["status"])


GONE = {"from": "element", "args": {"element": "el_gone00"}, "ops": []}
LOOSE = {
    "a value whose source is gone": (
        update("page/pg_ticker", "el_phint1", text=GONE),
        "Hint on page ticker",
        "is gone. Choose another source.",
    ),
    "a field that is gone": (
        remove("api/ai_pract1", "fd_low001"),
        "BTC-USD range on page ticker",
        "A field of",
    ),
    "a value of another type": (
        update("page/pg_ticker", "el_phint1", visible={"from": "now", "args": {}, "ops": []}),
        "Hint on page ticker",
        "This needs a yes/no",
    ),
    "a workflow whose element is gone": (
        remove("page/pg_chat01", "el_stop01"),
        "Workflow “",
        "The element of this event is gone.",
    ),
    "a workflow whose page is gone": (
        update("workflow/wf_stop01", "wf_stop01", page="pg_gone00"),
        "Workflow “",
        "The page of this workflow is gone.",
    ),
    "a step whose call is gone": (
        remove("api/ai_pract1", "ca_ask001"),
        "Step 3 of “Send is clicked”",
        "The call is gone. Choose another one.",
    ),
    "a condition that is broken": (
        update("workflow/wf_send01", "wf_send01", when=GONE),
        "Workflow “Send is clicked”",
        "is gone. Choose another source.",
    ),
    "a call that was never initialized": (
        {"do": "update", "doc": "api/ai_pract1", "node": "ca_ticker", "unset": ["initialized"]},
        "Call Price ticker of Practice",
        "was never initialized",
    ),
    "two calls of one name": (
        {"do": "update", "doc": "api/ai_pract1", "node": "ca_ticker", "name": "Ask the model"},
        "Call Ask the model of Practice",
        "There are two calls named Ask the model.",
    ),
    "a page that nothing leads to": (
        {"do": "update", "doc": "page/pg_ticker", "node": "pg_ticker", "unset": ["by_address"]},
        "Page ticker",
        "It has no way in",
    ),
    "two fields of one name": (
        {"do": "update", "doc": "data_type/dt_messag", "node": "df_body01", "name": "Role"},
        "Role of Message",
        "There are two fields named Role.",
    ),
}


@pytest.mark.parametrize(("broken", "where", "sentence"), LOOSE.values(), ids=LOOSE)
def test_S43_every_issue_of_the_app_is_listed_on_every_page_and_leads_there(app, ada_client, broken, where, sentence):
    assert "No issues" in status(ada_client)
    change(app, broken)
    shown = status(ada_client)
    row = next(each for each in re.findall(r"<a class=\"row.*?</a>", shown, re.S) if where in each)
    assert sentence in row
    answer = ada_client.get(html.unescape(re.search(r'href="([^"]+)"', row)[1]), follow=True)
    assert answer.status_code == 200 and answer.redirect_chain == []
    journal.undo(app, app.owner)
    assert "No issues" in status(ada_client)


def test_S43_the_link_of_an_issue_selects_what_it_is_about(app, ada_client):
    change(app, update("page/pg_ticker", "el_phint1", text=GONE), update("page/pg_chat01", "el_hint01", text=GONE))
    here, there = issues_of(app, catalog_of(app))
    assert (here.url, there.url) == (
        f"{PAGE}?node=el_hint01&prop=text",
        "/apps/juniper/design/pg_ticker/?node=el_phint1&prop=text",
    )
    assert 'data-goto="el_hint01"' in status(ada_client) and 'data-goto="el_phint1"' not in status(ada_client)
    change(app, update("workflow/wf_send01", "sp_save01", when=GONE))
    step = next(each for each in issues_of(app, catalog_of(app)) if each.node == "sp_save01")
    assert step.url == "/apps/juniper/workflows/?workflow=wf_send01&step=sp_save01&focus=field-sp_save01-when"


# Fixes


def page(key: str, *elements: dict, **props: object) -> dict:
    """A page with these elements, `el_000000` and so on, as a change that makes it."""
    ids = [f"el_{number:06}" for number in range(len(elements))]
    root = {"type": "page", "name": key, "props": {"by_address": True, **props}, "slots": {"children": ids}}
    return {
        "do": "create",
        "doc": f"page/{key}",
        "body": {"v": 1, "root": key, "nodes": {key: root} | dict(zip(ids, elements, strict=True))},
    }


def one(type: str, **props: object) -> dict:
    return {"type": type, "name": "Thing", "props": props, "slots": {}}


NEVER = {"id": "cn_000001", "on": "when", "when": GONE, "set": {"tone": "quiet"}}
FIXED = {
    "a missing label": (
        page("pg_mend01", one("input", label="", placeholder="Your question")),
        "Give it the label “Your question”",
    ),
    "a heading out of order": (
        page("pg_mend01", one("heading", level=1), one("heading", level=3)),
        "Set it to level 2",
    ),
    "a second title": (page("pg_mend01", one("heading", level=1), one("heading", level=1)), "Set it to level 2"),
    "a colour that cannot be read": (page("pg_mend01", one("text", ink="on-fill")), "Use “"),
    "a ground nothing can be read on": (page("pg_mend01", one("group", ground="ink")), "Use “"),
    "a condition whose source is gone": (page("pg_mend01", one("text", conditions=[NEVER])), "Remove condition 1"),
    "a condition that is never yes": (
        page("pg_mend01", one("text", conditions=[NEVER | {"when": True}, NEVER | {"id": "cn_000002", "when": False}])),
        "Remove condition 2",
    ),
    "a named style that was removed": (page("pg_mend01", one("text", uses="sy_gone00")), "Use no named style"),
    "a colour that was removed": (page("pg_mend01", one("text", ink="gone")), "Take it away"),
    "a picture that nobody described": (page("pg_mend01", one("image", src="/a.png")), "Mark it as decoration"),
    "a page without a way in": (page("pg_mend01", by_address=False), "It is reached by its address"),
    "two pages at one address": (page("pg_mend01", path="ticker"), "Give it the address /ticker-2/"),
    "two calls of one name": (LOOSE["two calls of one name"][0], "Rename it Ask the model 2"),
    "two fields of one name": (LOOSE["two fields of one name"][0], "Rename it Role 2"),
}


@pytest.mark.parametrize(("broken", "label"), FIXED.values(), ids=FIXED)
def test_S43_a_fix_takes_its_issue_away_by_one_press_and_undo_brings_it_back(app, ada_client, broken, label):
    change(app, broken)
    before = issues_of(app, catalog_of(app))
    end = next(each for each in before if each.fix and each.fix.label.startswith(label))
    assert html.escape(end.fix.label) in ada_client.get(f"{PAGE}parts/").json()["status"]
    answer = ada_client.post("/apps/juniper/fix/", end.asked, content_type="application/json").json()
    assert answer["ok"] and answer["undo"] == end.fix.label and html.escape(end.fix.done) in answer["toast"]
    after = issues_of(app, catalog_of(app))
    assert (
        len(after) < len(before)
        and end not in after
        and set(each.sentence for each in after) <= {each.sentence for each in before}
    )
    journal.undo(app, app.owner)
    assert issues_of(app, catalog_of(app)) == before


def test_S43_a_fix_does_nothing_but_what_its_button_said(app, ada_client):
    """Nor twice: whoever was first has done it."""
    change(app, page("pg_mend01", one("heading", level=1), one("heading", level=3)))
    said = json.loads(next(each for each in issues_of(app, catalog_of(app)) if each.fix).asked)
    for asked in (said | {"label": "Set it to level 3"}, said | {"node": "el_000000"}, {"doc": 1}):
        assert ada_client.post(
            "/apps/juniper/fix/", json.dumps(asked), content_type="application/json"
        ).status_code in (409, 422)
    assert ada_client.post("/apps/juniper/fix/", json.dumps(said), content_type="application/json").status_code == 200
    assert ada_client.post("/apps/juniper/fix/", json.dumps(said), content_type="application/json").status_code == 409


def test_S43_what_is_worth_a_look_keeps_no_release_from_being_made(app, ada):
    change(app, page("pg_mend01", one("image", src="/a.png")))
    end = next(iter(issues_of(app, catalog_of(app))))
    assert not end.blocks and "no description" in end.sentence
    assert publish(app, ada).number == 1


def coloured(**sides: str) -> dict:
    """A theme in which the colour of text is another one."""
    ink = {"type": "colour", "name": "Text", "props": {"token": "ink", **sides}, "slots": {}}
    root = {"type": "theme", "name": "Theme", "props": {}, "slots": {"colours": ["co_ink001"]}}
    nodes = {"tm_theme": root, "co_ink001": ink}
    return {"do": "create", "doc": "theme/tm_theme", "body": {"v": 1, "root": "tm_theme", "nodes": nodes}}


def test_S43_a_fix_of_several_ends_is_offered_once_and_takes_all_of_them_away(app, ada_client):
    change(app, coloured(light="#eeeeee", dark="#ffffff"))
    found = issues_of(app, catalog_of(app))
    assert len(found) == 4 and {each.prop for each in found} == {"light"}
    assert [bool(each.fix) for each in found] == [True, False, False, False]
    assert status(ada_client).count("data-fix=") == 1
    ada_client.post("/apps/juniper/fix/", found[0].asked, content_type="application/json")
    assert issues_of(app, catalog_of(app)) == []


def shuffled(stored: object) -> object:
    """JSON with its objects in the order that PostgreSQL gives them back in."""
    if isinstance(stored, list):
        return [shuffled(each) for each in stored]
    if not isinstance(stored, dict):
        return stored
    return {name: shuffled(stored[name]) for name in sorted(stored, key=lambda name: (len(name), name), reverse=True)}


def test_S43_the_order_of_issues_is_not_the_database_s(app):
    """They are listed as one reads the page, the same before and after it was stored."""
    gone = {"text": [GONE]}
    things = [one("text", text=gone, visible=GONE), one("image", src="/a.png", alt=GONE), one("group", ground="gone")]
    change(app, page("pg_mend01", *things), coloured(light="#eeeeee", dark="#777777"))
    catalog = catalog_of(app)
    here = issues_of(app, catalog)
    assert len(here) > 6
    mixed = [(kind.name, shuffled(body)) for kind in kinds.values() for body in catalog.bodies(kind.name)]
    assert issues_of(app, catalog.replacing(mixed)) == here
    on_page = [each.node for each in here if each.doc == "page/pg_mend01"]
    assert on_page == sorted(on_page)


# What is deleted although it is in use


def gesture(client, **said):
    return client.post(f"{PAGE}gestures/", json.dumps(said), content_type="application/json").json()


def test_deleting_an_element_that_is_in_use_names_the_places_and_they_become_issues(app, ada_client):
    answer = gesture(ada_client, do="delete", node="el_quest1")
    toast = html.unescape(answer["toast"])
    assert "Message is deleted." in toast and "Undo" in toast
    assert "Used in 3 places: Send on page chat, workflow “Send is clicked”, step 1 of “Send is clicked”." in toast
    assert "issues" in answer["parts"]["status"] and "No issues" not in answer["parts"]["status"]


def test_deleting_what_nothing_uses_says_only_that(app, ada_client):
    assert "Used in" not in gesture(ada_client, do="delete", node="el_hint01")["toast"]


def test_deleting_a_page_offers_undo_on_the_page_it_leads_to(app, ada_client):
    answer = gesture(ada_client, do="delete_page")
    shown = html.unescape(ada_client.get(answer["go"]).content.decode())
    assert "Page chat with 2 workflows is deleted." in shown and "<sw-undo>" in shown


def test_a_reference_counts_wherever_it_is_written(app):
    """In a call's `ai_…/ca_…`, in a type such as `thing:dt_…`, in an argument of an operator; never in a longer id."""
    catalog = catalog_of(app)
    assert "Messages on page chat" in uses(catalog, ["dt_messag"])
    assert "step 3 of “Send is clicked”" in uses(catalog, ["ca_ask001"])
    assert "step 3 of “Send is clicked”" in uses(catalog, ["df_body01"])
    assert uses(catalog, ["df_body0"]) == [] == uses(catalog, [])


def test_many_places_are_counted_and_the_first_named(app):
    change(app, remove("workflow/wf_send01", "sp_ask001"))
    said = left_behind(app, app.owner)
    assert said.startswith("Used in 5 places: ") and said.endswith(" and 2 more.")
