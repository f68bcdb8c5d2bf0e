"""From a document and values to a request: S4, S6, S7, S8, S40b, P24, P25."""

import json
from string import Formatter
from urllib.parse import parse_qsl, unquote

import pytest

from builder.document import body, node
from connector.asking.bodies import MOST, Upload, file_keys
from connector.asking.errors import BadAddress, BadBody, BadHeader, BadValue, CannotBuild, ValueMissing
from connector.asking.placeholders import placeholders, settable, shared_placeholders, test_values
from connector.asking.request import build
from connector.errors import ConnectorError
from connector.sending.auth_errors import SecretElsewhere, SecretMissing
from tests.cases.hostile import HOSTILE, as_sent


def call_of(rows=(), *, base="https://api.acme.example/v1", auth=None, **props):
    """An API with one call; `rows` are (slot, name, props)."""
    slots: dict[str, list[str]] = {"headers": [], "query": [], "parameters": [], "form": []}
    nodes = {"ai_1": node("api", "Acme", {"base_url": base, "auth": auth or {"scheme": "none"}}, calls=["ca_1"])}
    for number, (slot, name, flags) in enumerate(rows):
        slots[slot].append(f"row_{number}")
        nodes[f"row_{number}"] = node(slot.rstrip("s"), name, flags)
    props = {"method": "POST", "path": "/chat", "body_kind": "json", "body": ""} | props
    nodes["ca_1"] = node("call", "Chat", props, **slots)
    return body("ai_1", nodes)


def form(*pairs):
    """Rows of a form."""
    return [("form", name, {"value": value}) for name, _, value in (pair.partition("=") for pair in pairs)]


def open_parameter(name="x", **flags):
    return "parameters", name, {"private": False, "value": ""} | flags


def built(document, values=None, **options):
    return build(document, "ca_1", values or {}, **options)


def sent_json(template, values, *parameters):
    return json.loads(built(call_of(parameters or [open_parameter()], body=template), values).body)


# Places (P25)


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize(
    ("template", "read"),
    [
        ('{"a": <x>, "b": 1}', lambda tree: tree),
        ('{"a": "<x>", "b": 1}', lambda tree: tree),
        ('{"a": "pre \\" <x> post", "b": 1}', lambda tree: tree | {"a": tree["a"][6:-5]}),
        ('{"a": "\\\\<x>", "b": 1}', lambda tree: tree | {"a": tree["a"][1:]}),
    ],
    ids=["bare", "in quotes", "inside a text", "after a backslash"],
)
def test_p25_a_value_is_data_in_a_json_body(value, template, read):
    assert read(sent_json(template, {"x": value})) == {"a": as_sent(value), "b": 1}


@pytest.mark.parametrize("value", HOSTILE)
def test_p25_a_value_is_one_component_of_the_path(value):
    document = call_of([open_parameter(place="url")], path="/models/[x]/run")
    if value in (".", ".."):
        pytest.skip("refused, see below")
    request = built(document, {"x": value})
    assert request.address.origin == "https://api.acme.example:443"
    assert request.url.isascii() and not request.address.query
    head, models, found, run = request.address.path.removeprefix("/v1").split("/")
    assert (head, models, unquote(found), run) == ("", "models", as_sent(value), "run")


@pytest.mark.parametrize("value", HOSTILE)
def test_p25_a_value_is_one_component_of_the_query(value):
    rows = [open_parameter(place="url"), ("query", "row", {"private": False, "value": "", "allow_blank": True})]
    request = built(call_of(rows, path="/find?q=[x]&n=1"), {"x": value, "row": value})
    assert parse_qsl(request.address.query, keep_blank_values=True) == [
        ("q", as_sent(value)),
        ("n", "1"),
        ("row", as_sent(value)),
    ]


@pytest.mark.parametrize("value", HOSTILE)
def test_p25_a_value_is_one_line_of_a_header(value):
    rows = [open_parameter(place="header"), ("headers", "X-Thing", {"value": "a <x>"})]
    if set(value) & {chr(code) for code in (*range(9), *range(10, 32), 127)}:
        with pytest.raises(BadHeader, match="line break"):
            built(call_of(rows), {"x": value})
        return
    request = built(call_of(rows), {"x": value})
    assert request.header("X-Thing") == f"a {as_sent(value)}".rstrip(" \t")
    assert [name for name, _ in request.headers] == ["X-Thing", "Accept", "Accept-Encoding"]


