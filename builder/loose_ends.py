"""The loose ends of a whole app (S43), each with the way to it; and what still uses what a gesture has removed."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from builder.access import catalog_of
from builder.expressions.catalog import Catalog
from builder.kinds import kinds
from builder.models import App, User

# Uses that are named one by one; the rest are counted.
NAMED = 3
# Pages first, then what happens on them, then what both use.
ORDER = ("page", "theme", "workflow", "api", "data_type")


@dataclass(frozen=True, slots=True)
class LooseEnd:
    """Something that is left undone: what in a sentence, where in words, the address to mend it at, and the document
    and node it is about."""

    sentence: str
    where: str
    url: str
    doc: str
    node: str


def loose_ends(app: App, catalog: Catalog) -> list[LooseEnd]:
    """All of an app, in the order of its pages, workflows, APIs and data types."""
    found = []
    for kind, body in _bodies(catalog):
        for problem in kinds[kind].problems(body, catalog):
            node = problem.where.node if problem.where.node in body["nodes"] else body["root"]
            where = kinds[kind].words(body, node, catalog)
            url = kinds[kind].url(app.slug, body, node)
            found.append(LooseEnd(problem.sentence, where[:1].upper() + where[1:], url, problem.where.doc, node))
    return found


def _bodies(catalog: Catalog) -> Iterator[tuple[str, Any]]:
    for kind in sorted(kinds, key=lambda kind: (*ORDER, kind).index(kind)):
        for body in catalog.bodies(kind):
            yield kind, body


def uses(catalog: Catalog, gone: Iterable[str]) -> list[str]:
    """Where ids are referred to that are no longer there, in words: "Live answer on page chat". Ids are unique within
    an app, so whatever mentions one refers to it."""
    named = sorted(gone)
    if not named:
        return []
    mention = re.compile(rf"\b(?:{'|'.join(map(re.escape, named))})\b")
    return [
        kinds[kind].words(body, key, catalog)
        for kind, body in _bodies(catalog)
        for key, node in body["nodes"].items()
        if mention.search(json.dumps(node["props"]))
    ]


def left_behind(app: App, person: User) -> str:
    """What the person's newest gesture removed although it is in use, in a sentence; empty where it is not."""
    entry = app.entries.filter(person=person, undone=False).first()
    removed: set[str] = set()
    for inverse in entry.inverses if entry else ():
        if inverse["do"] in ("insert", "create"):
            removed |= (inverse["nodes"] if inverse["do"] == "insert" else inverse["body"]["nodes"]).keys()
    found = uses(catalog_of(app), removed) if removed else []
    if not found:
        return ""
    more = f" and {len(found) - NAMED} more" if len(found) > NAMED else ""
    return f"Used in {len(found)} place{'' if len(found) == 1 else 's'}: {', '.join(found[:NAMED])}{more}."
