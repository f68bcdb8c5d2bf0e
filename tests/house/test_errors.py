"""The tree of errors drawn at the top of a module is the one that its classes form."""

import ast
import importlib
import re
from pathlib import Path

import pytest

from builder.errors import StreamwrightError
from tests.house import sources, text

ROW = re.compile(r"^(?P<indent>[│ ]*)(?:[├└]── )?(?P<name>[A-Z]\w+)(?: +(?P<status>\d{3})  )?")


def drawn(path: Path) -> list[str]:
    """The rows of the tree in a module's docstring; none for a module that draws no tree."""
    paragraphs = (ast.get_docstring(ast.parse(text(path))) or "").split("\n\n")
    return next((each.splitlines() for each in paragraphs if "└── " in each), [])


def known() -> dict[str, type[StreamwrightError]]:
    """Every class of error by its name, for those that a tree borrows from another module."""
    found = [StreamwrightError]
    for error in found:
        found += error.__subclasses__()
    return {error.__name__: error for error in found}


TREES = [path for path in sources() if drawn(path)]


@pytest.mark.parametrize("path", TREES, ids=str)
def test_a_drawn_tree_of_errors_is_that_of_the_classes(path: Path) -> None:
    module = importlib.import_module(".".join(path.with_suffix("").parts))
    names = known() | vars(module)
    above: list[str] = []
    listed = set()
    for row in map(ROW.match, drawn(path)):
        assert row, f"{path}: a row of the tree names no class."
        depth = len(row["indent"]) // 4 + ("── " in row[0])
        error = names[row["name"]]
        if depth:
            assert [base.__name__ for base in error.__bases__] == [above[depth - 1]], row[0]
        assert row["status"] is None or int(row["status"]) == error.status, row[0]
        above[depth:] = [row["name"]]
        listed.add(error)
    own = {each for each in vars(module).values() if isinstance(each, type) and each.__module__ == module.__name__}
    errors = {each for each in own if issubclass(each, StreamwrightError)}
    # The limits are listed where they are set; their parent stands for all of them.
    assert {each for each in errors - listed if each.__bases__[0].__name__ != "LimitCrossed"} == set()


def test_every_module_of_errors_draws_its_tree() -> None:
    modules = {path for path in sources() if path.stem.endswith("errors") and "views" not in path.parts}
    assert modules and modules <= set(TREES)
