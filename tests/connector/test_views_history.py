"""Captures: listed, named, pinned, deleted, downloaded, compared, and brought from elsewhere (S17 to S19)."""

import json
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from builder.models import App, User
from builder.starters import starters
from connector.captures import recordings
from connector.forms import captures
from connector.forms.captures import RecordingForm
from connector.models import Capture, Credential
from tests.cases.recorded import FOLDER, one
from tests.connector.test_views_returned import Call, values_of

SSE = 'data: {"delta": "Hello"}\n\ndata: {"delta": " you"}\n\ndata: [DONE]\n'


@pytest.fixture
def app(ada: User) -> App:
    return starters["blank"].make(ada, "Juniper", "juniper")


@pytest.fixture
def call(ada_client: Client, app: App) -> Call:
    return Call(ada_client, app)


def at(call: Call, path: str = "") -> str:
    return f"{call.url.removesuffix('returned/')}captures/{path}"


def post(call: Call, path: str, **values: Any) -> Any:
    return call.client.post(at(call, path), values, headers={"HX-Request": "true"})


def test_a_call_lists_its_captures_and_no_others(call: Call, ada_client: Client) -> None:
    key = call.captured(one("openai-chat"))
    other = Call(ada_client, call.app).captured(one("anthropic"))
    page = call.client.get(at(call)).content.decode()
    assert key in page and other not in page and "Whole" in page


@pytest.mark.parametrize(
    ("body", "type", "words"),
    [
        (b"<!doctype html><html><title>Sign in</title></html>", "text/html", "A web page"),
        (
            b'data: {"delta": "a"}\n\nevent: error\ndata: {"error": {"message": "overloaded"}}\n\n',
            "",
            "Error in the stream",
        ),
        (b"", "text/event-stream", "Empty"),
        (b'{"answer": "at once"}', "application/json", "Not a stream"),
        (b"blah blah nonsense", "", "Plain text"),
    ],
)
def test_a_clean_close_does_not_make_an_answer_whole(call: Call, body: bytes, type: str, words: str) -> None:
    call.captured(body, content_type=type)
    page = call.client.get(at(call)).content.decode()
    assert words in page and "Whole" not in page
    panel = call.client.get(call.url.removesuffix("returned/")).content.decode()
    assert words == "Plain text" or 'badge-ok">200' not in panel


def test_the_panel_says_when_it_shows_another_answer_than_the_one_in_use(call: Call) -> None:
    used = call.captured(one("anthropic"))
    call.save(used, **call.form(call.dialog(used)))
    tab = call.url.removesuffix("returned/")
    assert "This answer is not in use." not in call.client.get(tab).content.decode()
    call.captured(one("openai-chat"))
    assert "This answer is not in use." in call.client.get(tab).content.decode()


def test_what_an_answer_that_was_stopped_did_not_reach_is_not_gone(call: Call) -> None:
    whole = one("anthropic")
    used = call.captured(whole)
    call.save(used, **call.form(call.dialog(used)))
    half = b"".join(whole.chunks)
    page = call.dialog(
        call.captured(half[: half.index(b"message_delta")], ended="stopped", content_type=whole.content_type)
    )
    assert "Not reached:" in page and "Gone:" not in page and "The answer changed" not in page


def test_one_is_named_pinned_and_deleted(call: Call) -> None:
    key = call.captured(one("openai-chat"))
    post(call, f"{key}/name/", name="  The good one ")
    assert "The good one" in post(call, f"{key}/pin/").content.decode()
    kept = Capture.objects.get(pk=key)
    assert (kept.name, kept.pinned) == ("The good one", True)
    post(call, f"{key}/pin/")
    assert not Capture.objects.get(pk=key).pinned
    assert "It cannot be brought back." in call.client.get(at(call, f"{key}/delete/")).content.decode()
    assert "No capture yet" in post(call, f"{key}/delete/").content.decode()
    assert not Capture.objects.exists()


