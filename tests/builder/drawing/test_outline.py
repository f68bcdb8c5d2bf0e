"""The tree as rows: what stands beside the name of an element."""

import pytest

from builder.drawing.outline import rows, tree_pieces
from tests.builder.reusable import catalog
from workflows.starters.written import element, source, text

CHIP = source("now")


@pytest.mark.parametrize(
    ("name", "props", "said"),
    [
        ("Button", {"label": "Send"}, "Send"),
        ("Button 12", {"label": "Send"}, "Send"),
        ("Button", {}, ""),
        ("Send button", {"label": "Send"}, ""),
        ("Button two", {"label": "Send"}, ""),
        ("Button", {"label": text("At ", CHIP)}, "At …"),
        ("Button", {"label": CHIP}, ""),
    ],
    ids=["born", "born with a number", "nothing written", "named", "named alike", "with data", "data alone"],
)
def test_what_is_written_in_it_stands_beside_a_name_that_nobody_has_chosen(name, props, said):
    """Its name stays: whatever refers to it goes by its id, and is called by its name."""
    found = catalog(element("el_press1", "button", name, **props))
    [_, row] = rows(found.page("pg_page01"), found)
    assert (row.name, row.said) == (name, said)
    assert ("said" in tree_pieces([row])["el_press1"]) == bool(said)
