"""The composer over HTTP: whose it is, what it answers, and that nothing of a name or a sample becomes markup."""

import json

import pytest

from builder.starters import starters
from tests.connector.captures.test_samples import capture, without_captures

pytestmark = pytest.mark.django_db

TEXT = {"doc": "page/pg_chat01", "node": "el_reply1", "prop": "text", "expects": "text"}
SO_FAR = {
    "from": "step",
    "args": {"step": "sp_ask001"},
    "ops": [{"op": "field", "args": ["fd_reply1"]}, {"op": "text_so_far"}],
}


@pytest.fixture
def app(ada):
    return without_captures(starters["demo"].make(ada, "Juniper", "juniper"))


@pytest.fixture
def compose(app, ada_client):
    def ask(**said):
        answer = ada_client.post("/apps/juniper/compose/", json.dumps(TEXT | said), content_type="application/json")
        return answer.json() if answer.status_code == 200 else answer

    return ask


def after(compose, opened, gesture, **more):
    return compose(levels=opened["levels"], gesture=gesture, **more)


def test_it_opens_at_the_part_that_was_pressed(compose):
    answer = compose(value={"text": ["Hello ", SO_FAR]}, part=1)
    [level] = answer["levels"]
    assert level["value"] == SO_FAR
    assert "Text of Live answer" in answer["html"] and "text so far" in answer["html"]
    assert answer["focus"] == "composer-find"


def test_the_plus_of_a_text_begins_something_new(compose):
    answer = compose(value={"text": ["Hello ", SO_FAR]}, part=None)
    assert answer["levels"][0]["value"] is None
    assert "Which data?" in answer["html"]


def test_a_gesture_goes_on_from_what_the_page_knows_and_says_what_it_did(compose):
    answer = after(
        compose,
        compose(value=SO_FAR, part=0),
        {"do": "choose", "adds": {"op": {"op": "shortened_to", "args": [None]}}},
    )
    assert (answer["say"], answer["focus"]) == (
        "shortened to added. Fill in length.",
        "composer-ops-2-args-0",
    )
    path = ["ops", 2, "args", 0]
    answer = after(compose, answer, {"do": "fill", "path": path, "value": "280"})
    assert answer["levels"][0]["value"]["ops"][2] == {"op": "shortened_to", "args": [280]}


def test_what_is_used_remembers_its_name(compose):
    answer = after(compose, compose(value=SO_FAR, part=0), {"do": "use"})
    assert answer == {"used": {**SO_FAR, "was": "Ask the model's Reply › text so far"}}


def test_what_was_emptied_is_used_as_nothing(compose):
    assert after(compose, compose(value=None, part=None), {"do": "use"}) == {"used": None}


def test_what_does_not_fit_is_not_used_and_says_why(compose):
    opened = compose(value=SO_FAR, part=0, expects="yes_no", prop="visible")
    assert "This needs a yes/no" in opened["html"]
    answer = after(compose, opened, {"do": "use"}, expects="yes_no", prop="visible")
    assert "used" not in answer
    assert answer["say"].startswith("This needs a yes/no")


def test_in_a_workflow_steps_are_named_by_their_number(compose):
    answer = compose(doc="workflow/wf_send01", node="sp_keep01", prop="fields.df_body01", label="Body", value=None)
    assert "Body of step 4" in answer["html"]
    assert "Result of step 3 (Ask the model)" in answer["html"]


def test_on_a_page_steps_of_one_name_are_told_apart_by_their_number(compose):
    html = compose(value=None, part=None)["html"]
    assert "Create a Message (step 1)" in html and "Create a Message (step 4)" in html
    assert "Ask the model (step" not in html


def test_the_sample_is_shown_at_any_frame(app, compose):
    capture(app)
    opened = compose(value=SO_FAR, part=0)
    assert "Leaf drop after a move" in opened["html"] and "is done" in opened["html"]
    early = compose(levels=opened["levels"], moment=200)
    assert "<p>Leaf <mark>drop </mark></p>" in early["html"]
    assert "frame 2 of" in early["html"] and "is streaming" in early["html"]


def test_no_name_and_no_sample_becomes_markup(app, compose):
    hostile = "<img src=x onerror=alert(1)>"
    page = app.documents.get(kind="page", key="pg_chat01")
    for node in page.body["nodes"].values():
        node["name"] = hostile
    page.save()
    capture(app, (hostile.replace('"', ""),))
    gone = {"from": "step", "args": {"step": "sp_gone"}, "ops": [], "was": hostile}
    argument = {**SO_FAR, "ops": [*SO_FAR["ops"], {"op": "followed_by", "args": [hostile]}]}
    for value in (SO_FAR, gone, argument):
        html = compose(value=value, part=0)["html"]
        assert "<img" not in html
        assert "&lt;img" in html


@pytest.mark.parametrize(
    "said",
    [
        {"doc": "page/pg_gone01"},
        {"doc": 3},
        {"levels": []},
        {"levels": [{"value": 3}]},
        {"levels": [{"value": {"from": "x", "ops": 1}, "at": 0, "into": [], "part": None}]},
        {"levels": "x"},
        {"levels": [{"value": None, "at": None, "into": [], "part": None}] * 21},
        {"gesture": "x"},
        {"value": {"text": [3]}},
        {"levels": [{"value": None, "at": None, "into": ["ops"], "part": None}] * 2},
    ],
)
def test_rubbish_is_refused_in_words(compose, said):
    answer = compose(**said)
    assert answer.status_code in (409, 422)
    assert answer.json()["error"]["sentence"]


@pytest.mark.parametrize("text", ["", "[", "3", '"x"', "[]"])
def test_what_is_no_object_is_refused(app, ada_client, text):
    answer = ada_client.post("/apps/juniper/compose/", text, content_type="application/json")
    assert answer.status_code == 422


def test_P27_somebody_elses_app_does_not_exist(app, cy_client):
    answer = cy_client.post("/apps/juniper/compose/", json.dumps(TEXT), content_type="application/json")
    assert answer.status_code == 404


def test_a_gesture_asks_the_database_a_handful_of_questions(app, compose, django_assert_max_num_queries):
    """However many choices show a sample, so that the answer is there at once."""
    capture(app)
    opened = compose(value=SO_FAR, part=0)
    with django_assert_max_num_queries(12):
        after(compose, opened, {"do": "go", "at": 3})


def test_nothing_is_used_where_nothing_stands_and_what_stands_can_be_taken_away(compose):
    empty = compose(value=None, part=None)["html"]
    assert 'aria-disabled="true" title="Choose where the value comes from.">Use value<' in empty
    emptied = after(compose, compose(value=SO_FAR, part=0, holds=True), {"do": "remove"}, holds=True)
    while emptied["levels"][0]["value"]:
        emptied = after(compose, emptied, {"do": "remove"}, holds=True)
    assert ">Remove value<" in emptied["html"] and "aria-disabled" not in emptied["html"]


def test_a_field_that_takes_anything_says_so_and_one_that_needs_something_what(compose):
    assert "takes any value" in compose(value=None, part=None, expects="any")["html"]
    assert ">needs<" in compose(value=None, part=None)["html"]


def test_an_example_of_a_stream_is_one_that_shows_something(compose):
    html = compose(value={**SO_FAR, "ops": SO_FAR["ops"][:1]}, part=0)["html"]
    assert "a reply that has come as far as “Leaf drop”" in html and "that is never" not in html
