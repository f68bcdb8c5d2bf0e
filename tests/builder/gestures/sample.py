"""A page that gestures are made on, and what a plan makes of it."""

from builder.changes import changes
from builder.document import body, children, node
from builder.expressions.catalog import Catalog
from builder.kinds import kinds

VALUE = {"from": "element", "args": {"element": "el_input1"}, "ops": []}


def sample():
    """index ─ Title, Answer ─ (Live, Actions ─ Stop), Hint; with one state."""
    nodes = {
        "pg_test01": node("page", "index", {}, children=["el_title1", "el_answer", "el_hint01"], states=["st_mode01"]),
        "el_title1": node("heading", "Title"),
        "el_answer": node("group", "Answer", {}, children=["el_live01", "el_action"]),
        "el_live01": node("live_text", "Live"),
        "el_action": node("group", "Actions", {}, children=["el_stop01"]),
        "el_stop01": node("button", "Stop"),
        "el_hint01": node("text", "Hint"),
        "st_mode01": node("state", "mode", {"type": "text"}),
    }
    return body("pg_test01", nodes)


def workflow(key: str, element: str):
    event = {"type": "clicked", "options": {"element": element}}
    return body(key, {key: node("workflow", "Stop is clicked", {"page": "pg_test01", "event": event}, steps=[])})


def catalog(page, *workflows):
    return Catalog([("page", "pg_test01", page), *(("workflow", each["root"], each) for each in workflows)])


def done(page, plan):
    """The page after a plan's changes, still readable."""
    for change in plan.changes:
        changes[change["do"]].check(change)
        if change["doc"] == "page/pg_test01":
            page, _ = changes[change["do"]].apply(page, change)
    assert [problem for problem in kinds["page"].problems(page) if problem.severity == "error"] == []
    return page


def order(page, key: str = "pg_test01") -> list[str]:
    return [page["nodes"][child]["name"] for child in children(page, key)]
