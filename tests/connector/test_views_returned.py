"""Returned values: what was found becomes fields, is altered, saved, and kept through the next Initialize (S14 to S18)."""

import html
import json
import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from builder.document import Body, children
from builder.models import App, User
from builder.starters import starters
from connector import document
from connector.answers.detection.suggestions import Suggestion
from connector.captures.initialize import fingerprints
from connector.models import Capture
from connector.views.field_rows import also
from tests.cases.recorded import Recorded, one, recorded

GOOD = [each.name for each in recorded() if each.gold.get("text")]


@pytest.fixture
def app(ada: User) -> App:
    return starters["blank"].make(ada, "Juniper", "juniper")


class Call:
    """A call with captures, and its dialog as htmx asks for it."""

    def __init__(self, client: Client, app: App, **props: Any):
        self.client, self.app = client, app
        self.api, self.call, changes = document.new_api([])
        body = changes[0]["body"]
        body["nodes"][self.call]["props"] |= props
        app.documents.create(kind="api", key=self.api, body=body)
        self.url = f"/apps/juniper/connector/{self.api}/{self.call}/returned/"

    def captured(self, stream: Recorded | bytes, **facts: Any) -> str:
        """Keep a recorded stream as what the call answered, one read every 10 ms."""
        chunks, type = (stream.chunks, stream.content_type) if isinstance(stream, Recorded) else ((stream,), "")
        reads = [(at / 100, chunk) for at, chunk in enumerate(chunks)]
        known = {"status": 200, "content_type": type, "ended": "close", "request": {"prints": self.prints}}
        return str(Capture.keep(self.app, self.api, self.call, reads, **(known | facts)).pk)

    @property
    def prints(self) -> dict[str, str]:
        return fingerprints(self.document, self.call)

    @property
    def document(self) -> Body:
        return self.app.documents.get(key=self.api).body

    @property
    def fields(self) -> dict[str, dict[str, Any]]:
        nodes = self.document["nodes"]
        return {nodes[key]["name"]: nodes[key]["props"] for key in children(self.document, self.call, "fields")}

    def dialog(self, capture: str = "") -> str:
        answer = self.client.get(self.url + (f"{capture}/" if capture else ""), headers={"HX-Request": "true"})
        assert answer.status_code == 200
        return answer.content.decode()

    def form(self, page: str) -> dict[str, list[str]]:
        """What the dialog's form would send."""
        return {name: values_of(page, name) for name in ("name", "id", "type", "path", "when", "mode", "replacement")}

    def save(self, capture: str, **form: list[str]) -> Any:
        answer = self.client.post(f"{self.url}{capture}/", form, headers={"HX-Request": "true"})
        assert answer.status_code == 200
        return answer


def values_of(page: str, name: str) -> list[str]:
    """The values of all inputs of a name in the rows of a dialog, or in one row."""
    rows = page[page.index('id="returned-rows"') : page.index("</tbody>")] if "returned-rows" in page else page
    tags = re.findall(rf'<input[^>]*name="{name}"[^>]*>', rows)
    return [html.unescape(found[1]) if (found := re.search(r' value="([^"]*)"', tag)) else "" for tag in tags]


@pytest.fixture
def call(ada_client: Client, app: App) -> Call:
    return Call(ada_client, app)


@pytest.mark.parametrize("name", GOOD)
def test_whoever_presses_save_has_the_text(call: Call, name: str) -> None:
    """S16: for every recorded service the first suggested field is its text, and only Save has to be pressed."""
    stream = one(name)
    key = call.captured(stream)
    call.save(key, **call.form(call.dialog(key)))
    first = next(iter(call.fields.values()))
    assert first["type"] == "text_stream"
    initialized = call.document["nodes"][call.call]["props"]["initialized"]
    assert initialized["capture"] == key and initialized["framing"]
    page = call.client.get(f"/apps/juniper/connector/{call.api}/{call.call}/").content.decode()
    assert "Initialized" in page and "Needs Initialize" not in page


def test_the_newest_capture_is_shown_when_none_is_named(call: Call) -> None:
    call.captured(one("openai-chat"))
    call.captured(one("anthropic"))
    assert "delta.text" in call.dialog()


def test_a_call_without_a_capture_has_no_dialog(call: Call) -> None:
    assert call.client.get(call.url).status_code == 404


def test_a_capture_of_another_call_is_not_shown(call: Call, ada_client: Client) -> None:
    other = Call(ada_client, call.app)
    key = other.captured(one("openai-chat"))
    assert call.client.get(f"{call.url}{key}/").status_code == 404


