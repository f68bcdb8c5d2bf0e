"""Browser libraries: exactly these files from `node_modules` are served, under the names that modules import."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage, Error
from django.core.files.storage import FileSystemStorage

# Where the files are, below STATIC_URL.
PREFIX = "lib"

# The name that modules import → the file below node_modules.
LIBRARIES = {
    "idiomorph": "idiomorph/dist/idiomorph.esm.js",
    "streaming-markdown": "streaming-markdown/smd.js",
    "@codemirror/commands": "@codemirror/commands/dist/index.js",
    "@codemirror/lang-json": "@codemirror/lang-json/dist/index.js",
    "@codemirror/language": "@codemirror/language/dist/index.js",
    "@codemirror/state": "@codemirror/state/dist/index.js",
    "@codemirror/streamparser": "@codemirror/streamparser/dist/index.js",
    "@codemirror/view": "@codemirror/view/dist/index.js",
    "@lezer/common": "@lezer/common/dist/index.js",
    "@lezer/highlight": "@lezer/highlight/dist/index.js",
    "@lezer/json": "@lezer/json/dist/index.js",
    "@lezer/lr": "@lezer/lr/dist/index.js",
    "@marijn/find-cluster-break": "@marijn/find-cluster-break/src/index.js",
    "crelt": "crelt/index.js",
    "style-mod": "style-mod/src/style-mod.js",
    "w3c-keyname": "w3c-keyname/index.js",
}


def node_modules() -> Path:
    """Where `npm ci` puts the libraries."""
    return Path(settings.BASE_DIR) / "node_modules"


def static_paths() -> dict[str, str]:
    """The name that modules import → the path for `static()`."""
    return {name: f"{PREFIX}/{file}" for name, file in LIBRARIES.items()}


def _files() -> Iterator[str]:
    """Every file that is served: the libraries, and one library's source map, which manifest storage would otherwise
    miss."""
    for file in LIBRARIES.values():
        yield file
        if (node_modules() / f"{file}.map").is_file():
            yield f"{file}.map"


class Finder(BaseFinder):
    """Finds the files listed above, and nothing else that happens to be installed."""

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        return [
            Error(
                f"The browser library {name} is missing: node_modules/{file}.",
                hint="Run `npm ci`.",
                id="streamwright.E001",
            )
            for name, file in LIBRARIES.items()
            if not (node_modules() / file).is_file()
        ]

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        wanted = path.replace("\\", "/").removeprefix(f"{PREFIX}/")
        found = [str(node_modules() / file) for file in _files() if path.startswith(f"{PREFIX}/") and file == wanted]
        return found if find_all or not found else found[0]

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:
        storage = FileSystemStorage(location=node_modules())
        storage.prefix = PREFIX  # type: ignore[attr-defined]
        for file in _files():
            yield file, storage