@pytest.mark.parametrize("value", HOSTILE)
def test_p25_a_value_is_one_value_of_a_form(value):
    request = built(call_of([open_parameter(), *form("a=<x>", "b=1")], body_kind="form"), {"x": value})
    assert parse_qsl(request.body.decode(), keep_blank_values=True) == [("a", as_sent(value)), ("b", "1")]


@pytest.mark.parametrize("value", [".", "..", "%2e", "%2E%2e"])
def test_a_step_of_the_path_cannot_climb(value):
    document = call_of([open_parameter(place="url")], path="/models/[x]/run")
    if "%" in value:
        assert "%25" in built(document, {"x": value}).url
    else:
        with pytest.raises(BadValue):
            built(document, {"x": value})


@pytest.mark.parametrize("path", ["https://[x]/chat", "https://api.[x].example/", "[x]/chat", "https://a.example:[x]/"])
def test_only_a_private_placeholder_may_stand_in_the_host(path):
    with pytest.raises(BadAddress, match=r"\[x\] stands in its host"):
        built(call_of([open_parameter(place="url", value="evil.example")], base="", path=path), {"x": "evil.example"})
    with pytest.raises(BadAddress):
        built(call_of([], base="", path=path), {"x": "evil.example"})


def test_a_private_placeholder_in_the_host_is_the_authors_own():
    rows = [("parameters", "region", {"value": "eu", "place": "url"})]
    document = call_of(rows, base="https://[region].acme.example/v1")
    assert built(document, {"region": "evil"}).url == "https://eu.acme.example/v1/chat"


@pytest.mark.parametrize(
    "base",
    ["", "acme.example", "ftp://acme.example", "https://user:pw@acme.example", "https://acme.example\\@evil.example",
     "https://acme.example:0", "https://acme.example:99999", "https://a b.example", "https://", "https://acme..example",
     "https://acme.example/%2e%2e", "javascript:alert(1)"],
)  # fmt: skip
def test_a_strange_address_is_refused_in_words(base):
    with pytest.raises(BadAddress) as caught:
        built(call_of(base=base))
    assert "pw" not in str(caught.value)


def test_a_scheme_of_ours_is_resolved_by_whoever_knows_it():
    request = built(
        call_of(base="practice:"), resolve=lambda url: url.replace("practice:", "http://127.0.0.1:8000/practice")
    )
    assert request.url == "http://127.0.0.1:8000/practice/chat"


def test_an_absolute_path_leaves_the_base_url():
    assert built(call_of(path="https://other.example/x?a=1")).url == "https://other.example/x?a=1"


def test_a_foreign_host_is_sent_by_its_ascii_name():
    assert built(call_of(base="https://Bücher.example")).url == "https://xn--bcher-kva.example/chat"


# JSON by position (S8, S40b)


@pytest.mark.parametrize(
    ("value", "bare", "quoted"),
    [
        ("hi", "hi", "hi"),
        (3, 3, "3"),
        (2.0, 2.0, "2"),
        (0.1, 0.1, "0.1"),
        (2**70, 2**70, str(2**70)),
        (True, True, "true"),
        (["a", 1], ["a", 1], '["a",1]'),
        ({"k": "é"}, {"k": "é"}, '{"k":"é"}'),
        (
            [{"role": "user", "content": 'say "x"'}],
            [{"role": "user", "content": 'say "x"'}],
            '[{"role":"user","content":"say \\"x\\""}]',
        ),
    ],
)
def test_s8_a_value_is_of_its_type_where_it_stands_bare_and_text_in_quotes(value, bare, quoted):
    assert sent_json('{"a": <x>, "b": "<x>"}', {"x": value}) == {"a": bare, "b": quoted}


def test_s8_blank_that_is_allowed_is_null_bare_and_nothing_in_quotes():
    assert sent_json('{"a": <x>, "b": "<x>"}', {"x": ""}, open_parameter(allow_blank=True)) == {"a": None, "b": ""}


def test_s40b_a_list_of_objects_is_the_whole_conversation():
    messages = [{"role": "user", "content": 'He said "no"\n'}, {"role": "assistant", "content": "<x>"}]
    assert sent_json('{"messages": <messages>}', {"messages": messages}, open_parameter("messages")) == {
        "messages": messages
    }


def test_s40b_placeholders_stand_in_keys_and_several_in_one_text():
    found = sent_json('{"<x>": "<x> and <y>!"}', {"x": "a", "y": 2}, open_parameter(), open_parameter("y"))
    assert found == {"a": "a and 2!"}


