"""The Design tab over HTTP: whose it is, what its parts show, and gestures with what follows them."""

import json
import re
from functools import partial

import pytest
from django.test import Client

from builder.chosen import choose
from builder.document import body, node
from builder.drawing.outline import rows
from builder.expressions.catalog import Catalog
from builder.models import App
from builder.panel.properties import tabs_of
from builder.starters import starters

pytestmark = pytest.mark.django_db

PAGE = "/apps/juniper/design/pg_chat01/"


@pytest.fixture
def app(ada) -> App:
    return starters["demo"].make(ada, "Juniper", "juniper")


def gesture(client: Client, said: object, page: str = PAGE):
    text = said if isinstance(said, str) else json.dumps(said)
    return client.post(f"{page}gestures/", text, content_type="application/json")


def parts(client: Client, node: str = "", more: str = ""):
    return client.get(f"{PAGE}parts/?node={node}{more}").json()


def html_of(drawn: dict) -> str:
    """All that comes of a drawing."""
    return "".join(drawn["pieces"].values())


def row(html: str, key: str) -> str:
    return re.search(rf'<div class="row" id="row-{key}".*?</div>', html, re.S)[0]  # type: ignore[index]


# Whose it is


@pytest.mark.parametrize("path", ["", "canvas/", "parts/", "places/?node=el_send01"])
def test_it_is_the_owners(app, ada_client, cy_client, client, path):
    """P27: what is not theirs does not exist for them."""
    assert ada_client.get(PAGE + path).status_code == 200
    assert cy_client.get(PAGE + path).status_code == 404
    assert client.get(PAGE + path).status_code in (302, 401)


def test_only_the_owner_changes_it(app, ada_client, cy_client):
    said = {"do": "delete", "node": "el_hint01"}
    assert gesture(cy_client, said).status_code == 404
    assert "el_hint01" in app.documents.get(key="pg_chat01").body["nodes"]
    assert gesture(ada_client, said).json()["ok"]


def test_the_canvas_shows_pictures_of_the_hosts_that_pages_do(app, ada_client):
    choose("media", {"hosts": ["images.example"]}, app)
    policy = ada_client.get(f"{PAGE}canvas/")["Content-Security-Policy"]
    assert policy.count("https://images.example") == 2


def test_a_page_that_is_not_there_is_a_404_and_no_page_the_first(app, ada_client):
    assert ada_client.get("/apps/juniper/design/pg_gone00/").status_code == 404
    assert 'data-page="pg_chat01"' in ada_client.get("/apps/juniper/design/").content.decode()


def test_an_app_whose_pages_were_undone_says_so(app, ada_client):
    app.documents.filter(kind="page").delete()
    assert b"No page yet" in ada_client.get("/apps/juniper/design/").content


# What it shows


def test_the_canvas_is_the_page_with_the_apps_styles_and_without_scripts(app, ada_client):
    answer = ada_client.get(f"{PAGE}canvas/")
    html = answer.content.decode()
    assert "<script" not in html and "css/app" in html and "css/canvas" in html and "css/screens/" not in html
    assert 'data-el="el_send01"' in html and "no-store" in answer["Cache-Control"]
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]


def test_the_palette_offers_every_element_in_its_group(app, ada_client):
    html = ada_client.get(PAGE).content.decode()
    offered = re.findall(r'class="tile[^>]*data-type="(\w+)"', html)
    assert {"heading", "text", "markdown", "live_text", "button", "input", "multiline", "group"} <= set(offered)
    assert "page" not in offered and offered[0] == "live_text"


def test_the_tree_has_each_element_with_its_level_and_marks(app, ada_client):
    tree = html_of(parts(ada_client)["tree"])
    live = row(tree, "el_reply1")
    assert 'aria-level="4"' in live and 'data-parent="el_live01"' in live
    assert "visible on a condition" in live and "shows a stream" in live and "begins a workflow" not in live
    assert "begins a workflow" in row(tree, "el_send01")
    assert 'aria-expanded="true"' in row(tree, "el_compos") and "aria-expanded" not in live
    assert 'data-stream="Ask the model&#x27;s Reply"' in live


