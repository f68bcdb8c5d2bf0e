"""Edits to API documents: every function returns the changes of one gesture, for the journal to perform."""

import re
from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any

from builder.changes import ChangeJSON
from builder.changes import changes as commands
from builder.changes.duplicate import copy_with_new_ids, free_name
from builder.document import Body, body, children, new_id, node
from builder.kinds import kinds
from connector.asking.address import is_whole, joined
from connector.asking.placeholders import IN_URL, Place, placeholders, shared_placeholders
from connector.kinds.api import STATUS_FIELDS

Changes = list[ChangeJSON]

NEW_API, NEW_CALL = "New API", "New call"
# The slots for rows that an author adds, with the type and id prefix of their nodes; an API has no form.
ROWS = {"headers": ("header", "hd"), "query": ("query", "qp"), "form": ("form_field", "ff")}
_FRONT = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^/?#]*")
_OWN_FRONT = re.compile(r"[a-z]+:(?=/|$)")


def address_of(api: Body) -> str:
    """How changes refer to an API's document."""
    return f"api/{api['root']}"


def after(api: Body, wanted: Iterable[ChangeJSON]) -> Body:
    """The document as it will be; the given one is not changed."""
    made: Any = deepcopy(api)
    for change in wanted:
        made, _ = commands[change["do"]].apply(made, deepcopy(change))
    return made


# APIs and calls


def new_api(taken: Iterable[str]) -> tuple[str, str, Changes]:
    """A new API with its first call: key, call id, changes."""
    key, call = new_id("ai"), new_id("ca")
    made = kinds["api"].blank(key, free_name(NEW_API, set(taken)))
    made["nodes"][key]["slots"] = {"calls": [call]}
    made["nodes"][call] = _blank_call(NEW_CALL)
    return key, call, [{"do": "create", "doc": f"api/{key}", "body": made}]


def new_call(api: Body) -> tuple[str, Changes]:
    """Add a call at the end of an API."""
    call, calls = new_id("ca"), children(api, api["root"], "calls")
    name = free_name(NEW_CALL, {api["nodes"][each]["name"] for each in calls})
    insert = {"do": "insert", "nodes": {call: _blank_call(name)}, "node": call, "parent": api["root"]}
    return call, [insert | {"doc": address_of(api), "slot": "calls", "index": len(calls)}]


def _blank_call(name: str) -> dict[str, Any]:
    kind = {"use_as": "action", "method": "POST", "response_type": "stream", "body_kind": "json"}
    return node("call", name, {**kind, "path": "", "body": ""})


def duplicate_api(api: Body, taken: Iterable[str]) -> tuple[str, Changes]:
    """Copy an API with new ids. Its secrets are not copied, since they belong to the API they were saved for."""
    key, nodes = copy_with_new_ids(api, api["root"], new_id("ai"))
    nodes[key]["name"] = free_name(nodes[key]["name"], set(taken))
    return key, [{"do": "create", "doc": f"api/{key}", "body": body(key, nodes)}]


def duplicate_call(api: Body, call: str) -> tuple[str, Changes]:
    """Copy a call, right after itself."""
    new = new_id("ca")
    return new, [{"do": "duplicate", "doc": address_of(api), "node": call, "id": new}]


def removed(api: Body, key: str) -> Changes:
    """Remove a call or a row or, given its root, the API itself."""
    gone = {"do": "delete"} if key == api["root"] else {"do": "remove", "node": key}
    return [gone | {"doc": address_of(api)}]


def renamed(api: Body, key: str, name: str) -> Changes:
    """Rename an API, a call or a row."""
    return [{"do": "update", "doc": address_of(api), "node": key, "name": name}]


def updated(api: Body, key: str, props: Mapping[str, Any]) -> Changes:
    """Set properties of a node; None unsets one. No changes if all of them already have these values."""
    held = api["nodes"][key]["props"]
    new = {name: value for name, value in props.items() if value is not None and held.get(name, ...) != value}
    gone = [name for name, value in props.items() if value is None and name in held]
    change = {"do": "update", "doc": address_of(api), "node": key, "set": new, "unset": gone}
    return [change] if new or gone else []


# The URL: a call shows all of it, the API holds what its calls share


def url_of(api: Body, call: str) -> str:
    """A call's whole URL as a template."""
    return joined(_base(api), api["nodes"][call]["props"].get("path") or "")