@pytest.mark.parametrize(
    ("typed", "bare"), [("0.7", 0.7), ("true", True), ('["a"]', ["a"]), ('"a"', "a"), ("a b", "a b"), ("NaN", "NaN")]
)
def test_s8_what_the_author_typed_is_the_json_it_reads_as(typed, bare):
    """Also Bubble's way: a text that the author has made JSON-safe already is not quoted twice."""
    assert sent_json('{"a": <x>}', {}, ("parameters", "x", {"value": typed})) == {"a": bare}


def test_a_form_gives_texts_yet_a_number_stays_a_number():
    parameter = open_parameter(value="0.7")
    assert sent_json('{"a": <x>}', {"x": "0.3"}, parameter) == {"a": 0.3}
    assert sent_json('{"a": <x>}', {"x": "hot"}, parameter) == {"a": "hot"}
    assert sent_json('{"a": <x>}', {"x": '["a"]'}, open_parameter(value='["b"]')) == {"a": '["a"]'}


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ('{"a": 1,\n "b": }', "line 2, a value is missing"),
        ('{"a": 1,\n}', "line 1, a comma stands there with nothing after it"),
        ("[1, ]", "a comma stands there with nothing after it"),
        ("{'a': 1}", "double quotes, not single ones"),
        ("{\"a\": 'x'}", "double quotes, not single ones"),
        ('{"a": hello}', "hello stands there without quotes"),
        ("{a: 1}", "a name in double quotes is missing"),
        ('{"a" 1}', "a colon is missing"),
        ('{"a": 1\n"b": 2}', "line 2, a comma is missing"),
        ('{"a": [1', "it ends too early: a ] is missing"),
        ('{"a": "]["', "it ends too early: a } is missing"),
        ('{"a": 1} x', "something stands after its end"),
        ('{"a": "x}', "a text is not closed"),
        ('{"a": "x\ny"}', "a line break or a tab stands inside a text"),
        ('{"a": "\\x"}', "a backslash stands in a text by itself"),
        ('{"a": "\\u12"}', "four digits"),
        ('{"a": <nobody>}', "<nobody> stands there and has no parameter"),
        ('{"a": <x><x>}', "line 1"),
        ("{", "line 1"),
        ('{"a": NaN}', "NaN"),
        ("[" * 200_000, "nested"),
    ],
)
def test_s8_a_template_that_is_no_json_is_refused_before_anything_is_sent(template, said):
    with pytest.raises(BadBody, match=said):
        sent_json(template, {"x": "a"})


@pytest.mark.parametrize("value", [float("nan"), float("inf"), object(), {1, 2}, b"bytes"])
def test_a_value_that_json_does_not_know_is_refused(value):
    with pytest.raises(BadValue):
        sent_json('{"a": <x>}', {"x": value})


def test_nesting_without_end_is_refused():
    deep: list = []
    deep.append(deep)
    with pytest.raises(BadValue):
        sent_json('{"a": <x>}', {"x": deep})


def test_angle_brackets_that_are_no_parameter_stay_text():
    assert sent_json('{"a": "use <b>bold</b> and <x>"}', {"x": "<b>"}) == {"a": "use <b>bold</b> and <b>"}


# Flags (S7)


def test_s7_a_private_parameter_keeps_its_value_whatever_is_given():
    assert sent_json('{"a": "<x>"}', {"x": "mine"}, ("parameters", "x", {"value": "fixed"})) == {"a": "fixed"}


@pytest.mark.parametrize("given", [{}, {"x": ""}, {"x": None}])
def test_s7_optional_blank_leaves_its_member_item_and_row_out(given):
    optional = open_parameter(optional=True, value="only a hint")
    template = '{"a": <x>, "b": "<x>", "c": [1, "<x>"], "d": "see <x>", "e": 0}'
    assert sent_json(template, given, optional) == {"c": [1], "d": "see ", "e": 0}
    rows = [
        optional,
        ("headers", "X-A", {"value": "<x>"}),
        ("headers", "X-B", {"value": "b<x>"}),
        ("query", "q", {"value": "<x>"}),
    ]
    request = built(call_of(rows, path="/p?u=[x]&v=1"), given)
    assert request.header("X-A") is None and request.header("X-B") == "b"
    assert request.address.query == "v=1"
    assert built(call_of([optional, *form("a=<x>", "b=1")], body_kind="form"), given).body == b"b=1"


