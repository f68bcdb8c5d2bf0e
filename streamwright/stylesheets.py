"""Style sheets: written one component a file, sent as one file a set, so that a page does not ask for dozens."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage

# Each set's files in the order of loading. Files of one layer follow one another by folder, so that a screen may refine
# a component.
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
    # What only pages with such elements load.
    "app-inputs": ("app/inputs/*.css",),
    "app-containers": ("app/containers/*.css",),
    "app-shows": ("app/shows/*.css",),
    "app-formatted": ("app/formatted/*.css",),
    "canvas": ("canvas/**/*.css",),
    "preview": ("preview/**/*.css",),
}


def folder() -> Path:
    return Path(settings.BASE_DIR) / "static" / "css"


def files_of(name: str) -> list[Path]:
    """The files of a set, in order."""
    return [file for pattern in SETS[name] for file in sorted(folder().glob(pattern))]


def paths_of(name: str) -> list[str]:
    """What `static()` takes to link a set: one path, or those of its files while it is being worked on."""
    if settings.DEBUG:
        return [f"css/{file.relative_to(folder()).as_posix()}" for file in files_of(name)]
    return [f"css/{name}.css"]


class Finder(BaseFinder):
    """Finds the sets, each as one file that holds its files one after the other."""

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """Nothing: a set is no file of its own before static files are collected."""
        return []

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, InMemoryStorage]]:
        storage = InMemoryStorage()
        for name in SETS:
            joined = "\n".join(file.read_text() for file in files_of(name))
            yield storage.save(f"css/{name}.css", ContentFile(joined)), storage