def with_url(api: Body, call: str, url: str) -> Changes:
    """Change a call's URL. What its calls share stays with the API; an API's only call takes the API along."""
    base, url = _base(api), url.strip()
    shares = len(children(api, api["root"], "calls")) > 1
    # A base without a host, such as https:// while somebody is still typing, cannot be shared by calls.
    whole = base and not base.endswith("//")
    if whole and url.startswith(base) and (base[-1] in "/:" or url[len(base) : len(base) + 1] in ("", "/", "?", "#")):
        path = url[len(base) :]
        return updated(api, call, {"path": f"/{path}" if is_whole(path) else path})
    front = _FRONT.match(url) or _OWN_FRONT.match(url)
    if front is None or (base and shares):
        return updated(api, call, {"path": url})
    moved = updated(api, api["root"], {"base_url": front[0]}) + updated(api, call, {"path": url[front.end() :]})
    name = api["nodes"][api["root"]]["name"]
    if name.startswith(NEW_API) or (base and name == name_from(base)):
        moved += renamed(api, api["root"], name_from(front[0]))
    return moved


def name_from(front: str) -> str:
    """What an API is called until somebody names it: its host, without the usual prefixes."""
    scheme, _, host = IN_URL.sub("", front).partition(":")
    host = re.sub(r"^(//)?\.*(www\.|api\.)?", "", host).partition(":")[0]
    return (host or scheme.capitalize() or NEW_API)[:80]


def _base(api: Body) -> str:
    return api["nodes"][api["root"]]["props"].get("base_url") or ""


# Rows


def new_row(api: Body, parent: str, slot: str) -> tuple[str, Changes]:
    """Add a header, query parameter or form field, depending on `slot`, at the end of the rows of a call or of its API;
    return its id and the changes. It starts out empty and private."""
    type, prefix = ROWS[slot]
    row, made = new_id(prefix), node(type, "", {"value": "", "private": True})
    insert = {"do": "insert", "doc": address_of(api), "nodes": {row: made}, "node": row, "parent": parent, "slot": slot}
    return row, [insert | {"index": len(children(api, parent, slot))}]


def in_step(api: Body, wanted: Changes) -> Changes:
    """The changes, and their effect on the rows of parameters: each placeholder of a call, and of what the calls of an
    API share, has one (S6)."""
    made = after(api, wanted)
    holders = [made["root"], *(call for call in children(made, made["root"], "calls") if call in api["nodes"])]
    return wanted + [change for holder in holders for change in _rows_in_step(api, made, holder)]


def _rows_in_step(before: Body, made: Body, holder: str) -> Changes:
    """A placeholder that replaced another keeps its row, and with it whatever is bound to the row. The row of a removed
    placeholder is removed, too, unless it holds something: then it waits for the placeholder to return."""
    was, now = _wanted_rows(before, holder), _wanted_rows(made, holder)
    rows = _parameters(made, holder)
    new = [name for name in now if name not in rows]
    left = [name for name in rows if name not in now]
    just_left = [name for name in left if name in was]
    if len(new) == len(just_left) == 1:
        key = rows[just_left[0]]
        place = updated(made, key, {"place": now[new[0]]})
        return renamed(made, key, new[0]) + place
    found = [
        change
        for name in left
        if name in was and not made["nodes"][rows[name]]["props"].get("value")
        for change in removed(made, rows[name])
    ]
    for name in now.keys() & rows.keys():
        found += updated(made, rows[name], {"place": now[name]})
    return found + [_new_parameter(made, holder, name, now[name], len(rows) + at) for at, name in enumerate(new)]


def _wanted_rows(api: Body, holder: str) -> dict[str, Place]:
    """The names that need a row in a call, or in the API itself, with the place of each. A call does not need one for a
    name that its API has a row for, but may have its own."""
    shared = dict(shared_placeholders(api))
    if holder == api["root"]:
        return shared
    own, rows = dict(placeholders(api, holder)), _parameters(api, holder)
    return {name: place for name, place in (shared | own).items() if name in rows or name not in shared}


def _parameters(api: Body, holder: str) -> dict[str, str]:
    return {api["nodes"][key]["name"]: key for key in children(api, holder, "parameters")}


def _new_parameter(api: Body, holder: str, name: str, place: str, index: int) -> ChangeJSON:
    key = new_id("pa")
    made = node("parameter", name, {"place": place, "value": "", "private": True})
    insert = {"do": "insert", "doc": address_of(api), "nodes": {key: made}, "node": key, "parent": holder}
    return insert | {"slot": "parameters", "index": index}


