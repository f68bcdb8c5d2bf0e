"""What can be set is written down, and nothing is written down that cannot be set."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.house import ROOT, files, sources, text

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


def test_every_file_that_the_documentation_names_exists() -> None:
    folders = "|".join(sorted({path.parts[0] for path in files() if len(path.parts) > 1}))
    for page in files("*.md"):
        named = re.findall(rf"`((?:{folders})/[\w./-]*)`", text(page))
        assert [name for name in named if not (ROOT / name).exists() and not name.startswith("var/")] == [], page


# What is promised

# In upper case, or as `test_s4_…`.
POINT = re.compile(r"(?:(?<=\btest )[sp]|(?<![A-Za-z0-9-])[SP])\d{1,2}[ab]?(?![A-Za-z0-9])")


def promised() -> dict[str, str]:
    """Each point of docs/promises.md with what it says."""
    found = re.split(r"^- \*\*([SP]\d+[ab]?)\*\* ", text("docs/promises.md"), flags=re.M)
    return dict(zip(found[1::2], found[2::2], strict=True))


def cited(path: Path) -> set[str]:
    """The points that a file names in its docstrings, comments and the names of its tests."""
    return {each[0].upper() + each[1:] for each in POINT.findall(text(path).replace("_", " "))}


def test_every_point_that_is_named_is_promised() -> None:
    known, written = promised(), files("*.py", "*.js", "*.html", "*.css")
    assert len(known) > 70
    assert [f"{path}: {point}" for path in written for point in sorted(cited(path) - known.keys())] == []


def test_every_promise_is_tested_or_says_that_it_is_not_built() -> None:
    tested = set[str]().union(*(cited(path) for path in files("*.py") if path.parts[0] == "tests"))
    assert [point for point, says in promised().items() if point not in tested and "Not built yet" not in says] == []


# What a process remembers

CONTAINERS = {"dict", "list", "set", "Counter", "OrderedDict", "defaultdict", "deque", "WeakKeyDictionary"}
CONTAINERS |= {"WeakSet", "WeakValueDictionary", "CollectorRegistry"}
NOT_LISTED = {
    "connector/captures/samples.py": "a cache",
    "data/samples.py": "a cache",
    "data/live.py": "filled when the apps are loaded, and never changed",
}


def remembering(path: Path) -> Iterator[str]:
    """The variables of a module that begin empty, so that something is put there while the process runs: a container,
    or the one object of a class of this module."""
    module = ast.parse(text(path))
    classes = {each.name for each in module.body if isinstance(each, ast.ClassDef)}
    for each in module.body:
        if not isinstance(each, ast.Assign | ast.AnnAssign) or each.value is None:
            continue
        match each.value:
            case ast.Dict(keys=[]) | ast.List(elts=[]):
                pass
            case ast.Call(func=ast.Name(id=name), args=[], keywords=[]) if name in CONTAINERS | classes:
                pass
            case _:
                continue
        name = ast.unparse(each.targets[0] if isinstance(each, ast.Assign) else each.target)
        if not name.isupper():  # a constant
            yield name


def test_what_a_process_remembers_is_listed() -> None:
    """In the table of CONTRIBUTING.md: whoever runs several processes, or stops one, has to know it all."""
    table = text("CONTRIBUTING.md").split("## What a process remembers")[1].split("\n## ")[0]
    listed = {path for row in re.findall(r"^\| (`.+?) \|", table, re.M) for path in re.findall(r"`([^`]+)`", row)}
    found = {str(path) for path in sources() if any(remembering(path))}
    assert NOT_LISTED.keys() <= found
    assert found - NOT_LISTED.keys() == listed
