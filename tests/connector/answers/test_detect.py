"""What detection finds in recorded streams: the text, the values, the end and what went wrong (S15, S16)."""

from functools import cache
from typing import Any

import orjson
import pytest

from connector.answers.detect import Detection, detect
from connector.answers.detection.leaves import sample
from connector.answers.detection.suggestions import MOST_SUGGESTED, Suggestion
from connector.answers.extract import values_at_end
from connector.answers.frame import Frame, frame_of
from connector.framings import framings
from tests.cases.recorded import Recorded, one, recorded

# The Standard eats the space each piece begins with.
STREAMS = [stream for stream in recorded() if stream.name != "sse-plain-text-nospace"]
WITH_TEXT = [stream for stream in STREAMS if stream.gold["text"] is not None]
ANSWERS_LATE = {"nlx-final-only": "its only text is in its last frame"}
FAMILIES = {
    "openai": [
        *("openai-chat", "openai-chat-usage", "openai-chat-tools", "openai-chat-n2", "azure-openai", "mistral"),
        *("openrouter", "huggingface-inference", "github-copilot", "pollinations-openai", "more/zhipu"),
        *("more/minimax", "more/ai21", "more/groq", "more/deepseek-reasoner", "more/perplexity", "more/xai-single"),
        *("more/together", "more/cloudflare-numbers", "more/copilot-extension", "more/mistral-thinking", "more/vllm"),
    ],
    "anthropic": ["anthropic", "anthropic-thinking", "more/anthropic-tools", "more/one-word"],
    "gemini": ["gemini-sse", "gemini-json-array", "more/vertex-gemini-thinking"],
    "ollama": ["ollama-chat", "more/ollama-thinking", "more/thai"],
    "responses": ["openai-responses", "more/openai-responses-tools"],
    "dify": ["dify-chat", "dify-completion", "dify-chat-replace", "more/dify-repeat"],
}


@cache
def frames_of(name: str) -> list[Frame]:
    stream = one(name)
    reader = framings[stream.framing].new()
    return reader.feed(stream.body) + reader.close()


@cache
def detected(name: str) -> Detection:
    stream = one(name)
    reader = framings[stream.framing].new()
    frames = reader.feed(stream.body) + reader.close()
    told = {"comments": reader.comments, "partial": reader.partial, "silent_events": reader.silent_events}
    return detect(frames, stream.framing, **told)


def text_of(detection: Detection) -> Suggestion:
    """The first suggested text stream."""
    return next(field for field in detection.fields if field.type == "text_stream" and field.suggested)


@pytest.mark.parametrize("stream", STREAMS, ids=repr)
def test_no_more_is_filled_in_than_an_author_can_look_through(stream: Recorded) -> None:
    found = detected(stream.name)
    assert 0 < sum(field.suggested for field in found.fields) <= MOST_SUGGESTED
    names = [field.name for field in found.fields]
    assert len(set(names)) == len(names)
    assert all(0 < field.confidence < 1 and field.reason and field.seen for field in found.fields)


@pytest.mark.parametrize("stream", [s for s in WITH_TEXT if s.name not in ANSWERS_LATE], ids=repr)
def test_half_of_a_stream_leads_to_the_same_text(stream: Recorded) -> None:
    """S13: "Stop here and use what came"."""
    whole, frames = text_of(detected(stream.name)), frames_of(stream.name)
    found = detect(frames[: (len(frames) + 1) // 2], stream.framing, closed=False)
    assert found.problem is None
    assert text_of(found).path == whole.path
    assert whole.mode == "cumulative" or whole.replacement or whole.value.startswith(text_of(found).value)


def test_an_error_says_in_which_frame_it_stands_and_where() -> None:
    found = detected("errors/error-anthropic-event")
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
    assert detected(name).end == end


@pytest.mark.parametrize(
    ("learned_on", "family"), [(name, family) for family, names in FAMILIES.items() for name in names]
)
def test_what_is_found_on_one_capture_holds_on_the_family(learned_on: str, family: str) -> None:
    """Rule 8: the shape's own condition is there although the capture had no need of it."""
    field = text_of(detected(learned_on))
    texts = {name: values_at_end([field], frames_of(name)) for name in FAMILIES[family]}
    assert texts == {name: [one(name).gold["text"]] for name in FAMILIES[family]}


def test_the_names_are_those_a_person_would_give() -> None:
    """S16."""
    named = {field.name: field.value for field in detected("openai-chat-usage").fields if field.suggested}
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
    assert text_of(detected("anthropic")).reason == "grows in 53 of 60 frames"


def test_a_second_answer_and_two_tool_calls_are_streams_of_their_own() -> None:
    first, second = [field for field in detected("openai-chat-n2").fields if field.type == "text_stream"]
    assert (first.when["match"], second.when["match"]) == ({"choices[0].index": 0}, {"choices[0].index": 1})
    tools = [field for field in detected("openai-chat-tools").fields if field.name.startswith("Tool input")]
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
