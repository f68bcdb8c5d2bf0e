"""What a visitor's page weighs: the modules and the style sheet that it loads at once, each gzipped as it is sent.

Not counted: Markdown and its library, which are fetched only by a page that shows formatted text, and the page's HTML.
"""

import gzip

import pytest

from builder.elements import elements
from streamwright.lean import lean_script, lean_sheet
from streamwright.modules import folder, loads, names, reached_from
from streamwright.stylesheets import files_of

KB = 1024
LIMIT = 15 * KB
# A page with one of every element but Markdown.
ENTRIES = [
    "live/page",
    *sorted({name for each in elements.values() if each.name != "markdown" for name in each.modules}),
]


def packed(text: str) -> int:
    return len(gzip.compress(text.encode(), 9))


@pytest.fixture
def at_once() -> list[str]:
    return sorted({name for entry in ENTRIES for name in reached_from(entry, later=False)})


def test_a_page_without_markdown_weighs_at_most_15_KB(at_once: list[str]) -> None:
    weights = {name: packed(lean_script((folder() / f"{name}.js").read_text())) for name in at_once}
    weights["app.css"] = packed(lean_sheet("\n".join(file.read_text() for file in files_of("app"))))
    assert sum(weights.values()) <= LIMIT, weights


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
