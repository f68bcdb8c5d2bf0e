"""Addresses: those of an app's pages, as its visitors see them, and those outside that a link may lead to."""

import re
from collections.abc import Collection
from itertools import count
from typing import Any
from urllib.parse import urlsplit

from django.utils.text import slugify

from builder.document import Body
from builder.expressions.catalog import Catalog
from builder.expressions.values import as_text

# What a link may lead to; other schemes run something, or show what is on the visitor's machine.
LEADS_TO = ("https", "http", "mailto", "tel")
LOADS = ("https", "http")
# Browsers read an address as if these were not in it.
_UNSEEN = re.compile(r"[\x00-\x1f\x7f]")
# However many slashes there are, of either kind: browsers read them as two, and what follows as a host.
_SITE, _SLASHES = re.compile(r"(https?):[\\/]*", re.IGNORECASE), re.compile(r"[\\/]{2,}")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_HOST = re.compile(r"[\w-]+(\.[\w-]+)+(:\d+)?([/?#]|$)")


def path_of(page: Body) -> str:
    """What its author chose, else its name in letters an address can hold; where it has none, its key."""
    root: dict[str, Any] = page["nodes"][page["root"]]
    return str(root["props"].get("path") or slugify(root["name"]) or page["root"])


def free_path(path: str, taken: Collection[str]) -> str:
    """An address like this one that no page has: `about-2`."""
    return next(f"{path}-{number}" for number in count(2) if f"{path}-{number}" not in taken)


def first_page(catalog: Catalog) -> Body | None:
    """The page at the app's own address: the one its author chose, else the one that was made first."""
    pages = catalog.bodies("page")
    chosen = (page for page in pages if page["nodes"][page["root"]]["props"].get("first"))
    return next(chosen, pages[0] if pages else None)


def page_at(catalog: Catalog, path: str) -> Body | None:
    """The page at an address; the first page at none. None when there is no such page."""
    if not path:
        return first_page(catalog)
    return next((page for page in catalog.bodies("page") if path_of(page) == path), None)


def address_of(catalog: Catalog, page: str) -> str:
    """Where a page is found below its app: "about/"; the first page at the app's own address, ""."""
    first = first_page(catalog)
    found = catalog.body("page", page)
    return "" if found is None or found is first else f"{path_of(found)}/"


def way_to(catalog: Catalog, here: str, there: str) -> str:
    """From one page of an app to another, as a visitor's browser finds it from the first."""
    if not catalog.is_release:
        return f"../{there}/"
    return ("../" if address_of(catalog, here) else "./") + address_of(catalog, there)


def with_query(address: str, query: str) -> str:
    """An address with what it tells, where it tells something."""
    return f"{address}?{query}" if query else address


def safe(address: Any, schemes: tuple[str, ...] = LEADS_TO) -> str:
    """An address that runs nothing, whoever wrote it; "" for one that might. A bare host is taken for a site. Where it
    leads away, its host stands where everybody looks for it, behind two slashes."""
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
    """The host that an address leads away to; "" for one that stays on this site or names none."""
    try:
        return urlsplit(address.replace("\\", "/")).netloc.rpartition("@")[2]
    except ValueError:
        return ""
