"""Detection on traps that no recorded stream shows: made-up answers in the manner of other services."""

from typing import Any

import orjson
import pytest

from connector.answers.detect import Detection, detect
from connector.answers.detection.prose import is_cumulative, is_number, is_prose, join_quality
from connector.answers.detection.values import type_of
from connector.answers.frame import Frame, frame_of

ANSWER = [
    "Sure",
    "! Here",
    " is the",
    " plan:\n\n1",
    ". Wake",
    " up early",
    ", e.g. at 6:30",
    ".\n2. It's",
    " easy",
    ".",
]
THOUGHTS = ["The user", " wants a plan", ". Sleep", " matters", " most", "."]
TEXT, THOUGHT = "".join(ANSWER), "".join(THOUGHTS)
SO_FAR = ["".join(ANSWER[: n + 1]) for n in range(len(ANSWER))]


def frames(*values: Any) -> list[Frame]:
    """Frames of values; a pair is (event, value)."""
    pairs = [value if isinstance(value, tuple) else (None, value) for value in values]
    return [frame_of(b"[DONE]" if value == "[DONE]" else orjson.dumps(value), event) for event, value in pairs]


def chunk(delta: dict[str, Any], finish: str | None = None, **more: Any) -> dict[str, Any]:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return {"id": "c-1", "object": "chat.completion.chunk", "model": "m-1", "choices": [choice]} | more


def part(text: str, **more: Any) -> dict[str, Any]:
    return {"candidates": [{"content": {"parts": [{"text": text} | more], "role": "model"}, "index": 0}]}


def rpc(**result: Any) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "id": 1, "result": result}


def streams_of(found: Detection) -> list[tuple[str, str, Any]]:
    return [(f.name, f.path, f.value) for f in found.fields if f.type == "text_stream" and f.suggested]


def utterances(*texts: str) -> list[dict[str, Any]]:
    """Each text whole again with every word, the last time final."""
    grown = [(text.split()[: n + 1], n + 1 == len(text.split())) for text in texts for n in range(len(text.split()))]
    return [{"is_final": final, "channel": {"transcript": " ".join(words)}} for words, final in grown]