def test_names_ids_and_order_survive_the_next_initialize(call: Call) -> None:
    """S18."""
    first = call.captured(one("openai-chat-usage"))
    form = call.form(call.dialog(first))
    form["name"][0] = "Answer"
    call.save(first, **form)
    before = children(call.document, call.call, "fields")
    second = call.captured(one("openai-chat-usage"))
    page = call.dialog(second)
    assert page.count(">Saved<") == len(before)
    call.save(second, **call.form(page))
    assert children(call.document, call.call, "fields") == before
    assert next(iter(call.fields)) == "Answer"


def test_a_field_that_is_gone_says_so_and_is_kept(call: Call) -> None:
    """S18: shows what changed."""
    first = call.captured(one("openai-chat-usage"))
    call.save(first, **call.form(call.dialog(first)))
    assert "Not in these frames" in call.dialog(call.captured(one("anthropic")))


def test_two_fields_of_one_name_are_refused_and_nothing_is_lost(call: Call) -> None:
    key = call.captured(one("openai-chat"))
    form = call.form(call.dialog(key))
    form["name"] = ["Same"] * len(form["name"])
    page = call.save(key, **form).content.decode()
    assert "Another field has this name." in page
    assert values_of(page, "name") == form["name"]
    assert not call.fields


@pytest.mark.parametrize(
    ("column", "value"),
    [("name", ""), ("type", "magic"), ("path", "a..b["), ("path", ""), ("when", "{"), ("when", '{"match": {"a": []}}')],
)
def test_nonsense_in_a_row_is_refused(call: Call, column: str, value: str) -> None:
    key = call.captured(one("openai-chat"))
    form = call.form(call.dialog(key))
    form[column][0] = value
    call.save(key, **form)
    assert not call.fields


def test_a_value_of_a_frame_becomes_a_row(call: Call) -> None:
    """S16: a path picked by clicking it in a frame brings name, type and condition."""
    key = call.captured(one("anthropic"))
    url = f"{call.url}{key}/row/"
    row = call.client.post(url, {"at_path": "message.model", "at_frame": "1", "name": ["Model"]}).content.decode()
    assert values_of(row, "name") == ["Model 2"]
    assert values_of(row, "type") == ["text"] and values_of(row, "path") == ["message.model"]
    row = call.client.post(url, {"at_path": "usage.output_tokens", "at_frame": "1"}).content.decode()
    assert values_of(row, "type") == ["number"]


@pytest.mark.parametrize("path", ["", "no..path[", "not.there"])
def test_a_path_that_leads_nowhere_makes_a_row_all_the_same(call: Call, path: str) -> None:
    key = call.captured(one("openai-chat"))
    row = call.client.post(f"{call.url}{key}/row/", {"at_path": path, "at_frame": "99999"})
    assert row.status_code == 200 and b"data-field" in row.content


def test_a_frame_shows_what_a_page_sees_then(call: Call) -> None:
    """S22: text so far grows, full text is empty until the end, and then the stream is done."""
    stream = one("openai-chat")
    key = call.captured(stream)
    form = call.form(call.dialog(key))
    early = call.client.post(f"{call.url}{key}/frame/3/", form).content.decode()
    assert "empty until the stream ends" in early and "dot-stream" in early
    late = call.client.post(f"{call.url}{key}/frame/100000/", form).content.decode()
    assert "empty until the stream ends</dd></div>" not in late.split("full text")[1][:200]
    assert "dot-ok" in late


# What went wrong


def test_no_stream_although_one_was_wanted(call: Call) -> None:
    """S2: says so, shows the body, names the likely cause; as a JSON call its values are fields at once."""
    key = call.captured(one("errors/ok-plain-json"))
    page = call.dialog(key)
    assert "answered with one JSON value, all at once." in page
    assert "The body does not ask for a stream." in page and 'Add "stream": true' in page
    assert "data-save" not in page
    page = call.client.post(f"{call.url}{key}/json/", headers={"HX-Request": "true"}).content.decode()
    assert call.document["nodes"][call.call]["props"]["response_type"] == "json"
    assert values_of(page, "path") and "text_stream" not in values_of(page, "type")


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("errors/html-200", "This is a web page"),
        ("errors/empty-body", "The service answered but sent nothing."),
        ("errors/comments-only", "Only signs of life came"),
        ("errors/error-openai-midstream", "The service reported"),
        ("errors/broken-mid-frame", "The answer was cut off"),
    ],
)
def test_what_went_wrong_is_said(call: Call, name: str, sentence: str) -> None:
    assert sentence in call.dialog(call.captured(one(name)))


