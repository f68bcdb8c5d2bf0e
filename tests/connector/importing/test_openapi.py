"""S9: a description by OpenAPI 3.0 or 3.1 becomes an API with a call for each operation; lies and bombs end in words."""

import json
import time
from typing import Any

import pytest

from builder.kinds import kinds
from connector.asking.placeholders import test_values as values_of
from connector.asking.request import build
from connector.importing import CallDraft, CannotImport, Draft
from connector.importing.openapi import outline, read_openapi
from connector.importing.writing import document_of

GARDEN = """
openapi: 3.0.3
info: {title: Garden, version: "1"}
servers:
  - url: https://{region}.garden.example/v1
    variables:
      region: {default: eu, enum: [eu, us]}
  - url: https://test.garden.example/v1
security:
  - key: []
tags: [{name: Plants}]
paths:
  /plants/{plantId}:
    parameters:
      - $ref: '#/components/parameters/PlantId'
    get:
      tags: [Plants]
      summary: Get a plant
      responses:
        200: {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Plant'}}}}
    delete:
      operationId: deletePlant
      tags: [Plants]
      responses: {204: {description: gone}}
  /plants:
    get:
      tags: [Plants]
      operationId: list_plants
      parameters:
        - {name: limit, in: query, schema: {type: integer, default: 20}}
        - {name: kind, in: query, required: true, schema: {type: string, enum: [tree, herb]}}
        - {name: tags, in: query, schema: {type: array, items: {type: string}}, example: [a, b]}
        - {name: old, in: query, deprecated: true, schema: {type: string}}
        - {name: X-Trace, in: header, schema: {type: string}, example: t-1}
        - {name: Authorization, in: header, schema: {type: string}}
        - {name: session, in: cookie, schema: {type: string}}
      responses: {default: {description: ok, content: {application/json: {}}}}
    post:
      tags: [Plants]
      requestBody:
        content:
          application/json:
            schema: {$ref: '#/components/schemas/Plant'}
      responses: {"201": {description: ok, content: {application/json: {}}}}
  /photos:
    post:
      summary: Upload a photo
      requestBody:
        content:
          multipart/form-data:
            schema:
              type: object
              required: [photo]
              properties:
                photo: {type: string, format: binary}
                title: {type: string, example: My fig}
      responses: {200: {content: {image/png: {}}}}
  /ask:
    post:
      summary: Ask the gardener
      requestBody:
        content:
          application/json:
            schema:
              type: object
              required: [messages, model]
              properties:
                model: {type: string, enum: [small, large]}
                messages:
                  type: array
                  items: {$ref: '#/components/schemas/Message'}
                temperature: {type: number, example: 0.7}
                stream: {type: boolean}
      responses:
        200: {content: {application/json: {}, text/event-stream: {}}}
  /feed:
    get: {responses: {200: {content: {text/event-stream: {}}}}}
  /sign:
    post:
      requestBody:
        content:
          application/x-www-form-urlencoded:
            schema: {type: object, required: [name], properties: {name: {type: string, example: Ada}, on: {type: boolean, default: yes}}}
      responses: {200: {content: {application/xml: {}}}}
components:
  parameters:
    PlantId: {name: plantId, in: path, required: true, schema: {type: string}, example: fig-1}
  securitySchemes:
    key: {type: apiKey, in: header, name: X-Garden-Key}
  schemas:
    Plant:
      type: object
      required: [name, height, parent]
      properties:
        id: {type: string, readOnly: true}
        name: {type: string, example: Fig <b>big</b>}
        height: {type: integer, minimum: 3}
        planted: {type: string, format: date, example: 2026-01-31}
        parent: {$ref: '#/components/schemas/Plant'}
        no: {type: string}
    Message:
      type: object
      required: [role, content]
      properties:
        role: {type: string, enum: [user, system]}
        content: {type: string, example: Why do leaves fall?}
"""


@pytest.fixture(scope="module")
def garden() -> Draft:
    return read_openapi(GARDEN)


def call(draft: Draft, key: str) -> CallDraft:
    return next(each for each in draft.calls if each.key == key)


def test_the_api(garden: Draft) -> None:
    assert (garden.name, garden.base_url) == ("Garden", "https://[region].garden.example/v1")
    assert [(each.name, each.value) for each in garden.parameters] == [("region", "eu")]
    assert (garden.scheme, garden.options) == ("key_in_header", {"header": "X-Garden-Key"})
    assert any("2 addresses" in note for note in garden.notes)