ANSWERS = {
    "reasoning beside an answer, one of them null": (
        [chunk({"reasoning_content": t, "content": None}) for t in THOUGHTS]
        + [chunk({"reasoning_content": None, "content": t}) for t in ANSWER]
        + ["[DONE]"],
        [("Reply", "choices[0].delta.content", TEXT), ("Reasoning", "choices[0].delta.reasoning_content", THOUGHT)],
    ),
    "an answer of a single word after reasoning": (
        [chunk({"reasoning_content": t}) for t in THOUGHTS] + [chunk({"content": "Yes."}), chunk({}, "stop"), "[DONE]"],
        [("Reply", "choices[0].delta.content", "Yes."), ("Reasoning", "choices[0].delta.reasoning_content", THOUGHT)],
    ),
    "each piece twice": (
        [{"choices": [{"index": 0, "text": t, "delta": {"content": t}}]} for t in ANSWER],
        [("Reply", "choices[0].delta.content", TEXT)],
    ),
    "all so far beside the piece, and a last frame of another object": (
        [
            {
                "object": "done" if whole == TEXT else "chunk",
                "choices": [{"message": {"content": whole}, "delta": {"content": t}}],
            }
            for t, whole in zip(ANSWER, SO_FAR, strict=True)
        ],
        [("Reply", "choices[0].delta.content", TEXT)],
    ),
    "a digit that is a number": (
        [chunk({"content": t}) for t in ["Take ", 7, " of ", "them", "."]],
        [("Reply", "choices[0].delta.content", "Take 7 of them.")],
    ),
    "lists, then texts, at one path": (
        [chunk({"content": [{"type": "thinking", "thinking": [{"type": "text", "text": t}]}]}) for t in THOUGHTS]
        + [chunk({"content": t}) for t in ANSWER],
        [
            ("Reply", "choices[0].delta.content", TEXT),
            ("Reasoning", "choices[0].delta.content[*].thinking[0].text", THOUGHT),
        ],
    ),
    "the whole text and the question at the end": (
        [{"event_type": "text", "text": t} for t in ANSWER]
        + [
            {
                "event_type": "end",
                "response": {"text": TEXT, "history": [{"message": "Make a plan."}, {"message": TEXT}]},
            }
        ],
        [("Reply", "text", TEXT)],
    ),
    "all so far each time": (
        [{"responses": [{"chunk": {"content": whole}}], "usage": {"output_tokens": len(whole)}} for whole in SO_FAR],
        [("Reply", "responses[0].chunk.content", TEXT)],
    ),
    "thoughts at the path of the answer": (
        [part(t, thought=True) for t in THOUGHTS] + [part(t) for t in ANSWER],
        [
            ("Reply", "candidates[0].content.parts[*].text", TEXT),
            ("Reasoning", "candidates[0].content.parts[*].text", THOUGHT),
        ],
    ),
    "two parts in one frame": (
        [
            {"candidates": [{"content": {"parts": [{"text": a}, {"text": b}]}}]}
            for a, b in zip(ANSWER[::2], ANSWER[1::2], strict=True)
        ],
        [("Reply", "candidates[0].content.parts[*].text", TEXT)],
    ),
    "letters in a list": (
        [{"audio": "QUJD" * n, "alignment": {"characters": list(t)}} for n, t in enumerate(ANSWER, 9)],
        [("Reply", "alignment.characters[*]", TEXT)],
    ),
    "kinds one level down": (
        [rpc(kind="status-update", status={"message": {"parts": [{"text": "Thinking it over…"}]}}, final=False)]
        + [rpc(kind="artifact-update", artifact={"parts": [{"text": t}]}) for t in ANSWER]
        + [rpc(kind="status-update", status={}, final=True)],
        [
            ("Reply", "result.artifact.parts[*].text", TEXT),
            ("Status", "result.status.message.parts[*].text", "Thinking it over…"),
        ],
    ),
    "one text in one frame": (
        [{"method": "progress", "params": {"progress": n}} for n in (1, 2)]
        + [rpc(content=[{"type": "text", "text": TEXT}])],
        [("Reply", "result.content[*].text", TEXT)],
    ),
    "utterances that start again": (
        utterances("Hello there.", "How are you?", "I am fine."),
        [("Reply", "channel.transcript", "Hello there. How are you? I am fine.")],
    ),
    "messages that are bubbles": (
        [{"type": "interim", "text": "Looking it up…"}]
        + [
            {"type": "message", "messageId": str(n), "text": t}
            for n, t in enumerate(["It is 7 {km}.", "Take the bus."])
        ]
        + [{"type": "final_response", "data": {"messages": []}}],
        [("Reply", "text", "It is 7 {km}.Take the bus."), ("Status", "text", "Looking it up…")],
    ),
    "a replaced answer": (
        [{"event": "message", "answer": t} for t in ANSWER] + [{"event": "message_replace", "answer": "I cannot say."}],
        [("Reply", "answer", "I cannot say.")],
    ),
}


@pytest.mark.parametrize("case", ANSWERS)
def test_the_texts_are_found(case: str) -> None:
    """S16, S20."""
    values, wanted = ANSWERS[case]
    assert streams_of(detect(frames(*values), "sse")) == wanted


FEEDS = {
    "posts": [
        {"data": {"id": f"{n}77", "text": text, "at": f"2025-01-0{n}T00:00:00Z"}, "user": {"name": name, "tag": tag}}
        for n, (text, name, tag) in enumerate(
            [
                ("hello, cats are fine", "Ann B", "x"),
                ("look at this cat", "Bob C", "y"),
                ("it ate it all", "Cy D", "z"),
            ],
            1,
        )
    ],
    "steps of a job": [
        {"status": text, "id": "a1"} for text in ("Pulling from alpine", "Downloading", "Pull complete now")
    ],
    "messages of strangers": [
        {"id": text[:3], "event": "message", "message": text}
        for text in ("Door open now", "Door shut now", "Cat is out")
    ],
    "readings": [{"temp": t, "door": d} for t, d in (("21.5", "on"), ("n/a", "off"), ("22.5", "on"))],
}


@pytest.mark.parametrize("case", FEEDS)
def test_records_of_a_feed_are_live_values_and_no_text(case: str) -> None:
    """S21."""
    found = detect(frames(*FEEDS[case]), "ndjson")
    assert streams_of(found) == []
    assert [field for field in found.fields if field.type == "live" and field.suggested]