def test_an_element_that_is_never_visible_is_marked(app, ada_client):
    gesture(ada_client, {"do": "set", "node": "el_hint01", "prop": "visible", "value": False})
    assert 'aria-label="hidden"' in row(html_of(parts(ada_client)["tree"]), "el_hint01")


def test_the_panel_shows_text_and_chips(app, ada_client):
    panel = parts(ada_client, "el_reply1", "&only=panel")["panel"]
    field = re.search(r'<sw-expr[^>]*data-prop="text".*?</sw-expr>', panel, re.S)[0]  # type: ignore[index]
    assert 'data-expects="text"' in field and 'data-node="el_reply1"' in field and 'data-doc="page/pg_chat01"' in field
    assert 'class="chip chip-stream"' in field and 'data-part="0"' in field
    assert "Ask the model&#x27;s Reply" in field and "<em>text so far</em>" in field
    assert '<span class="txt">Juniper is thinking…</span>' in panel


def test_a_part_of_the_panel_alone_is_only_the_panel(app, ada_client):
    assert parts(ada_client, "el_reply1", "&only=panel").keys() == {"node", "nodes", "panel"}
    assert parts(ada_client, "el_reply1").keys() == {
        "node",
        "nodes",
        "seen",
        "panel",
        "tree",
        "status",
        "canvas",
        "look",
        "pages",
        "reusables",
    }


@pytest.mark.parametrize("key", ["el_gone00", "", "pg_chat01", "<script>"])
def test_without_a_selection_the_panel_is_the_pages(app, ada_client, key):
    answer = parts(ada_client, key)
    assert answer["node"] == "pg_chat01" and "Page states" in answer["panel"] and "<script>" not in answer["panel"]


def test_a_page_that_was_removed_says_where_to_go_on(app, ada_client):
    app.documents.get(key="pg_chat01").delete()
    assert parts(ada_client) == {"gone": "/apps/juniper/design/"}


def test_hostile_names_and_values_stay_text(app, ada_client):
    """P31."""
    hostile = '"><script>alert(1)</script>'
    gesture(ada_client, {"do": "rename", "node": "el_reply1", "name": hostile})
    gesture(ada_client, {"do": "set", "node": "el_reply1", "prop": "waiting", "value": hostile})
    answer = parts(ada_client, "el_reply1")
    assert "<script>" not in answer["panel"] + answer["status"] + html_of(answer["tree"]) + html_of(answer["canvas"])


def test_every_issue_of_the_page_is_in_the_status_bar(app, ada_client):
    assert "No issues" in parts(ada_client)["status"]
    gone = {"from": "element", "args": {"element": "el_gone00"}, "ops": []}
    gesture(ada_client, {"do": "set", "node": "el_hint01", "prop": "text", "value": gone})
    answer = parts(ada_client, "el_hint01")
    assert "1 issue" in answer["status"] and 'data-goto="el_hint01"' in answer["status"]
    assert 'aria-invalid="true"' in answer["panel"] and "chip-bad" in answer["panel"]


def test_the_dialog_of_places_says_what_is_moved(app, ada_client):
    for nodes, words in (("el_stop01",), "Move Stop to…"), (("el_stop01", "el_send01"), "Move 2 elements to…"):
        html = ada_client.get(f"{PAGE}places/", {"node": list(nodes)}).content.decode()
        assert words in html and 'data-moving="el_stop01"' in html


def test_the_dialog_lists_places_by_their_names(app, ada_client):
    html = ada_client.get(f"{PAGE}places/?node=el_stop01").content.decode()
    assert "Move Stop to…" in html and "In Composer, after Send" in html and 'data-parent="el_compos"' in html


# Gestures


def test_a_gesture_is_one_entry_and_brings_what_follows(app, ada_client):
    answer = gesture(ada_client, {"do": "insert", "type": "button", "at": "el_send01"}).json()
    assert answer["undo"] == "Add Button" and answer["say"] == "Button is now in Composer, after Send"
    new = answer["parts"]["node"]
    tree, canvas = html_of(answer["parts"]["tree"]), html_of(answer["parts"]["canvas"])
    assert f'id="row-{new}"' in tree and f'data-el="{new}"' in canvas
    assert app.entries.count() == 1


