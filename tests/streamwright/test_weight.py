"""What a visitor's page weighs: the modules and the style sheets that it loads at once, each gzipped as it is sent.

Not counted: Markdown and its library, which are fetched only by a page that shows formatted text, and the page's HTML.
What is not on every page (`Element.sheet`) has a limit of its own.
"""

import gzip
from functools import cache

import pytest

from builder.elements import elements
from streamwright.browser_libraries import LIBRARIES
from streamwright.minify import minified
from streamwright.modules import folder, loads, names, reached_from
from streamwright.stylesheets import joined

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


SHEETS = ["app", "app-inputs", "app-containers", "app-shows", "app-formatted"]


@cache
def weights() -> dict[str, int]:
    """Bytes of each of our modules, and of each set of styles as `app.css`."""
    texts = {f"{name}.js": (folder() / f"{name}.js").read_text() for name in names() if name not in LIBRARIES}
    texts |= {f"{name}.css": joined(name) for name in SHEETS}
    packed = {name: len(gzip.compress(text.encode(), 9)) for name, text in minified(texts).items()}
    return {name.removesuffix(".js"): size for name, size in packed.items()}


@pytest.fixture
def at_once() -> list[str]:
    return sorted({name for entry in ENTRIES for name in reached_from(entry, later=False)})


def test_a_page_without_markdown_weighs_at_most_15_KB(at_once: list[str]) -> None:
    found = {name: weights()[name] for name in (*at_once, "app.css")}
    assert sum(found.values()) <= LIMIT, found


@pytest.mark.parametrize("name", FURTHER)
def test_one_more_element_brings_at_most_4_KB(name: str, at_once: list[str]) -> None:
    own = set(reached_from(*elements[name].modules, later=False)) - set(at_once)
    found = {module: weights()[module] for module in own}
    assert sum(found.values()) <= ONE_MORE, found


@pytest.mark.parametrize("name", ["inputs", "containers", "shows", "formatted"])
def test_the_styles_of_further_elements_weigh_at_most_3_KB(name: str) -> None:
    assert weights()[f"app-{name}.css"] <= A_SET


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
