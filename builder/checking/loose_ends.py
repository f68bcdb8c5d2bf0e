"""The loose ends of a whole app (S43), each with the way to it; and what still uses what a gesture has removed."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from builder.access import catalog_of
from builder.checking.ways import without_way_in
from builder.document import Body, Mend, Problem
from builder.errors import Gone
from builder.expressions.catalog import Catalog
from builder.kinds import kinds
from builder.kinds.page import ROOTS
from builder.models import App, User

# Uses that are named one by one; the rest are counted.
NAMED = 3
# Pages first, then what happens on them, then what both use.
ORDER = ("page", "reusable", "theme", "workflow", "api", "data_type")


@dataclass(frozen=True, slots=True)
class LooseEnd:
    """Something that is left undone: what in a sentence, where in words, the address to mend it at, and the document,
    the node and the property it is about. What `blocks` keeps a release from being made; `mend` takes it away."""

    sentence: str
    where: str
    url: str
    doc: str
    node: str
    prop: str = ""
    blocks: bool = True
    mend: Mend | None = None

    @property
    def asked(self) -> str:
        """What a press on its mend says, as JSON: which it is, and what its button says."""
        label = self.mend.label if self.mend else ""
        return json.dumps({"doc": self.doc, "node": self.node, "prop": self.prop, "label": label})


def loose_ends(app: App, catalog: Catalog) -> list[LooseEnd]:
    """All of an app, in the order of its pages, workflows, APIs and data types."""
    lost = {problem.where.doc: problem for problem in without_way_in(catalog)}
    found = []
    for kind, body in _bodies(catalog):
        problems = kinds[kind].problems(body, catalog)
        address = f"{kind}/{body['root']}"
        found += [_listed(app, kind, body, each, catalog) for each in problems]
        if address in lost:
            found.append(_listed(app, kind, body, lost[address], catalog))
    # A text with several pieces of dynamic data that are gone is one end.
    return list({(each.doc, each.node, each.prop, each.sentence): each for each in found}.values())


def _listed(app: App, kind: str, body: Body, problem: Problem, catalog: Catalog) -> LooseEnd:
    node = problem.where.node if problem.where.node in body["nodes"] else body["root"]
    where = kinds[kind].words(body, node, catalog)
    where, url = where[:1].upper() + where[1:], kinds[kind].url(app.slug, body, node)
    if kind in ROOTS and problem.where.prop:
        url += f"{'&' if '?' in url else '?'}prop={quote(problem.where.prop)}"
    if part := kinds[kind].part(body, node, problem.where.prop):
        url += f"{'&' if '?' in url else '?'}focus={quote(part)}"
    blocks = problem.severity != "hint"
    return LooseEnd(problem.sentence, where, url, problem.where.doc, node, problem.where.prop, blocks, problem.mend)


def mend_of(app: App, catalog: Catalog, doc: str, node: str, prop: str, label: str) -> Mend:
    """What takes away an end that is there, by what its button says. Raises `Gone` where it is there no more."""
    for end in loose_ends(app, catalog):
        if end.mend and (end.doc, end.node, end.prop, end.mend.label) == (doc, node, prop, label):
            return end.mend
    raise Gone


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


def left_behind(app: App, person: User, catalog: Catalog | None = None) -> str:
    """What the person's newest gesture removed although it is in use, in a sentence; empty where it is not."""
    entry = app.entries.filter(person=person, undone=False).first()
    removed: set[str] = set()
    for inverse in entry.inverses if entry else ():
        if inverse["do"] in ("insert", "create"):
            removed |= (inverse["nodes"] if inverse["do"] == "insert" else inverse["body"]["nodes"]).keys()
    found = uses(catalog or catalog_of(app), removed) if removed else []
    if not found:
        return ""
    more = f" and {len(found) - NAMED} more" if len(found) > NAMED else ""
    return f"Used in {len(found)} place{'' if len(found) == 1 else 's'}: {', '.join(found[:NAMED])}{more}."
