"""Selectors take the right values out of frames, and know ends and errors."""

import time
from typing import Any

import pytest

from connector.answers.extract import Extraction, Field, values_at_end
from connector.answers.frame import Frame, frame_of
from connector.framings import framings
from tests.cases.recorded import Recorded, recorded


def frame(value: str, event: str | None = None) -> Any:
    return frame_of(value.encode(), event)


def pieces(field: Field, *values: str, event: str | None = None) -> list[Any]:
    extraction = Extraction([field])
    return [piece for value in values for _, _, piece in extraction.feed(frame(value, event))]


def read(stream: Recorded) -> list:
    reader = framings[stream.framing].new()
    return [each for chunk in stream.chunks for each in reader.feed(chunk)] + reader.close()


def gold_field(id: str, gold: dict, type: str = "text_stream") -> Field:
    mode = {"latest": "replace", "none": "delta"}.get(gold.get("mode", "delta"), gold.get("mode", "delta"))
    return Field(id, type, gold["path"], gold.get("when"), mode)


WITH_TEXT = [each for each in recorded() if each.gold.get("text_path") and not each.gold.get("hard")]


@pytest.mark.parametrize("stream", WITH_TEXT, ids=repr)
def test_the_text_of_a_recorded_stream_is_read_whole(stream: Recorded) -> None:
    """P2, S20."""
    field = gold_field("text", stream.gold | {"path": stream.gold["text_path"]})
    assert values_at_end([field], read(stream)) == [stream.gold["text"]]


@pytest.mark.parametrize("stream", recorded(), ids=repr)
def test_the_values_of_a_recorded_stream_are_its_last(stream: Recorded) -> None:
    """S21."""
    wanted = [
        (gold_field(name, spec, type), spec["value"])
        for kind, type in (("numbers", "number"), ("texts", "text"), ("booleans", "yes_no"))
        for name, spec in stream.gold.get(kind, {}).items()
    ]
    wanted += [
        (gold_field("", spec, "live"), spec["value"]) for spec in stream.gold.get("live", []) if "wire" not in spec
    ]
    found = values_at_end([field for field, _ in wanted], read(stream))
    assert dict(enumerate(found)) == dict(enumerate(value for _, value in wanted))


@pytest.mark.parametrize("stream", [each for each in recorded() if each.gold.get("other_text")], ids=repr)
def test_other_texts_of_a_recorded_stream_are_read_too(stream: Recorded) -> None:
    fields = [gold_field(str(at), other) for at, other in enumerate(stream.gold["other_text"])]
    assert values_at_end(fields, read(stream)) == [other["text"] for other in stream.gold["other_text"]]


def test_a_text_that_is_replaced_midway() -> None:
    """S20; dify-chat-replace."""
    stream = next(each for each in recorded() if each.name == "dify-chat-replace")
    gold = stream.gold
    field = Field("text", "text_stream", gold["text_path"], gold["when"], replacement=gold["replace"])
    extraction, text = Extraction([field]), ""
    for each in read(stream):
        for _, kind, piece in extraction.feed(each):
            text = piece if kind == "whole" else text + piece
    assert text == gold["text"]


def held(field: Field, *values: str) -> Any:
    """What the field holds at the end of a stream of these frames."""
    (found,) = values_at_end([field], [frame_of(value.encode()) for value in values])
    return found


FINAL = {"path": "t", "when": {"event": None, "match": {"final": True}}}


def test_utterances_that_start_again_are_one_text() -> None:
    """S20. A flag closes them, or the start of the next one does; words change until then."""
    said = [("good", False), ("Good mourning", False), ("Good morning.", True), ("How", False), ("How are you?", True)]
    values = [f'{{"t":"{text}","final":{str(final).lower()}}}' for text, final in said]
    assert (
        held(Field("f", "text_stream", "t", mode="segments", replacement=FINAL), *values)
        == "Good morning. How are you?"
    )
    assert held(Field("f", "text_stream", "t", mode="segments"), *values) == "Good morning. How are you?"
    elsewhere = {"path": "said", "when": {"event": None, "match": {}}}
    parts = [
        '{"t":"good"}',
        '{"t":"good morning"}',
        '{"said":"Good morning."}',
        '{"t":"how"}',
        '{"said":"How are you?"}',
    ]
    assert (
        held(Field("f", "text_stream", "t", mode="segments", replacement=elsewhere), *parts)
        == "Good morning. How are you?"
    )
    assert held(Field("f", "text_stream", "t", mode="cumulative"), *values) == "How are you?"


