"""manage.py call: text as it comes, fields at the end, errors in words, and an exit status that says how it ended."""

import asyncio
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from builder.document import body, node
from builder.models import App, Document, User
from builder.starters import starters
from connector.models import Credential
from tests.connector.answers.test_answering import http
from tests.connector.loopback import CHUNKED, Service, chunk, service

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.django_db(transaction=True)
Served = Callable[[Any], Any]


@contextmanager
def served(script: Any) -> Iterator[Service]:
    """A service in a thread of its own, for who waits without a loop."""
    ready, done, found = threading.Event(), threading.Event(), []

    async def serve() -> None:
        async with service(script) as here:
            found.append(here)
            ready.set()
            await asyncio.to_thread(done.wait)

    thread = threading.Thread(target=asyncio.run, args=(serve(),))
    thread.start()
    ready.wait(10)
    try:
        yield found[0]
    finally:
        done.set()
        thread.join()


@pytest.fixture
def app(ada: User) -> App:
    return starters["blank"].make(ada, "Juniper", "juniper")


def call(app: App, here: Service, settings: Any, **props: Any) -> None:
    """The app gets the call Acme/Ask of a service."""
    settings.OUTGOING_ALLOW = [f"127.0.0.1:{here.port}"]
    asking = {"method": "POST", "path": "/v1", "body_kind": "json", "body": '{"q": <question>, "m": "<model>"}'}
    initialized = {"framing": "sse", "end": {"by": "close"}}
    nodes = {
        "ai_acme01": node("api", "Acme", {"base_url": f"http://127.0.0.1:{here.port}"}, calls=["ca_ask001"]),
        "ca_ask001": node(
            "call",
            "Ask",
            asking | {"initialized": initialized} | props,
            parameters=["pa_quest1", "pa_model1"],
            fields=["fd_text01", "fd_count1", "fd_more01"],
        ),
        "pa_quest1": node("parameter", "question", {"private": False, "value": "Why?"}),
        "pa_model1": node("parameter", "model", {"value": "m-1"}),
        "fd_text01": node("field", "Reply", {"type": "text_stream", "path": "t"}),
        "fd_count1": node("field", "Tokens", {"type": "number", "path": "n"}),
        "fd_more01": node("field", "Thoughts", {"type": "text_stream", "path": "r"}),
    }
    Document.objects.create(app=app, kind="api", key="ai_acme01", body=body("ai_acme01", nodes))


def said(*arguments: str) -> tuple[int, str, str]:
    """Exit status, standard output, standard error."""
    out, err = StringIO(), StringIO()
    with pytest.raises(SystemExit) as left:
        call_command("call", *arguments, stdout=out, stderr=err)
    assert isinstance(left.value.code, int)
    return left.value.code, out.getvalue(), err.getvalue()


EVENTS = b'data: {"t": "Because "}\n\ndata: {"t": "of it.", "r": "hm"}\n\ndata: {"n": 7}\n\n'
GOOD = http("200 OK", EVENTS, "Content-Type: text/event-stream")


def test_the_text_comes_first_and_the_fields_at_the_end(app: App, settings: Any) -> None:
    with served(GOOD) as here:
        call(app, here, settings)
        found = said("juniper", "acme/ask", "--param", "question=Is a=b?")
        assert found == (0, "Because of it.\n\nTokens: 7\nThoughts: hm\n", "")
        assert here.heads[-1].endswith(b'{"q":"Is a=b?","m":"m-1"}')
        assert said("juniper", "ai_acme01/ca_ask001")[0] == 0


@pytest.mark.parametrize(("given", "sent"), [('question=["a"]', b'"[\\"a\\"]"'), ('question:=["a"]', b'["a"]')])
def test_a_value_is_a_text_unless_it_is_given_as_json(app: App, settings: Any, given: str, sent: bytes) -> None:
    with served(GOOD) as here:
        call(app, here, settings)
        assert said("juniper", "acme/ask", "--param", given)[0] == 0
        assert here.heads[-1].endswith(b'{"q":' + sent + b',"m":"m-1"}')


