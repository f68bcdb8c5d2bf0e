"""Spinners say what goes on."""

import pytest

from tests.builder.elements.alone import drawn


@pytest.mark.parametrize("shown", [True, False])
def test_its_label_is_read_aloud_whether_it_is_shown_or_not(shown):
    html = drawn("spinner", label="Asking", show_label=shown)
    assert 'role="status"' in html and ">Asking</span>" in html and ('class="sw-aside"' in html) != shown
