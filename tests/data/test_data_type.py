"""What is wrong with a data type: errors keep it from being stored, issues stay while its author works (S43)."""

import pytest

from builder.document import body, node
from builder.kinds import kinds
from tests.data.conftest import plant


def _type(name="Plant", **fields):
    return body("dt_a", {"dt_a": node("data_type", name, fields=list(fields)), **fields})


def _found(drawn):
    return [(problem.severity, problem.sentence) for problem in kinds["data_type"].problems(drawn)]


def test_a_good_one_has_no_problem():
    assert _found(plant()) == []
    assert _found(kinds["data_type"].blank("dt_a", "Plant")) == []


@pytest.mark.parametrize(
    ("drawn", "sentence"),
    [
        (_type(" "), "A data type needs a name."),
        (_type(df_a=node("field", "", {"type": "text"})), "A field needs a name."),
        (_type(df_a=node("field", "A", {"type": "stream"})), "A data type holds fields of type text"),
        (_type(df_a=node("field", "A", {})), "A data type holds fields of type text"),
        (_type(df_a=node("button", "A", {"type": "text"})), "A data type holds fields of type text"),
    ],
)
def test_what_cannot_be_stored_is_an_error(drawn, sentence):
    [(severity, said)] = _found(drawn)
    assert severity == "error" and said.startswith(sentence)


def test_two_fields_of_one_name_are_an_issue():
    fields = {"df_a": node("field", "Name", {"type": "text"}), "df_b": node("field", "name ", {"type": "number"})}
    assert _found(_type(**fields)) == [("issue", "There are two fields named name . Rename one of them.")]