def test_a_heartbeat_does_not_change_the_time_of_a_record() -> None:
    prices = [{"type": "price", "time": f"1{n}", "bid": n, "ask": n, "lot": 5} for n in range(4)]
    beats = [{"type": "beat", "time": f"9{n}"} for n in range(4)]
    found = detect(frames(*(each for pair in zip(prices, beats, strict=True) for each in pair)), "ndjson")
    times = {
        field.when["match"]["type"]: field for field in found.fields if field.path == "time" and field.type == "live"
    }
    assert (times["price"].value, times["beat"].value) == (13, 93)
    assert times["price"].suggested and not times["beat"].suggested


def test_a_kind_of_frame_named_as_a_failure_is_an_error() -> None:
    found = detect(
        frames(*({"type": "piece", "text": t} for t in ANSWER), {"type": "run.failed", "reason": "no credit"}), "sse"
    )
    assert found.problem == {"kind": "error_event", "message": "The service reported: no credit"}
    assert found.fields[0].value == TEXT


def test_an_error_in_a_frame_like_the_others_makes_no_condition_of_their_event() -> None:
    good = [("chunk", {"delta": t}) for t in ANSWER]
    found = detect(frames(*good, ("chunk", {"error": "no credit"})), "sse")
    assert found.error == {"at": 10, "when": {"event": None, "match": {}}, "path": "error", "message": "no credit"}
    assert detect(frames(*good, ("error", {"text": "no"})), "sse").error["when"] == {"event": "error", "match": {}}


def test_a_flag_that_never_turned_true_says_that_the_stream_broke_off() -> None:
    lines = [{"text": t, "done": False} for t in ANSWER]
    assert detect(frames(*lines), "ndjson").problem["kind"] == "broken_off"
    assert detect(frames(*lines), "ndjson", closed=False).problem is None
    assert detect(frames(*lines, {"text": "", "done": True}), "ndjson").problem is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,204", True),
        ("1.5e-05", True),
        ("-3", True),
        ("007", False),
        ("1.2.3", False),
        (str(2**53 + 1), False),
        ("", False),
    ],
)
def test_a_number_in_a_text_is_one_that_can_be_calculated_with(text: str, expected: bool) -> None:
    assert is_number(text) is expected


@pytest.mark.parametrize(
    ("key", "values", "expected"),
    [
        ("price", ["64231", "1.5"], "number"),
        ("temp", ["21.5", "n/a", ""], "number"),
        ("user_id", ["64231"], "text"),
        ("open", ["yes", "no"], "yes_no"),
        ("done", [False, True], "yes_no"),
        ("flag", [True, 1], "text"),
        ("seed", [2**60], "text"),
    ],
)
def test_the_type_of_a_value_is_what_it_holds(key: str, values: list[Any], expected: str) -> None:
    assert type_of(key, values) == expected


@pytest.mark.parametrize(
    "text", ["2025-01-01T10:00:00Z", "https://a.example/b", '{"a": 1}', "QUJDREVG" * 9, "</s>", "12 34", ""]
)
def test_what_is_no_prose(text: str) -> None:
    assert not is_prose(text)


@pytest.mark.parametrize("text", ["Hello there", "水温 80 °C", " it eats *every", "สวัสดีครับ"])
def test_what_is_prose(text: str) -> None:
    assert is_prose(text)


def test_pieces_of_one_text_join_well_and_records_do_not() -> None:
    assert join_quality(ANSWER) == 1
    assert join_quality(["Zürich", "Tokyo", "Ann"]) == 0


def test_a_text_is_cumulative_also_when_earlier_words_change() -> None:
    assert is_cumulative(SO_FAR)
    assert is_cumulative(["I", "I scream", "Ice cream", "Ice cream is", "Ice cream is fine"])
    assert not is_cumulative(ANSWER)
    assert not is_cumulative(["ha", "ha", "ha"])


@pytest.mark.parametrize(
    "odd",
    [
        [{"a": 1}, 2], [1, {"a": "b"}, 3], [None, True, {"a": True}], ["x", 1, {"a": "x"}],
        ["[" * 200_000], [{"a": "[" * 200_000}], [{"a": f"[{'1' * 5000}]"}], [{"a": "{" * 200_000}] * 3,
    ],
    ids=lambda odd: str(odd)[:40],
)  # fmt: skip
def test_whatever_came_is_looked_at(odd: list[Any]) -> None:
    assert detect(frames(*odd), "sse").fields is not None
    assert detect([frame_of(str(each).encode()) for each in odd], "ndjson").fields is not None
