"""The addresses of an app's pages: the last part of each, as its visitors see it."""

from typing import Any

from django.utils.text import slugify

from builder.document import Body
from builder.expressions.catalog import Catalog


def path_of(page: Body) -> str:
    """What its author chose, else its name in letters an address can hold; where it has none, its key."""
    root: dict[str, Any] = page["nodes"][page["root"]]
    return str(root["props"].get("path") or slugify(root["name"]) or page["root"])


def page_at(catalog: Catalog, path: str) -> Body | None:
    """The page at an address; the first page at none. None when there is no such page."""
    pages = catalog.bodies("page")
    return next((page for page in pages if not path or path_of(page) == path), None)


def address_of(catalog: Catalog, page: str) -> str:
    """Where a page is found below its app: "about/"; the first page at the app's own address, ""."""
    pages = catalog.bodies("page")
    return next((f"{path_of(body)}/" for body in pages[1:] if body["root"] == page), "")
