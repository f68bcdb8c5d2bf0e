"""What can be set is written down, and nothing is written down that cannot be set."""

import ast
import re

from tests.house import text

READERS = {"str", "int", "bool", "list", "float", "json", "path", "url"}


def settings_read() -> set[str]:
    """The names that settings.py, and what reads the environment beside it, ask for."""
    names: set[str] = set()
    for path in ("streamwright/settings.py", "streamwright/management/commands/seed.py"):
        for node in ast.walk(ast.parse(text(path))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
                called, first = ast.unparse(node.func), node.args[0]
                if called == "os.environ.get" or called.removeprefix("env.") in READERS:
                    names |= {first.value} if isinstance(first, ast.Constant) else set()
    # Read by one function for both, under the names of the keys' files.
    return names | {"SECRET_KEY", "VAULT_KEY"}


def settings_documented() -> set[str]:
    table = text("docs/running.md").split("## Settings")[1].split("\n## ")[0]
    return set(re.findall(r"^\| `([A-Z_]+)`", table, re.M))


def test_every_setting_is_documented_and_exists() -> None:
    assert settings_read() == settings_documented()