def test_every_operation_is_a_call(garden: Draft) -> None:
    found = {each.key: (each.name, each.method, each.response_type, each.use_as, each.group) for each in garden.calls}
    assert found == {
        "get /plants/{plantId}": ("Get a plant", "GET", "json", "data", "Plants"),
        "delete /plants/{plantId}": ("Delete plant", "DELETE", "empty", "action", "Plants"),
        "get /plants": ("List plants", "GET", "json", "data", "Plants"),
        "post /plants": ("Create plant", "POST", "json", "action", "Plants"),
        "post /photos": ("Upload a photo", "POST", "file", "action", ""),
        "post /ask": ("Ask the gardener", "POST", "stream", "action", ""),
        "get /feed": ("Get feed", "GET", "stream", "data", ""),
        "post /sign": ("Create sign", "POST", "xml", "action", ""),
    }


def test_parameters_and_their_examples(garden: Draft) -> None:
    listed = call(garden, "get /plants")
    assert [(row.name, row.value, row.optional) for row in listed.query] == [
        ("limit", "20", True),
        ("kind", "tree", False),
        ("tags", "a,b", True),
    ]
    assert [(row.name, row.value) for row in listed.headers] == [("X-Trace", "t-1")]
    one = call(garden, "get /plants/{plantId}")
    assert one.path == "/plants/[plantId]"
    assert [(each.name, each.value, each.place, each.private) for each in one.parameters] == [
        ("plantId", "fig-1", "url", False)
    ]


def test_a_json_body_whose_schema_holds_itself(garden: Draft) -> None:
    made = call(garden, "post /plants")
    assert (
        '"name": "<name>"' in made.body and '"height": <height>' in made.body and '"planted": "<planted>"' in made.body
    )
    assert '"id"' not in made.body and '"no"' not in made.body
    assert {"name": "Fig <b>big</b>", "height": "3", "planted": "2026-01-31"}.items() <= {
        each.name: each.value for each in made.parameters
    }.items()


def test_a_call_that_streams_asks_for_it(garden: Draft) -> None:
    """S2."""
    ask = call(garden, "post /ask")
    assert (
        '"stream": true' in ask.body and '"model": "<model>"' in ask.body and '"temperature": <temperature>' in ask.body
    )
    assert '"content": "<question>"' in ask.body
    values = {each.name: (each.value, each.private) for each in ask.parameters}
    assert values == {
        "model": ("small", True),
        "temperature": ("0.7", True),
        "question": ("Why do leaves fall?", False),
    }


def test_forms(garden: Draft) -> None:
    photo = call(garden, "post /photos")
    assert photo.body_kind == "multipart"
    assert [(row.name, row.value, row.file, row.optional) for row in photo.form] == [
        ("photo", "", True, False),
        ("title", "My fig", False, True),
    ]
    assert [(row.name, row.value) for row in call(garden, "post /sign").form] == [("name", "Ada"), ("on", "yes")]


def test_what_is_imported_can_be_sent(garden: Draft) -> None:
    """S8: every call has test values with which its request is right."""
    body, calls = document_of(garden)
    assert [problem for problem in kinds["api"].problems(body) if problem.severity == "error"] == []
    body["nodes"][body["root"]]["props"]["auth"] = {"scheme": "none"}
    sent = {}
    for key in calls:
        if body["nodes"][key]["props"]["body_kind"] != "multipart":
            request = build(body, key, values_of(body, key))
            sent[body["nodes"][key]["name"]] = (request.url, request.body)
    assert sent["Get a plant"] == ("https://eu.garden.example/v1/plants/fig-1", None)
    assert sent["List plants"][0].endswith("/plants?limit=20&kind=tree&tags=a%2Cb")
    assert json.loads(sent["Ask the gardener"][1]) == {
        "model": "small",
        "messages": [{"role": "user", "content": "Why do leaves fall?"}],
        "temperature": 0.7,
        "stream": True,
    }
    assert json.loads(sent["Create plant"][1])["name"] == "Fig <b>big</b>"


def minimal(**more: Any) -> str:
    paths = {"/x": {"get": {"responses": {}}}}
    return json.dumps(
        {"openapi": "3.1.0", "info": {"title": "T"}, "servers": [{"url": "https://a.example"}], "paths": paths} | more
    )


