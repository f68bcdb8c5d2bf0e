"""Answers that are kept at hand are short ones."""

import pytest

from builder.caching import LONG, cached, characters
from builder.document import body, node
from builder.drawing import render

# A text that moves: it is not drawn by what is written in it alone.
MOVES = {"from": "element", "args": {"element": "el_gone00"}, "ops": []}


def test_what_is_asked_again_is_not_worked_out_again_unless_it_is_long():
    asked = []

    @cached(len)
    def twice(text):
        asked.append(len(text))
        return text * 2

    short, long = "a" * LONG, "b" * (LONG + 1)
    assert [twice(each) for each in (short, short, long, long)] == [short * 2] * 2 + [long * 2] * 2
    assert asked == [len(short), len(long), len(long)]


def test_texts_are_counted_however_deep_they_stand():
    assert characters((str, ("ab", 5, (None, ("cde",))), "f")) == 6


@pytest.mark.parametrize(("length", "times"), [(10, 1), (10_000, 2)])
def test_no_long_text_of_a_page_stays_in_memory(monkeypatch, length, times):
    """Each key that is pressed in a long text would leave copies of it that nobody asks for again."""
    drawn = []

    def counted(template, context):
        drawn.append(template)
        return f"{template} {length}"

    monkeypatch.setattr(render, "render_to_string", counted)
    nodes = {"el_long01": node("heading", "Long", {"text": "x" * length, "visible": MOVES})}
    document = body("pg_test01", {"pg_test01": node("page", "index", {}, children=[*nodes], states=[]), **nodes})
    for _ in range(2):
        render.element_html(document, None, "el_long01", "live")
    assert len(drawn) == times
