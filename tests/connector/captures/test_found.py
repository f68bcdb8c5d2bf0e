"""Captures read again: once for all who look, and what is wrong with one is known to the list of them (S17)."""

from typing import Any

import pytest

from builder.models import App, User
from builder.starters import starters
from connector import document
from connector.captures import found
from connector.captures.found import first_look, found_in, problem_in
from connector.captures.keeping import keep_recording
from connector.captures.recordings import read_recording
from connector.captures.samples import _read
from connector.models import Capture

EVENT = b'data: {"delta": {"text": "%s"}}\n\n'
LARGE = EVENT % (b"word " * 200) * 300 + b'data: {"error": {"message": "No credit"}}\n\n'


@pytest.fixture
def app(ada: User) -> App:
    return starters["blank"].make(ada, "Juniper", "juniper")


def test_what_is_wrong_with_a_large_capture_is_written_down_when_it_is_kept(app: App) -> None:
    assert len(LARGE) > found._LISTED
    _, call, changes = document.new_api([])
    kept = keep_recording(app, changes[0]["body"], call, read_recording(LARGE), "pasted")
    listed = Capture.objects.defer("body", "times").get(pk=kept.pk)
    assert (problem_in(listed, "stream"), listed.frames, listed.request["source"]) == ("error_event", 301, "pasted")
    assert problem_in(listed, "text") == "unread"


@pytest.mark.parametrize(
    ("body", "read_as", "problem"),
    [(EVENT % b"a", "stream", ""), (b'{"a": 1}', "stream", "not_a_stream"), (b'{"a": 1}', "json", "")],
)
def test_a_small_one_is_looked_into_when_it_is_listed(app: App, body: bytes, read_as: str, problem: str) -> None:
    kind = "application/json" if body[:1] == b"{" else "text/event-stream"
    assert problem_in(Capture.keep(app, "ai_1", "ca_1", [(0.1, body)], content_type=kind), read_as) == problem


def test_a_sample_and_the_dialog_read_a_capture_once(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[Any] = []
    look_at = found.look_at
    monkeypatch.setattr(found, "look_at", lambda *args: looked.append(args) or look_at(*args))
    capture = Capture.keep(app, "ai_1", "ca_1", [(0.1, EVENT % b"a" * 3)], content_type="text/event-stream")
    assert len(first_look(capture, "stream").frames) == len(_read(capture.pk, "stream")[0]) == 3
    assert found_in(capture, "stream").times == [0.1] * 3 and len(looked) == 1
