"""Files are small, bear the user's words, and say what they are for."""

import ast
import re
from pathlib import Path

import pytest

from tests.house import APPS, ROOT, files, sources, text

LONGEST = 400
LONGEST_BEHAVIOUR = 150
WIDEST = 120  # signs, as of the Python files
# Words that say where code was put and not what it does.
EMPTY_WORDS = {"util", "utils", "helper", "helpers", "manager", "managers", "handler", "handlers", "service", "common"}


def written_by_hand() -> list[Path]:
    """What is shipped; tests and migrations may be as long as they need to be."""
    written = files("*.py", "*.js", "*.css", "*.html")
    return [path for path in written if "migrations" not in path.parts and path.parts[0] != "tests"]


def lines(path: Path) -> int:
    return text(path).count("\n")


def test_no_file_is_longer_than_400_lines() -> None:
    assert [f"{path}: {lines(path)}" for path in written_by_hand() if lines(path) > LONGEST] == []


def test_no_browser_module_is_longer_than_150_lines() -> None:
    modules = [path for path in files("*.js") if path.is_relative_to("static/js")]
    assert [f"{path}: {lines(path)}" for path in modules if lines(path) > LONGEST_BEHAVIOUR] == []


def test_no_line_of_a_browser_module_is_wider_than_120_signs() -> None:
    modules = [path for path in files("*.js") if path.is_relative_to("static/js")]
    told = [(path, number, line) for path in modules for number, line in enumerate(text(path).splitlines(), 1)]
    assert [f"{path}:{number}" for path, number, line in told if len(line) > WIDEST] == []


def test_every_browser_module_is_checked_whole() -> None:
    """`./run lint` reads them all (jsconfig.json, biome.jsonc); where a rule is not to hold, it is named, and why."""
    modules = [path for path in files("*.js") if path.is_relative_to("static/js")]
    assert modules
    unread = re.compile(r"@ts-(?:nocheck|ignore|expect-error)|biome-ignore-all|biome-ignore (?!lint/\w+/\w+: \S)")
    assert [str(path) for path in modules if unread.search(text(path))] == []


def test_what_the_server_sends_is_described_beside_the_module_that_sends_it() -> None:
    described = [path for path in files("*.d.ts") if path.parts[0] in APPS]
    assert described
    assert [str(path) for path in described if not (ROOT / path).with_suffix("").with_suffix(".py").is_file()] == []


def test_half_of_the_files_have_fewer_than_100_lines() -> None:
    sizes = sorted(lines(path) for path in sources() if lines(path) > 5)
    assert sizes[len(sizes) // 2] < 100


def test_no_file_or_folder_has_an_empty_name() -> None:
    named = [path for path in files() if EMPTY_WORDS & set(re.split(r"[/._-]", path.as_posix().lower()))]
    assert named == []


@pytest.mark.parametrize("path", sources(), ids=str)
def test_a_module_says_in_its_first_line_what_it_is_for(path: Path) -> None:
    tree = ast.parse(text(path))
    assert not tree.body or ast.get_docstring(tree), f"{path} has no docstring."