@pytest.mark.parametrize("given", [{}, {"x": ""}, {"x": None}])
def test_s7_mandatory_blank_sends_its_default(given):
    assert sent_json('{"a": "<x>"}', given, open_parameter(value="standard")) == {"a": "standard"}


@pytest.mark.parametrize("given", [{}, {"x": ""}])
def test_s7_mandatory_blank_without_default_is_refused_by_name(given):
    with pytest.raises(ValueMissing, match="x needs a value"):
        sent_json('{"a": "<x>"}', given)


def test_s7_allow_blank_sends_blank():
    assert sent_json('{"a": "<x>"}', {"x": ""}, open_parameter(value="standard", allow_blank=True)) == {"a": ""}
    assert sent_json('{"a": "<x>"}', {}, open_parameter(value="standard", allow_blank=True)) == {"a": "standard"}


def test_rows_that_are_not_private_are_set_by_name_or_id_and_their_values_are_data():
    rows = [("headers", "X-Trace", {"private": False, "value": "t"}), open_parameter("secret")]
    document = call_of(rows)
    assert [row.name for row in settable(document, "ca_1")] == ["X-Trace", "secret"]
    assert built(document, {"X-Trace": "<secret>", "secret": "s"}).header("X-Trace") == "<secret>"
    assert built(document, {"row_0": "by id"}).header("X-Trace") == "by id"


def test_initialize_sends_what_the_author_typed_optional_ones_too():
    document = call_of([open_parameter(optional=True, value="[1, 2]")], body='{"a": <x>}')
    assert built(document, test_values(document, "ca_1")).body == b'{"a":[1,2]}'


# Headers, secrets


@pytest.mark.parametrize(
    "name", ["Host", "content-length", "Transfer-Encoding", "Connection", "Upgrade", "TE", "Trailer", "Expect", "Proxy-Authorization",
             "X Y", "X:Y", "X\r\nY", "X-É"],
)  # fmt: skip
def test_headers_of_the_connection_and_strange_names_are_refused(name):
    with pytest.raises(BadHeader):
        built(call_of([("headers", name, {"value": "sk-secret"})]))


def test_what_the_author_does_not_say_is_asked_for_plainly():
    request = built(call_of(body='{"stream": true}'))
    assert request.headers == [
        ("Content-Type", b"application/json"),
        ("Accept", b"*/*"),
        ("Accept-Encoding", b"identity"),
    ]
    rows = [("headers", "accept-encoding", {"value": "gzip"}), ("headers", "content-type", {"value": "application/x"})]
    assert [value for _, value in built(call_of(rows, body="1")).headers] == [b"gzip", b"application/x", b"*/*"]


def test_a_calls_own_header_wins_over_its_apis():
    document = call_of([("headers", "X-A", {"value": "call"})])
    document["nodes"]["row_s"] = node("header", "x-a", {"value": "shared"})
    document["nodes"]["ai_1"]["slots"]["headers"] = ["row_s"]
    assert [value for name, value in built(document).headers if name.lower() == "x-a"] == [b"call"]


def shared(document, slot, name, flags):
    """With a row that the calls of the API share."""
    document["nodes"]["row_s"] = node(slot.rstrip("s"), name, flags)
    document["nodes"]["ai_1"]["slots"][slot] = ["row_s"]
    return document


def test_what_an_api_shares_each_of_its_calls_sends():
    document = shared(call_of([("query", "q", {"value": "1"})]), "query", "version", {"value": "2026-11"})
    assert built(document).address.query == "version=2026-11&q=1"
    document = shared(call_of([open_parameter()]), "headers", "X-Version", {"value": "v<x>"})
    assert built(document, {"x": 2}).header("X-Version") == "v2"


@pytest.mark.parametrize(
    ("own", "query"), [({"value": "2"}, "q=2"), ({"value": "", "optional": True, "private": False}, "")]
)
def test_a_calls_own_query_wins_over_its_apis_also_by_leaving_it_out(own, query):
    document = shared(call_of([("query", "q", own)]), "query", "q", {"value": "1"})
    assert built(document).address.query == query


def test_a_shared_parameter_fills_the_base_url_until_a_call_has_its_own():
    region = {"value": "eu", "place": "url"}
    document = shared(call_of(base="https://[region].acme.example"), "parameters", "region", region)
    assert built(document).url == "https://eu.acme.example/chat"
    own = ("parameters", "region", {"value": "us", "place": "url"})
    document = shared(call_of([own], base="https://[region].acme.example"), "parameters", "region", region)
    assert built(document).url == "https://us.acme.example/chat"


