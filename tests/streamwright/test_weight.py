"""What a visitor's page weighs: the modules and the style sheets that it loads at once, each gzipped as it is sent.

Not counted: Markdown and its library, which are fetched only by a page that shows formatted text, and the page's HTML.
What is not on every page (`Element.sheet`) has a limit of its own.
"""

import gzip

import pytest

from builder.elements import elements
from streamwright.lean import lean_script, lean_sheet
from streamwright.modules import folder, loads, names, reached_from
from streamwright.stylesheets import files_of

KB = 1024
LIMIT = 15 * KB
# What one more element may bring to a page, beside the styles of its set.
ONE_MORE = 4 * KB
A_SET = 3 * KB
# A page with one of every element that any page has, but Markdown.
ENTRIES = [
    "live/page",
    *sorted(
        {name for each in elements.values() if not each.sheet and each.name != "markdown" for name in each.modules}
    ),
]
FURTHER = sorted(each.name for each in elements.values() if each.sheet and each.name != "markdown")


def packed(text: str) -> int:
    return len(gzip.compress(text.encode(), 9))


@pytest.fixture
def at_once() -> list[str]:
    return sorted({name for entry in ENTRIES for name in reached_from(entry, later=False)})


def test_a_page_without_markdown_weighs_at_most_15_KB(at_once: list[str]) -> None:
    weights = {name: packed(lean_script((folder() / f"{name}.js").read_text())) for name in at_once}
    weights["app.css"] = packed(lean_sheet("\n".join(file.read_text() for file in files_of("app"))))
    assert sum(weights.values()) <= LIMIT, weights


@pytest.mark.parametrize("name", FURTHER)
def test_one_more_element_brings_at_most_4_KB(name: str, at_once: list[str]) -> None:
    own = set(reached_from(*elements[name].modules, later=False)) - set(at_once)
    weights = {module: packed(lean_script((folder() / f"{module}.js").read_text())) for module in own}
    assert sum(weights.values()) <= ONE_MORE, weights


@pytest.mark.parametrize("name", ["inputs", "containers", "shows", "formatted"])
def test_the_styles_of_further_elements_weigh_at_most_3_KB(name: str) -> None:
    assert packed(lean_sheet("\n".join(file.read_text() for file in files_of(f"app-{name}")))) <= A_SET


def test_it_loads_nothing_of_the_editor_the_debugger_or_a_library(at_once: list[str]) -> None:
    everything = reached_from(*ENTRIES)
    assert not [name for name in everything if name.startswith("live/debugger")]
    assert [name for name in everything if not name.startswith("live/")] == ["streaming-markdown"]
    assert not [name for name in at_once if not name.startswith("live/")]


def test_all_that_it_needs_is_asked_for_at_once(at_once: list[str]) -> None:
    """No module waits for another one to name it."""
    known = names()
    asked = {address for entry in ENTRIES for address in loads(entry)}
    assert asked == {f"/static/{known[name]}" for name in at_once}