def test_a_piece_that_says_everything_once_more_adds_nothing() -> None:
    """S20. One that is short, or the second of all, may well be meant."""
    text = Field("f", "text_stream", "t")
    assert held(text, '{"t":"All is "}', '{"t":"well."}', '{"t":"All is well."}') == "All is well."
    assert held(text, '{"t":"Wait here. "}', '{"t":"Wait here. "}') == "Wait here. Wait here. "
    assert held(text, '{"t":"h"}', '{"t":"a"}', '{"t":"ha"}') == "haha"


def test_a_list_of_frames_holds_the_rows_of_a_feed() -> None:
    """S16: each as the object it is, of one kind where a condition says so."""
    rows = Field("f", "frames", "$", {"match": {"type": "price"}})
    extraction = Extraction([rows])
    told = ['{"type":"price","of":"A","is":1.5}', '{"type":"beat"}', '{"type":"price","of":"B","is":2}', "no JSON"]
    found = [piece for each in told for _, kind, piece in extraction.feed(frame(each)) if kind == "item"]
    assert found == [{"type": "price", "of": "A", "is": 1.5}, {"type": "price", "of": "B", "is": 2}]


def test_a_number_may_be_the_largest_that_came() -> None:
    """watsonx says the input tokens once, then 0."""
    assert held(Field("f", "number", "n", mode="largest"), '{"n":21}', '{"n":0}', '{"n":0}') == 21


def test_a_live_value_of_numbers_or_yes_no_holds_nothing_else() -> None:
    """S21. A "n/a" between readings changes nothing."""
    readings = ('{"v":"21.5"}', '{"v":"n/a"}', '{"v":null}')
    assert pieces(Field("f", "live", "v", mode="number"), *readings) == [21.5]
    assert pieces(Field("f", "live", "v"), *readings) == ["21.5", "n/a"]
    assert pieces(Field("f", "live", "v", mode="yes_no"), '{"v":"on"}', '{"v":"n/a"}') == [True]


@pytest.mark.parametrize(
    ("when", "found"),
    [
        ({"match": {"parts[0].thought": None}}, "Tea, please."),
        ({"match": {"parts[0].thought": True}}, "Hm. So."),
        ({"match": {"parts[0].thought": True, "n": 2}}, "So."),
        ({"match": {"parts[0].meta.kind": "b"}}, "Tea"),
        ({"match": {"parts[1].thought": None}}, "So., please."),  # of the second element it is said of the frame
        (None, "TeaHm.So., please."),
    ],
)
def test_what_is_said_of_the_first_element_is_asked_of_each_where_all_are_taken(when: Any, found: str) -> None:
    """A thought and a piece of the answer in one frame (Gemini)."""
    frames = [
        '{"n": 1, "parts": [{"text": "Tea", "meta": {"kind": "b"}}, {"text": "Hm. ", "thought": true}]}',
        '{"n": 2, "parts": [{"text": "So.", "thought": true}, {"text": ", please."}]}',
    ]
    text = held(Field("text", "text_stream", "parts[*].text", when), *frames)
    assert text.replace(" ", "") == found.replace(" ", "")


def test_json_in_pieces_of_a_text_is_opened_once_it_is_whole() -> None:
    """Tool arguments come in pieces; others are whole in a frame."""
    city = Field("f", "text", "args[json].city")
    assert held(city, '{"args":"{\\"city\\": "}', '{"args":"\\"Bern\\"}"}', '{"args":null}') == "Bern"
    assert held(city, '{"args":"{\\"city\\":\\"Bern\\"}"}', '{"args":"{\\"city\\":\\"Genf\\"}"}') == "Genf"
    assert held(city, '{"args":"{\\"city\\": "}', '{"args":"oh}"}') is None
    assert held(Field("f", "number", "args[json].n"), '{"args":"{\\"n\\":"}', '{"args":"3}"}') == 3
    assert held(city, '{"args":"{\\"x\\": "}', '{"args":"{}"}', '{"args":",\\"city\\":\\"Bern\\"}"}') == "Bern"


