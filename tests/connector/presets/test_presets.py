"""S9, S16: every preset comes whole, with the fields that detection finds in its recording, so that only a key is missing."""

from typing import Any

import pytest

from builder import journal
from builder.document import Body, children
from builder.kinds import kinds
from builder.models import App, User
from builder.starters import starters
from connector.answers.extract import Extraction
from connector.answers.stream import Stream
from connector.captures.found import Found, look_at
from connector.importing.writing import write
from connector.models import Capture
from connector.presets import GROUPS, presets
from connector.views.answers import state_of

WANTED = {
    "openai_chat", "openai_responses", "anthropic", "gemini", "mistral", "cohere", "ollama", "llama_cpp", "vllm", "groq", "deepseek",
    "openrouter", "perplexity", "bedrock", "azure_openai", "dify", "nlx", "replicate", "wikimedia", "ntfy", "practice",
}  # fmt: skip


@pytest.fixture
def app(ada: User) -> App:
    return starters["blank"].make(ada, "Juniper", "juniper")


def test_all_are_there_and_in_groups() -> None:
    assert presets().keys() >= WANTED
    assert {preset.group for preset in presets().values()} == set(GROUPS)


@pytest.mark.parametrize("name", sorted(presets()))
def test_a_preset_comes_whole(app: App, ada: User, name: str) -> None:
    """S14, S16: nothing is left to do but a key."""
    preset = presets()[name]
    written = write(app, ada, preset.draft(), f"Add {preset.label}")
    body = app.documents.get(kind="api", key=written.api).body
    assert kinds["api"].problems(body) == []
    calls = children(body, written.api, "calls")
    assert [body["nodes"][key]["name"] for key in calls] == [each["name"] for each in preset.data["calls"]]
    assert written.call == calls[0]
    for key, data in zip(calls, preset.data["calls"], strict=True):
        assert state_of(body, key)["state"] == "ok"
        found = read_again(body, key)
        assert_its_fields_are_found(body, key, found)
        if data.get("text"):
            assert text_of(body, key, found) == data["text"]
    assert app.entries.count() == 1, "One gesture."
    journal.undo(app, ada)
    assert not app.documents.filter(kind="api").exists()


def read_again(body: Body, call: str) -> Found:
    props = body["nodes"][call]["props"]
    capture = Capture.objects.get(pk=props["initialized"]["capture"])
    assert (capture.api, capture.call, capture.status) == (body["root"], call, 200)
    assert capture.frames > 0
    found = look_at(capture, props["response_type"])
    assert found.framing == props["initialized"]["framing"]
    return found


def assert_its_fields_are_found(body: Body, call: str, found: Found) -> None:
    held = [
        body["nodes"][key]["props"] | {"name": body["nodes"][key]["name"]} for key in children(body, call, "fields")
    ]
    assert held
    there = {each.path: each for each in found.detection.fields}
    for field in held:
        assert field["path"] in there, f"{field['name']} at {field['path']}"
    texts = [(field["path"], field.get("mode")) for field in held if field["type"] == "text_stream"]
    detected = [
        (each.path, each.mode) for each in found.detection.fields if each.type == "text_stream" and each.suggested
    ]
    assert texts == detected[: len(texts)] or found.framing == "json"


def text_of(body: Body, call: str, found: Found) -> Any:
    stream = Stream(Extraction.of(body, call))
    stream.request_sent()
    stream.feed_all(found.frames)
    if not stream.over:
        stream.ended(clean=True)
    assert stream.state == "done", stream.error
    return stream.field(children(body, call, "fields")[0]).text


def test_nlx_says_what_its_url_must_end_with() -> None:
    preset = presets()["nlx"]
    assert "language code" in preset.note
    assert preset.data["calls"][0]["path"].endswith("-[language]")


@pytest.mark.parametrize("name", ["ollama", "llama_cpp", "vllm"])
def test_a_local_model_names_the_place_the_operator_must_allow(name: str) -> None:
    """P22."""
    preset = presets()[name]
    assert preset.local in preset.data["api"]["base_url"]


def test_no_preset_holds_a_key() -> None:
    assert all(not preset.draft().secrets for preset in presets().values())


def test_a_second_preset_of_a_service_can_join_the_first(app: App, ada: User) -> None:
    first = write(app, ada, presets()["openai_chat"].draft(), "Add OpenAI chat")
    write(app, ada, presets()["openai_responses"].draft(), "Add OpenAI Responses", into=first.api)
    body = app.documents.get(kind="api").body
    assert [body["nodes"][key]["props"]["path"] for key in children(body, first.api, "calls")] == [
        "/chat/completions",
        "/responses",
    ]
    assert kinds["api"].problems(body) == []
