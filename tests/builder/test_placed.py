"""What a field offers that knows where in the app it stands."""

from builder.expressions.catalog import Catalog, Place
from builder.placed import ElementField
from builder.starters import starters


def test_where_inputs_are_meant_texts_and_buttons_are_not_offered_but_what_may_hold_inputs_is():
    catalog = Catalog((kind, body["root"], body) for kind, body in starters["demo"].documents())
    place = Place(catalog, "pg_chat01")
    offered = {catalog.node(key)["type"] for key, _ in ElementField(inputs=True).found(place)}
    assert {"multiline", "group", "repeating_group"} <= offered
    assert not offered & {"text", "heading", "button", "live_text", "markdown"}
    assert {"text", "button"} <= {catalog.node(key)["type"] for key, _ in ElementField().found(place)}
