"""Recordings: what somebody pastes or uploads is read as an answer, and a capture is written down as a transcript (S17)."""

import json
from pathlib import Path

import pytest

from builder.models import App, User
from builder.starters import starters
from connector.captures.recordings import BadRecording, read_recording, write_transcript
from connector.models import Capture
from tests.cases.recorded import FOLDER, recorded

SSE = 'data: {"delta": "Hello"}\n\ndata: {"delta": " you"}\n\ndata: [DONE]\n\n'
TRANSCRIPTS = [path for path in sorted(FOLDER.glob("**/*.json")) if '"br"' not in path.read_text()[:2000]]


@pytest.fixture
def app(ada: User) -> App:
    return starters["blank"].make(ada, "Juniper", "juniper")


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_every_recorded_stream_is_a_recording(path: Path) -> None:
    """S17: the format of the recordings is the format that is taken."""
    stored = json.loads(path.read_text())
    recording = read_recording(path.read_bytes())
    assert recording.content_type == stored["content_type"] and recording.status == stored["status"]
    known = next((each for each in recorded(path.parent.name.replace("streams", "")) if each.name == path.stem), None)
    if known is not None:
        assert recording.body == known.body


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("http-401-json", "key_refused"),
        ("http-429-retry-after", "too_many_calls"),
        ("http-500-text", "service_broken"),
        ("broken-mid-frame", "broken_off"),
        ("truncated-gzip", "broken_off"),
        ("stalled", "limit_crossed"),
        ("empty-body", None),
    ],
)
def test_how_it_ended_is_read_too(name: str, code: str | None) -> None:
    failure = read_recording((FOLDER / "errors" / f"{name}.json").read_bytes()).failure
    assert (failure and failure.code) == code


@pytest.mark.parametrize(
    "text",
    [
        SSE,
        SSE.rstrip("\n"),
        SSE.replace("\n", "\r\n"),
        f"$ curl -N https://api.example.com/v1 \\\n  -H 'Authorization: Bearer x'\n{SSE}",
        f"HTTP/1.1 200 OK\ncontent-type: text/event-stream\n\n{SSE}",
        "* Connected to api.example.com\n> POST /v1 HTTP/1.1\n> authorization: Bearer sk-live-0123456789\n>\n"
        f"< HTTP/1.1 200 OK\n< content-type: text/event-stream\n< \n{{ [120 bytes data]\n{SSE}",
    ],
)
def test_text_from_a_terminal_is_the_answer_without_what_stands_around_it(text: str) -> None:
    """S17. The last event of a stream needs its blank line, which is lost when text is copied."""
    recording = read_recording(text.encode(), pasted=True)
    assert recording.body.decode() == SSE
    assert "sk-live" not in repr(recording)
    assert len(recording.reads) == 3 and recording.reads[0][0] < recording.reads[1][0]


def test_a_head_that_was_printed_says_status_and_type() -> None:
    head = 'HTTP/2 429\ncontent-type: application/json\nretry-after: 20\n\n{"error": {"message": "Slow down"}}'
    recording = read_recording(head.encode(), pasted=True)
    assert (recording.status, recording.content_type) == (429, "application/json")
    assert "20 seconds" in recording.failure.todo and "Slow down" in recording.failure.why


def test_rows_of_a_browsers_list_of_events_keep_their_times() -> None:
    rows = '\tdelta\t{"text": "Hi"}\t14:21:05.100\n\tdelta\t{"text": " there"}\t14:21:05.350\n'
    recording = read_recording(rows.encode(), pasted=True)
    assert recording.timed and recording.content_type == "text/event-stream"
    assert recording.reads[1][0] - recording.reads[0][0] == pytest.approx(0.25)
    assert recording.reads[0][1] == b'event: delta\ndata: {"text": "Hi"}\n\n'


def test_a_har_file_gives_its_streaming_answer() -> None:
    def entry(type: str, text: str) -> dict[str, object]:
        content = {"mimeType": type, "text": text}
        return {"response": {"status": 200, "headers": [{"name": "X-Id", "value": "7"}], "content": content}}

    har = {"log": {"entries": [entry("text/event-stream", SSE), entry("application/json", "{}")]}}
    recording = read_recording(json.dumps(har).encode())
    assert recording.body.decode() == SSE and recording.headers == [("x-id", "7")]


def test_bytes_are_taken_as_they_are_with_the_type_that_is_chosen() -> None:
    data = b"\x00\x01\xff binary"
    recording = read_recording(data, "application/octet-stream")
    assert recording.body == data and recording.content_type == "application/octet-stream"


@pytest.mark.parametrize(
    "data",
    [
        b"", b" \n", b'{"chunks": [7]}', b'{"chunks": [{"b64": "?"}]}', '{"chunks": [{"b64": "é"}]}'.encode(),
        b'{"log": {"entries": []}}', b'{"log": {"entries": [{"response": "x"}, {"response": {"content": 1}}]}}',
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said(data: bytes) -> None:
    with pytest.raises(BadRecording) as refused:
        read_recording(data)
    assert str(refused.value).endswith(".") and refused.value.todo


@pytest.mark.parametrize(
    "stored",
    [
        {"log": {"entries": [{"response": {"content": {"text": "a"}, "status": 99_999}}]}},
        {"chunks": ["a"], "times": [1e300], "status": 99_999, "headers": [[1, 2, 3], "ab"]},
        {"chunks": ["a"], "times": [-5]},
    ],
)
def test_what_a_recording_makes_up_is_kept_within_bounds(app: App, stored: dict[str, object]) -> None:
    found = read_recording(json.dumps(stored).encode())
    kept = Capture.keep(app, "ai_1", "ca_1", found.reads, status=found.status)
    assert (kept.status, kept.reads()[0][1]) == (200, b"a") and kept.seconds <= 86_400


def test_a_large_text_is_cut_into_no_more_pieces_than_can_be_shown() -> None:
    recording = read_recording(b"data: x\n\n" * 40_000)
    assert len(recording.reads) <= 5_001 and len(recording.body) == 360_000


def test_a_capture_that_is_written_down_is_read_back_the_same(app: App) -> None:
    reads = [(0.12, b"data: caf\xc3"), (0.5, b"\xa9\n\n")]
    facts = {"status": 200, "content_type": "text/event-stream", "headers": [("x-id", "7")], "ended": "close"}
    kept = Capture.keep(app, "ai_1", "ca_1", reads, **facts)
    again = read_recording(write_transcript(kept, "Ask", "POST"))
    assert again.reads == reads and again.timed and again.failure is None
    assert again.headers == [("x-id", "7")]
