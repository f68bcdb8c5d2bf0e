"""Who reads what on a page, and what is to be worked out again."""

from itertools import islice

import pytest

from workflows.live.page import Binding
from workflows.live.readers import Readers

STATE, OTHER, DATA = ("state", "st_one001"), ("state", "st_other1"), ("resource", "search", "{}")


class Page:
    """Readers of a page that counts how often it was told, and what nobody reads any more."""

    def __init__(self) -> None:
        self.touched, self.unread = 0, []
        self.readers = Readers(self.touch, self.unread.append)

    def touch(self, only_this: bool = False) -> None:
        self.touched += 1

    def stands(self, element: str, *path: str, way: str = "text", lists: tuple[str, ...] = ()):
        return self.readers.mount(Binding(element, "text", way, None, lists), path)

    def worked_out(self) -> list[str]:
        return [each.address for each in self.readers.due()]


@pytest.fixture
def page() -> Page:
    return Page()


def test_what_is_new_is_worked_out_once_lists_first_and_the_rest_from_top_to_bottom(page):
    page.stands("el_plain1")
    page.stands("el_in_cell", "n0")
    page.stands("el_list01", way="cells")
    page.stands("el_in_cell", "n1")
    assert page.worked_out() == ["el_list01", "el_plain1", "el_in_cell@n0", "el_in_cell@n1"]
    assert page.worked_out() == []


def test_what_changed_is_worked_out_lists_before_what_stands_in_them(page):
    stands = [page.stands("el_in_cell", "n0"), page.stands("el_plain1"), page.stands("el_list01", way="cells")]
    page.worked_out()
    page.readers.dirty.update(stands)
    assert page.worked_out() == ["el_list01", "el_plain1", "el_in_cell@n0"]


def test_P13_what_moves_goes_on_while_much_waits_and_what_waits_keeps_its_place(page):
    moving = page.stands("el_moving")
    page.worked_out()
    cells = [page.stands("el_in_cell", f"n{number}") for number in range(8)]
    slices = []
    while page.readers.are_behind:
        page.readers.dirty.update({moving, cells[7]} if len(slices) < 2 else ())
        due = page.readers.due()
        slices.append({each.address for each in islice(due, 3)})
        page.readers.put_off()
    assert slices[0] == {"el_in_cell@n0", "el_moving", "el_in_cell@n1"}
    assert slices[1] == {"el_in_cell@n2", "el_moving", "el_in_cell@n3"}
    assert slices[2:] == [{f"el_in_cell@n{number}" for number in numbers} for numbers in ((4, 5, 6), (7,))]


def test_what_the_browser_has_nothing_of_yet_keeps_its_place_also_if_it_changes(page):
    """Before its turn the browser may not have the cell it is in, and would lose what is said of it."""
    new = [page.stands("el_in_cell", f"n{number}") for number in range(3)]
    found = []
    for each in page.readers.due():
        found.append(each)
        page.readers.dirty.update(new[2:] if each is new[0] else ())
    assert found == new


def test_P13_everything_has_its_turn_even_if_all_of_it_changes_all_the_time(page):
    all_of_it = [page.stands("el_in_cell", f"n{number}") for number in range(50)]
    page.worked_out()
    found = set()
    for _ in range(20):
        page.readers.dirty.update(all_of_it)
        due = page.readers.due()
        found.update(next(due).address for _ in range(5))
        page.readers.put_off()
    assert len(found) == 50


def test_a_cell_that_is_gone_before_its_turn_is_not_worked_out(page):
    for number in range(3):
        page.stands("el_in_cell", f"n{number}", lists=("el_list01",))
    page.readers.let_go(lambda path: path[:1] == ("n0",), "el_list01")
    assert page.readers.are_behind
    assert page.worked_out() == ["el_in_cell@n1", "el_in_cell@n2"]
    assert not page.readers.are_behind


