"""Every recorded failure, served by a real service on loopback: what the dialog, the console and the page say of it."""

import asyncio
import base64
import html
import json
import re
import socket
import struct
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from channels.db import database_sync_to_async
from django.test import Client

from builder.edition import Edition
from builder.models import App, User
from builder.people.visitor import NOBODY
from builder.starters import starters
from connector import document
from connector.calls import start_call
from connector.captures.initialize import Initialization
from connector.models import Credential
from connector.spending.limits import Limits
from tests.cases.recorded import FOLDER
from tests.connector.loopback import Service, service
from workflows.errors import KIND, kind_sentence

FILES = [path for folder in ("errors", "more/errors") for path in sorted((FOLDER / folder).glob("*.json"))]
ERRORS = {path.stem: {"after": "close"} | json.loads(path.read_text()) for path in FILES}
CANARY = "sk-canary-0123456789abcdefghij"
# What the dialog says of each kind, beside what the recording wants to be mentioned.
SAYS = {
    "bad_frame": "could not be read",
    "broken_off": "cut off",
    "comments_only": "signs of life",
    "empty": "sent nothing",
    "error_event": "The service reported",
    "html_page": "answered with a web page",
    "http_status": "(4|5)\\d\\d",
    "not_a_stream": "one JSON value, all at once",
    "stalled": "stopped answering",
    "endless": "not finished after",
    "too_large": "is larger than",
    "charset": "UTF-8",
}
# Kinds after which what came is good all the same.
GOOD = ("bad_frame", "charset")


@pytest.fixture
def app(ada: User) -> App:
    return starters["blank"].make(ada, "Juniper", "juniper")


def served(stored: dict[str, Any]) -> Any:
    """A script that answers as it was recorded, to its end: closed, reset, held open, or the same again for ever."""
    chunks = [each.encode() if isinstance(each, str) else base64.b64decode(each["b64"]) for each in stored["chunks"]]
    lines = [f"{name}: {value}" for name, value in stored["headers"].items() if name != "content-length"]
    head = "\r\n".join([f"HTTP/1.1 {stored['status']} OK", *lines, "connection: close", "", ""]).encode()
    after = stored["after"]

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(head)
        for chunk in chunks:
            writer.write(chunk)
            await writer.drain()
            await asyncio.sleep(0.005)
        while isinstance(after, dict):
            for chunk in chunks[after["repeat_from"] :]:
                writer.write(chunk)
                await writer.drain()
                await asyncio.sleep(0.002)
        if after == "hold_open":
            await reader.read()
        if after == "reset":
            await asyncio.sleep(0.05)
            linger = struct.pack("ii", 1, 0)
            writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            writer.transport.abort()

    return answer


class Call:
    """A call of that service, with a key that must never be seen again."""

    def __init__(self, app: App, here: Service):
        self.app = app
        self.api, self.call, changes = document.new_api([])
        body = changes[0]["body"]
        origin = f"http://127.0.0.1:{here.port}"
        body["nodes"][self.api]["props"] |= {"base_url": origin, "auth": {"scheme": "bearer", "options": {}}}
        limits = {"silence": 0.6, "first_byte": 2, "total": 1.5}
        body["nodes"][self.call]["props"] |= {"path": "/", "body": '{"q": 1}', "limits": limits}
        app.documents.create(kind="api", key=self.api, body=body)
        Credential.keep(app, self.api, "bearer", {"token": CANARY}, origin)
        self.url = f"/apps/juniper/connector/{self.api}/{self.call}/"

    async def initialize(self) -> dict[str, Any]:
        over, told = asyncio.Event(), []

        def tell(picture: dict[str, Any]) -> None:
            told.append(picture)
            if picture.keys() & {"done", "failed", "cancelled"}:
                over.set()

        Initialization(self.app, self.api, self.call, tell).start()
        await asyncio.wait_for(over.wait(), 15)
        assert CANARY not in str(told)
        return told[-1]


def words(page: str) -> str:
    """A page as somebody reads it."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


@pytest.mark.parametrize("name", ERRORS)
async def test_what_went_wrong_is_said_in_the_dialog_and_in_the_console(
    app: App, ada_client: Client, settings: Any, name: str
) -> None:
    """S2, S12, S23: what happened, why and what to do; in the service's own words where it had any; never a secret."""
    stored = ERRORS[name]
    error = stored["gold"]["error"]
    async with service(served(stored)) as here:
        settings.OUTGOING_ALLOW = [f"127.0.0.1:{here.port}"]
        call = await database_sync_to_async(Call)(app, here)
        told = await call.initialize()
    dialog = (await sync_to_async(ada_client.get)(f"{call.url}returned/{told['done']}/")).content.decode()
    tab = (await sync_to_async(ada_client.get)(call.url)).content.decode()
    assert CANARY not in dialog + tab
    # The focus is on what is to be done next: to save, else the first thing that may fix it.
    asks = re.findall(r"<button[^>]* autofocus[^>]*>", dialog)
    assert len(asks) == 1
    assert ("data-save" in asks[0]) == ("data-save" in dialog)
    if error is None:
        assert 'role="alert"' not in dialog
        return
    for page in (dialog[dialog.index("explain") : dialog.index("</dl>")], tab[tab.index('id="response"') :]):
        said = words(page)
        assert re.search(SAYS[error["kind"]], said), said[:600]
        for mentioned in error["must_mention"]:
            assert mentioned in said
    assert dialog.count("<dt>") >= 2, "it says why or what to do, too"


@pytest.mark.parametrize("name", ERRORS)
async def test_a_page_is_told_in_kind_words_only(app: App, settings: Any, name: str) -> None:
    """S3, S24, S29: the visitor hears a kind sentence; the reason in the log is in words and holds no secret."""
    stored = ERRORS[name]
    error = stored["gold"]["error"]
    async with service(served(stored)) as here:
        settings.OUTGOING_ALLOW = [f"127.0.0.1:{here.port}"]
        call = await database_sync_to_async(Call)(app, here)
        stream = await start_call(Edition(app), call.api, call.call, {}, NOBODY)
        over = asyncio.Event()
        stream.subscribe(lambda changed: over.set() if stream.over else None)
        if not stream.over:
            await asyncio.wait_for(over.wait(), 10)
    if error is None or error["kind"] in GOOD or error.get("clean_close"):
        return  # Without an Initialize nobody knows of an end sign that is missing.
    assert stream.state == ("done" if error["kind"] in ("empty", "comments_only") else "failed"), error["kind"]
    if stream.error:
        assert CANARY not in str(stream.error)
        assert str(stream.error).endswith((".", "!")) or any(
            each in str(stream.error) for each in error["must_mention"]
        )
        assert kind_sentence(stream.error.kind) in KIND.values()


@pytest.mark.parametrize(
    ("limit", "most"),
    [
        ("connect", 10),
        ("first_byte", 60),
        ("silence", 60),
        ("total", 300),
        ("size", 2**20),
        ("frame", 2**20),
        ("text", 9),
    ],
)
def test_each_limit_says_its_name_its_figure_and_what_to_do(limit: str, most: float) -> None:
    """S12."""
    error = Limits(**{limit: most}).crossed(limit, "Acme")
    assert error.code == "limit_crossed" and error.data["limit"] == limit
    assert str(1 if most == 2**20 else most) in error.sentence and error.todo and error.why
