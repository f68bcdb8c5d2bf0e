"""Gestures on an API document: what they change, and what they leave alone (S1, S6, S18)."""

from typing import Any

import pytest

from builder.document import Body, children, node
from builder.journal import unreadable
from connector import document
from connector.asking.placeholders import placeholders


@pytest.fixture
def made() -> tuple[Body, str]:
    _, call, changes = document.new_api([])
    return changes[0]["body"], call


def rows(api: Body, call: str) -> dict[str, tuple[str, dict[str, Any]]]:
    return {api["nodes"][key]["name"]: (key, api["nodes"][key]["props"]) for key in children(api, call, "parameters")}


def with_body(api: Body, call: str, text: str) -> Body:
    return document.after(api, document.in_step(api, document.updated(api, call, {"body": text})))


def test_a_new_api_is_readable_and_has_a_call(made: tuple[Body, str]) -> None:
    api, call = made
    assert unreadable("api", api["root"], api) == []
    assert children(api, api["root"], "calls") == [call]


def test_new_names_are_free(made: tuple[Body, str]) -> None:
    """S1: a call has a unique name in its API."""
    api, _ = made
    _, changes = document.new_call(api)
    names = [each["name"] for each in document.after(api, changes)["nodes"].values() if each["type"] == "call"]
    assert names == ["New call", "New call 2"]


@pytest.mark.parametrize(
    ("url", "base", "path"),
    [
        ("https://api.openai.com/v1/chat", "https://api.openai.com", "/v1/chat"),
        ("https://api.openai.com", "https://api.openai.com", ""),
        ("  https://[region].example.com:8443/a?b=[c]  ", "https://[region].example.com:8443", "/a?b=[c]"),
        ("practice:/v1/messages", "practice:", "/v1/messages"),
    ],
)
def test_the_first_url_gives_the_api_its_base(made: tuple[Body, str], url: str, base: str, path: str) -> None:
    api, call = made
    after = document.after(api, document.with_url(api, call, url))
    assert after["nodes"][api["root"]]["props"]["base_url"] == base
    assert after["nodes"][call]["props"]["path"] == path
    assert document.url_of(after, call) == url.strip()
    assert after["nodes"][api["root"]]["name"] == document.name_from(base)


@pytest.mark.parametrize(
    "url", ["api.openai.com/v1", "htp://x/y", "[host]/v1", "/v1/chat", "nonsense", "", "mailto:x", "localhost:80/x"]
)
def test_a_url_that_is_none_is_kept_as_it_was_typed(made: tuple[Body, str], url: str) -> None:
    api, call = made
    assert document.url_of(document.after(api, document.with_url(api, call, url)), call) == url


def test_a_url_that_is_left_half_written_can_be_written_on(made: tuple[Body, str]) -> None:
    api, call = made
    for url in ("https://", "https://api.acme.io:99999/", "https://api.acme.io/v1"):
        api = document.after(api, document.with_url(api, call, url))
        assert document.url_of(api, call) == url


def test_an_api_that_nobody_named_is_called_after_its_host(made: tuple[Body, str]) -> None:
    api, call = made
    for url, name in (("practice:/x", "Practice"), ("https://api.acme.io/v1", "acme.io")):
        api = document.after(api, document.with_url(api, call, url))
        assert api["nodes"][api["root"]]["name"] == name
    api = document.after(api, document.renamed(api, api["root"], "Acme"))
    api = document.after(api, document.with_url(api, call, "https://elsewhere.org/v1"))
    assert api["nodes"][api["root"]]["name"] == "Acme"


def test_a_call_that_shares_its_base_does_not_move_the_others(made: tuple[Body, str]) -> None:
    api, call = made
    api = document.after(api, document.with_url(api, call, "https://api.example.com/v1/one"))
    second, changes = document.new_call(api)
    api = document.after(api, changes)
    api = document.after(api, document.with_url(api, second, "https://api.example.com/v1/two"))
    assert api["nodes"][second]["props"]["path"] == "/v1/two"
    api = document.after(api, document.with_url(api, second, "https://elsewhere.example.com/three"))
    assert document.url_of(api, call) == "https://api.example.com/v1/one"
    assert document.url_of(api, second) == "https://elsewhere.example.com/three"


@pytest.mark.parametrize("url", ["mailto:x", "practice:/v1/chat", "htp:/x", "localhost:8000/x"])
def test_a_url_that_says_where_it_leads_is_never_joined_to_the_base(made: tuple[Body, str], url: str) -> None:
    api, call = made
    api = document.after(api, document.with_url(api, call, "https://api.example.com/v1/one"))
    second, changes = document.new_call(api)
    api = document.after(api, changes)
    api = document.after(api, document.with_url(api, second, url))
    assert document.url_of(api, second) == url
    assert document.url_of(api, call) == "https://api.example.com/v1/one"


