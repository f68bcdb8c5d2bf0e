"""A live page without a browser: a socket to a real server that applies patches as the page's script does."""

import asyncio
import json
import uuid
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from tests.server import StreamwrightServer

# What tests have opened, to be closed at their end.
OPENED: list[aiohttp.ClientWebSocketResponse] = []


async def close_all(session: aiohttp.ClientSession) -> None:
    """Close every socket, then the session, and let the transports go."""
    while OPENED:
        with suppress(ConnectionError):
            await OPENED.pop().close()
    await session.close()
    await asyncio.sleep(0.05)


async def signed_in(server: StreamwrightServer, email: str | None = None) -> aiohttp.ClientSession:
    """A session in which the owner, or whoever has the address, is signed in by a link."""
    jar, many = aiohttp.CookieJar(unsafe=True), aiohttp.TCPConnector(limit=0)
    session = aiohttp.ClientSession(cookie_jar=jar, connector=many)
    path = urlsplit(server.sign_in_link(email)).path
    async with session.get(server.url + path) as page:
        token = (await page.text()).partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    async with session.post(server.url + path, data={"csrfmiddlewaretoken": token}, headers={"Referer": server.url}):
        return session


async def post_json(session: aiohttp.ClientSession, url: str, body: Any) -> Any:
    """Post JSON as a page of the editor does, and give the JSON of the answer."""
    token = next(cookie.value for cookie in session.cookie_jar if cookie.key == "csrftoken")
    async with session.post(url, json=body, headers={"X-CSRFToken": token}) as answer:
        return await answer.json()


async def demo_app(server: StreamwrightServer, session: aiohttp.ClientSession, query: str) -> str:
    """A new demo app whose model is asked with these settings of the practice API; its address."""
    slug = f"chat-{uuid.uuid4().hex[:8]}"
    token = next(cookie.value for cookie in session.cookie_jar if cookie.key == "csrftoken")
    form = {"name": "Chat", "slug": slug, "starter": "demo", "csrfmiddlewaretoken": token}
    headers = {"Referer": server.url}
    async with session.post(f"{server.url}/apps/new/", data=form, headers=headers, allow_redirects=False) as made:
        assert made.status == 302, await made.text()
    path = {"path": f"/v1/chat/completions?{query}"}
    change = {"do": "update", "doc": "api/ai_pract1", "node": "ca_ask001", "set": path}
    answer = await post_json(session, f"{server.url}/apps/{slug}/changes/", {"label": "Set path", "changes": [change]})
    assert answer.get("ok"), answer
    return slug


class LivePage:
    """One open page. `shown` holds properties by address, `lists` the cells, `raw` every byte that came."""

    def __init__(self, server: StreamwrightServer, session: aiohttp.ClientSession, app: str, page: str):
        self.server, self.session = server, session
        self.url = f"{server.url}/ws/live/{app}/{page}/"
        self.visit: str | None = None
        self.have = 0
        # Whether it says what it has received.
        self.acknowledges = True
        self.shown: dict[tuple[str, str], Any] = {}
        self.lists: dict[str, list[str]] = {}
        self.heard: list[str] = []
        self.raw: list[str] = []
        self.history: list[str] = []

    async def open(self, origin: str | None = None, version: int = 1) -> "LivePage":
        """Connect and say hello, as a page does at first and after every lost connection."""
        headers = {"Origin": origin or self.server.origin}
        self.socket = await self.session.ws_connect(self.url, headers=headers)
        OPENED.append(self.socket)
        await self.say({"t": "hello", "visit": self.visit, "have": self.have, "v": version})
        return self

    async def cut(self) -> None:
        """Lose the connection without a word."""
        if connection := self.socket._response.connection:  # None when the server was first
            connection.transport.abort()
        await asyncio.sleep(0)
        await self.socket.close()

    async def say(self, message: dict[str, Any]) -> None:
        await self.socket.send_str(json.dumps(message))

    async def happens(self, element: str | None, on: str, id: str | None = None, **values: Any) -> None:
        await self.say({"t": "event", "id": id or str(uuid.uuid4()), "el": element, "on": on, "values": values})

    async def until(self, reached: Any, seconds: float = 20) -> None:
        """Take messages until `reached()` is true."""
        async with asyncio.timeout(seconds):
            while not reached():
                await self.take()

    async def take(self) -> None:
        """Take one message; raises ConnectionError with the close code when the socket is closed."""
        message = await self.socket.receive()
        if message.type != aiohttp.WSMsgType.TEXT:
            raise ConnectionError(self.socket.close_code)
        self.raw.append(message.data)
        said = json.loads(message.data)
        if "hello" in said:
            self.visit = said["hello"]["visit"]
            self.have = 0 if said["hello"]["new"] else self.have
            self.heard.append(said["hello"]["heard"])
        elif "p" in said:
            if said.get("snapshot"):
                self.shown.clear()
                self.lists.clear()
            self.have = said["n"]
            self.heard += [said["heard"]] if "heard" in said else []
            for verb, address, *rest in said["p"]:
                self.apply(verb, address, rest)
            if self.acknowledges:
                with suppress(ConnectionError):  # Closed by then: the next message says so.
                    await self.say({"t": "ack", "n": self.have})

    def apply(self, verb: str, address: str, rest: list[Any]) -> None:
        if verb == "cells":
            self.lists[address] = rest[0]
        elif verb == "append":
            self.shown[address, rest[0]] = self.shown.get((address, rest[0]), "") + rest[1]
        else:
            self.shown[address, rest[0]] = rest[1]
        if (address, *rest[:1]) == ("el_reply1", "text"):
            self.history.append(self.shown["el_reply1", "text"])

    @property
    def reply(self) -> str:
        return self.shown.get(("el_reply1", "text")) or ""

    @property
    def state(self) -> str | None:
        return self.shown.get(("el_reply1", "stream"))