def test_a_change_is_for_those_who_read_it_and_for_no_other(page):
    one, two = page.stands("el_one001"), page.stands("el_two001")
    page.worked_out()
    page.readers.note(one, frozenset({STATE}))
    page.readers.note(two, frozenset({STATE, OTHER}))
    page.readers.mark(OTHER)
    assert (page.worked_out(), page.touched) == (["el_two001"], 1)
    page.readers.mark(("state", "nobody reads"))
    assert (page.worked_out(), page.touched) == ([], 1)
    page.readers.mark_all()
    assert sorted(page.worked_out()) == ["el_one001", "el_two001"]


def test_what_becomes_dirty_while_others_are_worked_out_comes_too(page):
    first, second = page.stands("el_first1"), page.stands("el_second")
    page.worked_out()
    page.readers.note(second, frozenset({STATE}))
    page.readers.dirty.add(first)
    found = []
    for each in page.readers.due():
        found.append(each.address)
        if each is first:
            page.readers.mark(STATE)
    assert found == ["el_first1", "el_second"]


def test_what_nobody_reads_any_more_is_said_once_the_last_has_stopped(page):
    one, two = page.stands("el_one001"), page.stands("el_two001")
    for each in (one, two):
        page.readers.note(each, frozenset({DATA}))
    page.readers.note(one, frozenset({STATE}))
    assert page.unread == []
    page.readers.note(two, frozenset())
    assert page.unread == [DATA]


def test_a_cell_that_is_gone_takes_all_that_stood_in_it_with_it(page):
    plain = page.stands("el_plain1")
    inside = [
        page.stands("el_in_cell", "n0", lists=("el_list01",)),
        page.stands("el_in_cell", "n1", lists=("el_list01",)),
    ]
    deeper = page.stands("el_deep01", "n0", "n3", lists=("el_list01", "el_list02"))
    page.readers.note(deeper, frozenset({DATA}))
    page.readers.let_go(lambda path: path[:1] == ("n0",), "el_list01")
    assert list(page.readers) == [plain, inside[1]]
    assert page.unread == [DATA]
    assert page.worked_out() == ["el_plain1", "el_in_cell@n1"]
    assert page.readers.find("el_in_cell", "text", ("n0",)) is None


def test_a_browser_that_has_nothing_is_told_all(page):
    one = page.stands("el_one001")
    page.worked_out()
    one.stream_state = ("streaming", "")
    page.readers.forget()
    assert (page.worked_out(), one.stream_state) == (["el_one001"], None)


CELL = [Binding(f"el_in_cell{number}", "text", "text", None, ("el_list01",)) for number in range(2)]


def test_P13_cells_are_added_one_by_one_so_that_thousands_of_them_hold_nobody_up(page):
    page.readers.mount_cells("el_list01", CELL, [(f"n{number}",) for number in range(10_000)])
    assert page.readers.are_behind and not list(page.readers)
    due = page.readers.due()
    assert [next(due).address for _ in range(3)] == ["el_in_cell0@n0", "el_in_cell1@n0", "el_in_cell0@n1"]
    assert len(list(page.readers)) == 4
    page.readers.put_off()
    assert len({each.address for each in page.readers.due()}) == 2 * 10_000 - 3 and not page.readers.are_behind


def test_cells_that_are_gone_before_their_turn_are_never_added(page):
    page.readers.mount_cells("el_list01", CELL, [("n0",), ("n1",)])
    page.readers.mount_cells("el_other1", [Binding("el_there01", "text", "text", None, ("el_other1",))], [("n0",)])
    page.readers.let_go(lambda path: path[:1] == ("n0",), "el_list01")
    assert page.worked_out() == ["el_in_cell0@n1", "el_in_cell1@n1", "el_there01@n0"]


def test_what_is_looked_for_in_a_cell_before_its_turn_is_found(page):
    page.readers.mount_cells("el_list01", CELL, [("n0",), ("n1",)])
    found = page.readers.find("el_in_cell1", "text", ("n1",))
    assert found is not None
    assert sorted(page.worked_out()) == [f"el_in_cell{number}@n{cell}" for number in (0, 1) for cell in (0, 1)]
    assert page.readers.find("el_in_cell1", "text", ("n1",)) is found
