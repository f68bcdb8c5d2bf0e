"""Frames as they are listed, searched, filtered, opened and played back (S15, S19)."""

import json
import re

import pytest
from django.test import Client

from builder.models import App, User
from builder.starters import starters
from connector.views.frame_list import PAGE
from tests.cases.recorded import one
from tests.connector.test_views_returned import Call, values_of


@pytest.fixture
def app(ada: User) -> App:
    return starters["blank"].make(ada, "Juniper", "juniper")


@pytest.fixture
def call(ada_client: Client, app: App) -> Call:
    return Call(ada_client, app)


def listed(call: Call, key: str, query: str = "") -> tuple[list[int], int]:
    """The numbers of the frames on a page of the list, and how many there are in all."""
    answer = call.client.get(f"{call.url}{key}/frames/{query}")
    assert answer.status_code == 200
    return [int(n) for n in re.findall(r'data-n="(\d+)"', answer.content.decode())], int(answer["X-Frames"])


def many(call: Call, count: int = 5_000) -> str:
    events = (
        f'event: {"tick" if n % 2 else "tock"}\ndata: {{"price": {n}, "text": "Word{n} "}}\n\n' for n in range(count)
    )
    return call.captured("".join(events).encode(), content_type="text/event-stream")


def test_a_long_list_comes_page_by_page(call: Call) -> None:
    key = many(call)
    assert listed(call, key) == (list(range(1, PAGE + 1)), 5_000)
    assert listed(call, key, "?from=4950") == (list(range(4951, 5001)), 5_000)
    assert listed(call, key, "?from=99999999999")[0] == list(range(1, PAGE + 1))
    page = call.dialog(key)
    assert page.count('role="option" aria-selected') < 2 * PAGE
    times = re.search(r'data-times="([^"]*)"\s+data-stride="(\d+)"', page)
    assert times and len(times[1].split()) * int(times[2]) >= 5_000 and len(times[1].split()) <= 4_000


def test_it_is_searched_whatever_the_case_and_filtered_by_kind(call: Call) -> None:
    key = many(call)
    assert listed(call, key, "?q=wORD499")[1] == 11
    assert listed(call, key, "?q=word499&kind=tick")[1] == 6
    assert listed(call, key, "?kind=tock")[0][:3] == [1, 3, 5]
    assert listed(call, key, "?q=nothing+of+this") == ([], 0)


def test_a_kind_is_an_event_or_what_the_data_begins_with(call: Call) -> None:
    page = call.dialog(call.captured(one("anthropic")))
    assert '<option value="content_block_delta">' in page
    assert "data-find-kind" not in call.dialog(call.captured(one("openai-chat")))


def test_a_frame_of_a_large_capture_is_looked_at(call: Call) -> None:
    key = many(call)
    page = call.client.post(f"{call.url}{key}/frame/5000/", {"saved": "1"}).content.decode()
    assert "Word4999" in page


def test_json_in_a_text_is_opened_on_request_and_can_be_a_field(call: Call) -> None:
    """S16: the path leads into the text."""
    inner = json.dumps({"city": "Oslo", "days": [1, 2]})
    key = call.captured(b"".join(b"data: %s\n\n" % json.dumps({"tool": inner, "n": n}).encode() for n in range(5)))
    url = f"{call.url}{key}/frame/1/"
    closed = call.client.post(url, {"saved": "1"}).content.decode()
    assert 'data-opens="tool[json]"' in closed and 'data-path="tool[json].city"' not in closed
    shown = call.client.post(url, {"saved": "1", "open": "tool[json]"}).content.decode()
    assert 'data-path="tool[json].city"' in shown and 'data-path="tool[json].days[1]"' in shown
    row = call.client.post(f"{call.url}{key}/row/", {"at_path": "tool[json].city", "at_frame": "1"}).content.decode()
    assert "Oslo" in row and values_of(row, "path") == ["tool[json].city"]


def test_a_header_and_the_status_become_fields(call: Call) -> None:
    """Fields of the answer's head are picked where it is shown, and saved with their part."""
    key = call.captured(one("openai-chat"), headers=[("X-Request-Id", "req_7")])
    tab = call.client.get(call.url.removesuffix("returned/")).content.decode()
    assert "at_part=header&amp;at_path=x-request-id" in tab
    page = call.client.get(f"{call.url}{key}/?at_part=header&at_path=x-request-id").content.decode()
    assert "req_7" in page and values_of(page, "part")[-1] == "header"
    call.save(key, **call.form(page) | {"part": values_of(page, "part")})
    assert call.fields["X request id"] == {"type": "text", "path": "x-request-id", "part": "header"}
    row = call.client.post(f"{call.url}{key}/row/", {"at_path": "code", "at_part": "status"}).content.decode()
    assert values_of(row, "type") == ["number"] and values_of(row, "part") == ["status"]
    tab = call.client.get(call.url.removesuffix("returned/")).content.decode()
    assert "req_7" in tab


def test_what_became_of_saved_fields_is_shown_and_the_author_chooses(call: Call) -> None:
    """S18."""
    first = call.captured(one("openai-chat-usage"))
    call.save(first, **call.form(call.dialog(first)))
    key = call.captured(one("anthropic"))
    page = call.dialog(key)
    assert "The answer changed since the fields were saved." in page and "Use delta.text instead" in page
    chosen = json.loads(re.search(r'data-become="([^"]*)"', page)[1].replace("&quot;", '"'))
    row = call.client.post(f"{call.url}{key}/row/", chosen | {"as_name": "My reply"}).content.decode()
    saved = call.document["nodes"][call.call]["slots"]["fields"][0]
    assert values_of(row, "id") == [saved] and values_of(row, "name") == ["My reply"]
    assert values_of(row, "path") == ["delta.text"]


def test_when_nothing_changed_it_says_so(call: Call) -> None:
    first = call.captured(one("openai-chat-usage"))
    call.save(first, **call.form(call.dialog(first)))
    assert "All saved fields are in these frames." in call.dialog(call.captured(one("openai-chat-usage")))
    assert "All saved fields" not in call.dialog(first)


def test_the_panel_has_timing_and_the_raw_answer(call: Call) -> None:
    key = call.captured(one("openai-chat"))
    tab = call.client.get(call.url.removesuffix("returned/")).content.decode()
    assert "Until the first byte" in tab and "data: {" in tab and key in tab