def test_a_refusal_shows_our_words_first_and_the_services_beside(call: Call) -> None:
    failure = {"code": "key_refused", "sentence": "Acme refused the key (401).", "why": "It is wrong.", "todo": ""}
    request = {"failure": failure}
    key = call.captured(b'{"error": {"message": "No such key"}}', status=401, ended="key_refused", request=request)
    page = call.dialog(key)
    assert "Acme refused the key (401)." in page and "Open authentication" in page
    assert "No such key" in page and "data-save" not in page
    panel = call.client.get(f"/apps/juniper/connector/{call.api}/{call.call}/").content.decode()
    assert "401 Unauthorized" in panel and "badge-danger" in panel


def test_a_large_capture_says_that_it_is_cut(call: Call) -> None:
    """P11."""
    key = call.captured(one("openai-chat"), cut=True, size=22 * 2**20)
    assert "Only the first 16 MB of 22.0 MB are kept." in call.dialog(key)


# Untrusted frames


def test_frames_are_text_and_nothing_else(call: Call) -> None:
    """P26: what a service sends is never markup, in no part of the dialog or the panel."""
    evil = "<img src=x onerror=alert(1)>"
    events = [{"type": f"{evil}", f"{evil}": '"><script>x</script>', "text": f" {evil} word{n}"} for n in range(12)]
    data = "".join(f"event: {evil}\ndata: {json.dumps(each)}\n\n" for each in events).encode()
    key = call.captured(data, content_type="text/event-stream", headers=[("x-evil", evil)])
    page = call.dialog(key)
    call.save(key, **call.form(page))
    tab = call.client.get(f"/apps/juniper/connector/{call.api}/{call.call}/").content.decode()
    frame = call.client.post(f"{call.url}{key}/frame/2/", call.form(page)).content.decode()
    for text in (page, tab, frame):
        assert "<img src=x" not in text and "<script>x" not in text
    assert "&lt;img src=x" in page


# Initialized or not


def test_what_changed_since_is_named(call: Call, app: App) -> None:
    key = call.captured(one("openai-chat"))
    call.save(key, **call.form(call.dialog(key)))
    tab = f"/apps/juniper/connector/{call.api}/{call.call}/"
    call.client.post(f"{tab}set/body/", {"body": "{}"}, headers={"HX-Request": "true"})
    page = call.client.get(tab).content.decode()
    assert "Needs Initialize" in page and "The body changed after the last Initialize." in page


def test_use_and_limits_need_no_new_initialize(call: Call) -> None:
    key = call.captured(one("openai-chat"))
    call.save(key, **call.form(call.dialog(key)))
    tab = f"/apps/juniper/connector/{call.api}/{call.call}/"
    call.client.post(f"{tab}set/use_as/", {"use_as": "data"}, headers={"HX-Request": "true"})
    call.client.post(f"{tab}limits/silence/", {"silence": "5"}, headers={"HX-Request": "true"})
    assert "Needs Initialize" not in call.client.get(tab).content.decode()


def test_token_counts_that_are_not_asked_for_can_be(call: Call) -> None:
    body = '{"model": "m", "stream": true, "messages": []}'
    call.client.post(f"/apps/juniper/connector/{call.api}/{call.call}/set/body/", {"body": body})
    call.captured(one("openai-chat"))
    page = call.client.get(f"/apps/juniper/connector/{call.api}/{call.call}/").content.decode()
    assert "Token counts are not asked for" in page
    call.client.post(f"/apps/juniper/connector/{call.api}/{call.call}/ask/usage/", headers={"HX-Request": "true"})
    assert '"include_usage": true' in call.document["nodes"][call.call]["props"]["body"]


def test_a_large_answer_is_read_when_the_page_is_there_already(call: Call) -> None:
    call.captured(one("openai-chat"), size=3 * 2**20)
    tab = f"/apps/juniper/connector/{call.api}/{call.call}/"
    assert "skeleton" in call.client.get(tab).content.decode()
    assert "first byte" in call.client.get(f"{tab}response/").content.decode()


def test_two_fields_of_one_path_are_told_apart_in_words() -> None:
    given: Any = {"when": {}, "mode": "delta", "suggested": False, "confidence": 0.5, "reason": "", "seen": 2}
    fields = [Suggestion("Noise", type, "noise", **given) for type in ("text", "live")]
    fields.append(Suggestion("Other", "text", "other", **given))
    found: Any = SimpleNamespace(detection=SimpleNamespace(fields=fields))
    ((_, items),) = also(found, [])
    assert [item["twin"] for item in items] == ["Text", "Live value", ""]