@pytest.mark.parametrize(
    ("answer", "sentence", "shown"),
    [
        (
            http("401 No", b'{"error": {"message": "bad key"}}', "Content-Type: application/json"),
            "refused the key (401)",
            "",
        ),
        (CHUNKED + chunk(b'data: {"t": "Half"}\n\n'), "was cut off", "Half\n\n"),
    ],
)
def test_a_failure_is_said_in_words(app: App, settings: Any, answer: bytes, sentence: str, shown: str) -> None:
    with served(answer) as here:
        call(app, here, settings)
        code, out, err = said("juniper", "Acme/Ask")
        assert (code, out) == (1, shown) and sentence in err


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_a_service_does_not_command_the_terminal(app: App, settings: Any) -> None:
    """Neither by its text nor by what it says of an error."""
    error = b'data: {"t": "a\\u001b[2J"}\n\ndata: {"error": {"message": "full\\u001b]0;title\\u0007"}}\n\n'
    out, err = Terminal(), Terminal()
    with served(http("200 OK", error, "Content-Type: text/event-stream")) as here, pytest.raises(SystemExit):
        call(app, here, settings)
        call_command("call", "juniper", "Acme/Ask", stdout=out, stderr=err, no_color=True)
    assert "a\ufffd[2J" in out.getvalue() and "full\ufffd]0;title\ufffd" in err.getvalue()


def test_what_cannot_be_sent_is_said_in_words(app: App, settings: Any) -> None:
    with served(GOOD) as here:
        call(app, here, settings, body='{"q": <question>')
        code, out, err = said("juniper", "Acme/Ask")
        assert (code, out) == (1, "") and "not valid JSON" in err and here.connections == 0


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["nowhere", "Acme/Ask"], "There is no app at nowhere. There are: juniper."),
        (["juniper", "Acme/Tell"], "There is no call Acme/Tell. There are: Acme/Ask."),
        (["juniper", "Acme/Ask", "--param", "question"], "Write --param NAME=VALUE, not question."),
        (["juniper", "Acme/Ask", "--param", "question:=[1"], "What question:= is given is not JSON."),
        (["juniper", "Acme/Ask", "--param", "model=m-2"], "model is private. Those to set are: question."),
        (["juniper", "Acme/Ask", "--param", "colour=red"], "colour is no parameter of this call."),
    ],
)
def test_a_wrong_use_is_said_and_sends_nothing(app: App, settings: Any, arguments: list[str], sentence: str) -> None:
    with served(GOOD) as here:
        call(app, here, settings)
        code, out, err = said(*arguments)
        assert (code, out) == (2, "") and sentence in err and here.connections == 0


@pytest.mark.parametrize(("flag", "token"), [([], b"dev-token-0123456789"), (["--live"], b"live-token-0123456789")])
def test_s4_it_uses_the_secrets_of_development_unless_told(
    app: App, settings: Any, flag: list[str], token: bytes
) -> None:
    with served(GOOD) as here:
        call(app, here, settings)
        document = app.documents.get(kind="api")
        document.body["nodes"]["ai_acme01"]["props"]["auth"] = {"scheme": "bearer", "options": {}}
        document.save()
        for environment in ("dev", "live"):
            secret = {"token": f"{environment}-token-0123456789"}
            Credential.keep(app, "ai_acme01", "bearer", secret, f"http://127.0.0.1:{here.port}", environment)
        code, out, err = said("juniper", "Acme/Ask", *flag)
        assert code == 0 and b"Bearer " + token in here.heads[-1]
        assert token.decode() not in out + err


@pytest.mark.parametrize("ctrl_c", [True, False], ids=["Ctrl C", "| head"])
def test_s30_whoever_leaves_is_gone_from_the_service_too(app: App, settings: Any, ctrl_c: bool) -> None:
    """Also when nobody reads standard output any more: without a word on standard error."""
    left = threading.Event()

    async def endless(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(CHUNKED + chunk(b'data: {"t": "Once"}\n\n'))
        gone = asyncio.ensure_future(reader.read())
        while not ctrl_c and not (await asyncio.wait([gone], timeout=0.1))[0]:
            writer.write(chunk(b'data: {"t": " more"}\n\n'))
        await gone
        left.set()

    with served(endless) as here:
        call(app, here, settings)
        database = settings.DATABASES["default"]["NAME"]
        environment = {**os.environ, "DATABASE_PATH": str(database), "OUTGOING_ALLOW": f"127.0.0.1:{here.port}"}
        running = subprocess.Popen(
            [sys.executable, "manage.py", "call", "juniper", "Acme/Ask", "--settings", "tests.settings"],
            cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        with running as run:
            assert run.stdout and run.stderr and run.stdout.read(4) == b"Once"
            if ctrl_c:
                run.send_signal(signal.SIGINT)
            else:
                run.stdout.close()
            assert (run.wait(20), run.stderr.read()) == (130 if ctrl_c else 141, b"")
        assert left.wait(5)
