"""The shape of an API document: what it may hold, and what is refused before it is stored."""

from typing import Any

import pytest

from builder.document import Body, node
from builder.kinds import kinds
from connector.kinds.api import OF_ROWS, STATUS_FIELDS, file_key

KIND = kinds["api"]


def api(call: dict[str, Any] | None = None, root: dict[str, Any] | None = None, **rows: dict[str, Any]) -> Body:
    """An API with one call; each further node stands in the slot of its type, of the call or, named `shared_…`, of the
    API itself."""
    slots = {"header": "headers", "query": "query", "parameter": "parameters", "form_field": "form", "field": "fields"}
    made = KIND.blank("ai_test01", "Test")
    nodes = made["nodes"]
    nodes["ai_test01"]["props"] |= root or {}
    nodes["ai_test01"]["slots"] = {"calls": ["ca_test01"]}
    nodes["ca_test01"] = node("call", "Ask", {"initialized": {"at": "2026-11-21"}} | (call or {}))
    for key, each in rows.items():
        holder = nodes["ai_test01" if key.startswith("shared") else "ca_test01"]
        holder["slots"].setdefault(slots[each["type"]], []).append(key)
        nodes[key] = each
    return made


def said(body: Body) -> list[tuple[str, str, str, str]]:
    return [(p.where.node, p.where.prop, p.severity, p.sentence) for p in KIND.problems(body)]


@pytest.mark.parametrize(
    "call",
    [
        *({"response_type": kind} for kind in ("stream", "json", "xml", "text", "file", "empty")),
        *({"body_kind": kind} for kind in ("none", "json", "form", "multipart", "raw")),
        {"include_errors": True, "stays_open": True, "redirects": True, "retries": 5},
        {"limits": {"total": None, "silence": 1.5, "frame": 1024}},
    ],
)
def test_a_call_may_be_of_every_kind(call: dict[str, Any]) -> None:
    """S2, S5, S10, S11, S12."""
    assert said(api(call)) == []


@pytest.mark.parametrize("slot", ["header", "query", "parameter"])
def test_an_api_holds_the_rows_its_calls_share(slot: str) -> None:
    shared = node(slot, "x", {"value": "1", "private": True, "optional": False, "allow_blank": False})
    assert said(api(shared_row=shared)) == []


def test_an_api_shares_no_form_and_no_field() -> None:
    assert said(api(shared_row=node("form_field", "x", {"value": ""})))[0][3] == "The slot form cannot hold this."
    assert said(api(shared_row=node("field", "x", {"type": "text", "path": "a"})))[0][2] == "error"


@pytest.mark.parametrize("value", ["", "some text", {"file": "fl_ab12cd"}])
def test_a_form_field_holds_a_text_or_a_file(value: Any) -> None:
    assert said(api(ff_row001=node("form_field", "x", {"value": value, "file": True}))) == []


@pytest.mark.parametrize("value", [5, None, [], {"file": 5}, {"file": "fl_x", "more": 1}, {}])
def test_any_other_value_of_a_form_field_is_refused(value: Any) -> None:
    found = said(api(ff_row001=node("form_field", "x", {"value": value})))
    assert found == [("ff_row001", "value", "error", "This takes a text or a file.")]
    assert file_key(value) is None


@pytest.mark.parametrize(
    ("part", "path"), [("body", "a.b[0]"), ("header", "x-request-id"), *(("status", path) for path in STATUS_FIELDS)]
)
def test_a_field_is_found_in_the_body_a_header_or_the_status(part: str, path: str) -> None:
    """S10."""
    assert said(api(fd_row001=node("field", "x", {"type": "text", "part": part, "path": path}))) == []


@pytest.mark.parametrize(
    ("props", "prop"),
    [
        ({"part": "status", "path": "colour"}, "path"),
        ({"part": "header", "path": ""}, "path"),
        ({"part": "trailer", "path": "x"}, "part"),
        ({"path": "a..b"}, "path"),
        ({"path": 7}, "path"),
        ({"path": "a", "type": "picture"}, "type"),
    ],
)
def test_a_field_of_nowhere_is_refused(props: dict[str, Any], prop: str) -> None:
    found = said(api(fd_row001=node("field", "x", {"type": "text"} | props)))
    assert [(where, severity) for _, where, severity, _ in found] == [(prop, "error")]


@pytest.mark.parametrize(
    ("call", "prop"),
    [
        ({"include_errors": "yes"}, "include_errors"),
        ({"stays_open": 1}, "stays_open"),
        ({"redirects": None}, "redirects"),
        ({"retries": 6}, "retries"),
        ({"retries": -1}, "retries"),
        ({"retries": "2"}, "retries"),
        ({"retries": 1.5}, "retries"),
        ({"limits": {"size": "x"}}, "limits"),
        ({"limits": {"silence": None}}, "limits"),
        ({"limits": {"frame": 10**9}}, "limits"),
        ({"limits": {"connect": True}}, "limits"),
        ({"limits": {"patience": 5}}, "limits"),
        ({"limits": [5]}, "limits"),
        ({"body_kind": "protobuf"}, "body_kind"),
        ({"response_type": "yaml"}, "response_type"),
    ],
)
def test_a_call_that_cannot_be_read_is_refused(call: dict[str, Any], prop: str) -> None:
    found = said(api(call))
    assert [(node, where, severity) for node, where, severity, _ in found] == [("ca_test01", prop, "error")]


def test_a_call_that_was_never_initialized_is_an_issue() -> None:
    """S14, S43."""
    body = api()
    del body["nodes"]["ca_test01"]["props"]["initialized"]
    assert [severity for _, _, severity, _ in said(body)] == ["issue"]


def test_bodies_made_of_rows_are_kinds_of_body() -> None:
    assert all(said(api({"body_kind": kind})) == [] for kind in OF_ROWS)
