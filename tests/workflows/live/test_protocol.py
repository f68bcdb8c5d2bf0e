"""What goes over a live page's socket: every message can be written, and no browser says more than a page would."""

import json

import pytest

from builder.errors import Invalid
from builder.expressions.catalog import Catalog
from workflows.live.page import LivePage
from workflows.live.protocol import MOST_BATCHES, MOST_INPUTS, Happened, Hello, read, write
from workflows.live.visit import Visit
from workflows.starters.written import element, page, source, text

HUGE = 2**70


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (2**63, 2**63),
        (HUGE, str(HUGE)),
        (-HUGE, str(-HUGE)),
        ("half \ud83d", "half \ufffd"),
        ("\ud83d\ude00", "😀"),
        ([HUGE, None, True, 1.5], [str(HUGE), None, True, 1.5]),
        ({1: "\ud83d"}, {"1": "\ufffd"}),
        (float("nan"), None),
    ],
    ids=["64 bits", "more", "less", "half a pair", "two halves", "a list", "an object", "not a number"],
)
def test_P3_whatever_a_value_holds_its_message_is_written(value, told):
    patches = [["set", "el_one001", "value", value], ["append", "el_two002", "text", " and"]]
    said = json.loads(write({"n": 3, "p": patches}))
    assert said == {"n": 3, "p": [["set", "el_one001", "value", told], patches[1]]}


async def test_P3_a_number_that_no_message_can_hold_takes_nothing_from_the_rest_of_its_page():
    """A message that cannot be written is lost with all that is in it, and so is every one of who comes back."""
    number = source("state", state="st_count1")
    document = page(
        "pg_page01",
        "index",
        "Index",
        element("el_count1", "input", "Count", content="number", initial=number),
        element("el_shown1", "text", "Shown", text=text(number)),
    )
    document["nodes"]["st_count1"] = {"type": "state", "name": "Count", "props": {"type": "number"}, "slots": {}}
    document["nodes"]["pg_page01"]["slots"]["states"] = ["st_count1"]
    visit = Visit(None, LivePage(document, Catalog([("page", "pg_page01", document)])))
    visit.set_state("st_count1", HUGE)
    for _ in range(2):
        said = []
        visit.outbox.attach(said.append, 0)
        [batch] = [json.loads(each) for each in said]
        assert ["set", "el_count1", "value", str(HUGE)] in batch["p"]
        assert ["set", "el_shown1", "text", str(HUGE)] in batch["p"]


@pytest.mark.parametrize("have", [-1, MOST_BATCHES + 1, 2**64 - 1, 1.5, "1", None])
def test_a_position_that_no_page_can_have_is_no_hello(have):
    with pytest.raises(Invalid):
        read(json.dumps({"t": "hello", "visit": None, "have": have, "v": 1}))


def test_a_page_tells_of_so_many_inputs_at_once():
    def said(many):
        values = {f"el_input1@n{number}": "" for number in range(many)}
        return read(json.dumps({"t": "event", "id": "one", "el": None, "on": "typed", "values": values}))

    happened = said(MOST_INPUTS)
    assert isinstance(happened, Happened) and len(happened.values) == MOST_INPUTS
    with pytest.raises(Invalid):
        said(MOST_INPUTS + 1)
    assert read('{"t": "hello", "visit": null, "have": 0, "v": 1}') == Hello(None, 0, 1)