def test_a_workflow_sets_what_is_shared_and_not_private():
    document = shared(call_of(), "headers", "X-Trace", {"value": "t", "private": False})
    assert [row.id for row in settable(document, "ca_1")] == ["row_s"]
    assert built(document, {"row_s": "mine"}).header("X-Trace") == "mine"


KEY = "sk-live-0123456789abcdefghij"


def test_p24_a_secret_is_opened_for_the_origin_of_the_final_url_only():
    def open_for(origin):
        if origin != "https://api.acme.example:443":
            raise SecretElsewhere(origin=origin, saved="https://api.acme.example:443")
        return {"token": KEY}

    bearer = {"scheme": "bearer", "options": {}}
    request = built(call_of(auth=bearer), credential=open_for)
    assert KEY not in repr(request) and list(request.secrets) == [KEY]
    for base, path in [
        ("http://api.acme.example/v1", "/"),
        ("https://api.acme.example:444", "/"),
        ("https://api.acme.example", "https://evil.example/"),
    ]:
        with pytest.raises(SecretElsewhere):
            built(call_of(auth=bearer, base=base, path=path), credential=open_for)


def test_a_scheme_without_its_secret_is_refused_in_words():
    with pytest.raises(SecretMissing, match="Acme has no key yet"):
        built(call_of(auth={"scheme": "bearer"}))


def test_p24_secrets_typed_into_headers_and_queries_are_masked_wherever_the_request_is_shown():
    rows = [("headers", "X-Api-Key", {"value": KEY}), ("headers", "Authorization", {"value": f"Bearer {KEY}x"})]
    document = call_of([*rows, ("query", "key", {"value": f"{KEY}+/="})], body=f'{{"echo": "{KEY}"}}')
    request = built(document)
    assert KEY not in repr(request) and KEY not in json.dumps(request.summary())
    assert f"{KEY}x" in request.secrets and f"{KEY}+/=" in request.secrets
    assert request.summary()["url"].startswith("https://api.acme.example:443/v1/chat?key=")


@pytest.mark.parametrize(
    ("rows", "kind", "values"),
    [
        ([("parameters", "api_key", {"value": KEY})], "json", {}),
        ([("parameters", "password", {"value": "", "private": False})], "json", {"password": KEY}),
        ([("form", "token", {"value": "<x>"}), ("parameters", "x", {"value": KEY})], "form", {}),
        ([("form", "token", {"value": "<x>"}), ("parameters", "x", {"value": KEY})], "multipart", {}),
    ],
)
def test_p24_so_are_those_of_parameters_and_forms_and_the_body_that_is_kept_has_none(rows, kind, values):
    body = f'{{"a": "<{rows[0][1]}>"}}' if kind == "json" else ""
    request = built(call_of([*rows, ("parameters", "secret", {"value": ""})], body_kind=kind, body=body), values)
    assert KEY.encode() in request.body and KEY in request.secrets
    assert KEY not in json.dumps(request.summary())


def test_placeholders_are_listed_once_with_their_place():
    rows = [("headers", "X", {"value": "<h> <b>"}), ("query", "q", {"value": "<q>"}), open_parameter("h")]
    document = call_of(rows, base="https://[r].example", path="/m/[m]?a=[a]", body='{"x": <b>, "y": "<b> <c d>"}')
    assert shared_placeholders(document) == [("r", "url")]
    assert placeholders(document, "ca_1") == [
        ("m", "url"), ("a", "url"), ("h", "header"), ("b", "header"), ("q", "query"), ("c d", "body"),
    ]  # fmt: skip


def test_placeholders_of_a_form_stand_in_its_rows_and_those_of_markup_are_none():
    """S6."""
    rows = form("a=<one>", "b=x<two>", "c=[no]")
    for kind in ("form", "multipart"):
        assert placeholders(call_of(rows, body_kind=kind, body="<three>"), "ca_1") == [("one", "body"), ("two", "body")]
    document = call_of(rows, body_kind="raw", body="<note><to><name></to><by/></note>")
    assert placeholders(document, "ca_1") == [("name", "body")]


def test_every_error_of_the_connector_can_be_said():
    def below(kind):
        return [kind, *(found for child in kind.__subclasses__() for found in below(child))]

    for kind in below(ConnectorError):
        texts = Formatter().parse(f"{kind.sentence} {kind.why} {kind.todo}")
        facts = dict.fromkeys((name for _, name, _, _ in texts if name), "?")
        assert kind.code and kind(**facts).as_json()["error"]["sentence"].endswith((".", "?"))


