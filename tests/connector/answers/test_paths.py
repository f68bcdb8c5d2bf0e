"""Paths are read, written and followed."""

import pytest

from connector.answers.paths import BadPath, Opening, compile_path, parse_path, write_path

VALUE = {
    "a": {"b": [{"c": 1}, {"c": None}, {"c": 3}, "d"]},
    "odd.key": 2,
    'qu"ote': {"": 5},
    "$schema": "s",
    "text": "hello",
    "inside": '{"x": [{"y": 1}, {"y": 2}], "again": "[3]"}',
    "packed": "eyJ4IjogIsOkIn0=",
    "äöü key": {"x-y": True},
}

FOUND = {
    "$": VALUE,
    "a.b[0].c": 1,
    "a.b[1].c": None,
    "a.b[9].c": None,
    "a.b[*].c": [1, 3],
    "a.b[*].z": None,
    "a.b[0][*]": None,
    '["odd.key"]': 2,
    '["qu\\"ote"][""]': 5,
    "$schema": "s",
    "$.text": "hello",
    "text[0]": None,
    "text.length": None,
    "äöü key.x-y": True,
    "inside[json].x[1].y": 2,
    "inside[json].x[*].y": [1, 2],
    "inside[json].again[json][0]": 3,
    "packed[base64][json].x": "ä",
    "packed[json].x": None,
    "text[json]": None,
    "text[base64]": None,
    "a[json].b": None,
    "nowhere.at.all": None,
    "a.b.c": None,
    "a[0]": None,
}


@pytest.mark.parametrize(("path", "found"), FOUND.items(), ids=FOUND.keys())
def test_a_path_finds_what_stands_there(path: str, found: object) -> None:
    assert compile_path(path)(VALUE) == found


def test_a_path_may_begin_in_a_list_and_nest_lists() -> None:
    assert compile_path("[0].content")([{"content": "x"}]) == "x"
    assert compile_path("[*][*].t")([[{"t": 1}], [], [{"t": 2}, {}], 3]) == [1, 2]


@pytest.mark.parametrize("value", [None, "text", 1, True, [], {}])
def test_a_path_finds_nothing_in_what_has_no_inside(value: object) -> None:
    assert compile_path("a.b")(value) is None and compile_path("[0]")(value) is None


@pytest.mark.parametrize(
    "path", ["", " ", "a..b", ".a", "a.", "a[", "a[x]", "a[-1]", "a]b", "a[0]b", '["a]', "a[]", '["\\x"]']
)
def test_a_path_nobody_can_follow_is_refused_in_words(path: str) -> None:
    with pytest.raises(BadPath) as caught:
        parse_path(path)
    assert path in str(caught.value)


@pytest.mark.parametrize("path", FOUND)
def test_a_path_that_is_written_reads_back(path: str) -> None:
    assert parse_path(write_path(parse_path(path))) == parse_path(path)


@pytest.mark.parametrize(
    "steps",
    [("$",), ("$", "x"), ("a b ",), ("",), ('"',), ("[0]",), ("a.b", 0, ..., "é"), ("a", Opening.BASE64, Opening.JSON)],
)
def test_any_steps_can_be_written(steps: tuple) -> None:
    assert parse_path(write_path(steps)) == steps
