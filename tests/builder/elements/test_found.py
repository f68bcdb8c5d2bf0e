"""What is typed into a field with choices names one of them."""

import pytest

from tests import script

TWO_FIGS = [("th_1", "Fig"), ("th_2", " Fíg "), ("th_3", "Fern")]


@pytest.mark.parametrize(
    ("words", "chosen", "named"),
    [
        ("fig", "th_2", "th_2"),
        ("FIG", "th_1", "th_1"),
        ("fig", "th_3", "th_1"),
        ("fern", "th_2", "th_3"),
        ("fi", "", ""),
    ],
)
def test_of_two_with_the_same_name_the_one_that_is_chosen_stays(words, chosen, named):
    """To leave the field by Tab is to choose nothing else."""
    given = [{"textContent": text, "dataset": {"value": key}} for key, text in TWO_FIGS]
    code = "import { named } from 'live/elements/found'; out(named(options, words, chosen)?.dataset.value ?? '')"
    assert script.run(code, options=given, words=words, chosen=chosen) == named