def test_deleting_a_button_with_its_workflow_is_one_undo(app, ada_client):
    assert (
        gesture(ada_client, {"do": "delete", "node": "el_stop01"})
        .json()["toast"]
        .count("Stop with 1 workflow is deleted.")
    )
    assert not app.documents.filter(key="wf_stop01").exists()
    ada_client.post("/apps/juniper/undo/", "{}", content_type="application/json")
    assert app.documents.filter(key="wf_stop01").exists()
    assert "el_stop01" in app.documents.get(key="pg_chat01").body["nodes"]


def test_a_value_that_is_not_taken_is_answered_with_its_sentence(app, ada_client):
    answer = gesture(ada_client, {"do": "set", "node": "pg_chat01", "prop": "path", "value": "a b"})
    assert answer.status_code == 200
    assert answer.json() == {"ok": False, "prop": "path", "sentence": answer.json()["sentence"]}
    assert app.entries.count() == 0


def test_nothing_to_do_is_said_and_written_nowhere(app, ada_client):
    answer = gesture(ada_client, {"do": "move", "node": "el_bar001", "way": "up"}).json()
    assert answer == {"ok": False, "say": "Top bar is already the first in chat.", "toast": ""}
    assert app.entries.count() == 0


def test_typing_leaves_the_selection_where_it_is_by_then(app, ada_client):
    said = {"do": "set", "node": "el_hint01", "prop": "text", "value": "Now", "selected": "el_send01"}
    assert gesture(ada_client, said).json()["parts"]["node"] == "el_send01"


@pytest.mark.parametrize(
    ("do", "where"),
    [
        ("new_page", r"/apps/juniper/design/pg_\w{6}/\?name=1"),
        ("duplicate_page", r"/apps/juniper/design/pg_\w{6}/\?name=1"),
    ],
)
def test_a_new_page_is_gone_to_and_waits_for_its_name(app, ada_client, do, where):
    answer = gesture(ada_client, {"do": do}).json()
    assert re.fullmatch(where, answer["go"]) and app.documents.filter(kind="page").count() == 3


def test_a_deleted_page_leads_to_another_and_comes_back(app, ada_client):
    assert gesture(ada_client, {"do": "delete_page"}).json()["go"] == "/apps/juniper/design/"
    assert not app.documents.filter(key="wf_send01").exists()
    ada_client.post("/apps/juniper/undo/", "{}", content_type="application/json")
    assert app.documents.filter(key__in=["pg_chat01", "wf_send01", "wf_stop01"]).count() == 3


def test_a_workflow_for_a_button_leads_to_the_workflows(app, ada_client):
    answer = gesture(ada_client, {"do": "add_workflow", "node": "el_send01", "event": "clicked"}).json()
    assert re.fullmatch(r"/apps/juniper/workflows/.*\?workflow=wf_\w{6}", answer["go"])
    assert "Send is clicked" in parts(ada_client, "el_send01")["panel"]


@pytest.mark.parametrize(
    "said",
    [
        "[",
        "[]",
        "5",
        "{}",
        {"do": "fly"},
        {"do": "move", "node": "el_send01", "way": "away"},
        {"do": "insert"},
        {"do": "set", "node": 5},
    ],
)
def test_rubbish_is_refused_in_the_one_shape(app, ada_client, said):
    answer = gesture(ada_client, said)
    assert answer.status_code == 422 and answer.json()["error"]["code"] == "invalid"


@pytest.mark.parametrize("do", ["move", "duplicate", "delete", "rename", "set"])
def test_what_is_gone_is_a_409_in_words(app, ada_client, do):
    said = {"do": do, "node": "el_gone00", "way": "up", "name": "x", "prop": "text", "value": "x"}
    answer = gesture(ada_client, said)
    assert answer.status_code == 409 and answer.json()["error"]["code"] == "node_gone"


# How the panel sorts a form


