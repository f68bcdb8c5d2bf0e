"""Whole JSON values out of bytes: where each ends, in linear time, under a limit."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connector.answers.values import Values, first_value, is_broken

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)
GAPS = st.sampled_from(["", " ", "\n", "\r\n\t "])


@given(values=st.lists(JSON.filter(lambda value: isinstance(value, dict | list | str)), max_size=6), gap=GAPS)
def test_values_one_after_the_other_are_given_apart(values: list, gap: str) -> None:
    body = gap.join(json.dumps(value, ensure_ascii=False) for value in values).encode()
    walk, found = Values(1000), []
    for byte in body:
        found += walk.feed(bytes([byte]))
    assert [json.loads(raw) for raw in found] == values
    assert walk.flush() == b"" and walk.depth == 0
    assert Values(1000).feed(body) == found


@given(values=st.lists(JSON, max_size=6), indent=st.sampled_from([None, 0, 2]))
def test_the_elements_of_an_array_are_given_apart(values: list, indent: int | None) -> None:
    body = json.dumps(values, indent=indent).encode()
    assert [json.loads(raw) for raw in Values(1000, elements=True).feed(body)] == values


def test_a_value_is_there_with_its_last_byte() -> None:
    walk = Values(100)
    assert walk.feed(b'{"a":"}\\"') == [] and walk.feed(b'"}') == [b'{"a":"}\\""}']
    assert walk.feed(b"12") == [] and walk.feed(b" ") == [b"12"]


@pytest.mark.parametrize(
    "piece", [b'\\"{', b"\\\\", b"[[]]", b"x" * 1000, b'"a",', b"\n "], ids=lambda piece: repr(piece)[:8]
)
def test_a_value_in_small_reads_takes_linear_time(piece: bytes) -> None:
    def seconds(count: int) -> float:
        walk = Values(100_000_000)
        started = time.process_time()
        walk.feed(b'{"a":"' if b"\\" in piece else b'{"a":[')
        for _ in range(count):
            walk.feed(piece * 4)
        return time.process_time() - started

    seconds(2_000)
    assert seconds(20_000) < 40 * max(seconds(2_000), 0.005)


@pytest.mark.parametrize(
    ("head", "found"),
    [
        (b'{"a":1}', (b'{"a":1}', b"")),
        (b'{"a":1}\n{', (b'{"a":1}', b"\n{")),
        (b"[1] \xff", (b"[1]", b" \xff")),
        (b'{"a":\xff"', None),
        (b'{"a":', None),
        (b"", None),
        (b"[" * 100_000, None),
    ],
    ids=lambda value: repr(value)[:20],
)
def test_the_first_value_and_what_follows(head: bytes, found: tuple[bytes, bytes] | None) -> None:
    assert first_value(head) == found


@pytest.mark.parametrize("whole", ['{"a":"x\\u00e9\\n","b":[1.5e3,true,false,null],"c":{}}', '[{"a":-1},"x"]'])
def test_what_is_merely_cut_off_is_not_broken(whole: str) -> None:
    assert [end for end in range(1, len(whole)) if is_broken(whole[:end].encode())] == []


@pytest.mark.parametrize("head", ["{'a': 1, 'b': 2}", "{ok} then what", "{a: 1, b: 2}", "[x, y and z]"])
def test_what_cannot_become_json_is_broken(head: str) -> None:
    assert is_broken(head.encode())
