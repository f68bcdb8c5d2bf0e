"""A canary: a saved key reaches its service and nothing else: no page, socket, log, row in clear, error or capture (P24)."""

import asyncio
import base64
import json
import sqlite3
import uuid
from urllib.parse import quote

import pytest

from tests.connector.loopback import service
from tests.live import post_json, signed_in
from tests.server import StreamwrightServer

CANARY = 'sk-canary/"+7f3a9b52c4d8e1f0'
FORMS = {
    CANARY,
    json.dumps(CANARY)[1:-1],
    quote(CANARY, safe=""),
    base64.b64encode(f"Bearer {CANARY}".encode()).decode(),
    CANARY.replace('"', "&quot;"),
}


def echo():
    """A service that repeats the key wherever it can: in headers, in an error inside the stream, at first in its text."""
    asked = []

    async def answer(reader, writer):
        asked.append(1)
        said = f"You sent {CANARY} to me. " if len(asked) == 1 else "Hello. "
        text = json.dumps({"choices": [{"delta": {"content": said}}]})
        error = json.dumps({"error": {"message": f"Incorrect API key provided: {CANARY}"}})
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nX-Echo: {CANARY}\r\nConnection: close\r\n\r\n"
        writer.write(head.encode() + f"data: {text}\n\ndata: {text}\n\ndata: {error}\n\n".encode())
        await writer.drain()

    return answer


def _holds_canary(text: str) -> list[str]:
    return [form for form in FORMS if form in text]


@pytest.fixture
async def echoing():
    async with service(echo()) as here:
        yield here


async def test_P24_a_saved_key_is_nowhere_but_in_the_request(new_home, echoing):
    with StreamwrightServer(new_home(), LOG_LEVEL="DEBUG") as server:
        pass  # Only to know its port before the allowance is given.
    allow = f"127.0.0.1:{server.port},127.0.0.1:{echoing.port}"
    server.environment |= {"OUTGOING_ALLOW": allow}
    with server:
        session = await signed_in(server)
        seen = await _work_with_a_key(server, session, echoing.port)
        await session.close()
    assert CANARY.encode() in b"".join(echoing.heads), "The key never reached its service."
    for where, text in {**seen, "log": server.log, "database": _rows(server)}.items():
        assert _holds_canary(text) == [], where


async def _work_with_a_key(server, session, port) -> dict[str, str]:
    """Save the key, initialize, look at every page of it, move the API elsewhere, preview: all that came back."""
    changes = f"{server.url}/apps/demo/changes/"
    api = f"{server.url}/apps/demo/connector/ai_pract1/"
    base = {"do": "update", "doc": "api/ai_pract1", "node": "ai_pract1"}
    bearer = {"scheme": "bearer", "options": {}}
    moved = {"base_url": f"http://127.0.0.1:{port}", "auth": bearer}
    assert (await post_json(session, changes, {"label": "Move", "changes": [{**base, "set": moved}]}))["ok"]
    seen = {}
    seen["saving"] = await _post(
        session, f"{api}authentication/secret/", {"token": CANARY, "key": CANARY, "secret": CANARY}
    )
    async with session.ws_connect(
        f"{server.url}/ws/initialize/demo/ai_pract1/ca_ask001/", headers={"Origin": server.origin}
    ) as socket:
        await socket.send_str("start")
        async with asyncio.timeout(20):
            async for message in socket:
                seen["initialize"] = seen.get("initialize", "") + message.data
                if '"done"' in message.data or '"failed"' in message.data:
                    break
    assert '"done"' in seen["initialize"]
    for page in ("", "ca_ask001/", "ca_ask001/returned/", "ca_ask001/response/"):
        async with session.get(api + page) as answer:
            seen[page] = await answer.text()
    async with session.ws_connect(f"{server.url}/ws/live/demo/pg_chat01/", headers={"Origin": server.origin}) as socket:
        await socket.send_str('{"t": "hello", "visit": null, "have": 0, "v": 1}')
        event = {
            "t": "event",
            "id": str(uuid.uuid4()),
            "el": "el_send01",
            "on": "clicked",
            "values": {"el_quest1": "Hi"},
        }
        await socket.send_str(json.dumps(event))
        async with asyncio.timeout(20):
            async for message in socket:
                seen["live"] = seen.get("live", "") + message.data
                if "notice" in message.data:
                    break
    elsewhere = {"base_url": f"http://127.0.0.1:{server.port}"}
    assert (await post_json(session, changes, {"label": "Elsewhere", "changes": [{**base, "set": elsewhere}]}))["ok"]
    async with session.get(f"{api}ca_ask001/") as answer:
        seen["moved"] = await answer.text()
    return seen


async def _post(session, url, form) -> str:
    token = next(cookie.value for cookie in session.cookie_jar if cookie.key == "csrftoken")
    async with session.post(url, data=form, headers={"X-CSRFToken": token}) as answer:
        assert answer.status == 200, await answer.text()
        return await answer.text()


def _rows(server) -> str:
    """Every value of every table."""
    with sqlite3.connect(server.home / "streamwright.sqlite3") as database:
        tables = [name for (name,) in database.execute("select name from sqlite_master where type = 'table'")]
        rows = [row for table in tables for row in database.execute(f'select * from "{table}"')]
    return "\n".join(
        value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value) for row in rows for value in row
    )