def tabs_for(type: str, **props):
    page = body(
        "pg_test01",
        {"pg_test01": node("page", "index", {}, children=["el_test01"]), "el_test01": node(type, type, props)},
    )
    catalog = Catalog([("page", "pg_test01", page)])
    return {
        tab.name: {each.prop: each for section in tab.sections for each in section.controls}
        for tab in tabs_of(page, "el_test01", catalog)
    }


def test_what_takes_dynamic_data_comes_first_and_visible_last():
    assert list(tabs_for("button")["properties"]) == ["label", "disabled", "icon", "icon_side", "visible", "keep_space"]


def test_a_tab_without_properties_is_left_out():
    assert list(tabs_for("live_text")) == ["properties", "layout"]
    assert list(tabs_for("group")) == ["properties", "layout", "style"]


def test_aligning_a_group_is_layout_and_aligning_text_is_style():
    assert "align" in tabs_for("group")["layout"] and "align" in tabs_for("text")["style"]


def test_a_few_short_steps_are_a_row_of_buttons_and_others_a_list():
    layout = tabs_for("group")["layout"]
    assert layout["direction"].kind == "seg" and layout["gap"].kind == "select"
    assert tabs_for("live_text")["properties"]["pace"].kind == "select", "its words are too long for a row"


def test_what_can_be_typed_depends_on_what_is_expected():
    assert tabs_for("text")["properties"]["text"].literal == "text"
    assert tabs_for("text")["properties"]["visible"].literal == "choice"
    assert tabs_for("group")["properties"]["source"].literal == "none"


def test_a_text_stands_before_between_and_behind_chips():
    chip = {"from": "now", "args": {}, "ops": []}
    control = tabs_for("text", text={"text": [chip, "and", chip]})["properties"]["text"]
    assert [(text, part) for text, part, _ in control.segments] == [("", 0), ("and", 2), ("", -1)]
    assert tabs_for("text", text="plain")["properties"]["text"].segments == [("plain", -1, None)]


def test_rows_count_as_assistive_technology_does():
    page = body(
        "pg_test01",
        {
            "pg_test01": node("page", "index", {}, children=["el_a", "el_b"]),
            "el_a": node("text", "A"),
            "el_b": node("group", ""),
        },
    )
    found = rows(page, Catalog([("page", "pg_test01", page)]))
    assert [(each.name, each.level, each.place, each.siblings) for each in found] == [
        ("index", 1, 1, 1),
        ("A", 2, 1, 2),
        ("Group", 2, 2, 2),
    ]


def test_what_is_drawn_already_does_not_come_again(app, ada_client):
    first = parts(ada_client, "el_reply1")
    again = parts(ada_client, "el_reply1", f"&tree={first['tree']['mark']}&canvas={first['canvas']['mark']}")
    for drawn in ("tree", "canvas"):
        assert first[drawn]["pieces"] and not again[drawn]["pieces"]
        assert again[drawn]["base"] == again[drawn]["mark"] == first[drawn]["mark"]


def test_the_tab_opens_with_the_marks_of_what_is_drawn(app, ada_client):
    tab, canvas = (ada_client.get(PAGE + path).content.decode() for path in ("", "canvas/"))
    marks = re.findall(r'data-mark="(\w+)"', tab + canvas)
    said = {"do": "rename", "node": "el_hint01", "name": "Other", "tree": marks[0], "canvas": marks[1]}
    answer = gesture(ada_client, said).json()["parts"]
    assert answer["tree"]["pieces"].keys() == {"el_hint01"} and answer["tree"]["base"] == marks[0]
    assert not answer["canvas"]["pieces"]


def test_half_a_sign_in_a_text_is_answered_as_json_too(app, ada_client):
    said = {"do": "set", "node": "el_stop01", "prop": "label", "value": "Half \ud83d"}
    answer = gesture(ada_client, said).json()
    assert answer["ok"] and "Half \ud83d" in html_of(answer["parts"]["canvas"])
    assert "Half \ud83d" in parts(ada_client, "el_stop01")["panel"]


