"""What detection finds in recorded streams: the text, the values, the end and what went wrong (S15, S16)."""

import random
from typing import Any

import orjson
import pytest

from connector.detect import Detection, detect
from connector.detection.leaves import sample
from connector.detection.suggestions import MOST_SUGGESTED, Suggestion
from connector.extract import values_at_end
from connector.frame import Frame, frame_of
from connector.framings import framings
from connector.paths import parse_path
from tests.cases.recorded import Recorded, one, recorded

# Detection is not to be blamed for what the framing has to know first.
BEYOND = {"sse-plain-text-nospace": "the Standard eats the space each piece begins with"}
STREAMS = [stream for stream in recorded() if stream.name not in BEYOND]
WITH_TEXT = [stream for stream in STREAMS if stream.gold["text"] is not None]
WITHOUT_TEXT = [stream for stream in STREAMS if stream.gold["text"] is None]
ANSWERS_LATE = {"nlx-final-only": "its only text is in its last frame"}
OPENAI_LIKE = ["openai-chat", "openai-chat-usage", "openai-chat-tools", "azure-openai", "mistral", "openrouter"]
OPENAI_LIKE += ["huggingface-inference", "github-copilot", "pollinations-openai", "openai-chat-n2"]
TYPES = {"numbers": "number", "texts": "text", "booleans": "yes_no"}


def detected(stream: Recorded, seed: int | None = None) -> Detection:
    """What is found in a stream, read as it came or cut at random places; looked for once, asked by many tests."""
    if (key := (stream.name, seed)) not in _found:
        _found[key] = read_and_detected(stream, seed)
    return _found[key]


_found: dict[tuple[str, int | None], Detection] = {}


def read_and_detected(stream: Recorded, seed: int | None) -> Detection:
    reader = framings[stream.framing].new()
    frames = [frame for chunk in cut(stream, seed) for frame in reader.feed(chunk)] + reader.close()
    told = {"comments": reader.comments, "partial": reader.partial, "silent_events": reader.silent_events}
    return detect(frames, stream.framing, **told)


def cut(stream: Recorded, seed: int | None) -> list[bytes]:
    if seed is None:
        return list(stream.chunks)
    places = sorted(random.Random(seed).choices(range(len(stream.body) + 1), k=40))
    return [stream.body[a:b] for a, b in zip([0, *places], [*places, None], strict=True)]


def frames_of(stream: Recorded) -> list[Frame]:
    reader = framings[stream.framing].new()
    return reader.feed(stream.body) + reader.close()


def text_of(detection: Detection) -> Suggestion:
    """The first suggested text stream."""
    return next(field for field in detection.fields if field.type == "text_stream" and field.suggested)


def shown(detection: Detection) -> list[tuple[Any, ...]]:
    """The suggested fields without their values."""
    return [(f.name, f.type, f.path, f.when, f.mode) for f in detection.fields if f.suggested]


@pytest.mark.parametrize("stream", WITH_TEXT, ids=repr)
def test_the_first_suggested_text_stream_is_the_text(stream: Recorded) -> None:
    """S16."""
    found = detected(stream)
    assert found.fields[0] is text_of(found)
    assert text_of(found).value == stream.gold["text"]
    assert found.problem is None


@pytest.mark.parametrize("stream", STREAMS, ids=repr)
def test_texts_that_are_suggested_are_prose_a_person_would_want(stream: Recorded) -> None:
    """S16: the answer, reasoning, status lines and tool input; never padding, ids or the whole text once more."""
    wanted = {stream.gold["text"], *(other["text"] for other in stream.gold["other_text"])}
    streams = [field for field in detected(stream).fields if field.type == "text_stream"]
    assert {field.value for field in streams if field.suggested} <= wanted
    unwanted = {parse_path(each["path"]) for each in stream.gold["not_text"]}
    assert not [field for field in streams if parse_path(field.path) in unwanted and field.value not in wanted]


@pytest.mark.parametrize("stream", WITHOUT_TEXT, ids=repr)
def test_a_feed_has_live_values_and_no_text_stream(stream: Recorded) -> None:
    """S21."""
    found = detected(stream)
    assert not [field for field in found.fields if field.type == "text_stream"]
    for gold in stream.gold["live"]:
        types = {field.type for field in found.fields if holds(field, gold)}
        assert "live" in types if gold.get("moves") else types, gold["path"]
    assert any(field.type == "live" and field.suggested for field in found.fields)


