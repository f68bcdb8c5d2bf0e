"""`manage.py detect` on recorded answers: everything that must be found in each, whole, cut anywhere and renamed."""

import base64
import gzip
import json
import random
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import orjson
import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connector.answers.detect import detect
from connector.answers.paths import parse_path
from connector.captures.recordings import RECORDING_MOST, BadRecording, Recorded
from connector.captures.transcripts import Looked, look_into, recorded_in
from connector.management.commands.detect import report
from tests.cases.changed import Change, text_paths
from tests.cases.judged import complaints
from tests.cases.recorded import FOLDER

FILES = [path for folder in ("", "errors", "more", "more/errors") for path in sorted((FOLDER / folder).glob("*.json"))]
STREAMS = [path for path in FILES if path.parent.name != "errors"]
# Their frames are reads or text: nothing in them can be renamed frame by frame.
PLAIN = {"plain-text", "sse-plain-text", "sse-plain-text-nospace"}
# Half a letter cannot be renamed, nor what stands in a text; a number beyond 64 bits cannot be written by orjson.
NOT_RENAMED = PLAIN | {"json-in-string", "surrogate-split", "together"}
# Of a status line and a message only the word for its kind says which is which.
TOLD_BY_KIND = {"nlx-final-only"}


def named(path: Path) -> str:
    return str(path.relative_to(FOLDER).with_suffix(""))


@cache
def gold_of(path: Path) -> dict[str, Any]:
    return orjson.loads(path.read_bytes())["gold"]


@cache
def recording_of(path: Path) -> Recorded:
    return recorded_in(path.read_bytes())


@cache
def looked_into(path: Path) -> Looked:
    return look_into(recording_of(path))


def printed(looked: Looked) -> dict[str, Any]:
    """What the command prints, as whoever reads it gets it."""
    return json.loads(json.dumps(report(looked)))


@cache
def printed_of(path: Path) -> dict[str, Any]:
    return printed(looked_into(path))


@pytest.mark.parametrize("path", FILES, ids=named)
def test_everything_that_must_be_found_is_found(path: Path) -> None:
    """S16, S20, S21, S23: texts, values, live values, the end, and what went wrong."""
    assert complaints(printed_of(path), gold_of(path)) == {}


@pytest.mark.parametrize("path", FILES, ids=named)
@settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**32))
def test_it_does_not_depend_on_where_the_bytes_were_cut(path: Path, seed: int) -> None:
    """P1."""
    whole, chance = recording_of(path), random.Random(seed)
    places = sorted(chance.choices(range(len(whole.body) + 1), k=chance.randint(0, 60)))
    reads = [(0.0, whole.body[a:b]) for a, b in zip([0, *places], [*places, None], strict=True)]
    found = printed(look_into(replace(whole, reads=reads)))
    if found["framing"] != "text":  # its frames are the reads
        assert found == printed_of(path)
    assert complaints(found, gold_of(path)) == {}


@pytest.mark.parametrize("kinds", [False, True], ids=["texts, ids and numbers", "and kinds of frames"])
@pytest.mark.parametrize("path", [path for path in STREAMS if path.stem not in NOT_RENAMED], ids=named)
def test_it_hangs_on_no_text_id_number_or_word_of_the_recording(path: Path, kinds: bool) -> None:
    """S16. With other kinds of frames the first text is still the text: names of kinds help and do not decide."""
    gold, looked = gold_of(path), looked_into(path)
    change = Change(len(named(path)), text_paths(gold, parse_path), kinds)
    found = detect([change.frame(frame) for frame in looked.frames], looked.framing)
    if kinds:
        first, was = found.fields[0], looked.detection.fields[0]
        assert gold["text"] is None or path.stem in TOLD_BY_KIND or (first.path, first.mode) == (was.path, was.mode)
        return
    shown = [(each.type, each.path, each.mode) for each in found.fields if each.suggested]
    assert shown == [(each.type, each.path, each.mode) for each in looked.detection.fields if each.suggested]
    if gold["text"] is not None and () not in change.texts:
        assert found.fields[0].value == change.text(gold["text"])


def lines_printed(capfdbinary: pytest.CaptureFixture[bytes], *arguments: str) -> list[dict[str, Any]]:
    call_command("detect", *arguments)
    return [json.loads(line) for line in capfdbinary.readouterr().out.splitlines()]


