"""Ready to stream: what a call lacks is said by rules that hold for any service, and fixed by one press."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from builder.models import App, User
from builder.starters import starters
from connector.asking.request import build
from connector.captures.found import found_in
from connector.errors import NotPublic, PortNotAllowed
from connector.fixes import FIXES
from connector.sending.allowed import to_allow
from connector.views.checks import checks
from tests.cases.recorded import one
from tests.connector.test_views_returned import Call


@pytest.fixture
def app(ada: User) -> App:
    return starters["blank"].make(ada, "Juniper", "juniper")


@pytest.fixture
def call(ada_client: Client, app: App) -> Call:
    return Call(ada_client, app, path="https://api.example.com/v1", body='{"stream": true}')


def wrong(call: Call, name: str = "", **props: Any) -> dict[str, str]:
    """The lines that are wrong: their words, and the fix or the place of each."""
    body = call.document
    body["nodes"][call.call]["props"] |= props
    call.app.documents.filter(key=call.api).update(body=body)
    found = None
    if name:
        kept = call.app.captures.get(pk=call.captured(one(name)))
        found = found_in(kept, "stream")
    lines = checks(call.app, call.document, call.call, found)
    return {line.words: line.fix or line.place for line in lines if line.state == "wrong"}


@pytest.mark.parametrize(
    ("props", "words", "fix"),
    [
        ({"body": "{}"}, "The body does not ask for a stream", "stream"),
        ({"method": "GET", "body": '{"stream": true}'}, "GET is not meant to send a body", "post"),
        ({"body_kind": "raw", "body": "x"}, "Nothing says what the raw body is", "content-type"),
        ({"path": "https://x.example/m:streamGenerateContent"}, "The URL does not ask for events", "alt"),
        ({"path": ""}, "The URL cannot be called: there is none.", "id_url"),
        ({"path": "http://10.0.0.1/"}, "10.0.0.1 is not a public address.", "id_url"),
        ({"body": '{"a": '}, "The body is not valid JSON", "id_body"),
    ],
)
def test_what_is_missing_is_said_with_its_fix(call: Call, props: dict[str, str], words: str, fix: str) -> None:
    found = next(((said, to) for said, to in wrong(call, **props).items() if said.startswith(words)), None)
    assert found is not None and found[1] == fix


def test_a_key_that_is_not_saved_leads_to_authentication(call: Call) -> None:
    body = call.document
    body["nodes"][call.api]["props"]["auth"] = {"scheme": "bearer", "options": {}}
    call.app.documents.filter(key=call.api).update(body=body)
    assert "id_scheme" in wrong(call).values()


def test_a_parameter_without_a_test_value_leads_to_its_row(call: Call) -> None:
    call.client.post(
        f"{call.url.removesuffix('returned/')}set/body/",
        {"body": '{"stream": true, "q": "<question>"}'},
        headers={"HX-Request": "true"},
    )
    row = next(key for key, node in call.document["nodes"].items() if node["name"] == "question")
    assert wrong(call) == {"question needs a value.": f"id_{row}-value"}


def test_p22_a_place_that_was_allowed_by_a_click_is_no_mistake(call: Call, settings: Any, tmp_path: Path) -> None:
    settings.OWN_MACHINE, settings.HOME, settings.ALLOWED_HOSTS = True, tmp_path, ["localhost"]
    url = "http://127.0.0.1:11434/api/chat"
    assert wrong(call, path=url)
    tab = call.url.removesuffix("returned/")
    call.client.defaults["SERVER_NAME"] = "localhost"
    offer = "Allow 127.0.0.1:11434</button>"
    assert offer not in call.client.get(tab).content.decode()
    assert call.client.post(f"{tab}allow/", {"place": "127.0.0.1:11434"}).status_code == 404
    User.objects.update(is_server_owner=True)
    assert offer in call.client.get(tab).content.decode()
    page = call.client.post(f"{tab}allow/", {"place": "127.0.0.1:11434"}, headers={"HX-Request": "true"})
    assert page.status_code == 200 and offer not in page.content.decode()
    assert wrong(call, path=url) == {}


def test_p22_a_click_is_offered_for_near_places_on_ones_own_machine_only(settings: Any, tmp_path: Path) -> None:
    settings.OWN_MACHINE, settings.HOME, settings.ALLOWED_HOSTS = True, tmp_path, ["localhost"]
    assert to_allow(NotPublic(host="127.0.0.1", port=11434)) == "127.0.0.1:11434"
    assert to_allow(NotPublic(host="::1", port=11434)) == "[::1]:11434"
    assert to_allow(PortNotAllowed(host="example.com", port=81)) == ""
    assert to_allow(NotPublic(host="127.0.0.1", port=settings.PORT)) == ""
    settings.OWN_MACHINE = False
    assert to_allow(NotPublic(host="127.0.0.1", port=11434)) == ""


def test_of_a_call_without_an_address_it_is_not_said_how_it_streams(call: Call) -> None:
    wrong(call, path="", body="")
    said = [line.words for line in checks(call.app, call.document, call.call, None)]
    assert said == ["The URL cannot be called: there is none.", "No answer is recorded yet"]


def test_a_call_that_streams_lacks_nothing(call: Call) -> None:
    assert wrong(call, "openai-chat-usage") == {}


def test_a_call_that_did_not_stream_says_so(call: Call) -> None:
    assert "The service did not answer with frames" in wrong(call, "errors/ok-plain-json", body="{}")


@pytest.mark.parametrize("fix", FIXES)
def test_each_fix_is_one_press(call: Call, fix: str) -> None:
    """And what it leaves can be sent."""
    wrong(call, method="GET", body="{}", body_kind="raw")
    before, url = call.document, f"{call.url.removesuffix('returned/')}ask/{fix}/"
    assert call.client.post(url, headers={"HX-Request": "true"}).status_code == 200
    after = call.document
    assert after != before
    assert build(after, call.call, {}).url.startswith("https://api.example.com/v1")
    assert call.client.post(url, headers={"HX-Request": "true"}).status_code == 200
    assert len(call.document["nodes"]) == len(after["nodes"]), "pressed twice it adds nothing more"
