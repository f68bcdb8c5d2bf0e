"""What is typed into a number's field: sums and units come to pixels, and what is none is not guessed at."""

import pytest

from tests.script import run

SUMS = {
    "16*2": 32,
    "(100 - 4) / 3": 32,
    "24px": 24,
    "1.5rem": 24,
    "0,5": 0.5,
    "2 × 3 − 1": 5,
    "50%": None,
    "auto": None,
    "16*": None,
    "": None,
}


def test_sums_and_units_come_to_pixels():
    found = run("import { sum } from 'lib/sums'; out(Object.keys(sums).map(sum))", sums=SUMS)
    assert dict(zip(SUMS, found, strict=True)) == SUMS


@pytest.mark.parametrize(("typed", "kept"), [("none", None), (" Auto ", None), ("", None), ("16*2", 32), ("50%", "no")])
def test_words_for_nothing_empty_a_field(typed, kept):
    script = """
    import { numberOf } from "design/numbers";
    const found = numberOf({ value: typed, dataset: {} });
    out(found === undefined ? "no" : found);"""
    assert run(script, typed=typed) == kept
