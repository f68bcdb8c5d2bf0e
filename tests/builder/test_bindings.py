"""Properties that take a plain value or dynamic data."""

import pytest
from django import forms
from django.http import QueryDict

from builder.bindings import Bindable, Bound, bound
from builder.expressions import bounds
from builder.fields import RowsField

CHIP = {"from": "element", "args": {"element": "el_quest1"}, "ops": []}


class Row(forms.Form):
    name = forms.CharField()
    value = Bindable(forms.CharField(required=False), type="any")


class Props(forms.Form):
    text = Bindable(forms.CharField(required=False, initial="Hello", label="Text"), type="text")
    wide = Bindable(forms.BooleanField(required=False, initial=True), type="yes_no")
    size = Bindable(forms.IntegerField(required=False, max_value=100), type="number")
    day = Bindable(forms.DateField(required=False), type="date")
    data = Bindable(forms.JSONField(required=False), type="any")
    name = Bindable(forms.CharField(max_length=10), type="text")
    rows = RowsField(Row, required=False)


def _clean(**changes):
    form = Props({"name": "Answer"} | changes)
    return form.cleaned_data if form.is_valid() else {name: list(found) for name, found in form.errors.items()}


def test_it_works():
    assert _clean() == {
        "text": "Hello",
        "wide": True,
        "size": None,
        "day": None,
        "data": None,
        "name": "Answer",
        "rows": [],
    }


@pytest.mark.parametrize(
    ("prop", "value"),
    [
        ("text", "Hi"),
        ("text", ""),
        ("text", CHIP),
        ("text", {**CHIP, "was": "Question's value"}),
        ("text", {"text": ["Hi ", CHIP]}),
        ("name", CHIP),
        ("wide", False),
        ("wide", CHIP),
        ("size", 7),
        ("size", CHIP),
        ("day", "2026-11-21"),
        ("data", CHIP),
        ("data", [{"a": CHIP}]),
        ("data", {"a": 1}),
    ],
)
def test_a_plain_value_and_dynamic_data_are_stored_as_they_are(prop, value):
    assert _clean(**{prop: value})[prop] == value
    assert type(_clean(**{prop: value})[prop]) is type(value)


@pytest.mark.parametrize(
    ("prop", "value", "sentence"),
    [
        ("text", {"a": 1}, "An object cannot stand here."),
        ("text", [CHIP], "A list cannot stand here."),
        ("text", 3, "A number cannot stand here."),
        ("text", True, "A yes/no cannot stand here."),
        ("size", True, "A yes/no cannot stand here."),
        ("size", "many", "Enter a whole number."),
        ("size", 101, "Ensure this value is less than or equal to 100."),
        ("wide", 3, "A number cannot stand here."),
        ("wide", {"a": 1}, "An object cannot stand here."),
        ("name", "", "This field is required."),
        ("name", None, "This field is required."),
        ("name", {"text": []}, "This field is required."),
        (
            "text",
            {"text": [3]},
            "This is not an expression: a text holds something that is neither text nor dynamic data. Remove it and put it together again.",
        ),
        (
            "text",
            {**CHIP, "ops": [{}]},
            "This is not an expression: an operator has no name. Remove it and put it together again.",
        ),
    ],
)
def test_json_of_another_type_is_refused_before_it_is_bent(prop, value, sentence):
    assert _clean(**{prop: value}) == {prop: [sentence]}


def test_a_value_too_large_is_refused_by_its_bound():
    assert _clean(data=["x"] * bounds.PARTS) == {
        "data": [
            "This value is too large: more than 2,000 parts in one value. Make it simpler, or spread it over several steps."
        ]
    }


def test_a_text_whose_chips_are_gone_is_a_plain_text_again():
    assert _clean(text={"text": ["Hel", "lo", ""]})["text"] == "Hello"


def test_options_go_before_what_the_inner_field_says():
    field = Bindable(forms.CharField(label="Inner"), type="text", label="Outer", required=False)
    assert (field.label, field.required, field.clean("")) == ("Outer", False, "")


def test_a_control_says_what_it_expects_and_stays_empty_under_chips():
    html = str(Props({"name": CHIP})["name"])
    assert 'data-expects="text"' in html and 'maxlength="10"' in html
    assert "value=" not in html
    assert 'value="Answer"' in str(Props({"name": "Answer"})["name"])


def test_a_box_that_a_posted_form_does_not_send_is_no():
    form = Props(QueryDict("name=Answer&size=7&rows=[]"))
    assert form.is_valid()
    assert (form.cleaned_data["wide"], form.cleaned_data["size"]) == (False, 7)


def test_what_a_form_binds_is_found_also_in_rows():
    props = {"text": CHIP, "size": 3, "rows": [{"name": "a", "value": CHIP}, {"name": "b"}], "gone": 1}
    assert list(bound(Props.base_fields, props)) == [
        Bound("text", "text", CHIP),
        Bound("size", "number", 3),
        Bound("rows.0.value", "any", CHIP),
    ]
