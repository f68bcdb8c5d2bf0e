"""Dividers are separators, across or upright."""

from tests.builder.elements.alone import drawn


def test_across_is_what_a_rule_is():
    html = drawn("divider")
    assert html.startswith("<hr ") and "aria-orientation" not in html


def test_upright_says_so():
    assert 'aria-orientation="vertical"' in drawn("divider", direction="column")