@pytest.mark.parametrize("stream", STREAMS, ids=repr)
def test_every_value_is_found_with_its_type(stream: Recorded) -> None:
    """S16: numbers, texts, yes/no values and other texts, suggested or listed."""
    fields = detected(stream).fields
    missing = [
        (group, name)
        for group, type in TYPES.items()
        for name, gold in stream.gold[group].items()
        if not any(holds(field, gold) and field.type in (type, "live") for field in fields)
    ]
    texts = {field.value for field in fields if field.type == "text_stream"}
    missing += [("other_text", other["path"]) for other in stream.gold["other_text"] if other["text"] not in texts]
    assert missing == []


def holds(field: Suggestion, gold: dict[str, Any]) -> bool:
    values = [gold["value"], *([gold["wire"]] if "wire" in gold else [])]
    return parse_path(field.path) == parse_path(gold["path"]) and any(same(field.value, value) for value in values)


def same(found: Any, wanted: Any) -> bool:
    return found == wanted and isinstance(found, bool) == isinstance(wanted, bool)


@pytest.mark.parametrize("stream", STREAMS, ids=repr)
def test_no_more_is_filled_in_than_an_author_can_look_through(stream: Recorded) -> None:
    found = detected(stream)
    assert 0 < sum(field.suggested for field in found.fields) <= MOST_SUGGESTED
    names = [field.name for field in found.fields]
    assert len(set(names)) == len(names)
    assert all(0 < field.confidence < 1 and field.reason and field.seen for field in found.fields)


@pytest.mark.parametrize("stream", STREAMS, ids=repr)
def test_the_cut_of_the_bytes_changes_nothing(stream: Recorded) -> None:
    whole = detected(stream)
    pieces = detected(stream, seed=len(stream.body))
    assert shown(pieces) == shown(whole)
    assert [field.value for field in pieces.fields] == [field.value for field in whole.fields]