# Response fields


def with_fields(api: Body, call: str, wanted: list[dict[str, Any]], initialized: Mapping[str, Any]) -> Changes:
    """Set the response fields, in this order, and the facts about the Initialize that found them.

    A field is `{"id", "name", "type", "path", …}`. If it corresponds to an existing field, by its id or by the same
    path under the same condition, it keeps that id, so that nothing bound to it breaks (S18). A call that includes
    errors also has the built-in fields (S10).
    """
    there = children(api, call, "fields")
    wanted = wanted + _built_in(api, call, wanted)
    ids = _matched(api, there, wanted)
    found = updated(api, call, {"initialized": dict(initialized)})
    for key in there:
        if key not in ids:
            found += removed(api, key)
    made = [key for key in there if key in ids]
    for at, (key, field) in enumerate(zip(ids, wanted, strict=True)):
        props = {name: value for name, value in field.items() if name not in ("id", "name") and value is not None}
        if key not in made:
            insert = {"do": "insert", "doc": address_of(api), "nodes": {key: node("field", field["name"], props)}}
            found.append(insert | {"node": key, "parent": call, "slot": "fields", "index": at})
            made.insert(at, key)
            continue
        dropped = dict.fromkeys(api["nodes"][key]["props"].keys() - props.keys())
        found += updated(api, key, props | dropped)
        if api["nodes"][key]["name"] != field["name"]:
            found += renamed(api, key, field["name"])
        if made[at] != key:
            made.remove(key)
            made.insert(at, key)
            move = {"do": "move", "doc": address_of(api), "node": key, "parent": call, "slot": "fields", "index": at}
            found.append(move)
    return found


def _built_in(api: Body, call: str, beside: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The status fields of a call that includes errors, as far as they are not wanted already, under names that are
    free."""
    if not api["nodes"][call]["props"].get("include_errors"):
        return []
    there = {field["path"] for field in beside if field.get("part") == "status"}
    taken = {field["name"] for field in beside}
    return [
        {"name": free_name(name, taken), "type": type, "part": "status", "path": path}
        for path, (name, type) in STATUS_FIELDS.items()
        if path not in there
    ]


def _matched(api: Body, there: list[str], wanted: list[dict[str, Any]]) -> list[str]:
    """The id of each wanted field: its own, else that of the existing field in its place, else a new one."""
    taken = {field["id"] for field in wanted if field.get("id") in there}
    ids = []
    for field in wanted:
        key = field.get("id") if field.get("id") in there else None
        if key is None:
            same = (each for each in there if each not in taken and stands_for(api["nodes"][each]["props"], field))
            key = next(same, None) or new_id("fd")
        taken.add(key)
        ids.append(key)
    return ids


def stands_for(held: Mapping[str, Any], found: Mapping[str, Any]) -> bool:
    """Whether two fields refer to the same place: the same path in the same part under the same condition."""
    return _stands_at(held) == _stands_at(found)


def _stands_at(field: Mapping[str, Any]) -> tuple[Any, ...]:
    when = field.get("when") or {}
    return field.get("part") or "body", field.get("path"), when.get("event"), when.get("match") or {}


# What a stream needs in the body


def asking_for_stream(api: Body, call: str) -> Changes:
    """Add `"stream": true` to the body."""
    return _with_member(api, call, "stream", "true")


def asking_for_usage(api: Body, call: str) -> Changes:
    """Add `"stream_options": {"include_usage": true}` to the body."""
    return _with_member(api, call, "stream_options", '{"include_usage": true}')


def _with_member(api: Body, call: str, name: str, value: str) -> Changes:
    """Add a member at the end of the template's object; existing lines stay as they were typed."""
    text = (api["nodes"][call]["props"].get("body") or "").rstrip()
    named = re.compile(rf'("{name}"\s*:\s*)(true|false|null)')
    if named.search(text):
        text = named.sub(lambda found: found[1] + value, text, count=1)
    elif text.endswith("}"):
        inside = text[:-1].rstrip()
        comma = "" if inside.endswith(("{", ",")) else ","
        text = f'{inside}{comma}\n  "{name}": {value}\n}}'
    else:
        text = f'{{\n  "{name}": {value}\n}}'
    return updated(api, call, {"body": text, "body_kind": "json"})
