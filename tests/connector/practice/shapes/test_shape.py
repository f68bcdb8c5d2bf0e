"""How messages are read, whatever the shape."""

import pytest

from connector.practice.request import BadRequest
from connector.practice.shapes import SHAPES
from connector.practice.shapes.shape import messages_in, text_of


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("hello", "hello"),
        ([{"text": "a"}, {"type": "image"}, "b", 3, None], "a\nb"),
        ({"text": "a"}, "a"),
        (None, ""),
        (7, ""),
    ],
)
def test_the_text_of_a_message_is_a_string_or_parts(content, text):
    assert text_of(content) == text


def test_a_message_without_role_is_the_users():
    assert messages_in([{"content": "a"}, {"role": "system", "content": "b"}], "m") == [("user", "a"), ("system", "b")]


@pytest.mark.parametrize("value", [None, [], {}, "a", [1]])
def test_what_is_no_list_of_messages_is_refused_by_its_name(value):
    with pytest.raises(BadRequest, match="contents must be a list"):
        messages_in(value, "contents")


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_every_shape_answers_at_the_path_it_names(shape):
    assert shape.route.fullmatch(shape.path)
    assert sum(bool(other.route.fullmatch(shape.path)) for other in SHAPES) == 1
