"""The sets that style sheets are sent in."""

import gzip
import re

import pytest
from django.contrib.staticfiles import finders

from streamwright import stylesheets
from streamwright.minify import minified
from streamwright.templatetags import look


def joined(name: str) -> str:
    """What is collected as a set's one file."""
    finder = finders.get_finder("streamwright.stylesheets.Finder")
    [storage] = [storage for path, storage in finder.list(None) if path == f"css/{name}.css"]
    with storage.open(f"css/{name}.css") as file:
        return str(file.read().decode())


def test_every_style_sheet_is_in_one_set() -> None:
    found = [file for name in stylesheets.SETS for file in stylesheets.files_of(name)]
    assert sorted(found) == sorted(stylesheets.folder().rglob("*.css"))


@pytest.mark.parametrize("name", stylesheets.SETS)
def test_a_page_has_one_link_to_all_of_a_set(name: str) -> None:
    assert re.findall(r'href="([^"]+)"', look.stylesheets(name)) == [f"/static/css/{name}.css"]
    assert all(file.read_text() in joined(name) for file in stylesheets.files_of(name))


def test_the_layers_are_named_before_they_are_used() -> None:
    for name in ("editor", "app"):
        text = re.sub(r"/\*.*?\*/", "", joined(name), flags=re.S)
        order = text.index("@layer reset, tokens, base, layout, components, utilities;")
        assert not re.search(r"[{}]", text[:order]), name


def test_while_they_are_worked_on_each_file_has_a_link_of_its_own(settings) -> None:
    settings.DEBUG = True
    paths = stylesheets.paths_of("editor")
    assert paths.index("css/tokens.css") < paths.index("css/reset.css") < paths.index("css/utilities.css")
    assert not [path for path in paths if path.startswith("css/app/")]


def test_a_page_that_is_another_one_when_it_is_narrow_loads_at_most_4_KB_more() -> None:
    both = minified({f"{name}.css": joined(name) for name in ("app", "app-ranges")})
    packed = {name: len(gzip.compress(text.encode(), 9)) for name, text in both.items()}
    assert packed["app-ranges.css"] - packed["app.css"] <= 4096