@pytest.mark.parametrize(("size", "found"), [(900_000, "Bern"), (1_100_000, None)])
def test_json_in_very_many_pieces_is_joined_in_linear_time(size: int, found: str | None) -> None:
    """Up to a million bytes; with one copy of all that came for each piece it would take minutes."""
    rows = '{"n":[1]},' * (size // 10)
    whole = '{"rows":[' + rows + '{}],"city":"Bern"}'
    pieces = [{"args": whole[at : at + 29]} for at in range(0, len(whole), 29)]
    frames = [Frame(b"", piece) for piece in pieces]
    began = time.perf_counter()
    assert values_at_end([Field("f", "text", "args[json].city")], frames) == [found]
    assert time.perf_counter() - began < 20


@pytest.mark.parametrize(
    ("path", "values", "text"),
    [
        ("t", ['{"t":"a"}', '{"t":null}', "{}", '{"t":""}', '{"t":"b"}'], ["a", "b"]),
        ("t", ['{"t":7}', '{"t":0.5}', '{"t":true}'], ["7", "0.5", "true"]),
        ("t", ['{"t":[{"type":"thinking"}]}', '{"t":{"x":1}}', '{"t":"a"}'], ["a"]),
        ("t[*].x", ['{"t":[{"x":"a"},{"x":1},{}]}'], ["a1"]),
        ("t", ['{"t":12345678901234567890123}'], ["12345678901234567890123"]),
        ("t", ["no json", '{"t":"a"', "[]"], []),
        ("$", ["Here", " 42", "null", "true", '"quoted"', "{ok}", '{"a":1}'], None),
        ("$", ['"a"', '"b\\n"', "null", '""', "7", "no json"], ["a", "b\n", "", "7"]),
        ("$", ["", '"a"'], ["a"]),
    ],
)
def test_pieces_of_a_text(path: str, values: list[str], text: list[str] | None) -> None:
    """S20: null or missing adds nothing; numbers become text; data that is text stays as it came."""
    found = pieces(Field("f", "text_stream", path), *values)
    assert [each for each in found if each] == [each for each in (values if text is None else text) if each]


@pytest.mark.parametrize(
    ("type", "values", "found"),
    [
        ("number", ["1", "1.5", "true", "null", '"x"', "[]"], [1, 1.5]),
        (
            "number",
            ['"12"', '"1,204.5"', '" -3 "', '"1e3"', '"n/a"', '"1,2"', '""', '"1e999"'],
            [12, 1204.5, -3, 1000.0],
        ),
        ("number", ["9007199254740993", "18446744073709551616"], [9007199254740993, 18446744073709551616]),
        ("text", ['"a"', "7", "false", "null", "{}", '"\\ud83d"'], ["a", "7", "false", "\ufffd"]),
        ("yes_no", ["true", "0", '"False"', '"yes"', '"n/a"', "2", "null"], [True, False, False, True]),
        ("live", ['"a"', "1", "false", "null", "{}"], ["a", 1, False]),
    ],
)
def test_scalars(type: str, values: list[str], found: list[Any]) -> None:
    """S21."""
    assert pieces(Field("f", type, "v"), *(f'{{"v":{value}}}' for value in values)) == found


@pytest.mark.parametrize(
    ("when", "event", "value", "applies"),
    [
        (None, None, '{"v":1}', True),
        ({"event": "a", "match": {}}, "a", '{"v":1}', True),
        ({"event": "a", "match": {}}, None, '{"v":1}', False),
        ({"event": "message", "match": {}}, None, '{"v":1}', True),
        ({"event": None, "match": {"k": "x"}}, "b", '{"v":1,"k":"x"}', True),
        ({"event": None, "match": {"k": False}}, None, '{"v":1,"k":0}', False),
        ({"event": None, "match": {"k": 1}}, None, '{"v":1,"k":true}', False),
        ({"event": None, "match": {"k": None}}, None, '{"v":1}', True),
        ({"event": "a", "match": {"k": 1, "l.m": "x"}}, "a", '{"v":1,"k":1,"l":{"m":"x"}}', True),
        ({"event": "a", "match": {"k": 1, "l.m": "x"}}, "a", '{"v":1,"k":1,"l":{"m":"y"}}', False),
    ],
)
def test_conditions(when: dict | None, event: str | None, value: str, applies: bool) -> None:
    assert bool(pieces(Field("f", "live", "v", when), value, event=event)) is applies


def marks(end: dict | None, value: str, event: str | None = None) -> list[str]:
    return [kind for key, kind, _ in Extraction([], end).feed(frame(value, event)) if key is None]


@pytest.mark.parametrize(
    ("end", "value", "event", "kinds"),
    [
        (None, "[DONE]", None, ["end"]),
        ({"by": "data", "data": "[END]"}, "[END]", None, ["end"]),
        ({"by": "data", "data": "[END]"}, '{"t":"[END]"}', None, []),
        ({"by": "close"}, "[DONE]", None, []),
        ({"by": "event", "event": "done"}, "{}", "done", ["end"]),
        ({"by": "event", "event": "done"}, "{}", None, []),
        ({"by": "frame", "when": {"event": None, "match": {"done": True}}}, '{"done":true}', None, ["end"]),
        ({"by": "frame", "path": "done", "value": True}, '{"done":false}', None, []),
        ({"by": "frame", "path": "why"}, '{"why":"stop"}', None, ["reason"]),
        ({"by": "frame", "path": "why"}, '{"why":"null"}', None, []),
    ],
)
def test_end_signs(end: dict | None, value: str, event: str | None, kinds: list[str]) -> None:
    """S23."""
    assert marks(end, value, event) == kinds


@pytest.mark.parametrize("event", ["done", None])
def test_no_mark_shows_in_a_text(event: str | None) -> None:
    """S23."""
    end = {"by": "event", "event": "done"} if event else None
    extraction = Extraction([Field("f", "text_stream", "$")], end)
    assert extraction.feed(frame("[DONE]", event)) == [(None, "end", None)]


@pytest.mark.parametrize(
    ("value", "event", "message"),
    [
        ('{"error":{"message":"m","code":1}}', None, "m"),
        ('{"error":"m"}', None, "m"),
        ('{"error":"m","error_type":"x"}', None, "m"),
        ('{"type":"error","error":{"type":"overloaded_error","message":"m"}}', "error", "m"),
        ('{"type":"error","code":"c","message":"m","param":null}', None, "m"),
        ('{"type":"response.failed","response":{"error":{"code":"c","message":"m"}}}', "response.failed", "m"),
        ('{"event":"error","data":"m"}', None, "m"),
        ('{"event":"error","status":400,"message":"m"}', None, "m"),
        ('{"event":"workflow_finished","data":{"status":"failed","error":"m"}}', None, "m"),
        ('{"type":"error","errorText":"m"}', None, "m"),
        ('{"object":"error","message":"m","code":400}', None, "m"),
        ('{"detail":"m"}', "error", "m"),
        ('{"detail":"m"}', None, "m"),
        ('{"detail":[{"loc":[],"msg":"m","type":"x"}]}', None, "m"),
        ('{"success":false,"errors":[{"code":1,"message":"m"}],"result":null}', None, "m"),
        ('{"code":"c","message":"m","request_id":"r"}', None, "m"),
        ('{"type":"ERROR","object":{"kind":"Status","message":"m","code":410}}', None, "m"),
        ('{"jsonrpc":"2.0","id":1,"error":{"code":-1,"message":"m"}}', None, "m"),
        ('{"jsonrpc":"2.0","result":{"isError":true,"content":[{"type":"text","text":"m"}]}}', None, "m"),
        ('{"choices":[],"error":{"code":400,"message":"m"}}', None, "m"),
        ('{"error":"Word","message":"a sentence"}', None, "a sentence"),
        ('{"error":"invalid_grant","error_description":"a sentence"}', None, "a sentence"),
        ('{"error_code":17,"error_msg":"m"}', None, "m"),
        ('{"base_resp":{"status_code":1004,"status_msg":"m"}}', None, "m"),
        ('{"Response":{"Error":{"Code":"c","Message":"m"},"RequestId":"r"}}', None, "m"),
        ('{"code":10013,"message":"m","sid":"s"}', None, "m"),
        ('{"code":4100,"msg":"m","detail":{"logid":"2"}}', None, "m"),
        ('{"message_type":"error_message","message":"m"}', None, "m"),
        ('{"success":false,"message":"m"}', None, "m"),
        ('{"status":"error","reason":"m","id":7}', None, "m"),
        ('{"data":null,"errors":[{"message":"m"}]}', None, "m"),
        ('{"data":{"chat":null},"errors":[{"message":"m","path":["chat"]}]}', None, "m"),
        ("Internal Server Error: m", None, "Internal Server Error: m"),
        ("m", "error", "m"),
        ("", "error", "no reason given"),
        ('{"x":1}', "error", '{"x":1}'),
    ],
)
def test_an_error_is_known_by_the_services_own_words(value: str, event: str | None, message: str) -> None:
    """S23: an error event inside an HTTP 200."""
    extraction = Extraction([])
    assert [*extraction.feed(frame(value, event)), (None, "error", extraction.doubt)][0] == (None, "error", message)


@pytest.mark.parametrize(
    "value",
    [
        '{"error":null,"delta":"x"}',
        '{"error":"","errors":[]}',
        '{"text":"an error occurred, it failed"}',
        '{"type":"message","message":"failed to see the error"}',
        '{"message":"hello"}',
        '{"code":0,"message":"Success","sid":"s"}',
        '{"code":200,"msg":"All is well"}',
        '{"code":700,"message":"Parcel left","carrier":"by the red van"}',
        '{"code":"A17","message":"Parcel left","id":"7"}',
        '{"error_code":0,"error_msg":"fine"}',
        '{"base_resp":{"status_code":0,"status_msg":"fine"},"reply":"x"}',
        '{"data":{"error":"","status":"succeeded"}}',
        '{"data":{"chat":"hi"},"errors":[{"message":"half of it is missing"}]}',
        '{"status":"failed","check":"disk of db 4","message":"no room"}',
        '{"success":true,"message":"All is well"}',
        '{"response":{"error":null,"status":"failed?"}}',
        "plain text about an error",
        '"error"',
        "[1]",
    ],
)
def test_what_only_speaks_of_errors_is_none(value: str) -> None:
    extraction = Extraction([])
    assert extraction.feed(frame(value)) == [] and extraction.doubt is None


def test_weak_signs_of_an_error_do_not_count_where_a_field_is() -> None:
    assert Extraction([Field("f", "text", "detail")]).feed(frame('{"detail":"x"}')) == [("f", "value", "x")]


def test_an_error_the_author_named() -> None:
    error = {"when": {"event": None, "match": {"code": "3"}}, "path": "value"}
    assert Extraction([], None, error).feed(frame('{"code":"3","value":"m"}')) == [(None, "error", "m")]
    assert Extraction([], None, error).feed(frame('{"code":"0","value":"m"}')) == []


def test_an_extraction_is_made_from_a_calls_document() -> None:
    nodes = {
        "ai_1": {"type": "api", "name": "", "props": {}, "slots": {"calls": ["ca_1"]}},
        "ca_1": {
            "type": "call",
            "name": "",
            "props": {"initialized": {"framing": "sse", "end": {"by": "event", "event": "bye"}}},
            "slots": {"fields": ["fd_1", "fd_2"]},
        },
        "fd_1": {
            "type": "field",
            "name": "Answer",
            "props": {
                "type": "text_stream",
                "path": "t",
                "mode": "cumulative",
                "when": {"event": None, "match": {"k": 1}},
            },
            "slots": {},
        },
        "fd_2": {"type": "field", "name": "Tokens", "props": {"type": "number", "path": "n"}, "slots": {}},
    }
    extraction = Extraction.of({"v": 1, "root": "ai_1", "nodes": nodes}, "ca_1")
    assert extraction.feed(frame('{"t":"a","k":1,"n":2}')) == [("fd_1", "whole", "a"), ("fd_2", "value", 2)]
    assert extraction.expects_end and extraction.is_end_event("bye")