@pytest.mark.parametrize(
    ("scheme", "name", "options"),
    [
        ({"type": "http", "scheme": "Bearer"}, "bearer", {}),
        ({"type": "http", "scheme": "basic"}, "basic", {}),
        ({"type": "http", "scheme": "digest"}, "none", {}),
        ({"type": "apiKey", "in": "header", "name": "X-K"}, "key_in_header", {"header": "X-K"}),
        ({"type": "apiKey", "in": "query", "name": "k"}, "key_in_url", {"parameter": "k"}),
        ({"type": "apiKey", "in": "cookie", "name": "k"}, "none", {}),
        ({"type": "mutualTLS"}, "client_certificate", None),
        ({"type": "openIdConnect", "openIdConnectUrl": "https://x"}, "bearer", {}),
        ({"type": "oauth2", "flows": {"authorizationCode": {"tokenUrl": "https://x/t"}}}, "bearer", {}),
        ({"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": "/t", "scopes": {"read": "", "write": ""}}}}, "oauth2_client_credentials", {"token_url": "https://a.example/t", "scope": "read write"}),
        ({"type": "oauth2", "flows": {"password": {"tokenUrl": "https://x.example/t"}}}, "oauth2_password", {"token_url": "https://x.example/t"}),
        ({"type": "magic"}, "none", {}),
        ("nonsense", "none", {}),
    ],
)  # fmt: skip
def test_security_schemes(scheme: Any, name: str, options: dict[str, str] | None) -> None:
    draft = read_openapi(minimal(components={"securitySchemes": {"s": scheme}}, security=[{"s": []}]))
    assert draft.scheme == name
    assert options is None or options.items() <= draft.options.items()
    body, _ = document_of(draft)
    assert not [each for each in kinds["api"].problems(body) if each.severity == "error"]


def test_a_server_without_a_host_is_where_the_description_was_found() -> None:
    assert (
        read_openapi(minimal(servers=[{"url": "/api/v2/"}]), "https://b.example/docs/openapi.json").base_url
        == "https://b.example/api/v2"
    )
    assert read_openapi(minimal(servers=[{"url": "/api/v2"}]), "https://[").base_url == ""
    draft = read_openapi(minimal(servers=[{"url": "/api/v2"}]))
    assert draft.base_url == "" and any("base URL" in note for note in draft.notes)


def test_operations_at_other_addresses_and_parameters_of_unusual_parts() -> None:
    """S9. A path may have servers of its own; a parameter may be an object, or hold JSON."""
    span = {"type": "object", "properties": {"from": {"example": "May"}, "to": {"example": "June"}}}
    asked = [
        {"name": "when", "in": "query", "style": "deepObject", "schema": span},
        {"name": "where", "in": "query", "content": {"application/json": {"example": {"a": 1}}}},
    ]
    elsewhere = {"servers": [{"url": "https://{at}.example/x", "variables": {"at": {"default": "eu"}}}]}
    here = {"servers": [{"url": "https://a.example"}]}
    streams = {"200": {"description": "", "content": {"text/event-stream": {}}}}
    body = {"content": {"application/json": {"example": {"text": "Hi", "stream": False}}}}
    paths = {
        "/a": {**elsewhere, "get": {"parameters": asked}},
        "/b": {"get": here, "post": {"requestBody": body, "responses": streams}},
    }
    draft = read_openapi(minimal(servers=here["servers"], paths=paths))
    first, second, third = draft.calls
    assert [first.path, second.path, third.path] == ["https://[at].example/x/a", "/b", "/b"]
    assert [(each.name, each.value) for each in first.parameters] == [("at", "eu")]
    rows = [(each.name, each.value) for each in first.query]
    assert rows == [("when[from]", "May"), ("when[to]", "June"), ("where", '{"a":1}')]
    assert json.loads(third.body)["stream"] is True


def test_yaml_with_anchors_merges_and_words_that_are_no_booleans() -> None:
    text = """
openapi: 3.0.0
info: {title: on, version: 2026-01-31}
servers: [{url: https://a.example}]
x-common: &common
  description: shared
  responses: {200: {content: {text/plain: {}}}}
paths:
  /x:
    get: {<<: *common, summary: No}
    post: {<<: [*common], summary: Yes}
"""
    draft = read_openapi(text)
    assert draft.name == "on"
    assert [(each.name, each.response_type) for each in draft.calls] == [("No", "text"), ("Yes", "text")]


BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{','.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(12)
)
MERGES = "a: &a {x0: 1, x1: 1}\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)}\n  <<: [{','.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(12)
)
HEAD = "openapi: 3.0.0\ninfo: {title: T}\nservers: [{url: https://a.example}]\n"
PATHS = "paths: {/x: {post: {requestBody: {content: {application/json: {example: *m}}}}}}\n"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "empty"),
        ("<!doctype html><html></html>", "web page"),
        ("just words", "not a description of an API"),
        ("[1, 2]", "not a description of an API"),
        ('{"openapi": "3.0.0"', "neither JSON nor YAML"),
        ("openapi: 3.0.0\n\tpaths: x", "line 2"),
        ('{"swagger": "2.0", "paths": {}}', "OpenAPI 2.0"),
        ('{"openapi": "4.0.0"}', "is for OpenAPI 4.0.0"),
        ('{"asyncapi": "3.0.0"}', "does not say openapi"),
        ('{"openapi": "3.1.0"}', "no operations"),
        ('{"openapi": "3.1.0", "paths": [1]}', "no operations"),
        ('{"openapi": "3.1.0", "paths": {"/x": {"get": 7}}}', "no operations"),
        ("a: !!python/object/apply:os.system [echo]", "neither JSON nor YAML"),
        ("x: " + "*a " * 3 + "\n", "line 1"),
        ("[" * 100_000, "broken"),
        ('{"a":' * 5000, "broken"),
        ("x" * 12_000_001, "longer than 12 million"),
        ("x: " + "y" * 4_000_001, "as YAML it is longer"),
    ],
)
def test_what_is_no_description_is_refused_in_words(text: str, word: str) -> None:
    """P30."""
    started = time.monotonic()
    with pytest.raises(CannotImport) as refused:
        read_openapi(text)
    assert word in str(refused.value)
    assert time.monotonic() - started < 5


