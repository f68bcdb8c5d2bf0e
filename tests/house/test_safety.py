"""P31: no user text is ever code. And: no error is swallowed, no secret is in the repository."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.house import files, sources, text

RUNS_TEXT = {"eval", "exec", "__import__", "from_string", "literal_eval"}
READS_OBJECTS = {"pickle", "marshal", "shelve", "dill", "jinja2", "code", "codeop"}
SECRETS = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36}\b|\bxox[abpr]-[0-9A-Za-z-]{20,}"
    r"|\bAIza[0-9A-Za-z_-]{35}\b|\bsk-(ant-|proj-)?[A-Za-z0-9_-]{40,}"
)


def nodes() -> Iterator[tuple[Path, ast.AST]]:
    for path in sources():
        for node in ast.walk(ast.parse(text(path))):
            yield path, node


def called(node: ast.AST) -> str:
    """The last name of what is called: `eval`, `engine.from_string` → `from_string`."""
    function = node.func if isinstance(node, ast.Call) else None
    return getattr(function, "id", getattr(function, "attr", ""))


def test_no_text_is_run_as_code() -> None:
    assert [f"{path}:{node.lineno}" for path, node in nodes() if called(node) in RUNS_TEXT] == []  # type: ignore[attr-defined]


def test_nothing_reads_objects_or_templates_from_text() -> None:
    names = [
        (path, name)
        for path, node in nodes()
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [f"{node.module}.{alias.name}" for alias in node.names]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    ]
    forbidden = [f"{path}: {name}" for path, name in names if name.split(".")[0] in READS_OBJECTS]
    forbidden += [
        f"{path}: {name}" for path, name in names if name in ("django.template.Template", "django.template.Engine")
    ]
    assert forbidden == []


def test_yaml_is_read_by_its_safe_loader_alone() -> None:
    used = {
        f"{path.name}: yaml.{node.attr}"
        for path, node in nodes()
        if isinstance(node, ast.Attribute) and getattr(node.value, "id", "") == "yaml" and "oad" in node.attr
    }
    assert used <= {"described.py: yaml.load", "described.py: yaml.CSafeLoader", "described.py: yaml.SafeLoader"}
    assert [path.name for path, node in nodes() if isinstance(node, ast.ImportFrom) and node.module == "yaml"] == []


def test_no_error_is_swallowed() -> None:
    swallowing = [
        f"{path}:{node.lineno}"
        for path, node in nodes()
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or getattr(node.type, "id", "") in ("Exception", "BaseException"))
        and all(isinstance(line, ast.Pass | ast.Continue) for line in node.body)
    ]
    assert swallowing == []


def test_no_secret_is_in_the_repository() -> None:
    assert [path for path in files("*.key", "*.pem", ".env", "*.env", "*.sqlite3")] == []
    readable = [path for path in files() if path.suffix not in (".png", ".ico", ".woff2", ".bin")]
    assert [path for path in readable if SECRETS.search(text(path))] == []