@pytest.mark.parametrize("stream", [s for s in WITH_TEXT if s.name not in ANSWERS_LATE], ids=repr)
def test_half_of_a_stream_leads_to_the_same_text(stream: Recorded) -> None:
    """S13: "Stop here and use what came"."""
    whole, frames = text_of(detected(stream)), frames_of(stream)
    found = detect(frames[: (len(frames) + 1) // 2], stream.framing, closed=False)
    assert found.problem is None
    assert text_of(found).path == whole.path
    assert whole.mode == "cumulative" or whole.replacement or whole.value.startswith(text_of(found).value)


@pytest.mark.parametrize(
    ("name", "kind", "says"),
    [
        ("empty-body", "empty", "sent nothing"),
        ("comments-only", "comments_only", "nothing happened while we listened"),
        ("ok-plain-json", "not_a_stream", "stream"),
        ("html-200", "html_page", "Sign in"),
        ("bad-frame-among-good", "bad_frame", "2 of 7 frames"),
        ("broken-mid-frame", "broken_off", "broke off"),
        ("no-end-mark", "broken_off", "broke off"),
        ("error-ai-sdk-ui", "error_event", "tool weather failed"),
        ("error-anthropic-event", "error_event", "Overloaded"),
        ("error-dify-event", "error_event", "[openai] Rate limit exceeded"),
        ("error-flowise", "error_event", "401 bad key"),
        ("error-langserve", "error_event", "Internal Server Error"),
        ("error-openai-midstream", "error_event", "The server had an error"),
        ("no-end-mark-ok", None, ""),
    ],
)
def test_what_went_wrong_is_said_and_what_came_before_is_kept(name: str, kind: str | None, says: str) -> None:
    stream = one(f"errors/{name}")
    framing = {"html_page": "text", "not_a_stream": "json"}.get(kind or "", "sse")
    reader = framings[framing].new()
    frames = reader.feed(stream.body) + reader.close()
    found = detect(frames, framing, comments=reader.comments, partial=reader.partial)
    assert (found.problem or {}).get("kind") == kind
    assert says in (found.problem or {"message": ""})["message"]
    if stream.gold["partial_text"] is not None:
        assert text_of(found).value == stream.gold["partial_text"]


def test_an_error_says_in_which_frame_it_stands_and_where() -> None:
    found = detected(one("errors/error-anthropic-event"))
    assert found.error == {
        "at": 5,
        "when": {"event": None, "match": {"type": "error"}},
        "path": "error.message",
        "message": "Overloaded",
    }


@pytest.mark.parametrize(
    ("name", "end"),
    [
        ("openai-chat", {"by": "data", "data": "[DONE]"}),
        ("anthropic", {"by": "event", "event": "message_stop"}),
        ("langserve", {"by": "event", "event": "end"}),
        ("dify-chat", {"by": "frame", "when": {"event": None, "match": {"event": "message_end"}}}),
        ("ollama-chat", {"by": "frame", "path": "done", "value": True}),
        ("gemini-sse", {"by": "frame", "path": "candidates[0].finishReason"}),
        ("a2a-v1", {"by": "close"}),
        ("stt-partials", {"by": "close"}),
    ],
)
def test_the_end_sign_is_found(name: str, end: dict[str, Any]) -> None:
    """S23."""
    assert detected(one(name)).end == end


@pytest.mark.parametrize(
    ("learned_on", "used_on"),
    [
        *[("openai-chat-n2", name) for name in OPENAI_LIKE],
        *[("openai-chat-usage", name) for name in OPENAI_LIKE],
        ("anthropic", "anthropic-thinking"),
        ("anthropic-thinking", "anthropic"),
        ("gemini-sse", "gemini-json-array"),
        ("gemini-json-array", "gemini-sse"),
    ],
)
def test_what_is_found_on_one_capture_holds_on_the_family(learned_on: str, used_on: str) -> None:
    """Rule 8: the shape's own condition is there although the capture had no need of it."""
    stream, field = one(used_on), text_of(detected(one(learned_on)))
    assert values_at_end([field], frames_of(stream)) == [stream.gold["text"]]


def test_the_names_are_those_a_person_would_give() -> None:
    """S16."""
    named = {field.name: field.value for field in detected(one("openai-chat-usage")).fields if field.suggested}
    gold = one("openai-chat-usage").gold
    assert named == {
        "Reply": gold["text"],
        "Input tokens": gold["numbers"]["input tokens"]["value"],
        "Output tokens": gold["numbers"]["output tokens"]["value"],
        "Total tokens": gold["numbers"]["total tokens"]["value"],
        "Finish reason": "stop",
        "Model": gold["texts"]["model"]["value"],
        "Id": gold["texts"]["id"]["value"],
    }


def test_the_reason_says_how_often_a_text_grew() -> None:
    assert text_of(detected(one("anthropic"))).reason == "grows in 53 of 60 frames"


def test_a_second_answer_and_two_tool_calls_are_streams_of_their_own() -> None:
    first, second = [field for field in detected(one("openai-chat-n2")).fields if field.type == "text_stream"]
    assert (first.when["match"], second.when["match"]) == ({"choices[0].index": 0}, {"choices[0].index": 1})
    tools = [field for field in detected(one("openai-chat-tools")).fields if field.name.startswith("Tool input")]
    assert [field.value for field in tools] == [each["text"] for each in one("openai-chat-tools").gold["other_text"]]


def test_a_large_capture_is_sampled_and_its_values_are_those_of_all_frames() -> None:
    """At most 2,000 frames or 2 MB are looked at, of the start and of the end."""
    pieces = [f"word{n} " for n in range(9_000)]
    lines = [{"text": piece, "done": False} for piece in pieces] + [
        {"text": "", "done": True, "usage": {"tokens": 9000}}
    ]
    found = detect([frame_of(orjson.dumps(line)) for line in lines], "ndjson")
    assert text_of(found).value == "".join(pieces)
    assert {field.path: field.value for field in found.fields}["usage.tokens"] == 9000
    assert len(sample([frame_of(orjson.dumps(line)) for line in lines])) == 2_000
    large = frame_of(orjson.dumps({"text": "x" * 10_000}))
    assert len(sample([large] * 900)) * len(large.raw) < 2_000_000
