"""Rules of the house, checked: what CONTRIBUTING.md says of every file."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
APPS = ("streamwright", "workflows", "connector", "data", "builder")


def files(*patterns: str) -> list[Path]:
    """The repository's own files whose path matches one of the glob patterns; a source archive has no git to ask."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True
    )
    assert listed.returncode == 0, listed.stderr
    paths = [Path(line) for line in sorted(set(listed.stdout.splitlines())) if (ROOT / line).is_file()]
    return [path for path in paths if not patterns or any(path.match(pattern) for pattern in patterns)]


def sources() -> list[Path]:
    """The Python files of the five apps, without what Django wrote."""
    return [path for path in files("*.py") if path.parts[0] in APPS and "migrations" not in path.parts]


def text(path: Path | str) -> str:
    return (ROOT / path).read_text()
