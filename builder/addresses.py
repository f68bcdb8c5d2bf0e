"""URLs: those of an app's pages, as its visitors see them, and external ones that a link may lead to."""

import re
from collections.abc import Collection
from itertools import count
from typing import Any
from urllib.parse import urlsplit

from django.utils.text import slugify

from builder.document import Body
from builder.expressions.catalog import Catalog
from builder.expressions.values import as_text

# Schemes that a link may use; others execute something, or show what is on the visitor's machine.
LEADS_TO = ("https", "http", "mailto", "tel")
LOADS = ("https", "http")
# Characters that browsers ignore in a URL.
_UNSEEN = re.compile(r"[\x00-\x1f\x7f]")
# Any number of slashes or backslashes: browsers read them as two, and what follows as a host.
_SITE, _SLASHES = re.compile(r"(https?):[\\/]*", re.IGNORECASE), re.compile(r"[\\/]{2,}")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_HOST = re.compile(r"[\w-]+(\.[\w-]+)+(:\d+)?([/?#]|$)")


def path_of(page: Body) -> str:
    """A page's path: the one its author chose, else its name in characters that fit a URL, else its key."""
    root: dict[str, Any] = page["nodes"][page["root"]]
    return str(root["props"].get("path") or slugify(root["name"]) or page["root"])


def free_path(path: str, taken: Collection[str]) -> str:
    """A path like this one that no page has: `about-2`."""
    return next(f"{path}-{number}" for number in count(2) if f"{path}-{number}" not in taken)


def first_page(catalog: Catalog) -> Body | None:
    """The page at the app's own address: the one its author chose, else the one created first."""
    pages = catalog.bodies("page")
    chosen = (page for page in pages if page["nodes"][page["root"]]["props"].get("first"))
    return next(chosen, pages[0] if pages else None)


def page_at(catalog: Catalog, path: str) -> Body | None:
    """The page at a path; for an empty one the first page. None if there is no such page."""
    if not path:
        return first_page(catalog)
    return next((page for page in catalog.bodies("page") if path_of(page) == path), None)


def address_of(catalog: Catalog, page: str) -> str:
    """A page's path within its app: "about/"; "" for the first page, which is at the app's own address."""
    first = first_page(catalog)
    found = catalog.body("page", page)
    return "" if found is None or found is first else f"{path_of(found)}/"


def way_to(catalog: Catalog, here: str, there: str) -> str:
    """The relative URL from one page of an app to another."""
    if not catalog.is_release:
        return f"../{there}/"
    return ("../" if address_of(catalog, here) else "./") + address_of(catalog, there)


def with_query(address: str, query: str) -> str:
    """A URL with a query, if there is one."""
    return f"{address}?{query}" if query else address


def safe(address: Any, schemes: tuple[str, ...] = LEADS_TO) -> str:
    """A URL that executes nothing, whoever wrote it; "" for one that might. A bare host is taken for a site. If it
    leads elsewhere, its host is where everybody expects it, after two slashes."""
    text = _UNSEEN.sub("", as_text(address)).strip()
    if _HOST.match(text):
        return f"https://{text}"
    if site := _SITE.match(text):
        text = f"{site[1]}://{text[site.end() :]}"
    elif slashes := _SLASHES.match(text):
        text = f"//{text[slashes.end() :]}"
    scheme = _SCHEME.match(text)
    return text if scheme is None or scheme[1].lower() in schemes else ""


def host_of(address: str) -> str:
    """The host of an external URL; "" for one that stays on this site or names none."""
    try:
        return urlsplit(address.replace("\\", "/")).netloc.rpartition("@")[2]
    except ValueError:
        return ""
