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


# Where time itself is what a browser test is about, or nothing says that something did not happen.
WAITS_FOR_TIME = {
    "browser.py": "the pause between two looks of `until`",
    "builder/elements/test_markdown.py": "time for a hostile text to do something",
    "builder/elements/test_smooth.py": "time for the layout to settle",
    "journeys/test_live_weather.py": "a network that is away for half a minute",
}


def test_no_browser_test_waits_for_time() -> None:
    """`until` in tests/browser.py, `expect` and `wait_for_function` wait for what is meant, and no longer."""
    pausing = "wait_for_" + "timeout"
    found = {str(path.relative_to(TESTS)) for path in TESTS.rglob("*.py") if pausing in path.read_text()}
    assert found == WAITS_FOR_TIME.keys()


def test_no_page_is_waited_for_until_its_network_is_silent() -> None:
    """That takes half a second and says nothing of what is needed: `ready` in tests/browser.py waits for that."""
    silent = "network" + "idle"
    assert [str(path.relative_to(TESTS)) for path in sorted(TESTS.rglob("*.py")) if silent in path.read_text()] == []