@pytest.mark.parametrize("bomb", [HEAD + BOMB + PATHS, HEAD + MERGES + PATHS], ids=["laughs", "merges"])
def test_a_bomb_in_yaml_does_not_go_off(bomb: str) -> None:
    """P30: what is repeated stays one value; what is shown of it is bounded."""
    started = time.monotonic()
    try:
        draft = read_openapi(bomb)
        assert sum(len(each.body) for each in draft.calls) < 1_000_000
    except CannotImport:
        pass
    assert time.monotonic() - started < 5


def test_references_that_go_round_or_nowhere_or_out() -> None:
    components = {
        "schemas": {
            "A": {"$ref": "#/components/schemas/B"},
            "B": {"$ref": "#/components/schemas/A"},
            "C": {
                "allOf": [{"$ref": "#/components/schemas/C"}] * 12,
                "properties": {"c": {"$ref": "#/components/schemas/C"}},
            },
        }
    }
    bodies = [
        "#/components/schemas/A",
        "#/components/schemas/C",
        "#/nowhere/at/all",
        "other.yaml#/X",
        "#/components/schemas",
    ]
    paths = {
        f"/{n}": {"post": {"requestBody": {"content": {"application/json": {"schema": {"$ref": to}}}}}}
        for n, to in enumerate(bodies)
    }
    paths["/gone"] = {"$ref": "#/paths/~1gone"}
    started = time.monotonic()
    draft = read_openapi(minimal(components=components, paths=paths))
    assert len(draft.calls) == len(bodies)
    assert any("1 references to other documents" in note for note in draft.notes)
    assert time.monotonic() - started < 3


@pytest.mark.parametrize("wrong", [None, 1, "x", [], [1], {"a": None}, {"$ref": 5}, [[]], True])
@pytest.mark.parametrize(
    "at",
    [
        "info",
        "servers",
        "paths",
        "components",
        "security",
        "tags",
        "parameters",
        "requestBody",
        "responses",
        "summary",
        "schema",
        "name",
    ],
)
def test_a_description_that_lies_about_its_shape_is_read_as_far_as_it_is_right(at: str, wrong: Any) -> None:
    """P30."""
    operation: dict[str, Any] = {
        "summary": "S",
        "tags": ["t"],
        "parameters": [{"name": "q", "in": "query", "schema": {"type": "string"}}],
        "requestBody": {
            "content": {"application/json": {"schema": {"type": "object", "properties": {"a": {"type": "string"}}}}}
        },
        "responses": {"200": {}},
    }
    more: dict[str, Any] = {"paths": {"/x": {"post": operation}}}
    if at in ("info", "servers", "components", "security"):
        more[at] = wrong
    elif at == "paths":
        more["paths"] = {"/x": {"post": operation}, "/y": wrong, "z": {"get": wrong, "parameters": wrong}}
    elif at in ("schema", "name"):
        operation["parameters"][0][at] = wrong
        operation["requestBody"]["content"]["application/json"]["schema"]["properties"]["a"] = wrong
    else:
        operation[at] = wrong
    draft = read_openapi(minimal(**more))
    body, _ = document_of(draft)
    assert [each.sentence for each in kinds["api"].problems(body) if each.severity == "error"] == []


def test_a_large_description_is_read_in_time() -> None:
    paths = {
        f"/things/{n}/{{id}}": {
            "post": {
                "tags": ["a"],
                "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/S"}}}},
            }
        }
        for n in range(1500)
    }
    components = {
        "schemas": {
            "S": {
                "type": "object",
                "required": ["a"],
                "properties": {f"p{n}": {"type": "string", "example": "x"} for n in range(40)},
            }
        }
    }
    started = time.monotonic()
    draft = outline(minimal(paths=paths, components=components))
    assert len(draft.calls) == 1500
    only = read_openapi(minimal(paths=paths, components=components), wanted=["post /things/7/{id}"])
    assert [(each.path, bool(each.body)) for each in only.calls] == [("/things/7/[id]", True)]
    assert time.monotonic() - started < 5
