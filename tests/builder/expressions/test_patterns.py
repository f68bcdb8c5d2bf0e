"""P31: patterns find what regular expressions find, and no pattern takes long."""

import re
import time

import pytest

from builder.expressions.bounds import TooMuch
from builder.expressions.patterns import LONGEST, LOOKS, found_in, wrong

TEXT = "Orders AB-12, CD-345 and x9; a.b@c.org — naïve straße\nSecond line: 2026-11-21 (ok) [x] aaa-aab"


@pytest.mark.parametrize(
    "pattern",
    [
        "[A-Z]{2}-\\d+",
        "\\w+@\\w+\\.org",
        "^Orders",
        "aab$",
        "a+?b",
        "a{2,3}",
        "(?:ab|cd|x)+\\d?",
        "\\bline\\b",
        "[^a-z\\s]+",
        "[-x]+",
        "[]x]+",
        "(a|aa)+b",
        "\\d{4}-(\\d{2})-\\d{2}",
        "x*?9",
        ".+",
        "\\S+\\s\\S+",
        "(a*)*b",
        "\\(ok\\)|\\[x\\]",
    ],
)
def test_a_pattern_finds_what_a_regular_expression_finds(pattern):
    expected = [found.span() for found in re.finditer(pattern.replace("$", "\\Z"), TEXT) if found[0]]
    assert found_in(TEXT, pattern) == expected


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|a)*b", "(a*)*b", "((a+)+)+b", "(.*)(.*)(.*)(.*)x"])
def test_p31_patterns_that_never_end_elsewhere_end_soon(pattern):
    began = time.perf_counter()
    assert found_in("a" * 300, pattern) in ([], [(0, 300)])
    assert time.perf_counter() - began < 5


def test_p31_a_search_through_too_much_says_so():
    with pytest.raises(TooMuch, match="characters to look at"):
        found_in("ab" * (LOOKS // 2), "(a|b)+c")


def test_p31_a_text_that_is_too_long_is_not_searched_at_all():
    assert found_in("a" * LONGEST, "^a", 1) == [(0, 1)]
    with pytest.raises(TooMuch, match="more than 50,000 characters in a text that a pattern is looked for in"):
        found_in("a" * (LONGEST + 1), "^a", 1)


@pytest.mark.parametrize(
    ("pattern", "says"),
    [
        ("(", "not closed"),
        (")", "closes nothing"),
        ("[a", "not closed"),
        ("[z-a]", "backwards"),
        ("*", "Nothing stands before"),
        ("a**", "follows another"),
        ("a{5,2}", "smaller number"),
        ("a{x}", "stand numbers"),
        ("(?=a)", "not understood"),
        ("\\k", "not understood"),
        ("\\", "at the end"),
        ("(a{900}){900}", "too many steps"),
        ("(" * 30 + ")" * 30, "deep"),
        ("a" * 600, "Make it shorter"),
        ("\\d+", ""),
        ("", ""),
    ],
)
def test_what_is_wrong_with_a_pattern_is_said_in_a_sentence(pattern, says):
    found = wrong(pattern)
    assert says in found
    assert bool(found) == bool(says)
