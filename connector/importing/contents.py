"""Texts in an imported body that an author may want to set from a workflow: each is offered as a parameter."""

import json
import re
from collections.abc import Collection, Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from connector.asking.placeholders import IN_TEXT
from connector.importing import CallDraft, Parameter

MOST = 24
# Names of members that hold what somebody says to a service, and what the app's author says.
_SAID = re.compile(r"prompt|inputs?|query|q|question|message|msg|text|content|search|(user_)?input(_text)?")
_TOLD = re.compile(r"system|instructions?|developer|preamble|system_?(prompt|instruction)")
_ROLES = {
    "user": "question",
    "human": "question",
    "system": "instructions",
    "developer": "instructions",
    "assistant": "answer",
}
# Members whose texts control the service and are rarely anything else.
_DULL = re.compile(r"role|type|object|format|encoding|response_(format|mode)|event|mode|method|jsonrpc")
_TEXT = re.compile(r"\s")


@dataclass
class Offer:
    """A text that may become a parameter: where it is, its suggested name, and whether it is likely."""

    key: str
    name: str
    value: str
    ticked: bool


def offers(call: CallDraft) -> list[Offer]:
    """The texts of a call's body; those that look like content are preselected."""
    found: list[Offer] = []
    taken = {parameter.name for parameter in call.parameters}
    for key, value, name, said in _texts(call):
        if IN_TEXT.search(value) or not value.strip():
            continue
        found.append(Offer(key, _free(name, taken), value, said))
        if len(found) == MOST:
            break
    if not any(offer.ticked for offer in found) and len(spoken := [o for o in found if _TEXT.search(o.value)]) == 1:
        spoken[0].ticked = True
    return found


def with_parameters(call: CallDraft, chosen: Collection[str]) -> CallDraft:
    """The call with the chosen offers as parameters that a workflow may set; their texts become the test values."""
    made = deepcopy(call)
    tree = _tree(call)
    for offer in offers(call):
        if offer.key not in chosen:
            continue
        made.parameters.append(Parameter(offer.name, offer.value, "body", private=not offer.ticked))
        if offer.key.startswith("/"):
            _put(tree, offer.key, f"<{offer.name}>")
        else:
            made.form[int(offer.key)].value = f"<{offer.name}>"
    if tree is not None:
        made.body = pretty(tree)
    return made


def pretty(value: Any) -> str:
    """JSON formatted for reading."""
    return json.dumps(value, indent=2, ensure_ascii=False)


def _tree(call: CallDraft) -> Any:
    try:
        return json.loads(call.body) if call.body_kind == "json" and call.body else None
    except (ValueError, RecursionError):
        return None


def _texts(call: CallDraft) -> Iterator[tuple[str, str, str, bool]]:
    """Each text: its place, the text itself, its name, and whether it looks like something said."""
    if call.body_kind in ("form", "multipart"):
        for at, row in enumerate(call.form):
            if not row.file:
                yield str(at), row.value, row.name, bool(_SAID.fullmatch(row.name.lower()))
        return
    yield from _walk(_tree(call), "", "", "")


def _walk(value: Any, key: str, name: str, role: str) -> Iterator[tuple[str, str, str, bool]]:
    if isinstance(value, str):
        kind = name.lower()
        if _DULL.fullmatch(kind) or not key:
            return
        called = _ROLES.get(role) or (
            "instructions" if _TOLD.fullmatch(kind) else "question" if kind in ("content", "text") else name
        )
        yield key, value, called, bool(_SAID.fullmatch(kind)) and role in ("", "user", "human")
        return
    children: Any = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    if isinstance(value, dict) and isinstance(value.get("role"), str):
        role = value["role"].lower()
    for step, inner in children:
        yield from _walk(inner, f"{key}/{_escaped(str(step))}", step if isinstance(step, str) else name, role)


def _escaped(step: str) -> str:
    return step.replace("~", "~0").replace("/", "~1")


def _put(tree: Any, pointer: str, text: str) -> None:
    *before, last = [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]
    for step in before:
        tree = tree[int(step)] if isinstance(tree, list) else tree[step]
    tree[int(last) if isinstance(tree, list) else last] = text


def _free(name: str, taken: set[str]) -> str:
    plain = re.sub(r"[^\w .-]+", "_", name).strip("_ .-")[:50] or "value"
    plain = plain if re.match(r"[^\W\d]", plain) else f"value {plain}"
    made, count = plain, 2
    while made in taken:
        made, count = f"{plain} {count}", count + 1
    taken.add(made)
    return made
