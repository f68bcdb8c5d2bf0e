"""Progress bars show how much is done, and that nobody knows."""

import pytest

from builder.elements import elements
from tests.builder.elements.alone import MOVES, drawn


@pytest.mark.parametrize(
    "value, shown", [(40, "40"), (0, "0"), (2.5, "2.5"), ("7", "7"), (None, None), ("soon", None), (MOVES, None)]
)
def test_a_number_is_shown_and_anything_else_is_unknown(value, shown):
    html = drawn("progress", value=value, most=80)
    assert 'max="80"' in html
    assert (f'<progress data-a="value max" value="{shown}"' in html) == (shown is not None)
    if value is not MOVES:
        assert elements["progress"].given("value", value) == shown


@pytest.mark.parametrize("most", [0, -3, "many"])
def test_what_is_all_is_more_than_nothing(most):
    assert elements["progress"].given("most", most) is None


def test_its_label_names_it():
    assert drawn("progress", label="Reading", show_label=False).startswith("<label ")
