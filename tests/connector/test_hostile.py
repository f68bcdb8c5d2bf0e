"""S8, P25: hostile values in each place of a request, sent to a real server and read there by others' code. A value
arrives as it is, with nothing else changed, or the call is refused before anything is sent."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from builder.document import Body, body, node
from connector.asking.bodies import Upload
from connector.asking.errors import BadHeader, BadValue, CannotBuild
from connector.asking.request import build
from connector.sending import client
from connector.sending.guard import Guard
from connector.spending.limits import Limits
from tests.cases.hostile import HOSTILE, as_sent
from tests.connector.echo import Asked, Echo, echo

CONTROL = {chr(code) for code in (*range(9), *range(10, 32), 127)}
LETTER = node("parameter", "x", {"private": False, "value": "", "allow_blank": True})


@pytest.fixture(scope="module")
def there() -> Iterator[Echo]:
    with echo() as here:
        yield here


def call(base: str, props: dict[str, Any], **rows: dict[str, Any]) -> Body:
    """A call with a parameter x that is not private, and further rows: their type says their slot."""
    slots = {"header": "headers", "query": "query", "parameter": "parameters", "form_field": "form"}
    nodes = {"ai_1": node("api", "Acme", {"base_url": base}, calls=["ca_1"])}
    nodes["ca_1"] = node("call", "Ask", {"method": "POST", "path": "/a"} | props)
    for key, each in ({"pa_x": LETTER} | rows).items():
        nodes[key] = each
        nodes["ca_1"]["slots"].setdefault(slots[each["type"]], []).append(key)
    return body("ai_1", nodes)


async def outcome(there: Echo, document: Body, value: str, files: dict[str, Upload] | None = None) -> Any:
    """What arrived, or the error of a call that was refused; one of them, and nothing sent for the other."""
    there.asked.clear()
    try:
        request = build(document, "ca_1", {"x": value}, files=files)
    except CannotBuild as error:
        return error
    guard = Guard([f"127.0.0.1:{there.port}"])
    async with client.send(request, Limits(first_byte=5), guard) as response:
        await response.read()
    assert response.status == 204
    (asked,) = there.asked
    return asked


def open_row(type: str, name: str, value: Any = "", **props: Any) -> dict[str, Any]:
    return node(type, name, {"private": False, "value": value, "allow_blank": True} | props)


# Of each place: the call's properties and rows, and what is read where the value went in (the rest must be as written).
PLACES: dict[str, tuple[dict[str, Any], dict[str, Any], Callable[[Asked], Any], Callable[[str], Any]]] = {
    "a step of the path": ({"path": "/a/[x]/z"}, {}, lambda asked: (asked.segments, asked.query), lambda v: (["a", v, "z"], "")),
    "in a step of the path": ({"path": "/a/v[x]:run"}, {}, lambda asked: asked.segments, lambda v: ["a", f"v{v}:run"]),
    "the query of the URL": ({"path": "/a?q=[x]&n=1"}, {}, lambda asked: asked.pairs, lambda v: [("q", v), ("n", "1")]),
    "a name in the query of the URL": ({"path": "/a?[x]=1"}, {}, lambda asked: asked.pairs, lambda v: [(v, "1")]),
    "a query row": ({}, {"x": open_row("query", "q")}, lambda asked: asked.pairs, lambda v: [("q", v)]),
    "in a query row": ({}, {"qp": node("query", "q", {"value": "a[x]&"})}, lambda asked: asked.pairs, lambda v: [("q", f"a{v}&")]),
    "a header": ({}, {"x": open_row("header", "X-Thing")}, lambda asked: asked.header("x-thing"), lambda v: v.strip(" \t")),
    "in a header": ({}, {"hd": node("header", "X-Thing", {"value": "a=<x>;"})}, lambda asked: asked.header("x-thing"), lambda v: f"a={v};"),
    "bare in JSON": ({"body_kind": "json", "body": '{"a": <x>, "b": [1]}'}, {}, lambda asked: json.loads(asked.body), lambda v: {"a": v, "b": [1]}),
    "a text in JSON": ({"body_kind": "json", "body": '{"a": "<x>"}'}, {}, lambda asked: json.loads(asked.body), lambda v: {"a": v}),
    "inside a text in JSON": ({"body_kind": "json", "body": '{"a": "\\"<x>\\\\"}'}, {}, lambda asked: json.loads(asked.body), lambda v: {"a": f'"{v}\\'}),
    "a name in JSON": ({"body_kind": "json", "body": '{"a<x>": 1}'}, {}, lambda asked: json.loads(asked.body), lambda v: {f"a{v}": 1}),
    "a form": ({"body_kind": "form"}, {"x": open_row("form_field", "f")}, lambda asked: asked.form, lambda v: [("f", v)]),
    "in a form": ({"body_kind": "form"}, {"ff": node("form_field", "f", {"value": "a<x>&"})}, lambda asked: asked.form, lambda v: [("f", f"a{v}&")]),
    "form data": ({"body_kind": "multipart"}, {"x": open_row("form_field", "f")}, lambda asked: asked.parts, lambda v: [("f", None, None, v.encode())]),
    "in form data": ({"body_kind": "multipart"}, {"ff": node("form_field", "f", {"value": "\r\n<x>\r\n"})}, lambda asked: asked.parts, lambda v: [("f", None, None, f"\r\n{v}\r\n".encode())]),
    "raw": ({"body_kind": "raw", "body": "a<x>\r\n"}, {}, lambda asked: asked.body, lambda v: f"a{v}\r\n".encode()),
}  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
async def test_s8_a_value_arrives_as_it_is_or_is_refused(there: Echo, place: str) -> None:
    props, rows, read, wanted = PLACES[place]
    document = call(there.base, props, **rows)
    wrong = {}
    for value in HOSTILE:
        found = await outcome(there, document, value)
        if isinstance(found, CannotBuild):
            may_refuse = bool(set(value) & CONTROL) if "header" in place else value in (".", "..") and "path" in place
            assert isinstance(found, BadHeader if "header" in place else BadValue) and not there.asked
            if not may_refuse:
                wrong[value] = str(found)
        elif read(found) != wanted(as_sent(value)):
            wrong[value] = read(found)
    assert wrong == {}


@pytest.mark.parametrize("place", ["name", "filename"])
@pytest.mark.parametrize("value", HOSTILE)
async def test_s8_names_in_form_data_arrive_as_they_are_or_are_refused(there: Echo, place: str, value: str) -> None:
    upload = Upload(value if place == "filename" else "a.txt", "text/plain", b"\x00\xff\r\n--")
    row = node("form_field", value if place == "name" else "f", {"value": {"file": "fl_1"}, "file": True})
    found = await outcome(there, call(there.base, {"body_kind": "multipart"}, ff=row), "", {"fl_1": upload})
    if isinstance(found, BadValue):
        assert set(value) & ({'"', "\\"} | CONTROL | {"\t"}) and not there.asked
    else:
        name, filename, kind, data = found.parts[0]
        assert (name, filename) == (("f", as_sent(value)) if place == "filename" else (as_sent(value), "a.txt"))
        assert (kind, data) == ("text/plain", upload.data)


@pytest.mark.parametrize("type", ["query", "header", "form_field"])
@pytest.mark.parametrize("value", HOSTILE)
async def test_s8_names_of_rows_arrive_as_they_are_or_are_refused(there: Echo, type: str, value: str) -> None:
    document = call(there.base, {"body_kind": "form"}, row=node(type, value, {"value": "1"}))
    found = await outcome(there, document, "")
    if isinstance(found, BadHeader):
        assert type == "header" and not there.asked
    elif type == "header":
        assert found.header(value.strip()) == "1"
    else:
        assert (found.pairs if type == "query" else found.form) == [(as_sent(value), "1")]
