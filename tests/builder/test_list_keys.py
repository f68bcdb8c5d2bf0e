"""Where a key leads in a list, a menu or a list box (lib/list_keys): the neighbour, either end, a letter."""

import pytest

from tests.script import run

LEADS = "import { indexFor } from 'lib/list_keys'; out(cases.map((one) => indexFor(...one) ?? null))"
LETTER = """
import { indexByLetter } from 'lib/list_keys';
const items = ["Text", "text stream ", "Number", "Yes / no"].map((textContent) => ({ textContent }));
out(cases.map(([key, at, held = {}]) => indexByLetter({ key, ...held }, at, items) ?? null));
"""


@pytest.mark.parametrize("wraps", [False, True])
def test_arrows_home_and_end(wraps):
    cases = [["ArrowDown", 0], ["ArrowUp", 2], ["Home", 2], ["End", 0], ["ArrowLeft", 1], ["a", 1]]
    assert run(LEADS, cases=[[*case, 3, wraps] for case in cases]) == [1, 1, 0, 2, None, None]


def test_at_its_ends_a_list_stays_where_it_is_and_a_menu_goes_around():
    cases = [["ArrowDown", 2], ["ArrowUp", 0], ["ArrowDown", -1], ["ArrowUp", -1]]
    assert run(LEADS, cases=[[*case, 3, False] for case in cases]) == [2, 0, 0, 0]
    assert run(LEADS, cases=[[*case, 3, True] for case in cases]) == [0, 2, 0, 2]


def test_a_letter_leads_to_the_next_item_that_begins_with_it_and_around():
    cases = [["t", -1], ["t", 0], ["t", 1], ["T", 2], ["n", 0], ["x", 0]]
    assert run(LETTER, cases=cases) == [0, 1, 0, 0, 2, None]


def test_a_key_that_is_no_letter_or_held_with_others_is_left_alone():
    cases = [[" ", 0], ["Enter", 0], *(["t", -1, {held: True}] for held in ("ctrlKey", "metaKey", "altKey"))]
    assert run(LETTER, cases=cases) == [None] * 5
