"""An author who knows nothing of a format gets from a service what its official client reads from it."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import orjson
import pytest

from builder.edition import Edition
from builder.models import App, User
from builder.people.visitor import NOBODY
from builder.starters import starters
from connector import document
from connector.calls import start_call
from connector.captures.found import look_at
from tests.connector.captures.test_initialize import Run
from tests.connector.counterparts import ANSWER, QUESTION, emulator, framework

CHAT = {"messages": [{"role": "user", "content": QUESTION}], "stream": True}
INPUT = {"input": QUESTION, "stream": True}
PARTS = {"contents": [{"role": "user", "parts": [{"text": QUESTION}]}]}

# What an author fills in: the path and the body of the vendors' manuals.
CALLS: dict[str, tuple[str, dict[str, Any]]] = {
    "openai chat": ("/v1/chat/completions", {"model": "gpt-4o", **CHAT, "stream_options": {"include_usage": True}}),
    "openai responses": ("/v1/responses", {"model": "gpt-4o", **INPUT}),
    "anthropic": ("/v1/messages", {"model": "claude-emulated", "max_tokens": 300, **CHAT}),
    "gemini": ("/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse", PARTS),
    "cohere": ("/v2/chat", {"model": "command-r", **CHAT}),
    "ollama chat": ("/api/chat", {"model": "llama3", **CHAT}),
    "ollama generate": ("/api/generate", {"model": "llama3", "prompt": QUESTION, "stream": True}),
}


@pytest.fixture(scope="module")
def emulated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with emulator(tmp_path_factory.mktemp("emulator")) as url:
        yield url


@pytest.fixture
def app(ada: User) -> App:
    return starters["blank"].make(ada, "Juniper", "juniper")


async def initialized(app: App, base: str, path: str, body: dict[str, Any]) -> Run:
    """The call, initialized, with its suggested fields saved as they are."""
    run = Run(app, 0, path=path, body=orjson.dumps(body).decode())
    run.body["nodes"][run.api]["props"]["base_url"] = base
    await run.start()
    found = await asyncio.to_thread(look_at, await run.capture())
    assert found.detection.problem is None
    row = await app.documents.aget(kind="api", key=run.api)
    fields = [each for each in found.detection.fields if each.suggested]
    for each in fields:
        key = document.new_id("fd")
        props = {"type": each.type, "path": each.path, "when": each.when, "mode": each.mode}
        row.body["nodes"][key] = {"type": "field", "name": each.name, "props": props, "slots": {}}
        row.body["nodes"][run.call]["slots"].setdefault("fields", []).append(key)
    row.body["nodes"][run.call]["props"]["initialized"] = {"end": found.detection.end}
    await row.asave()
    run.body = row.body
    return run


async def text_of(app: App, run: Run) -> str:
    """The answer of the call's first text stream, called as a page would."""
    stream = await start_call(Edition(app), run.api, run.call, {}, NOBODY)
    over = asyncio.Event()
    stream.subscribe(lambda changed: over.set() if stream.over else None)
    if not stream.over:
        await asyncio.wait_for(over.wait(), 30)
    assert stream.state == "done", stream.error
    first = run.body["nodes"][run.call]["slots"]["fields"][0]
    assert stream.field(first).full_text == stream.field(first).text
    return stream.field(first).full_text


@pytest.mark.parametrize("name", CALLS)
async def test_an_emulated_model_is_read_whole(name: str, app: App, emulated: str, settings: Any) -> None:
    """S16: only the suggested fields, and the answer is there to the last letter."""
    settings.OUTGOING_ALLOW = [emulated.removeprefix("http://")]
    run = await initialized(app, emulated, *CALLS[name])
    assert await text_of(app, run) == ANSWER


# The clients are imported where they are used: together they take seconds, in every process that collects tests.


async def from_openai_chat(url: str) -> AsyncIterator[str]:
    import openai

    async with openai.AsyncOpenAI(base_url=f"{url}/v1", api_key="nothing", max_retries=0) as client:
        async for chunk in await client.chat.completions.create(**CALLS["openai chat"][1]):
            yield (chunk.choices[0].delta.content or "") if chunk.choices else ""


async def from_openai_responses(url: str) -> AsyncIterator[str]:
    import openai

    async with openai.AsyncOpenAI(base_url=f"{url}/v1", api_key="nothing", max_retries=0) as client:
        async for event in await client.responses.create(**CALLS["openai responses"][1]):
            yield event.delta if event.type == "response.output_text.delta" else ""


async def from_anthropic(url: str) -> AsyncIterator[str]:
    import anthropic

    asked = {name: value for name, value in CALLS["anthropic"][1].items() if name != "stream"}
    client = anthropic.AsyncAnthropic(base_url=url, api_key="nothing", max_retries=0)
    async with client, client.messages.stream(**asked) as stream:
        async for text in stream.text_stream:
            yield text


CLIENTS: dict[str, Callable[[str], AsyncIterator[str]]] = {
    "openai chat": from_openai_chat,
    "openai responses": from_openai_responses,
    "anthropic": from_anthropic,
}


@pytest.mark.parametrize("name", CLIENTS)
async def test_our_text_is_what_the_official_client_reads(name: str, app: App, emulated: str, settings: Any) -> None:
    settings.OUTGOING_ALLOW = [emulated.removeprefix("http://")]
    theirs = "".join([piece async for piece in CLIENTS[name](emulated)])
    run = await initialized(app, emulated, *CALLS[name])
    assert await text_of(app, run) == theirs == ANSWER


async def test_a_streaming_framework_is_read_whole(app: App, settings: Any) -> None:
    """Its pings are comments, its lines end in CRLF, and its last event brings a number."""
    with framework() as url:
        settings.OUTGOING_ALLOW = [url.removeprefix("http://")]
        run = await initialized(app, url, "/", {})
        assert await text_of(app, run) == ANSWER
