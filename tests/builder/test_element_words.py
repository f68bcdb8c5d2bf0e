"""The words on elements, where elements are chosen: from what their name does not say yet."""

import pytest

from builder.document import body, node
from builder.element_words import with_words
from builder.expressions.catalog import Catalog, Place
from builder.expressions.offers import offers
from builder.placed import ElementField

ARRIVING = {"text": ["Hello ", {"from": "now"}, "!"]}


@pytest.mark.parametrize(
    ("name", "props", "shown"),
    [
        ("Button 2", {"label": "Send"}, "Button 2 – Send"),
        ("Send", {"label": "send"}, "Send"),
        ("Button", {}, "Button"),
        ("Input", {"label": "Question", "placeholder": "Ask about a plant"}, "Input – Question"),
        ("Text", {"text": ARRIVING}, "Text – Hello …!"),
        ("Text", {"text": "a " * 40}, f"Text – {'a ' * 19}a…"),
        ("Text", {"text": "Two\nlines"}, "Text – Two lines"),
    ],
)
def test_an_element_is_told_apart_by_its_words(name, props, shown):
    assert with_words(node("button", name, props)) == shown


def test_steps_and_the_composer_list_elements_with_their_words():
    buttons = {
        f"el_go000{at}": node("button", f"Button {at}", {"label": words}) for at, words in ((1, "Go"), (2, "Send"))
    }
    question = {"el_quest1": node("input", "Input", {"label": "Question"})}
    page = body(
        "pg_test01", {"pg_test01": node("page", "index", children=[*buttons, *question]), **buttons, **question}
    )
    place = Place(Catalog([("page", "pg_test01", page)]), page="pg_test01")
    found = [words for _, words in ElementField(event="clicked").found(place)]
    assert found == ["Button 1 – Go", "Button 2 – Send"]
    [[offer]] = [offered for source, offered in offers(place) if source.name == "element"]
    assert (offer.label, offer.hint) == ("Input's value", "Input – Question")
