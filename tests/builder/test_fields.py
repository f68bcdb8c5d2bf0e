"""Rows of a form, each cleaned by its own."""

import pytest
from django import forms

from builder.bindings import Bindable
from builder.fields import RowsField

CHIP = {"from": "now", "args": {}, "ops": []}


class Row(forms.Form):
    name = forms.CharField(max_length=5)
    count = forms.IntegerField(required=False, initial=1)
    value = Bindable(forms.CharField(required=False), type="any", initial="")

    def clean(self):
        if self.cleaned_data.get("name") == "both":
            raise forms.ValidationError("Not both.")


def _errors(value, **options):
    with pytest.raises(forms.ValidationError) as caught:
        RowsField(Row, **options).clean(value)
    return [(error.code, error.message) for error in caught.value.error_list]


def test_each_row_is_cleaned_by_its_form_with_its_defaults():
    assert RowsField(Row).clean([{"name": "a", "value": CHIP, "unknown": 1}, {"name": "b", "count": 2}]) == [
        {"name": "a", "count": 1, "value": CHIP},
        {"name": "b", "count": 2, "value": ""},
    ]


def test_rows_that_a_page_posts_are_json_in_a_text():
    assert RowsField(Row).clean('[{"name": "a"}]') == [{"name": "a", "count": 1, "value": ""}]


@pytest.mark.parametrize("value", [None, "", []])
def test_no_rows_are_an_empty_list(value):
    assert RowsField(Row, required=False).clean(value) == []


def test_errors_say_row_and_field():
    assert _errors([{"name": "a"}, {"name": "too long", "count": "x"}, {"name": "both"}]) == [
        ("1.name", "Row 2, Name: Ensure this value has at most 5 characters (it has 8)."),
        ("1.count", "Row 2, Count: Enter a whole number."),
        ("2.", "Row 3: Not both."),
    ]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ({"name": {"a": 1}}, "Row 1, Name: An object cannot stand here."),
        ({"name": 3}, "Row 1, Name: A number cannot stand here."),
        ({"name": "a", "count": True}, "Row 1, Count: A yes/no cannot stand here."),
        ({"name": "a", "value": {"a": 1}}, "Row 1, Value: An object cannot stand here."),
    ],
)
def test_json_of_another_type_is_refused_before_it_is_bent(row, sentence):
    assert [message for _, message in _errors([row])] == [sentence]


@pytest.mark.parametrize("value", [{"name": "a"}, ["a"], 3, [None]])
def test_what_is_no_rows_is_refused(value):
    assert _errors(value) == [("rows", "These are not rows.")]


def test_rows_are_bounded():
    assert _errors([{"name": "a"}] * 3, most=2) == [("rows", "There are more than 2 rows.")]


def test_required_rows_must_be_there():
    assert [code for code, _ in _errors([])] == ["required"]
