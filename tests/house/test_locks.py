"""Lock files: every package by its hash, and no registry's address, so that any mirror will do."""

import json
import re
from pathlib import Path

import pytest

from tests.house import files, text


@pytest.mark.parametrize("path", files("requirements*.lock"), ids=str)
def test_every_python_package_is_locked_by_hash(path: Path) -> None:
    entries = [entry for entry in re.split(r"\n(?=\S)", text(path).strip()) if not entry.startswith("#")]
    assert entries
    assert [entry.split("\n")[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_every_browser_library_is_locked_by_hash() -> None:
    packages = json.loads(text(Path("package-lock.json")))["packages"]
    assert [name for name, package in packages.items() if name and "integrity" not in package] == []


def test_every_package_that_only_one_kind_of_machine_needs_is_locked_too() -> None:
    """`npm ci` refuses a lock without them, wherever it runs; npm leaves out what a mirror does not have yet."""
    packages = json.loads(text(Path("package-lock.json")))["packages"]
    wanted = {name for package in packages.values() for name in package.get("optionalDependencies", {})}
    assert wanted and [name for name in sorted(wanted) if f"node_modules/{name}" not in packages] == []


@pytest.mark.parametrize("path", files("requirements*", "package*.json", ".npmrc"), ids=str)
def test_no_lock_file_names_a_registry(path: Path) -> None:
    # Where a package's authors ask for money is no place to have it from.
    written = re.sub(r'"funding": \{[^{}]*\}', "", text(path))
    assert re.findall(r"\bhttps?://\S+|--(?:extra-)?index-url.*|\bregistry\s*=.*", written) == []


def test_the_test_lock_holds_the_very_versions_that_are_shipped() -> None:
    def versions(path: str) -> dict[str, str]:
        return dict(re.findall(r"^([\w.-]+)==([^ ;\\]+)", text(Path(path)), re.M))

    shipped, tested = versions("requirements.lock"), versions("requirements-test.lock")
    assert {name: version for name, version in shipped.items() if tested.get(name) != version} == {}
