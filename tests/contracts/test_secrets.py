"""A canary for every way to authenticate: what is typed, and what is made of it or obtained with it, reaches its services
and nothing else: no page, socket, log, row in clear, error or capture (P24)."""

import asyncio
import base64
import html
import json
import logging
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, quote_plus

import certifi
import pytest
from asgiref.sync import sync_to_async
from django.db import connection

from builder import journal
from builder.edition import Edition
from builder.models import App
from builder.people.visitor import NOBODY
from builder.starters import starters
from connector import document
from connector.auth import auth
from connector.auth.fields import NameField
from connector.calls import start_call
from connector.captures.initialize import Initialization
from connector.models import Credential
from connector.sending import tls
from tests.connector.authority import Authority
from tests.connector.loopback import service

CANARY = "canary/+7f3a9b52c4d8e1f0"
GRANTED = "granted-canary/+0123456789abcdef"
SIGNED = [name for name, scheme in auth.items() if scheme.needs_secrets]


class Echo:
    """A service that hands out a token and repeats all it hears wherever it can: in headers, texts and errors."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request = self.here.heads[-1].decode()
        path = request.split()[1]
        self.heard.append(request)
        if path.startswith("/token"):
            body = json.dumps({"access_token": GRANTED, "data": {"token": GRANTED}}).encode()
            head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
            writer.write(head.encode() + body)
        else:
            got = GRANTED if any(each.split()[1].startswith("/token") for each in self.heard) else "nothing"
            text = json.dumps({"delta": f"You sent {request} and got {got}. "})
            error = json.dumps({"error": {"message": f"Not accepted: {request} {got}"}})
            shown = " ".join(self.sent_with(request))
            head = f"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nX-Echo: {shown}\r\nConnection: close\r\n\r\n"
            writer.write(head.encode() + f"data: {text}\n\ndata: {text}\n\ndata: {error}\n\n".encode())
        await writer.drain()

    @staticmethod
    def sent_with(request: str) -> set[str]:
        """What a request carried that proves who calls."""
        head, _, body = request.partition("\r\n\r\n")
        lines = [line.partition(": ") for line in head.split("\r\n")[1:]]
        found = {value.split(" ")[-1] for name, _, value in lines if name in ("authorization", "x-session", "x-key")}
        found |= {value for name, value in parse_qsl(head.split()[1].partition("?")[2]) if name == "key"}
        return found | {value for name, value in parse_qsl(body) if name in ("assertion", "client_secret", "password")}


def written(secret: str) -> set[str]:
    """The ways a secret may be written."""
    plain = {secret, json.dumps(secret)[1:-1], quote(secret, safe=""), quote_plus(secret), html.escape(secret)}
    return plain | {base64.b64encode(secret.encode()).decode()}


@pytest.fixture
def app(ada: Any) -> App:
    return starters["blank"].make(ada, "Juniper", "juniper")


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    made = Authority()
    (tmp_path / "authority.pem").write_text(made.pem)
    monkeypatch.setattr(certifi, "where", lambda: str(tmp_path / "authority.pem"))
    tls.context.cache_clear()
    yield made
    tls.context.cache_clear()


def secrets_of(name: str, authority: Authority) -> dict[str, str]:
    """A canary in every field."""
    if name == "client_certificate":
        certificate, key = authority.vouch("Robot", passphrase=CANARY)
        return {"certificate": certificate, "private_key": key, "passphrase": CANARY}
    return {field: f"{field}-{CANARY}" for field in auth[name].Secrets.base_fields}


@pytest.mark.parametrize("name", SIGNED)
async def test_p24_no_secret_is_anywhere_but_in_the_requests(
    name, app, ada_client, authority, settings, tmp_path, caplog
):
    caplog.set_level(logging.DEBUG)
    secrets, echo = secrets_of(name, authority), Echo()
    over_tls = None
    if name == "client_certificate":
        (tmp_path / "service.pem").write_text("".join(authority.vouch("127.0.0.1")))
        over_tls = tmp_path / "service.pem"
    async with service(echo.answer, tls=over_tls) as echo.here:
        settings.OUTGOING_ALLOW = [f"127.0.0.1:{echo.here.port}"]
        base = f"{'https' if over_tls else 'http'}://127.0.0.1:{echo.here.port}"
        seen = await worked_with(app, ada_client, name, secrets, base)
    said = "".join(echo.heard)
    if not over_tls:
        assert CANARY in said or quote(CANARY, safe="") in said or GRANTED in said or echo.sent_with(said)
    carried = {each for request in echo.heard for each in echo.sent_with(request)}
    typed = {text for field, text in secrets.items() if "PRIVATE" in text or "BEGIN" not in text}
    lines = {line for text in typed for line in text.splitlines() if not line.startswith("-----")}
    forms = {form for secret in {*lines, *carried, GRANTED} if len(secret) > 8 for form in written(secret)}
    seen["log"] = caplog.text
    for where, text in seen.items():
        assert [form for form in forms if form in text] == [], where
    assert await Credential.objects.acount() == 1


async def worked_with(app: App, client: Any, name: str, secrets: dict[str, str], base: str) -> dict[str, str]:
    """Save the secrets, initialize, look at every page, call as a page would, go elsewhere: all that came back."""
    api, call, changes = document.new_api([])
    options = dict(auth[name].example["options"])
    if "token_url" in options and name != "jwt":
        options["token_url"] = f"{base}/token"
    if name == "custom_token":
        options |= {"headers": "X-Key: <key>", "body": '{"u": "<username>", "p": "<password>"}'}
    body = changes[0]["body"]
    body["nodes"][api]["props"] |= {"base_url": base, "auth": {"scheme": name, "options": options}}
    body["nodes"][call]["props"] |= {"path": "/chat", "body": "{}"}
    await sync_to_async(app.documents.create)(kind="api", key=api, body=body)
    seen: dict[str, str] = {}

    def post(path: str, **form: str) -> str:
        here = {"HX-Request": "true", "HX-Current-URL": f"http://testserver/apps/juniper/connector/{api}/{call}/"}
        answer = client.post(f"/apps/juniper/connector/{api}/{path}", form, headers=here)
        assert answer.status_code == 200
        return answer.content.decode()

    def get(path: str) -> str:
        answer = client.get(f"/apps/juniper/connector/{path}")
        assert answer.status_code == 200, path
        return answer.content.decode()

    first = next(iter(secrets))
    seen["refused"] = await sync_to_async(post)("authentication/secret/", **(secrets | {first: ""}))
    seen["saved"] = await sync_to_async(post)("authentication/secret/", **secrets)
    seen["initialize"] = await initialized(app, api, call)
    assert '"done"' in seen["initialize"], seen["initialize"][-2000:]
    for path in (f"{api}/", f"{api}/{call}/", f"{api}/{call}/returned/", f"{api}/{call}/response/"):
        seen[path] = await sync_to_async(get)(path)
    stream, over = await start_call(Edition(app), api, call, {}, NOBODY), asyncio.Event()
    stream.subscribe(lambda changed: over.set() if stream.over else None)
    await asyncio.wait_for(over.wait(), 10)
    assert stream.state == "failed"
    seen["error"] = f"{stream.error!r} {getattr(stream.error, 'as_json', dict)()}"
    elsewhere = {"do": "update", "doc": f"api/{api}", "node": api, "set": {"base_url": "https://evil.example"}}
    await sync_to_async(journal.perform)(app, app.owner, "Elsewhere", [elsewhere])
    seen["elsewhere"] = await sync_to_async(get)(f"{api}/{call}/")
    assert name == "client_certificate" or "The address changed." in seen["elsewhere"]
    with pytest.raises(Exception) as caught:
        await start_call(Edition(app), api, call, {}, NOBODY)
    seen["error elsewhere"] = f"{caught.value!r}"
    seen["rows"] = await sync_to_async(rows)()
    return seen


async def initialized(app: App, api: str, call: str) -> str:
    """All that the dialog is told."""
    told: list[str] = []
    over = asyncio.Event()

    def tell(picture: dict[str, Any]) -> None:
        told.append(json.dumps(picture, default=str, ensure_ascii=False))
        if picture.keys() & {"done", "failed", "cancelled"}:
            over.set()

    Initialization(app, api, call, tell).start()
    await asyncio.wait_for(over.wait(), 10)
    return "\n".join(told)


def rows() -> str:
    """Every value of every table."""
    with connection.cursor() as cursor:
        found = [
            row
            for table in connection.introspection.table_names(cursor)
            for row in cursor.execute(f"select * from {connection.ops.quote_name(table)}").fetchall()
        ]
    values = (value for row in found for value in row)
    return "\n".join(
        bytes(v).decode("utf-8", "replace") if isinstance(v, bytes | memoryview) else str(v) for v in values
    )


def test_every_secret_of_every_way_is_a_secret_field():
    """So that its text is masked, but for names that are words of an answer."""
    for name in SIGNED:
        for field in auth[name].Secrets.base_fields.values():
            assert field.is_masked(CANARY)
            assert isinstance(field, NameField) or field.is_masked("x")
    assert re.fullmatch(r"[a-z0-9_]+", "".join(SIGNED))
