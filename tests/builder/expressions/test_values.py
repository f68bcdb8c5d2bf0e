"""Runtime values, as people read them."""

from datetime import UTC, date, datetime

import pytest

from builder.expressions import values
from builder.operators.stream import NEVER, STREAMING


class Thing:
    def __init__(self, key, type="dt_note01"):
        self.key, self.type = key, type

    def field(self, key):
        return None

    def as_json(self):
        return {"title": self.key}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("a", "a"),
        (3, "3"),
        (3.0, "3"),
        (0.1 + 0.2, "0.3"),
        (1234567.5, "1234567.5"),
        (1e25, "1e+25"),
        (float("nan"), ""),
        (float("inf"), ""),
        (-0.0, "0"),
        (True, "yes"),
        (False, "no"),
        (datetime(2026, 11, 21, 14, 5, 9, tzinfo=UTC), "2026-11-21 14:05"),
        (date(2026, 11, 21), "2026-11-21"),
        (["a", 2, None], "a, 2, "),
        ({"a": 1}, '{"a": 1}'),
        (STREAMING, "Leaf drop"),
        (Thing("a"), ""),
    ],
)
def test_a_value_has_one_text(value, text):
    assert values.as_text(value) == text


@pytest.mark.parametrize(
    ("value", "number"),
    [
        *[
            ("3", 3),
            (" 3.5 ", 3.5),
            ("-1e3", -1000.0),
            ("1_000", None),
            ("٣", None),
            ("nan", None),
            ("", None),
            (True, None),
        ],
        *[(4, 4), (float("inf"), None), ("9" * 5000, None), (10**400, None), ([1], None), (None, None)],
    ],
)
def test_a_number_is_read_strictly(value, number):
    assert values.as_number(value) == number


@pytest.mark.parametrize(
    ("value", "yes"),
    [
        (True, True),
        (False, False),
        ("yes", True),
        ("True", True),
        ("no", False),
        (1, False),
        (None, False),
        ([1], False),
    ],
)
def test_only_yes_is_yes(value, yes):
    assert values.as_yes(value) is yes


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        (3, 3.0, True),
        (True, 1, False),
        (None, "", True),
        ("", [], True),
        (0, None, False),
        (STREAMING, "Leaf drop", True),
        (NEVER, None, True),
        (Thing("a"), Thing("a"), True),
        (Thing("a"), Thing("a", "dt_other1"), False),
        (Thing("a"), "a", False),
    ],
)
def test_values_are_the_same_as_people_see_them(one, other, equal):
    assert values.same(one, other) is values.same(other, one) is equal


def test_s40b_a_list_of_things_is_a_list_of_objects_as_json():
    assert values.as_json([Thing("a"), STREAMING, date(2026, 11, 21), {"n": None}]) == [
        {"title": "a"},
        "Leaf drop",
        "2026-11-21",
        {"n": None},
    ]


def test_a_list_is_made_of_one_value_and_of_none():
    assert (values.as_list(None), values.as_list("ab"), values.as_list((1, 2))) == ([], ["ab"], [1, 2])