def test_a_body_of_text_is_sent_as_it_was_written():
    request = built(call_of([open_parameter()], body_kind="raw", body="say <x>"), {"x": "hé"})
    assert request.body == "say hé".encode() and request.header("Content-Type") == "text/plain; charset=utf-8"
    own = [("headers", "content-type", {"value": "application/xml"})]
    request = built(call_of(own, body_kind="raw", body="<a><x>1</x></a>"))
    assert request.body == b"<a><x>1</x></a>" and request.header("Content-Type") == "application/xml"


def test_a_form_is_sent_in_the_order_of_its_rows_also_names_that_come_twice():
    """S5."""
    request = built(call_of(form("b[]=1 2", "a=é&", "b[]=3", "=nameless"), body_kind="form"))
    assert request.body == b"b%5B%5D=1+2&a=%C3%A9%26&b%5B%5D=3"
    assert request.header("Content-Type") == "application/x-www-form-urlencoded"


PHOTO = Upload("photo.png", "image/png", b"\x89PNG\r\n--")


@pytest.mark.parametrize(
    "value", [{"file": "fl_ab12"}, "/files/fl_ab12/photo.png", " https://a.example/files/fl_ab12/x "]
)
def test_form_data_holds_texts_and_files(value):
    """S5: a file by its key, or by the address this server gave it."""
    rows = [*form("note=<x>"), ("form", "image", {"value": value, "file": True}), open_parameter()]
    request = built(call_of(rows, body_kind="multipart"), {"x": "hi"}, files={"fl_ab12": PHOTO})
    kind, _, boundary = request.header("Content-Type").partition("; boundary=")
    assert kind == "multipart/form-data"
    assert request.body.split(f"--{boundary}".encode()) == [
        b"",
        b'\r\nContent-Disposition: form-data; name="note"\r\n\r\nhi\r\n',
        b'\r\nContent-Disposition: form-data; name="image"; filename="photo.png"\r\nContent-Type: image/png\r\n\r\n'
        + PHOTO.data
        + b"\r\n",
        b"--\r\n",
    ]


@pytest.mark.parametrize(
    "value", [{"file": "fl_gone"}, "/files/fl_gone/a.png", "https://elsewhere.example/a.png", "x", "5"]
)
def test_a_file_that_is_none_is_refused_in_words(value):
    with pytest.raises(BadValue, match="image cannot be sent: it is not a file of this app"):
        built(
            call_of([("form", "image", {"value": value, "file": True})], body_kind="multipart"),
            files={"fl_ab12": PHOTO},
        )


def test_a_file_may_be_a_parameter_and_may_be_left_out():
    rows = [("form", "image", {"value": "<x>", "file": True}), open_parameter(optional=True)]
    document = call_of(rows, body_kind="multipart")
    assert PHOTO.data in built(document, {"x": "/files/fl_ab12/photo.png"}, files={"fl_ab12": PHOTO}).body
    assert b"image" not in built(document, {"x": ""}).body


def test_a_file_goes_in_form_data_only():
    with pytest.raises(BadValue, match="form data only"):
        built(call_of([("form", "image", {"value": {"file": "fl_ab12"}, "file": True})], body_kind="form"))


def test_files_are_named_before_they_are_fetched():
    values = {
        "pa_1": "/files/fl_a1/x",
        "pa_2": {"file": "fl_b2"},
        "pa_3": ["/files/fl_c3/x"],
        "pa_4": "see /files/fl_d4/x",
        "pa_5": 5,
    }
    assert [key for value in values.values() for key in file_keys(value) if key] == ["fl_a1", "fl_b2"]


def test_a_body_has_a_bound():
    files = {"fl_1": Upload("a", "text/plain", b"x" * MOST)}
    with pytest.raises(CannotBuild, match="larger than 50 MB"):
        built(call_of([("form", "f", {"value": {"file": "fl_1"}, "file": True})], body_kind="multipart"), files=files)


def test_a_secret_in_a_form_is_masked_wherever_the_request_is_shown():
    request = built(call_of(form(f"client_secret={KEY}"), body_kind="form"))
    assert KEY in request.secrets and KEY not in json.dumps(request.summary())


def test_what_is_no_kind_of_body_and_no_method_is_refused():
    assert built(call_of(body_kind="none", method="GET")).body is None
    with pytest.raises(CannotBuild):
        built(call_of(body_kind="smoke", body="x"))
    with pytest.raises(CannotBuild):
        built(call_of(method="BREW"))
