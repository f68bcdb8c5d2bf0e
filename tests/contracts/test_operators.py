"""Every operator: documented, its examples hold, it never raises on wrong data, and it is pure."""

import inspect

import pytest

from builder.expressions.catalog import Catalog, Place
from builder.expressions.check import problems
from builder.expressions.evaluate import evaluate
from builder.expressions.values import as_date
from builder.operators import operators, operators_for
from builder.operators.stream import DONE, NEVER, STREAMING
from builder.types import family, types

PLACE = Place(Catalog())
EXAMPLES = [(name, example) for name, entry in operators.items() for example in entry.examples]
WRONG = [
    None,
    "",
    "text",
    0,
    3,
    -1.5,
    1e308,
    True,
    False,
    [],
    ["a", 1, None],
    {},
    {"a": 1},
    DONE,
    NEVER,
    STREAMING,
    object(),
]


class Holding:
    """A context that only knows one state, and the item at hand."""

    def __init__(self, value):
        self.value = value

    def state(self, key):
        return self.value

    def item(self):
        return None


def _apply(name, value, args):
    return evaluate({"from": "state", "args": {"state": "st_a"}, "ops": [{"op": name, "args": args}]}, Holding(value))


@pytest.mark.parametrize(("name", "example"), EXAMPLES, ids=lambda each: each if isinstance(each, str) else "")
def test_every_example_holds(name, example):
    result = _apply(name, example.value, example.args)
    assert result == example.gives
    assert type(result) is type(example.gives)


@pytest.mark.parametrize("name", operators)
def test_every_operator_is_documented_with_one_line_and_has_examples(name):
    entry = operators[name]
    assert entry.help.endswith(".")
    assert len(entry.help) <= 100 and "\n" not in entry.help
    assert entry.examples
    assert entry.label and entry.label == entry.label.strip()


@pytest.mark.parametrize("name", operators)
def test_arguments_are_those_of_the_function(name):
    entry = operators[name]
    assert len(inspect.signature(entry.run).parameters) == 1 + len(entry.args)
    assert all(family(arg.type) in types or arg.type == "same" for arg in entry.args)
    assert all(arg.label for arg in entry.args)
    assert all(len(example.args) == len(entry.args) for example in entry.examples)


@pytest.mark.parametrize("name", operators)
def test_the_result_has_a_known_type(name):
    entry = operators[name]
    for taken in entry.takes:
        given = {"list": "list:object", "thing": "object", "call": "object"}.get(taken, taken)
        result = entry.result_type(given, [None] * len(entry.args), PLACE)
        assert result and family(result) in types


@pytest.mark.parametrize("name", operators)
def test_wrong_data_never_raises(name):
    entry = operators[name]
    for value in WRONG:
        for arg in WRONG:
            _apply(name, value, [arg] * len(entry.args))


@pytest.mark.parametrize("name", operators)
def test_an_operator_leaves_its_value_as_it_was(name):
    value = [{"a": 1}, {"a": 2}]
    _apply(name, value, [{"a": 1}] * len(operators[name].args))
    assert value == [{"a": 1}, {"a": 2}]


def test_every_operator_can_be_reached_in_the_composer():
    offered = {entry.name for type in types for group in operators_for(type).values() for entry in group}
    # These two stand in the composer as the names of the fields themselves.
    assert operators.keys() - offered == {"field", "each_items_field"}


def test_s25_only_the_full_text_is_final():
    assert [name for name, entry in operators.items() if entry.final] == ["full_text"]


def test_dates_of_examples_are_dates():
    assert all(as_date(example.value) for name, example in EXAMPLES if name == "is_after" and example.value)


def test_there_is_much_to_do_with_every_type_and_no_two_say_the_same():
    assert len(operators) >= 70
    for type in ("text", "number", "yes_no", "date", "list", "stream", "object"):
        labels = [entry.label for found in operators_for(type).values() for entry in found]
        assert len(labels) == len(set(labels)), type
        assert len(labels) >= 10, type


def test_an_argument_that_is_no_pattern_says_so():
    holds = {"from": "now", "args": {}, "ops": [{"op": "as_text", "args": []}, {"op": "matches", "args": ["("]}]}
    assert problems(holds, "yes_no", PLACE) == [
        "In “matches”: A group “(” is not closed. Add a “)”, or write \\( for the character."
    ]
