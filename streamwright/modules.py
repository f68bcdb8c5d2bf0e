"""Our JavaScript modules as the browser finds them: their names, their URLs and what each of them imports."""

import re
from functools import cache
from pathlib import Path

from django.conf import settings
from django.templatetags.static import static

from streamwright.browser_libraries import LIBRARIES, node_modules, static_paths

_AT_ONCE = re.compile(r"""^(?:import|export)\b(?:[^'"();]*?\bfrom)?\s*["']([^"']+)["']""", re.MULTILINE)
# An import of types only, which loads nothing.
_DOCUMENTATION = re.compile(r"/\*\*.*?\*/", re.DOTALL)
_LATER = re.compile(r"""\bimport\(\s*["']([^"']+)["']\s*\)""")


def folder() -> Path:
    """Where the modules are."""
    return Path(settings.BASE_DIR) / "static" / "js"


def names() -> dict[str, str]:
    """Every module by its bare name → the path for `static()`: `lib/http` → `js/lib/http.js`."""
    here = folder()
    own = [file.relative_to(here).with_suffix("").as_posix() for file in sorted(here.rglob("*.js"))]
    return {name: f"js/{name}.js" for name in own} | static_paths()


def reached_from(*entries: str, later: bool = True) -> list[str]:
    """The names of the entries and all modules they import; with `later=False` only those that are loaded
    immediately."""
    known, found = names(), list(entries)
    for name in found:
        found += [other for other in _imports_of(name, later) if other in known and other not in found]
    return found


def _imports_of(name: str, later: bool) -> list[str]:
    """The bare names of a module's imports, including those written relative to it."""
    file = node_modules() / LIBRARIES[name] if name in LIBRARIES else folder() / f"{name}.js"
    text = _DOCUMENTATION.sub("", file.read_text())
    wanted = _AT_ONCE.findall(text) + (_LATER.findall(text) if later else [])
    return list(dict.fromkeys(_bare(file, other) if other.startswith(".") else other for other in wanted))


def _bare(importer: Path, relative: str) -> str:
    target = (importer.parent / relative).resolve()
    return target.relative_to(folder().resolve()).with_suffix("").as_posix() if folder() in target.parents else relative


def import_map(*entries: str) -> dict[str, dict[str, str]]:
    """Bare names → hashed URLs, and plain URLs → hashed ones, so that relative imports need no rewriting.

    Given entries, it contains only what they reach: a published page learns nothing of the editor.
    """
    return _import_map.__wrapped__(entries) if settings.DEBUG else _import_map(entries)


@cache
def _import_map(entries: tuple[str, ...]) -> dict[str, dict[str, str]]:
    known = names()
    wanted = [known[name] for name in (reached_from(*entries) if entries else known)]
    by_name = {name: static(path) for name, path in known.items() if path in wanted}
    return {"imports": by_name | {settings.STATIC_URL + path: static(path) for path in wanted}}


def loads(entry: str) -> list[str]:
    """The URLs of an entry and everything it loads immediately, the entry first."""
    return _loads.__wrapped__(entry) if settings.DEBUG else _loads(entry)


@cache
def _loads(entry: str) -> list[str]:
    known = names()
    return [static(known[name]) for name in reached_from(entry, later=False)]