def test_the_newest_20_the_pinned_and_the_one_in_use_are_kept(call: Call) -> None:
    """S19: samples and replays need the capture that the fields were found in."""
    pinned, used = call.captured(one("openai-chat")), call.captured(one("openai-chat"))
    Capture.objects.filter(pk=pinned).update(pinned=True)
    call.save(used, **call.form(call.dialog(used)))
    loose = [call.captured(b"data: x\n\n") for _ in range(20 + 2)]
    kept = set(Capture.objects.values_list("pk", flat=True))
    assert {pinned, used, *loose[-20 + 1 :]} <= kept and loose[0] not in kept
    said = call.client.get(at(call)).content.decode()
    assert (
        "The newest 20 of the last 365 days are kept, and so are pinned ones and the one its fields were found in."
        in said
    )


def test_it_is_downloaded_in_the_format_of_the_recordings(call: Call) -> None:
    key = call.captured(one("openai-chat"))
    answer = call.client.get(at(call, f"{key}/transcript/"))
    stored = json.loads(answer.content)
    assert re.fullmatch(
        r'attachment; filename="New call \d{4}-\d\d-\d\d \d\d.\d\d.\d\d.json"', answer["Content-Disposition"]
    )
    assert "".join(stored["chunks"]).encode() == one("openai-chat").body and stored["after"] == "close"
    again = call.client.post(at(call, "add/"), {"file": SimpleUploadedFile("again.json", answer.content)})
    assert "choices[0].delta.content" in again.content.decode()


@pytest.mark.parametrize("stranger", ["cy_client", "client"])
def test_a_stranger_finds_none_of_it(call: Call, request: pytest.FixtureRequest, stranger: str) -> None:
    """P27."""
    key, client = call.captured(one("openai-chat")), request.getfixturevalue(stranger)
    for path in ("", "add/", f"{key}/transcript/", f"compare/?capture={key}&capture={key}"):
        answer = client.get(at(call, path))
        assert answer.status_code in (302, 404) and b"chat.completion" not in answer.content
    assert client.post(at(call, f"{key}/delete/")).status_code in (302, 404) and Capture.objects.exists()


def test_a_capture_of_another_call_is_not_altered(call: Call, ada_client: Client) -> None:
    key = Call(ada_client, call.app).captured(one("openai-chat"))
    assert post(call, f"{key}/delete/").status_code == 404 and Capture.objects.exists()


# From elsewhere


def test_pasted_text_becomes_a_capture_and_its_fields_are_offered(call: Call) -> None:
    """S17: it costs nothing and calls nobody, and Save makes the call usable."""
    page = post(call, "add/", text=SSE).content.decode()
    assert values_of(page, "path")[0] == "delta" and "pasted by you" in page
    kept = Capture.objects.get()
    assert (kept.frames, kept.request["source"]) == (3, "pasted")
    call.save(kept.pk, **call.form(page))
    assert call.document["nodes"][call.call]["props"]["initialized"]["capture"] == kept.pk
    tab = call.client.get(call.url.removesuffix("returned/")).content.decode()
    assert "From a recording" in tab and ">Pasted</span>" in tab and "200 OK" not in tab


@pytest.mark.parametrize("name", ["anthropic", "gemini-json-array", "bedrock-eventstream", "csv-lines", "gzip-sse"])
def test_an_uploaded_recording_of_any_framing_is_read(call: Call, name: str) -> None:
    stored = (FOLDER / f"{name}.json").read_bytes()
    page = post(call, "add/", file=SimpleUploadedFile(f"{name}.json", stored)).content.decode()
    assert values_of(page, "type")[0] in ("text_stream", "live") and "uploaded by you" in page


def test_raw_bytes_are_read_as_the_type_that_is_chosen(call: Call) -> None:
    data = b'{"delta": "Hello"}\n{"delta": " you"}\n'
    file = SimpleUploadedFile("answer.bin", data)
    post(call, "add/", file=file, content_type="application/x-ndjson")
    kept = Capture.objects.get()
    assert (kept.content_type, kept.frames) == ("application/x-ndjson", 2)


