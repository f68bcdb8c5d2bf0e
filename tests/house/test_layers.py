"""The apps import only downwards, and what is to stand alone stands alone. `./run lint` proves it for chains, too."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house import sources, text

BELOW = {
    "streamwright": {"workflows", "connector", "data", "builder"},
    "workflows": {"connector", "data", "builder"},
    "connector": {"builder"},
    "data": {"builder"},
    "builder": set(),
}


def imports(path: Path) -> Iterator[str]:
    """The full name of everything a file imports, wherever in it the import stands."""
    for node in ast.walk(ast.parse(text(path))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)


def test_imports_go_only_downwards() -> None:
    upwards = [
        f"{path}: {name}"
        for path in sources()
        for name in imports(path)
        if (app := name.split(".")[0]) in BELOW and app != path.parts[0] and app not in BELOW[path.parts[0]]
    ]
    assert upwards == []


def test_nothing_in_the_connector_knows_the_practice_api() -> None:
    knowing = [
        f"{path}: {name}"
        for path in sources()
        if path.is_relative_to("connector") and not path.is_relative_to("connector/practice")
        for name in imports(path)
        if name.startswith("connector.practice")
    ]
    assert knowing == []
