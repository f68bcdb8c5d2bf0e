"""Private data in public places: keys, private values of calls, passwords, e-mail addresses (S43).

A page's texts, its HTML and its URLs reach every visitor. What is read only on the server, such as a state's default or
a condition, does not.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from builder.bindings import bound
from builder.document import Body, Node, Problem, Where, address
from builder.document_cache import for_all_nodes, node_written, per_node
from builder.elements import elements
from builder.elements.page import EVERYBODY
from builder.expressions.catalog import Catalog, Place
from builder.expressions.shape import Expression, Value, is_expression, is_text, steps
from builder.expressions.trace import trace
from builder.kinds import kinds

# The formats of well-known services' keys, to recognise one anywhere.
_KEY = re.compile(
    r"(?<![A-Za-z0-9])(?:"
    r"sk-(?:[a-z]+-)?[A-Za-z0-9_-]{20,}|[sr]k_(?:live|test)_[A-Za-z0-9]{16,}|whsec_[A-Za-z0-9]{20,}"
    r"|AKIA[0-9A-Z]{16}|AIza[0-9A-Za-z_-]{35}|gh[pousr]_[A-Za-z0-9]{30,}|github_pat_[A-Za-z0-9_]{30,}"
    r"|glpat-[A-Za-z0-9_-]{20,}|xox[abprs]-[0-9A-Za-z-]{20,}|hf_[A-Za-z0-9]{30,}|SG\.[\w-]{20,}\.[\w-]{20,}"
    r"|eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}|[Bb]earer [A-Za-z0-9._~+/-]{24,}"
    r")|-----BEGIN [A-Z ]*PRIVATE KEY"
)
# Every key contains one of these; searching a long text for them first is faster.
_BEGINS = ("sk-", "k_live_", "k_test_", "whsec_", "AKIA", "AIza", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_")
_BEGINS += ("glpat-", "xox", "hf_", "SG.", "eyJ", "earer ", "-----BEGIN ")
# Shorter private values would also match in unrelated texts.
_SHORTEST = 12


def key_in(written: str) -> str:
    """The first characters of a key contained in a text or in JSON, enough to find it; "" if there is none."""
    found = _KEY.search(written) if any(each in written for each in _BEGINS) else None
    return f"{found[0][:4]}…" if found else ""


def leaks(page: Body, catalog: Catalog) -> Iterator[Problem]:
    """All leaks of a page."""
    if any(for_all_nodes(_has_key, page).values()):
        yield from _keys(page)
    private = list(_private(catalog))
    written = "".join(map(node_written, page["nodes"].values())) if private else ""
    for value, words in private:
        if _in_json(value) in written:
            yield from _copies(page, value, words)
    if any(for_all_nodes(_is_password, page).values()):
        yield from _passwords(page, catalog)
    if (
        any(for_all_nodes(_takes_field, page).values())
        and page["nodes"][page["root"]]["props"].get("who", EVERYBODY) == EVERYBODY
    ):
        yield from _addresses(page, catalog)


def _found(page: Body, key: str, prop: str, sentence: str, blocks: bool = False) -> Problem:
    return Problem(Where(address(page), key, prop), sentence, "issue" if blocks else "hint")


def password_in(value: Value, place: Place) -> str:
    """The name of a password input whose text is part of a value; "" if there is none."""
    for expression in _texts(value, place):
        typed = place.catalog.node(expression.get("args", {}).get("element"))
        if expression["from"] == "element" and typed and _is_password(typed):
            return str(typed["name"])
    return ""


def _keys(page: Body) -> Iterator[Problem]:
    """Keys written into the page."""
    for key, prop, value in _public(page):
        if begins := key_in(json.dumps(value)):
            sentence = f"A key stands in it ({begins}), and whoever opens the page can read it. Take it out: a key "
            yield _found(page, key, prop, sentence + "belongs into the authentication of an API.", blocks=True)


def _copies(page: Body, value: str, words: str) -> Iterator[Problem]:
    """Verbatim copies of a private value of a call."""
    for key, prop, held in _public(page):
        if _in_json(value) in json.dumps(held):
            yield _found(page, key, prop, f"It holds what is private in {words}, for everybody to read. Take it out.")


def _passwords(page: Body, catalog: Catalog) -> Iterator[Problem]:
    """Typed passwords that are shown or put into a URL."""
    for key, prop, place, expression in _shown(page, catalog):
        if name := password_in(expression, place):
            if page["nodes"][key]["type"] == "link" and prop != "label":
                sentence = f"The password typed into {name} goes into an address, which browsers and servers keep. "
                yield _found(page, key, prop, sentence + "Take it out.", blocks=True)
            else:
                yield _found(page, key, prop, f"It shows the password typed into {name}. Show something else.")


def _addresses(page: Body, catalog: Catalog) -> Iterator[Problem]:
    """E-mail addresses shown to everybody."""
    for key, prop, place, expression in _shown(page, catalog):
        told = next((link.label for link in trace(expression, place) if link.personal), "")
        if told:
            sentence = f"It shows “{told}”, an e-mail address, to everybody who opens the page. Show something else, "
            yield _found(page, key, prop, sentence + "or let only people of this app see the page.")


def _public(page: Body) -> Iterator[tuple[str, str, Any]]:
    """Everything on a page that reaches its visitors, as (element, property, value)."""
    for key, holder in page["nodes"].items():
        if holder["type"] in elements:
            yield from ((key, prop, value) for prop, value in holder["props"].items())


def _private(catalog: Catalog) -> Iterator[tuple[str, str]]:
    for kind in kinds.values():
        for body in catalog.bodies(kind.name):
            yield from (each for each in kind.private(body) if len(each[0]) >= _SHORTEST)


def _in_json(text: str) -> str:
    return json.dumps(text)[1:-1]


@per_node
def _has_key(holder: Node) -> bool:
    return bool(key_in(node_written(holder)))


@per_node
def _takes_field(holder: Node) -> bool:
    return '"op": "field"' in node_written(holder)


@per_node
def _is_password(holder: Node) -> bool:
    element = elements.get(holder["type"])
    return bool(element and element.gives and element.is_hidden(holder["props"]))


def _shown(page: Body, catalog: Catalog) -> Iterator[tuple[str, str, Place, Expression]]:
    """Each piece of dynamic data whose text a visitor sees, with its element and property."""
    for key, holder in page["nodes"].items():
        if holder["type"] not in elements:
            continue
        place = Place(catalog, page=page["root"], element=key)
        for each in bound(elements[holder["type"]].Props.base_fields, holder["props"]):
            if each.type in ("text", "any"):
                yield from ((key, each.prop, place, one) for one in _texts(each.value, place))


def _texts(value: Value, place: Place) -> Iterator[Expression]:
    """The expressions whose own text is part of a value: those of its parts, and the arguments that operators add to
    them."""
    if is_text(value):
        for part in value["text"]:
            yield from _texts(part, place)
    elif is_expression(value):
        if trace(value, place)[-1].type == "text":
            yield value
        for step in steps(value):
            for arg in step.get("args", ()):
                yield from _texts(arg, place)