def test_the_command_prints_one_object_a_line_in_the_order_of_the_files(
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    names = ["openai-chat", "errors/empty-body", "oanda-pricing"]
    first, second, third = lines_printed(capfdbinary, *(str(FOLDER / f"{name}.json") for name in names))
    assert list(first)[:4] == ["framing", "frames", "fields", "problem"]
    reply = first["fields"][0]
    assert list(reply) == [
        *("name", "type", "path", "when", "mode", "suggested", "confidence", "reason", "value", "progress"),
    ]
    assert (reply["name"], reply["reason"]) == ("Reply", "grows in 73 of 76 frames")
    assert reply["progress"][-1] == len(reply["value"]) and len(reply["progress"]) == first["frames"]
    assert (second["fields"], second["problem"]["kind"]) == ([], "empty")
    assert [field["type"] for field in third["fields"] if field["suggested"]][:1] == ["live"]


def test_the_bytes_of_a_body_are_read_as_the_type_that_is_given(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    body = tmp_path / "body"
    body.write_bytes(b'data: {"text": "Good"}\n\ndata: {"text": " morning"}\n\n')
    (found,) = lines_printed(capfdbinary, str(body), "--content-type", "text/event-stream")
    assert (found["framing"], found["fields"][0]["value"]) == ("sse", "Good morning")
    body.write_bytes(b'{"price": 1}\n{"price": 2}\n')
    (found,) = lines_printed(capfdbinary, str(body))
    assert (found["framing"], found["fields"][0]["value"]) == ("ndjson", 2)


def test_a_file_that_is_no_recording_is_said_so(tmp_path: Path) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text('{"chunks": [{"b64": "?"}, 7]}')
    with pytest.raises(BadRecording):
        recorded_in(bad.read_bytes())


def test_a_file_that_cannot_be_read_has_a_line_too_and_those_after_it_are_read(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    good, bad, large, empty = (tmp_path / name for name in ("good", "bad.json", "large", "empty"))
    good.write_bytes(b'{"price": 1}\n{"price": 2}\n')
    bad.write_text('{"chunks": [{"b64": "?"}, 7]}')
    empty.touch()
    with large.open("wb") as file:
        file.truncate(RECORDING_MOST + 1)
    sentences = {
        bad: f"{bad}: This cannot be read as an answer: a chunk of it is neither a text nor base64.",
        large: f"{large}: This cannot be read as an answer: it is larger than 32 MB.",
        tmp_path: f"The file {tmp_path} cannot be read: Is a directory.",
        tmp_path / "none": f"There is no file {tmp_path / 'none'}.",
    }
    with pytest.raises(CommandError) as said:
        call_command("detect", *map(str, [*sentences, empty, good]))
    assert str(said.value).split("\n") == list(sentences.values())
    *unread, nothing, last = [json.loads(line) for line in capfdbinary.readouterr().out.splitlines()]
    assert [each["problem"] for each in unread] == [
        {"kind": "unreadable", "message": sentence} for sentence in sentences.values()
    ]
    assert (nothing["problem"]["kind"], last["frames"], last["problem"]) == ("empty", 2, None)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be-with-bom", "utf-8-sig"])
@pytest.mark.parametrize("transcript", [True, False])
def test_a_recording_in_the_encodings_of_windows_is_read(encoding: str, transcript: bool) -> None:
    """As PowerShell writes what it is told to: `curl.exe … > answer`."""
    body = 'data: {"text": "Grüezi"}\n\ndata: {"text": " mitenand"}\n\n'
    text = json.dumps({"chunks": [body]}) if transcript else body
    data = b"\xfe\xff" + text.encode("utf-16-be") if "bom" in encoding else text.encode(encoding)
    assert printed(look_into(recorded_in(data)))["fields"][0]["value"] == "Grüezi mitenand"


def test_a_transcript_may_hold_half_a_letter() -> None:
    data = rb'{"chunks": ["data: {\"text\": \"Hi \\ud83d\"}\n\n", "data: {\"text\": \"\\ude80!\"}\n\n: \ud83d\n"]}'
    assert printed(look_into(recorded_in(data)))["fields"][0]["value"] == "Hi 🚀!"


def sse(*values: Any) -> tuple[bytes, ...]:
    return tuple(b"data: " + orjson.dumps(value) + b"\n\n" for value in values)


def answered(*chunks: bytes, type: str = "text/event-stream", **more: Any) -> Recorded:
    """A transcript of these reads."""
    stored = {"chunks": [{"b64": base64.b64encode(each).decode()} for each in chunks], "content_type": type}
    return recorded_in(orjson.dumps(stored | more))


PIECES = sse({"text": "What came"}, {"text": " before"})


@pytest.mark.parametrize("packed", [False, True])
def test_a_frame_that_is_too_large_ends_it_and_what_came_before_is_kept(packed: bool) -> None:
    """S12. Also out of a few KB of gzip."""
    body = b"".join(PIECES) + b"".join(sse({"text": "x" * 2_000_000}))
    headers = {"content-encoding": "gzip"} if packed else {}
    found = printed(look_into(answered(gzip.compress(body) if packed else body, headers=headers)))
    assert found["problem"]["kind"] == "too_large"
    assert found["fields"][0]["value"] == "What came before"


@pytest.mark.parametrize(
    ("recorded", "kind"),
    [
        (answered(*PIECES, after="hold_open"), "stalled"),
        (answered(*PIECES, after={"repeat_from": 1}), "endless"),
        (answered(*PIECES, after="reset"), "broken_off"),
        (answered(*PIECES, b"data: [DONE]\n\n", after="reset"), None),
        (answered(after="hold_open"), "stalled"),
        (answered(b": hi\n\n", after="hold_open"), "comments_only"),
        (answered(b"x", headers={"content-encoding": "zstd"}), "broken_off"),
        (answered(*PIECES, b'data: {"text": " Z\xfcrich"}\n\n'), "charset"),
        (answered("Grüße aus Zürich".encode("latin-1"), type="text/plain; charset=utf-8"), "charset"),
        (answered(*PIECES, status=500), "http_status"),
        (answered(b"<html><title>A &amp; B</title></html>"), "html_page"),
        (recorded_in(b""), "empty"),
    ],
)
def test_how_an_answer_ended_is_its_problem_unless_it_said_that_it_was_finished(
    recorded: Recorded, kind: str | None
) -> None:
    """S23."""
    assert (printed(look_into(recorded))["problem"] or {"kind": None})["kind"] == kind


def test_a_damaged_message_ends_it_and_what_came_before_is_kept() -> None:
    recorded = recorded_in((FOLDER / "more" / "bedrock-converse.json").read_bytes())
    body = bytearray(recorded.body)
    body[len(body) * 3 // 4 :] = b"\0" * 40
    found = printed(look_into(replace(recorded, reads=[(0.0, bytes(body))])))
    assert found["problem"]["kind"] == "broken_off"
    assert found["fields"][0]["value"]


def test_no_database_is_asked() -> None:
    """The test has none: pytest-django refuses."""
    assert printed_of(FILES[0])["fields"]
