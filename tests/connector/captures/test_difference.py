"""What became of saved fields in the next answer (S18)."""

import json
from typing import Any

import pytest

from connector.answers.detect import detect
from connector.answers.frame import Frame, frame_of
from connector.captures.difference import became, new_fields
from tests.cases.recorded import one
from tests.connector.answers.test_detect import frames_of


def frames(*values: Any) -> list[Frame]:
    return [frame_of(json.dumps(value).encode()) for value in values]


def field(name: str, type: str, path: str, **more: Any) -> dict[str, Any]:
    return {"id": "fd_1", "name": name, "type": type, "path": path, **more}


def found_in(come: list[Frame]) -> Any:
    return detect(come, "ndjson").fields


WORDS = [{"text": f"word {n} and more "} for n in range(12)]


@pytest.mark.parametrize(
    ("held", "now"),
    [
        (field("Reply", "text_stream", "text"), "same"),
        (field("Reply", "text", "text"), "same"),
        (field("Reply", "live", "usage.out"), "same"),
        (field("All", "frames", "$"), "same"),
        (field("Tokens", "number", "usage.out"), "same"),
        (field("Tokens", "text", "usage.out"), "type"),
        (field("Reply", "text_stream", "delta.text"), "gone"),
        (field("Id", "text", "x-request-id", part="header"), "same"),
        (field("Cost", "text", "x-cost", part="header"), "gone"),
        (field("Status", "number", "code", part="status"), "same"),
    ],
)
def test_a_field_is_the_same_gone_or_of_another_type(held: dict[str, Any], now: str) -> None:
    come = frames(*WORDS, {"usage": {"out": 12}})
    assert [each.now for each in became([held], found_in(come), come, [["X-Request-Id", "7"]])] == [now]


def test_what_grows_now_may_stand_for_what_grew_before() -> None:
    """The author chooses; the field's name and id stay, and so does all that is bound to it."""
    come = frames(*WORDS)
    change = became([field("Reply", "text_stream", "delta.text")], found_in(come), come)[0]
    assert change.instead is not None and change.instead.path == "text"


def test_a_value_of_the_same_name_may_stand_for_one_that_moved() -> None:
    come = frames(*WORDS, {"meta": {"usage": {"output_tokens": 12}}})
    held = field("Output tokens", "number", "usage.output_tokens")
    change = became([held], found_in(come), come)[0]
    assert change.instead is not None and change.instead.path == "meta.usage.output_tokens"


def test_new_is_what_was_not_there_before_and_is_not_saved() -> None:
    before, now = found_in(frames(*WORDS)), found_in(frames(*WORDS, {"usage": {"output_tokens": 12}}))
    held = [field("Reply", "text_stream", "text")]
    assert [each.path for each in new_fields(held, now, before)] == ["usage.output_tokens"]
    assert new_fields(held, now, now) == []


@pytest.mark.parametrize("name", ["openai-chat-usage", "anthropic", "gemini-sse", "nlx"])
def test_the_same_answer_again_changes_nothing(name: str) -> None:
    come = frames_of(name)
    found = detect(come, one(name).framing).fields
    held = [vars(each) | {"id": str(at)} for at, each in enumerate(found) if each.suggested]
    assert {each.now for each in became(held, found, come)} == {"same"}
    assert new_fields(held, found, []) == []
