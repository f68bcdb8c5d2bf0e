"""The issues of a whole app (S43), each with a link to it; and the remaining uses of what a gesture has removed."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

from builder.access import catalog_of
from builder.checking.ways import without_way_in
from builder.document import Body, Fix, Problem
from builder.document_cache import order
from builder.errors import Gone
from builder.expressions.catalog import Catalog
from builder.kinds import kinds
from builder.kinds.page import ROOTS
from builder.models import App, User

# The number of uses listed by name; the rest are counted.
NAMED = 3
# Pages first, then what happens on them, then what both use.
ORDER = ("page", "reusable", "theme", "workflow", "api", "data_type")


@dataclass(frozen=True, slots=True)
class Issue:
    """Something left undone: a sentence about it, where in words, the URL to fix it at, and the document, node and
    property concerned. If it `blocks`, no release can be made; `fix` resolves it."""

    sentence: str
    where: str
    url: str
    doc: str
    node: str
    prop: str = ""
    blocks: bool = True
    fix: Fix | None = None

    @property
    def asked(self) -> str:
        """What the button of its fix sends, as JSON: which issue it is, and the button's label."""
        label = self.fix.label if self.fix else ""
        return json.dumps({"doc": self.doc, "node": self.node, "prop": self.prop, "label": label})


def issues_of(app: App, catalog: Catalog) -> list[Issue]:
    """All issues of an app, in the order of its pages, workflows, APIs and data types, and within each in reading
    order. A fix that would resolve several of them is offered with the first only."""
    lost = {problem.where.doc: problem for problem in without_way_in(catalog)}
    found = list[Issue]()
    for kind, body in _bodies(catalog):
        problems = kinds[kind].problems(body, catalog)
        address = f"{kind}/{body['root']}"
        listed = [_listed(app, kind, body, each, catalog) for each in problems]
        if address in lost:
            listed.append(_listed(app, kind, body, lost[address], catalog))
        found += _in_order(body, listed) if listed else ()
    return _each_once(found)


def _in_order(body: Body, issues: list[Issue]) -> list[Issue]:
    """In document order, regardless of the order in which the database returns the nodes."""
    place = {key: number for number, key in enumerate(order(body))}
    return sorted(issues, key=lambda issue: (place.get(issue.node, 0), issue.prop, issue.sentence, not issue.fix))


def _each_once(issues: list[Issue]) -> list[Issue]:
    """Without duplicates: a text with several missing pieces of dynamic data is one issue, and each fix is offered
    once."""
    found, offered = dict[tuple[str, str, str, str], Issue](), set[str]()
    for each in issues:
        about = (each.doc, each.node, each.prop, each.sentence)
        if each.fix and each.asked in offered:
            each = replace(each, fix=None)
        elif each.fix:
            offered.add(each.asked)
        found.setdefault(about, each)
    return list(found.values())


def _listed(app: App, kind: str, body: Body, problem: Problem, catalog: Catalog) -> Issue:
    node = problem.where.node if problem.where.node in body["nodes"] else body["root"]
    where = kinds[kind].words(body, node, catalog)
    where, url = where[:1].upper() + where[1:], kinds[kind].url(app.slug, body, node)
    if kind in ROOTS and problem.where.prop:
        url += f"{'&' if '?' in url else '?'}prop={quote(problem.where.prop)}"
    if part := kinds[kind].part(body, node, problem.where.prop):
        url += f"{'&' if '?' in url else '?'}focus={quote(part)}"
    blocks = problem.severity != "hint"
    return Issue(problem.sentence, where, url, problem.where.doc, node, problem.where.prop, blocks, problem.fix)


def fix_of(app: App, catalog: Catalog, doc: str, node: str, prop: str, label: str) -> Fix:
    """The fix of an existing issue, by its button's label. Raises `Gone` if there is no such issue any more."""
    for issue in issues_of(app, catalog):
        if issue.fix and (issue.doc, issue.node, issue.prop, issue.fix.label) == (doc, node, prop, label):
            return issue.fix
    raise Gone


def _bodies(catalog: Catalog) -> Iterator[tuple[str, Any]]:
    for kind in sorted(kinds, key=lambda kind: (*ORDER, kind).index(kind)):
        for body in catalog.bodies(kind):
            yield kind, body


def uses(catalog: Catalog, gone: Iterable[str]) -> list[str]:
    """The places that refer to ids that no longer exist, in words: "Live answer on page chat". Ids are unique within an
    app, so anything that contains one refers to it."""
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
    """A sentence listing the remaining uses of what the person's newest gesture removed; empty if there are none."""
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
