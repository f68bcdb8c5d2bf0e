"""How the tests themselves are written."""

import ast
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent


def test_what_a_page_is_waited_for_is_a_function() -> None:
    """A page that forbids `eval` refuses a string, but only when it was not true at the first look."""
    wrong = [
        f"{path.relative_to(TESTS)}:{call.lineno}"
        for path in sorted(TESTS.rglob("*.py"))
        for call in ast.walk(ast.parse(path.read_text()))
        if isinstance(call, ast.Call)
        and getattr(call.func, "attr", "") == "wait_for_function"
        and isinstance(call.args[0], ast.Constant)
        and "=>" not in call.args[0].value
    ]
    assert wrong == []


def test_no_page_is_waited_for_until_its_network_is_silent() -> None:
    """That takes half a second and says nothing of what is needed: `ready` in tests/browser.py waits for that."""
    silent = "network" + "idle"
    assert [str(path.relative_to(TESTS)) for path in sorted(TESTS.rglob("*.py")) if silent in path.read_text()] == []