def test_how_the_stream_is_read_is_kept_with_the_call(call: Call) -> None:
    """A service that leaves out the space after `data:` is read with what follows the colon as it is."""
    stored = (FOLDER / "sse-plain-text-nospace.json").read_bytes()
    page = post(call, "add/", file=SimpleUploadedFile("nospace.json", stored)).content.decode()
    key = Capture.objects.get().pk
    call.save(key, **call.form(page))
    options = call.document["nodes"][call.call]["props"]["initialized"]["framing_options"]
    assert options == {"keep_leading_space": True}


def test_of_an_upload_that_is_too_large_no_more_is_read_than_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recordings, "RECORDING_MOST", 1000)
    monkeypatch.setattr(captures, "RECORDING_MOST", 1000)
    file = SimpleUploadedFile("answer.bin", bytes(9000))
    form = RecordingForm({}, {"file": file})
    assert not form.is_valid() and "larger than" in form.errors["file"][0]
    assert file.tell() == 1001


@pytest.mark.parametrize("values", [{}, {"text": "  "}, {"text": '{"chunks": [7]}'}])
def test_what_cannot_be_read_is_said_under_its_field(call: Call, values: dict[str, str]) -> None:
    page = post(call, "add/", **values).content.decode()
    assert "This cannot be read as an answer" in page and 'aria-invalid="true"' in page
    assert not Capture.objects.exists()


def test_a_saved_key_in_a_pasted_answer_is_masked(call: Call) -> None:
    """P24: a terminal shows what the service repeated."""
    key = "sk-live-0123456789abcdefghij"
    body = call.document
    body["nodes"][call.api]["props"] |= {
        "base_url": "https://api.example.com",
        "auth": {"scheme": "bearer", "options": {}},
    }
    call.app.documents.filter(key=call.api).update(body=body)
    Credential.keep(call.app, call.api, "bearer", {"token": key}, "https://api.example.com:443")
    page = post(call, "add/", text=f'data: {{"delta": "your key is {key}"}}\n').content.decode()
    assert key not in page and key.encode() not in bytes(Capture.objects.get().body)


@pytest.mark.parametrize("scheme", ["bearer", "none"])
def test_p24_it_is_masked_also_where_the_call_cannot_be_made(call: Call, scheme: str) -> None:
    """The live key too, and that of an earlier way to authenticate; here the URL still waits for a value."""
    keys = {"dev": "sk-dev-0123456789abcdefghij", "live": "sk-live-0123456789abcdefghij"}
    body = call.document
    body["nodes"][call.api]["props"] |= {"base_url": "https://[host]", "auth": {"scheme": scheme, "options": {}}}
    call.app.documents.filter(key=call.api).update(body=body)
    for environment, key in keys.items():
        Credential.keep(call.app, call.api, "bearer", {"token": key}, "https://api.example.com:443", environment)
    page = post(call, "add/", text=f'data: {{"delta": "your keys are {keys}"}}\n').content.decode()
    assert "your keys are" in page and not any(key in page for key in keys.values())
    assert b"0123456789" not in bytes(Capture.objects.get().body)


# Two side by side


def test_two_are_compared_in_words(call: Call) -> None:
    """S18."""
    first, second = call.captured(one("openai-chat-usage")), call.captured(one("anthropic"), status=200)
    page = call.client.get(at(call, f"compare/?capture={second}&capture={first}")).content.decode()
    assert "only in the first" in page and "only in the second" in page and "They differ" in page
    assert "Events (SSE)" in page and "First byte" in page
    brought = call.captured(one("openai-chat-usage"))
    Capture.objects.filter(pk=brought).update(request={"source": "pasted"})
    page = call.client.get(at(call, f"compare/?capture={first}&capture={brought}")).content.decode()
    assert "First byte" not in page, "Its times are invented."
    page = call.client.get(at(call, f"compare/?capture={first}&capture={first}")).content.decode()
    assert "They are alike" in page


@pytest.mark.parametrize("query", ["", "?capture=cp_nothing1&capture=cp_nothing2", "?capture="])
def test_nothing_to_compare_is_not_there(call: Call, query: str) -> None:
    assert call.client.get(at(call, f"compare/{query}")).status_code == 404
