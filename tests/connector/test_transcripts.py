"""`manage.py detect` on recorded answers: everything that must be found in each, whole, cut anywhere and renamed."""

import base64
import gzip
import json
import random
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import orjson
import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connector.detect import detect
from connector.management.commands.detect import report
from connector.paths import parse_path
from connector.transcripts import BadTranscript, Transcript, look_into
from tests.cases.changed import Change, text_paths
from tests.cases.judged import complaints
from tests.cases.recorded import FOLDER

FILES = [path for folder in ("", "errors", "more", "more/errors") for path in sorted((FOLDER / folder).glob("*.json"))]
STREAMS = [path for path in FILES if path.parent.name != "errors"]
# Their frames are reads or text: nothing in them can be renamed frame by frame.
PLAIN = {"plain-text", "sse-plain-text", "sse-plain-text-nospace"}
# Half a letter cannot be renamed; a number beyond 64 bits cannot be written by orjson.
NOT_RENAMED = PLAIN | {"surrogate-split", "together"}
# Of a status line and a message only the word for its kind says which is which.
TOLD_BY_KIND = {"nlx-final-only"}


def named(path: Path) -> str:
    return str(path.relative_to(FOLDER).with_suffix(""))


@cache
def gold_of(path: Path) -> dict[str, Any]:
    return orjson.loads(path.read_bytes())["gold"]


def printed(transcript: Transcript) -> dict[str, Any]:
    """What the command prints, as whoever reads it gets it."""
    return orjson.loads(orjson.dumps(report(look_into(transcript))))


@cache
def printed_of(path: Path) -> dict[str, Any]:
    return printed(Transcript.of_file(path))


@pytest.mark.parametrize("path", FILES, ids=named)
def test_everything_that_must_be_found_is_found(path: Path) -> None:
    """S16, S20, S21, S23: texts, values, live values, the end, and what went wrong."""
    assert complaints(printed_of(path), gold_of(path)) == {}


@pytest.mark.parametrize("path", FILES, ids=named)
@settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**32))
def test_it_does_not_depend_on_where_the_bytes_were_cut(path: Path, seed: int) -> None:
    """P1."""
    whole = Transcript.of_file(path)
    body, chance = b"".join(whole.chunks), random.Random(seed)
    places = sorted(chance.choices(range(len(body) + 1), k=chance.randint(0, 60)))
    chunks = tuple(body[a:b] for a, b in zip([0, *places], [*places, None], strict=True))
    found = printed(Transcript(chunks, whole.content_type, whole.status, whole.headers, whole.after))
    if found["framing"] != "text":  # its frames are the reads
        assert found == printed_of(path)
    assert complaints(found, gold_of(path)) == {}


@pytest.mark.parametrize("kinds", [False, True], ids=["texts, ids and numbers", "and kinds of frames"])
@pytest.mark.parametrize("path", [path for path in STREAMS if path.stem not in NOT_RENAMED], ids=named)
def test_it_hangs_on_no_text_id_number_or_word_of_the_recording(path: Path, kinds: bool) -> None:
    """S16. With other kinds of frames the first text is still the text: names of kinds help and do not decide."""
    gold, looked = gold_of(path), look_into(Transcript.of_file(path))
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
    with pytest.raises(CommandError, match=r"bad\.json cannot be read as a recording"):
        call_command("detect", str(bad))
    with pytest.raises(CommandError, match="No such file"):
        call_command("detect", str(tmp_path / "none"))
    with pytest.raises(BadTranscript):
        Transcript.of_file(bad)


def sse(*values: Any) -> tuple[bytes, ...]:
    return tuple(b"data: " + orjson.dumps(value) + b"\n\n" for value in values)


PIECES = sse({"text": "What came"}, {"text": " before"})


def gzipped(data: bytes) -> bytes:
    return gzip.compress(data)


@pytest.mark.parametrize("packed", [False, True])
def test_a_frame_that_is_too_large_ends_it_and_what_came_before_is_kept(packed: bool) -> None:
    """S12. Also out of a few KB of gzip."""
    body = b"".join(PIECES) + b"".join(sse({"text": "x" * 2_000_000}))
    headers = {"content-encoding": "gzip"} if packed else {}
    found = printed(Transcript((gzipped(body) if packed else body,), "text/event-stream", headers=headers))
    assert found["problem"]["kind"] == "too_large"
    assert found["fields"][0]["value"] == "What came before"


@pytest.mark.parametrize(
    ("transcript", "kind"),
    [
        (Transcript(PIECES, "text/event-stream", after="silence"), "stalled"),
        (Transcript(PIECES, "text/event-stream", after="endless"), "endless"),
        (Transcript(PIECES, "text/event-stream", after="reset"), "broken_off"),
        (Transcript((*PIECES, b"data: [DONE]\n\n"), "text/event-stream", after="reset"), None),
        (Transcript((), "text/event-stream", after="silence"), "stalled"),
        (Transcript((b": hi\n\n",), "text/event-stream", after="silence"), "comments_only"),
        (Transcript((b"",), "text/event-stream", headers={"content-encoding": "zstd"}), "broken_off"),
        (Transcript((*PIECES, b'data: {"text": " Z\xfcrich"}\n\n'), "text/event-stream"), "charset"),
        (Transcript(("Grüße aus Zürich".encode("latin-1"),), "text/plain; charset=utf-8"), "charset"),
        (Transcript(PIECES, "text/event-stream", status=500), "http_status"),
        (Transcript((b"<html><title>A &amp; B</title></html>",), "text/event-stream"), "html_page"),
    ],
)
def test_how_an_answer_ended_is_its_problem_unless_it_said_that_it_was_finished(
    transcript: Transcript, kind: str | None
) -> None:
    """S23."""
    assert (printed(transcript)["problem"] or {"kind": None})["kind"] == kind


def test_no_database_is_asked() -> None:
    """The test has none: pytest-django refuses."""
    assert printed_of(FILES[0])["fields"]


def words_of(text: str) -> Iterator[str]:
    yield from (word + " " for word in text.split())


def test_a_frame_in_base64_counts_as_it_was_recorded() -> None:
    whole = "".join(words_of("Grüße aus Zürich und Genève"))
    stored = {"content_type": "text/plain", "chunks": [{"b64": base64.b64encode(whole.encode()).decode()}]}
    read = Transcript.of_file(_Stored(orjson.dumps(stored)))
    assert printed(read)["fields"][0]["value"] == whole


class _Stored:
    """A file in memory."""

    name = "stored.json"

    def __init__(self, data: bytes):
        self._data = BytesIO(data)

    def read_bytes(self) -> bytes:
        return self._data.getvalue()