def test_a_control_that_says_the_same_is_drawn_the_same(app, ada_client):
    before = parts(ada_client, "el_stop01", "&only=panel")["panel"]
    assert parts(ada_client, "el_stop01", "&only=panel")["panel"] == before
    gesture(ada_client, {"do": "set", "node": "el_stop01", "prop": "keep_space", "value": True})
    after = parts(ada_client, "el_stop01", "&only=panel")["panel"]
    switch = '<input type="checkbox" role="switch" class="switch" name="keep_space"'
    assert re.search(f"{switch}[^>]* checked>", after) and not re.search(f"{switch}[^>]* checked>", before)


def test_an_undo_brings_what_follows_it_where_it_is_said_what_is_looked_at(app, ada_client):
    first = parts(ada_client, "el_hint01")
    said = {"do": "rename", "node": "el_stop01", "name": "Halt", "selected": "el_hint01"}
    seen = {name: first[name]["mark"] for name in ("tree", "canvas")}
    drawn = gesture(ada_client, said | seen).json()["parts"]
    seen = {name: drawn[name]["mark"] for name in seen}
    for verb, name in (("undo", "Stop"), ("redo", "Halt")):
        asked = json.dumps(seen | {"selected": "el_hint01"})
        answer = ada_client.post(f"/apps/juniper/{verb}/?page=pg_chat01", asked, content_type="application/json").json()
        drawn = answer["parts"]
        assert (answer["select"], drawn["node"], drawn["tree"]["base"]) == ("el_stop01", "el_stop01", seen["tree"])
        assert drawn["tree"]["pieces"].keys() == {"el_stop01"} and name in html_of(drawn["tree"])
        now = parts(ada_client, "el_stop01")
        assert drawn["tree"]["mark"] == now["tree"]["mark"] and drawn["panel"] == now["panel"]
        seen = {name: drawn[name]["mark"] for name in seen}
    assert "parts" not in ada_client.post("/apps/juniper/undo/?page=pg_chat01").json(), "Nobody said what they look at."


def test_the_undo_of_a_new_page_that_is_looked_at_has_nothing_to_draw(app, ada_client):
    gesture(ada_client, {"do": "new_page"})
    key = app.documents.filter(kind="page").last().key
    asked = json.dumps({"tree": "", "canvas": ""})
    answer = ada_client.post(f"/apps/juniper/undo/?page={key}", asked, content_type="application/json").json()
    assert (
        answer["ok"] and "parts" not in answer and "gone" in ada_client.get(f"/apps/juniper/design/{key}/parts/").json()
    )


def test_a_gesture_asks_the_database_a_dozen_questions(app, ada_client, django_assert_max_num_queries):
    said = {"do": "rename", "node": "el_stop01", "name": "Halt"}
    gesture(ada_client, said)
    # Session, person, app; savepoint, documents; document, app, entries, entry; savepoint; the samples of the canvas.
    with django_assert_max_num_queries(12):
        gesture(ada_client, said | {"name": "Wait"})


@pytest.mark.parametrize(
    "said",
    [
        {"do": "rename", "node": "el_stop01", "name": "Halt"},
        {"do": "move", "node": "el_stop01", "way": "up"},
        {"do": "delete", "node": "el_send01"},
        {"do": "duplicate", "node": "el_stop01"},
    ],
    ids=lambda said: said["do"],
)
def test_what_is_drawn_after_a_gesture_is_what_is_read_later(app, ada_client, said):
    """The documents that were written are not read again."""
    seen = {"tree": "", "canvas": ""}
    undo = partial(ada_client.post, "/apps/juniper/undo/?page=pg_chat01", seen, content_type="application/json")
    for do in (partial(gesture, ada_client, said), undo):
        answer = do().json()
        drawn, now = answer["parts"], parts(ada_client, answer.get("select", ""))
        history = ada_client.get("/apps/juniper/history/").json()
        assert history == {"undo": answer["undo"], "redo": answer["redo"]}
        for name in ("tree", "canvas"):
            assert drawn[name]["mark"] == now[name]["mark"]
        assert (drawn["panel"], drawn["status"]) == (now["panel"], now["status"])
