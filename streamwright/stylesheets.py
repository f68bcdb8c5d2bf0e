"""Style sheets: written as one file per component, sent as one file per set, so that a page does not load dozens."""

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path, PurePosixPath
from tempfile import mkdtemp
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage

from builder.styling.narrowing import narrowed

# Each set's files in loading order. Within a layer they are ordered by folder, so that a screen can refine a component.
SETS = {
    "editor": (
        "tokens.css",
        "reset.css",
        "base.css",
        "layout/*.css",
        "components/*.css",
        "screens/*.css",
        "utilities.css",
    ),
    "app": ("app/*.css",),
    # Loaded only by pages that have such elements.
    "app-inputs": ("app/inputs/*.css",),
    "app-containers": ("app/containers/*.css",),
    "app-shows": ("app/shows/*.css",),
    "app-formatted": ("app/formatted/*.css",),
    # Comes with "app" where there is no page to show.
    "alone": ("alone/*.css",),
    # A page in a frame of the editor: a sample of its look, or the canvas, which shows more.
    "framed": ("framed/*.css",),
    "canvas": ("canvas/**/*.css",),
    "preview": ("preview/**/*.css",),
}


# For pages with overrides at breakpoints, each of their sets has a second version that replaces it.
RANGED = {f"{name}-ranges": name for name in SETS if name.startswith("app")}


def folder() -> Path:
    """Where the style sheets are."""
    return Path(settings.BASE_DIR) / "static" / "css"


def files_of(name: str) -> list[Path]:
    """The files of a set, in order."""
    return [file for pattern in SETS[name] for file in sorted(folder().glob(pattern))]


def joined(name: str) -> str:
    """The text of a set."""
    if name in RANGED:
        return narrowed(joined(RANGED[name]))
    return "\n".join(file.read_text() for file in files_of(name))


def paths_of(name: str) -> list[str]:
    """The paths for `static()` that link a set: one, or in development one per file."""
    if settings.DEBUG and name not in RANGED:
        return [f"css/{file.relative_to(folder()).as_posix()}" for file in files_of(name)]
    return [f"css/{name}.css"]


@cache
def _own_folder() -> str:
    return mkdtemp(prefix="streamwright-")


class Finder(BaseFinder):
    """Finds the sets, each as one file with the contents of its files one after the other."""

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """Find nothing when files are collected: a set does not exist as a file before that. In development, find what
        is derived from several files, too."""
        name = PurePosixPath(path).stem
        if not settings.DEBUG or path != f"css/{name}.css" or name not in RANGED:
            return []
        made = Path(_own_folder()) / f"{name}.css"
        made.write_text(joined(name))
        return [str(made)] if find_all else str(made)

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, InMemoryStorage]]:
        storage = InMemoryStorage()
        for name in (*SETS, *RANGED):
            yield storage.save(f"css/{name}.css", ContentFile(joined(name))), storage