def test_a_path_with_a_colon_stays_a_path(made: tuple[Body, str]) -> None:
    api, call = made
    api = document.after(api, document.updated(api, api["root"], {"base_url": "https://x.io/v1/models/"}))
    api = document.after(api, document.with_url(api, call, "https://x.io/v1/models/gemini:generate"))
    assert document.url_of(api, call) == "https://x.io/v1/models/gemini:generate"


def shared(api: Body) -> list[str]:
    return [api["nodes"][key]["name"] for key in children(api, api["root"], "parameters")]


def test_what_an_api_shares_has_its_parameters_there(made: tuple[Body, str]) -> None:
    """S6: a placeholder in the base URL or in a shared header is one of the API, not one of each call."""
    api, call = made
    url = "https://[region].example.com/[version]/chat"
    api = document.after(api, document.in_step(api, document.with_url(api, call, url)))
    assert shared(api) == ["region"] and list(rows(api, call)) == ["version"]
    row, changes = document.new_row(api, api["root"], "headers")
    api = document.after(api, changes)
    changes = document.updated(api, row, {"value": "<team> <region>"})
    api = document.after(api, document.in_step(api, changes))
    assert shared(api) == ["region", "team"] and list(rows(api, call)) == ["version"]
    api = document.after(api, document.in_step(api, document.removed(api, row)))
    assert shared(api) == ["region"]
    assert unreadable("api", api["root"], api) == []


def test_a_calls_own_parameter_of_a_shared_name_stays(made: tuple[Body, str]) -> None:
    api, call = made
    api["nodes"]["pa_own001"] = node("parameter", "region", {"value": "us", "place": "url"})
    api["nodes"][call]["slots"]["parameters"] = ["pa_own001"]
    api = document.after(api, document.in_step(api, document.with_url(api, call, "https://[region].example.com/chat")))
    assert shared(api) == ["region"] and list(rows(api, call)) == ["region"]
    api = document.after(api, document.in_step(api, document.with_url(api, call, "https://example.com/chat")))
    assert shared(api) == [] and list(rows(api, call)) == ["region"]


def test_a_form_has_rows(made: tuple[Body, str]) -> None:
    """S5, S6."""
    api, call = made
    api = document.after(api, document.updated(api, call, {"body_kind": "multipart"}))
    row, changes = document.new_row(api, call, "form")
    api = document.after(api, changes)
    assert children(api, call, "form") == [row]
    api = document.after(api, document.in_step(api, document.updated(api, row, {"value": "<photo>"})))
    assert list(rows(api, call)) == ["photo"]
    assert unreadable("api", api["root"], api) == []


def test_each_placeholder_has_a_row(made: tuple[Body, str]) -> None:
    """S6: `[name]` in the URL and `<name>` in the body make a parameter, private until the author says otherwise."""
    api, call = made
    api = document.after(api, document.in_step(api, document.with_url(api, call, "https://x.io/[version]/chat")))
    api = with_body(api, call, '{"model": "<model>", "q": "<question>", "again": "<model>"}')
    assert list(rows(api, call)) == ["version", "model", "question"]
    assert {props["place"] for _, props in rows(api, call).values()} == {"url", "body"}
    assert all(props["private"] for _, props in rows(api, call).values())
    assert [name for name, _ in placeholders(api, call)] == list(rows(api, call))


def test_a_renamed_placeholder_keeps_its_row(made: tuple[Body, str]) -> None:
    """What is bound to a parameter is bound to its id."""
    api, call = made
    api = with_body(api, call, '{"q": "<question>", "m": "<model>"}')
    key, _ = rows(api, call)["question"]
    api = document.after(api, document.updated(api, key, {"value": "Why?", "private": False}))
    api = with_body(api, call, '{"q": "<prompt>", "m": "<model>"}')
    assert rows(api, call)["prompt"] == (key, {"place": "body", "value": "Why?", "private": False})


def test_a_row_that_holds_something_waits_for_its_placeholder(made: tuple[Body, str]) -> None:
    api, call = made
    api = with_body(api, call, "<kept> <empty>")
    key, _ = rows(api, call)["kept"]
    api = document.after(api, document.updated(api, key, {"value": "x"}))
    api = with_body(api, call, "")
    assert list(rows(api, call)) == ["kept"]
    assert rows(with_body(api, call, "<kept>"), call)["kept"][0] == key


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", '{\n  "stream": true\n}'),
        ("{}", '{\n  "stream": true\n}'),
        ('{"model": "<m>"}', '{"model": "<m>",\n  "stream": true\n}'),
        ('{\n  "a": 1,\n}', '{\n  "a": 1,\n  "stream": true\n}'),
        ('{"stream": false, "a": 1}', '{"stream": true, "a": 1}'),
    ],
)
def test_a_body_can_be_made_to_ask_for_a_stream(made: tuple[Body, str], before: str, after: str) -> None:
    api, call = made
    api = document.after(api, document.updated(api, call, {"body": before, "body_kind": "none"}))
    api = document.after(api, document.asking_for_stream(api, call))
    assert api["nodes"][call]["props"]["body"] == after
    assert api["nodes"][call]["props"]["body_kind"] == "json"


