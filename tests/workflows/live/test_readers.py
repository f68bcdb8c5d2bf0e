"""Who reads what on a page, and what is to be worked out again."""

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


def test_what_is_new_is_worked_out_once_lists_before_what_stands_in_them(page):
    page.stands("el_in_cell", "n0")
    page.stands("el_plain1")
    page.stands("el_list01", way="cells")
    assert page.worked_out() == ["el_list01", "el_plain1", "el_in_cell@n0"]
    assert page.worked_out() == []


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
