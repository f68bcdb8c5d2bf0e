"""Alerts are read aloud as their kind asks."""

import pytest

from tests.builder.elements.alone import drawn


@pytest.mark.parametrize("kind, role", [("info", "status"), ("ok", "status"), ("warn", "alert"), ("danger", "alert")])
def test_only_what_is_wrong_interrupts(kind, role):
    html = drawn("alert", kind=kind)
    assert f'role="{role}"' in html and "<svg" in html, "colour is not the only sign"


def test_html_in_its_words_stays_text():
    assert "&lt;img" in drawn("alert", title="<img src=x onerror=alert(1)>")