def saved(api: Body, call: str, *fields: dict[str, Any]) -> Body:
    return document.after(api, document.with_fields(api, call, list(fields), {"framing": "sse"}))


def field(name: str, path: str, type: str = "text", **more: Any) -> dict[str, Any]:
    return {"name": name, "path": path, "type": type, **more}


def shown(api: Body, call: str) -> list[tuple[str, str, str]]:
    nodes = [api["nodes"][key] for key in children(api, call, "fields")]
    return [(each["name"], each["props"]["path"], each["props"]["type"]) for each in nodes]


def test_fields_are_saved_in_their_order(made: tuple[Body, str]) -> None:
    api, call = made
    api = saved(api, call, field("Reply", "a.b", "text_stream", mode="delta"), field("Model", "model"))
    assert shown(api, call) == [("Reply", "a.b", "text_stream"), ("Model", "model", "text")]
    assert api["nodes"][call]["props"]["initialized"] == {"framing": "sse"}
    assert unreadable("api", api["root"], api) == []


def test_fields_that_still_match_keep_their_ids(made: tuple[Body, str]) -> None:
    """S18: nothing bound to them breaks, whatever they are called and wherever they stand in the list."""
    api, call = made
    when = {"event": "delta", "match": {"type": "text"}}
    api = saved(api, call, field("Reply", "a.b", "text_stream", when=when), field("Model", "model"), field("Old", "o"))
    reply, model, old = children(api, call, "fields")
    again = saved(
        api,
        call,
        field("New", "n"),
        field("Which model", "model", "live"),
        field("Answer", "a.b", "text_stream", when=when),
    )
    new, kept_model, kept_reply = children(again, call, "fields")
    assert (kept_model, kept_reply) == (model, reply)
    assert new not in (reply, model, old) and old not in again["nodes"]
    assert shown(again, call) == [
        ("New", "n", "text"),
        ("Which model", "model", "live"),
        ("Answer", "a.b", "text_stream"),
    ]


def test_the_same_path_under_another_condition_is_another_field(made: tuple[Body, str]) -> None:
    api, call = made
    api = saved(api, call, field("Reply", "text", "text_stream", when={"event": "message", "match": {}}))
    (reply,) = children(api, call, "fields")
    again = saved(api, call, field("Status", "text", "text_stream", when={"event": "status", "match": {}}))
    assert children(again, call, "fields") != [reply]


def test_an_id_wins_over_a_path(made: tuple[Body, str]) -> None:
    """An author who moves a field to another place means the same field."""
    api, call = made
    api = saved(api, call, field("Reply", "a"), field("Other", "b"))
    reply, other = children(api, call, "fields")
    again = saved(api, call, field("Reply", "b", id=reply))
    assert children(again, call, "fields") == [reply]
    assert other not in again["nodes"]


def test_a_call_that_includes_errors_has_the_built_in_fields(made: tuple[Body, str]) -> None:
    """S10. They keep their ids, also when the dialog names them itself."""
    api, call = made
    api = document.after(api, document.updated(api, call, {"include_errors": True}))
    api = saved(api, call, field("Body", "text"))
    assert shown(api, call) == [
        ("Body", "text", "text"),
        ("Status code", "code", "number"),
        ("Status text", "text", "text"),
        ("Body 2", "body", "text"),
        ("Returned an error", "is_error", "yes_no"),
    ]
    kept = children(api, call, "fields")
    api = saved(api, call, field("Body", "text", id=kept[0]), field("Code", "code", "number", part="status"))
    assert children(api, call, "fields") == kept
    assert shown(api, call)[1] == ("Code", "code", "number")
    api = document.after(api, document.updated(api, call, {"include_errors": False}))
    api = saved(api, call, field("Body", "text", id=kept[0]))
    assert children(api, call, "fields") == kept[:1]


def test_a_copy_of_an_api_shares_no_id_with_it(made: tuple[Body, str]) -> None:
    api, call = made
    api["nodes"][call]["slots"] = {"headers": ["hd_aaaaaa"]}
    api["nodes"]["hd_aaaaaa"] = node("header", "X", {"value": "1"})
    key, changes = document.duplicate_api(api, ["New API"])
    copy = changes[0]["body"]
    assert copy["root"] == key and not copy["nodes"].keys() & api["nodes"].keys()
    assert copy["nodes"][key]["name"] == "New API 2"
    assert unreadable("api", key, copy) == []
