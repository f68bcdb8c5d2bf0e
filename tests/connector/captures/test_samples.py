"""Samples: what Initialize captured is the sample of a call, at each of its frames (S19, S20 to S22)."""

import pytest

from builder.access import catalog_of
from builder.document import node
from builder.expressions.catalog import Place
from builder.sources import sources
from builder.starters import starters
from connector.captures.samples import sample_of
from connector.models import Capture

pytestmark = pytest.mark.django_db

CALL = "ai_pract1/ca_ask001"
PIECES = ("Leaf ", "drop ", "after ", "a move")


@pytest.fixture
def app(ada):
    return without_captures(starters["demo"].make(ada, "Juniper", "juniper"))


def without_captures(app):
    """The demo as if its calls had never been captured."""
    app.captures.all().delete()
    return app


def capture(app, pieces=PIECES, ended="close", **facts):
    frames = [f'data: {{"choices":[{{"index":0,"delta":{{"content":"{piece}"}}}}]}}\n\n' for piece in pieces]
    tail = 'data: {"choices":[],"usage":{"prompt_tokens":7,"completion_tokens":4}}\n\ndata: [DONE]\n\n'
    reads = [((at + 1) / 10, text.encode()) for at, text in enumerate([*frames, *([tail] if ended == "close" else [])])]
    known = {"status": 200, "content_type": "text/event-stream", "frames": len(frames), "ended": ended} | facts
    return Capture.keep(app, "ai_pract1", "ca_ask001", reads, **known)


def test_a_call_that_was_never_captured_has_no_sample(app):
    assert sample_of(catalog_of(app), CALL) is None


def test_the_newest_capture_is_a_done_result_with_its_own_times(app):
    capture(app)
    recording = sample_of(catalog_of(app), CALL)
    reply = recording.field("fd_reply1")
    assert (recording.state, reply.text, recording.field("fd_input1")) == ("done", "Leaf drop after a move", 7)
    assert reply.seconds_to_first_text == pytest.approx(0.1)
    assert recording.seconds_in_all == pytest.approx(0.5)


def test_it_can_be_looked_at_as_it_was_at_each_frame(app):
    capture(app)
    recording = sample_of(catalog_of(app), CALL)
    seen = [recording.at(frame).field("fd_reply1").text for frame in range(5)]
    assert seen == ["", "Leaf ", "Leaf drop ", "Leaf drop after ", "Leaf drop after a move"]
    assert [recording.at(frame).state for frame in (0, 1, 4, recording.frames)] == [
        "waiting",
        "streaming",
        "streaming",
        "done",
    ]
    assert recording.at(2).field("fd_input1") is None  # S21: known at the end


def test_a_capture_that_its_author_stopped_is_a_good_sample_all_the_same(app):
    capture(app, ended="stopped")
    assert sample_of(catalog_of(app), CALL).field("fd_reply1").full_text == "Leaf drop after a move"


def test_a_refusal_is_no_sample(app):
    capture(app)
    capture(app, ("other",), status=401)
    assert sample_of(catalog_of(app), CALL).field("fd_reply1").text == "Leaf drop after a move"


def test_it_is_read_once_and_follows_the_fields(app):
    capture(app)
    first = sample_of(catalog_of(app), CALL)
    assert sample_of(catalog_of(app), CALL) is first
    api = app.documents.get(kind="api")
    api.body["nodes"]["fd_reply1"]["props"]["path"] = "model"
    api.save()
    assert sample_of(catalog_of(app), CALL).field("fd_reply1").text == ""


def test_P27_another_apps_capture_is_never_a_sample(app, cy):
    theirs = without_captures(starters["demo"].make(cy, "Theirs", "theirs"))
    secret = capture(theirs)
    api = app.documents.get(kind="api")
    api.body["nodes"]["ca_ask001"]["props"]["initialized"]["capture"] = secret.pk
    api.save()
    assert sample_of(catalog_of(app), CALL) is None


def test_the_sources_show_it(app):
    capture(app)
    place = Place(catalog_of(app), "pg_chat01", "el_reply1")
    assert sources["step"].sample({"step": "sp_ask001"}, place).state == "done"
    assert sources["api"].sample({"call": CALL}, place).field("fd_reply1").text == "Leaf drop after a move"


def test_its_status_and_headers_are_fields_as_they_were(app):
    """S10."""
    capture(app, headers=[("X-Request-Id", "r-1")])
    document = app.documents.get(kind="api")
    call = document.body["nodes"]["ca_ask001"]
    for key, part, path in (("fd_status", "status", "code"), ("fd_header", "header", "x-request-id")):
        call["slots"]["fields"].append(key)
        document.body["nodes"][key] = node("field", key, {"type": "text", "part": part, "path": path})
    document.save()
    recording = sample_of(catalog_of(app), CALL)
    assert (recording.field("fd_status"), recording.field("fd_header")) == ("200", "r-1")
