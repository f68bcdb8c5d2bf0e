"""What comes along when elements are pasted in another app: the reusable elements that they show, and the named styles
and added colours and fonts that they use (`builder.clipboard`).

What is there already stays as it is and is used, under the same id or as something of the same name and content; the
rest is added with new ids, under a name that is free. The clipboard may hold anything: all of it is validated, and only
what the pasted elements need is taken.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from builder.changes import ChangeJSON, changes
from builder.changes.duplicate import free_name
from builder.clipboard import MOST, PARTS, parts_of, token_of
from builder.document import Body, Node, address, new_id, node, shape_problems, walk
from builder.elements import elements
from builder.errors import Invalid
from builder.expressions.catalog import Catalog
from builder.gestures import Said
from builder.gestures.plan import NAME_LENGTH, Plan
from builder.gestures.theming import insertion, theme_here
from builder.kinds import kinds
from builder.rewriting import renamed, texts

KINDS = ("reusable", "workflow", "theme")
WORDS = {"reusables": "reusable element", "styles": "style", "colours": "colour", "fonts": "font"}
# What a gesture says that may use what comes along.
CONTENT = ("nodes", "props")
# More than this is told by number.
LISTED = 3
_ID = re.compile(r"[a-z]+_[a-z0-9]+")


class Broken(Invalid):
    sentence = "What you copied is not whole, so nothing was pasted."
    why = "{reason}"
    todo = "Copy it again."


@dataclass(frozen=True, slots=True)
class Added:
    """Something that came along: in which of `WORDS`, its name here and where it comes from, its changes, and the
    JSON in which it may use others."""

    what: str
    name: str
    before: str
    changes: list[ChangeJSON]
    holds: Any


class Along:
    """What comes along with a gesture, before it is planned: `said` is the gesture with the ids of this app, `catalog`
    the documents with everything that may be added. Raises `Invalid` for a clipboard that is not whole."""

    def __init__(self, said: Said, catalog: Catalog):
        self.catalog = catalog
        self.added: dict[str, Added] = {}
        self._ids: dict[str, str] = {}
        self.said = {name: each for name, each in said.items() if name != "along"}
        if "along" in said:
            self.reusables, self.parts = _read(said["along"])
            self.theme, self.created = theme_here(catalog)
            content = {name: said[name] for name in CONTENT if name in said}
            self._settle(content)
            self.said |= renamed(content, self._ids)

    def with_plan(self, plan: Plan) -> Plan:
        """The plan with what its changes use of it, as part of the same gesture."""
        used = dict[str, Added]()
        waiting: list[Any] = [plan.changes]
        while waiting and self.added:
            there = texts(waiting.pop())
            found = {key: each for key, each in self.added.items() if key in there and key not in used}
            used |= found
            waiting += [each.holds for each in found.values()]
        if not used:
            return plan
        needs_theme = any(each.what in PARTS for each in used.values())
        made = [change for key, each in self.added.items() if key in used for change in each.changes]
        came = _sentence([each for key, each in self.added.items() if key in used])
        return replace(plan, changes=[*plan.changes, *(self.created if needs_theme else []), *made], came=came)

    def _settle(self, stored: Any, around: tuple[str, ...] = ()) -> None:
        """Find or add what JSON uses of what is in the clipboard. `around` are the reusable elements it is in."""
        for text in sorted(texts(stored)):
            if text in self._ids:
                continue
            if text in self.parts and not self._is_there(text):
                self._part(text)
            elif text in self.reusables and text not in around and self.catalog.body("reusable", text) is None:
                self._reusable(text, (*around, text))

    def _is_there(self, name: str) -> bool:
        return any(name == each for each, _ in parts_of(self.theme))

    def _part(self, name: str) -> None:
        """A style, a colour or a font."""
        slot, key, holder = self.parts[name]
        self._settle(holder["props"].get("set"))
        props, names = renamed(holder["props"], self._ids), set[str]()
        for other, (each, _, there) in parts_of(self.theme):
            if each == slot:
                names.add(there["name"])
                is_same = {**props, "token": ""} == {**there["props"], "token": ""}
                if is_same and _stem(there["name"]) == _stem(holder["name"]):
                    self._ids[name] = other
                    return
        new, called = new_id(key.partition("_")[0]), free_name(_name(holder), names)
        if "token" in props:
            props["token"] = token_of(new)
        change = insertion(self.theme, slot, new, node(holder["type"], called, props))
        self.theme = changes["insert"].apply(self.theme, change)[0]
        self.catalog = self.catalog.replacing([("theme", self.theme)])
        self._ids[name] = other = props.get("token", new)
        self.added[other] = Added(slot, called, holder["name"], [change], props)

    def _reusable(self, key: str, around: tuple[str, ...]) -> None:
        """A reusable element with its workflows, after those inside it."""
        documents = self.reusables[key]
        for holder in documents[0]["nodes"].values():
            if holder["type"] == "instance" and holder["props"].get("of") in around:
                raise Broken(reason="A reusable element in it stands in itself.")
        self._settle(documents, around)
        documents = renamed(documents, self._ids)
        self._ids |= self._same(documents) or self._add(documents)

    def _same(self, documents: list[Body]) -> dict[str, str]:
        """The ids here of a reusable element that is here already, by its ids in the clipboard; none if it is not."""
        own, content = _content(documents)
        for same in self._named_alike(documents[0]):
            there, its = _content(same)
            if its == content and len(there) == len(own):
                return dict(zip(own, there, strict=True))
        return {}

    def _add(self, documents: list[Body]) -> dict[str, str]:
        """Add a reusable element with its workflows; returns their new ids."""
        ids = {each: new_id(each.partition("_")[0]) for body in documents for each in body["nodes"]}
        made: list[Body] = renamed(documents, ids)
        root = made[0]["nodes"][made[0]["root"]]
        before = root["name"]
        root["name"] = free_name(_name(root), {self.catalog.name(each["root"]) for each in self._all()})
        found = [(body["nodes"][body["root"]]["type"], body) for body in made]
        self.catalog = self.catalog.replacing(found)
        created: list[ChangeJSON] = [{"do": "create", "doc": address(body), "body": body} for body in made]
        self.added[made[0]["root"]] = Added("reusables", root["name"], before, created, made)
        return ids

    def _all(self) -> list[Body]:
        return self.catalog.bodies("reusable")

    def _named_alike(self, reusable: Body) -> Iterator[list[Body]]:
        """The reusable elements here that have its name, or that with a number, each with its workflows."""
        name = _name(reusable["nodes"][reusable["root"]])
        for body in self._all():
            if _stem(self.catalog.name(body["root"])) == _stem(name):
                own = [self.catalog.body("workflow", each) for each in self.catalog.workflows(body["root"])]
                yield [body, *filter(None, own)]


# Reading the clipboard


def _read(along: Any) -> tuple[dict[str, list[Body]], dict[str, tuple[str, str, Node]]]:
    """The reusable elements with their workflows, by id, and the parts of the theme, by the name that elements use."""
    reusables: dict[str, list[Body]] = {}
    workflows: list[Body] = []
    parts: dict[str, tuple[str, str, Node]] = {}
    for body in along if isinstance(along, list) else [None]:
        kind = _checked(body)
        if kind == "reusable":
            reusables[body["root"]] = [body]
        elif kind == "workflow":
            workflows.append(body)
        else:
            parts |= dict(parts_of(body))
    if len(reusables) > MOST:
        raise Broken(reason=f"More than {MOST} reusable elements come with it.")
    for body in workflows:
        page = body["nodes"][body["root"]]["props"].get("page")
        if isinstance(page, str) and page in reusables:
            reusables[page].append(body)
    return reusables, parts


def _checked(body: Any) -> str:
    """The kind of a document of the clipboard, which is as valid as any stored one. Raises `Broken`."""
    wrong = shape_problems(body)
    if not wrong:
        kind = body["nodes"][body["root"]]["type"]
        if kind not in KINDS or kind not in kinds or not all(map(_ID.fullmatch, body["nodes"])):
            raise Broken(reason="Something in it is none of what comes along with elements.")
        wrong = [problem for problem in kinds[kind].problems(body) if problem.severity == "error"]
    if wrong:
        raise Broken(reason=wrong[0].sentence)
    return str(kind)


# Comparing


def _content(documents: list[Body]) -> tuple[list[str], list[Body]]:
    """The ids in a reusable element and its workflows in reading order, and its content with numbers in place of these
    ids and without its name: the same for the same content."""
    ids: dict[str, str] = {}
    for body in documents:
        for key in walk(body):
            ids.setdefault(key, f"#{len(ids)}")
            for row in _rows(body["nodes"][key]):
                ids.setdefault(row, f"#{len(ids)}")
    first, *others = renamed(documents, ids)
    root = first["nodes"]["#0"]
    return list(ids), [{**first, "nodes": first["nodes"] | {"#0": {**root, "name": ""}}}, *others]


def _rows(holder: Node) -> Iterator[str]:
    """The ids of an element's conditions, and of what a reusable element tells."""
    if holder["type"] in elements:
        yield from (each["id"] for each in holder["props"].get("conditions") or ())
    if holder["type"] == "reusable":
        yield from (each["key"] for name in ("tells", "happens") for each in holder["props"].get(name) or ())


def _stem(name: str) -> str:
    """A name without the number that makes it unique."""
    return name.rstrip("0123456789").rstrip()


def _name(holder: Node) -> str:
    return " ".join(holder["name"].split())[:NAME_LENGTH] or "Without a name"


# Telling


def _sentence(added: list[Added]) -> str:
    """What came along: "The reusable element Card and the style Quiet came along."."""
    if len(added) <= LISTED:
        in_order = sorted(added, key=lambda each: (list(WORDS).index(each.what), each.name))
        listed = [f"the {WORDS[each.what]} {_named(each)}" for each in in_order]
    else:
        many = {what: len([each for each in added if each.what == what]) for what in WORDS}
        listed = [f"{number} {WORDS[what]}{'s' * (number > 1)}" for what, number in many.items() if number]
    said = " and ".join(filter(None, [", ".join(listed[:-1]), listed[-1]]))
    return f"{said[:1].upper()}{said[1:]} came along."


def _named(each: Added) -> str:
    """Its name, and the one it comes from if that was taken here."""
    return each.name if each.name == each.before else f"{each.name} (as there is another {each.before})"
