"""Carries out an import: documents with fresh ids in one gesture, its key sealed, its recordings stored (S9)."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from builder.access import documents_of
from builder.changes import ChangeJSON
from builder.changes.duplicate import free_name
from builder.document import Body, Node, children, new_id, node
from builder.journal import perform
from builder.kinds import kinds
from builder.models import App, User
from connector.answers.reading import WHOLE, Reading
from connector.asking.address import read
from connector.asking.errors import BadAddress
from connector.asking.placeholders import IN_URL, placeholders
from connector.auth import auth
from connector.calls import resolve
from connector.captures.initialize import fingerprint, fingerprints
from connector.document import address_of, url_of
from connector.importing import CallDraft, Draft, DraftRow, Parameter, Recording
from connector.models import Capture, Credential
from connector.spending.limits import Limits

# The slots for rows, with the type and id prefix of their nodes.
_ROWS = {"headers": ("header", "hd"), "query": ("query", "qp"), "form": ("form_field", "ff")}


@dataclass
class Written:
    """The result of an import: the API, its first new call, the gesture's label, and whether a key was sealed."""

    api: str
    call: str
    label: str
    sealed: bool


def write(app: App, person: User, draft: Draft, label: str, into: str = "", instead_of: str = "") -> Written:
    """Create the draft's API, or add its calls to the API `into`, in one gesture; the API `instead_of` is removed. A
    key is sealed for the origin that the first call leads to; if there is none, or the existing API already has a key,
    it is not stored."""
    with transaction.atomic():
        here = {row.key: row.body for row in documents_of(app, "api")}
        held = here.get(into)
        body = held or _api(draft, {each["nodes"][each["root"]]["name"] for each in here.values()})
        made, calls, wanted = _with_calls(body, draft)
        captures = [_recorded(made, key, call) for key, call in zip(calls, draft.calls, strict=True)]
        change: list[ChangeJSON] = wanted if held else [{"do": "create", "doc": address_of(made), "body": made}]
        gone: list[ChangeJSON] = [{"do": "delete", "doc": f"api/{instead_of}"}] if instead_of in here else []
        entry = perform(app, person, label, change + gone)
        for key, call, capture in zip(calls, draft.calls, captures, strict=True):
            if call.recording:
                _keep(app, made, key, call.recording, capture)
        sealed = _seal(app, made, calls[0] if calls else None, draft, is_new=held is None)
    return Written(made["root"], calls[0] if calls else "", entry.label, sealed)


def is_untouched(api: Body) -> bool:
    """Whether nobody has entered anything into an API since it was created, so that an import may replace it."""
    calls = [api["nodes"][key] for key in children(api, api["root"], "calls")]
    blank = not any(call["props"].get(name) for call in calls for name in ("path", "body"))
    return not api["nodes"][api["root"]]["props"].get("base_url") and blank and len(api["nodes"]) == 1 + len(calls)


def joinable(app: App, draft: Draft) -> list[tuple[str, str]]:
    """An app's APIs that lead to the same service, to which the draft's calls could be added: key and name."""
    front = _front(draft.base_url)
    found = [
        (row.key, row.name, row.body["nodes"][row.key]["props"].get("base_url") or "")
        for row in documents_of(app, "api")
    ]
    return [(key, name) for key, name, base in found if front and _front(base) == front]


# The document


def document_of(draft: Draft) -> tuple[Body, list[str]]:
    """The draft as a document of its own, and the keys of its calls."""
    made, calls, _ = _with_calls(_api(draft, set()), draft)
    return made, calls


def _api(draft: Draft, taken: set[str]) -> Body:
    key = new_id("ai")
    made = kinds["api"].blank(key, free_name(draft.name[:80] or "New API", taken))
    chosen = {"scheme": draft.scheme if draft.scheme in auth else "none", "options": draft.options}
    made["nodes"][key]["props"] = {"base_url": draft.base_url, "auth": chosen}
    nodes, slots = _rows({"headers": draft.headers}, draft.parameters)
    made["nodes"] |= nodes
    made["nodes"][key]["slots"] = slots
    return made


def _with_calls(api: Body, draft: Draft) -> tuple[Body, list[str], list[ChangeJSON]]:
    """The API with the draft's calls at its end, their keys, and the same as changes."""
    made = {**api, "nodes": {key: {**each, "slots": dict(each["slots"])} for key, each in api["nodes"].items()}}
    root = made["nodes"][made["root"]]
    taken = {api["nodes"][key]["name"] for key in children(api, api["root"], "calls")}
    base = root["props"].get("base_url") or ""
    keys, changes = [], []
    for call in draft.calls:
        key, index = new_id("ca"), len(root["slots"].get("calls", []))
        path = call.path if base == draft.base_url else f"{draft.base_url}{call.path}"
        nodes = _call(key, call, path, free_name(call.name[:80] or "New call", taken))
        taken.add(nodes[key]["name"])
        made["nodes"] |= nodes
        root["slots"]["calls"] = [*root["slots"].get("calls", []), key]
        _fill_in(made, key, nodes)
        keys.append(key)
        insert = {"do": "insert", "doc": address_of(made), "nodes": nodes, "node": key, "parent": made["root"]}
        changes.append(insert | {"slot": "calls", "index": index})
    return made, keys, changes


def _call(key: str, call: CallDraft, path: str, name: str) -> dict[str, Node]:
    """The nodes of one call."""
    props: dict[str, Any] = {
        "use_as": call.use_as,
        "method": call.method,
        "path": path,
        "response_type": call.response_type,
        "body_kind": call.body_kind,
        "body": call.body,
    }
    more = {"limits": call.limits, "retries": call.retries, "stays_open": call.stays_open}
    nodes, slots = _rows({"headers": call.headers, "query": call.query, "form": call.form}, call.parameters)
    fields = {new_id("fd"): node("field", each["name"], _but(each, "name")) for each in call.fields}
    made = node(
        "call", name, props | {name: value for name, value in more.items() if value}, **slots, fields=list(fields)
    )
    return {key: made, **nodes, **fields}


def _rows(rows: dict[str, list[DraftRow]], parameters: list[Parameter]) -> tuple[dict[str, Node], dict[str, list[str]]]:
    """The nodes of rows and parameters, and the slots they belong to."""
    nodes: dict[str, Node] = {}
    slots: dict[str, list[str]] = {}

    def add(slot: str, prefix: str, made: Node) -> None:
        key = new_id(prefix)
        nodes[key] = made
        slots.setdefault(slot, []).append(key)

    for slot, held in rows.items():
        type, prefix = _ROWS[slot]
        for row in held:
            props = {"value": row.value, **_flags(row), **({"file": True} if row.file else {})}
            add(slot, prefix, node(type, row.name, props))
    for each in parameters:
        add(
            "parameters", "pa", node("parameter", each.name, {"place": each.place, "value": each.value, **_flags(each)})
        )
    return nodes, slots


def _flags(row: DraftRow | Parameter) -> dict[str, bool]:
    flags = {"optional": row.optional, "allow_blank": row.allow_blank}
    return {"private": row.private} | {name: True for name, value in flags.items() if value}


def _fill_in(api: Body, call: str, nodes: dict[str, Node]) -> None:
    """Give each placeholder of a call a row, as every gesture in the editor does (S6)."""
    slots = nodes[call]["slots"]
    known = {
        api["nodes"][key]["name"] for key in (*children(api, api["root"], "parameters"), *slots.get("parameters", []))
    }
    for name, place in placeholders(api, call):
        if name not in known:
            key = new_id("pa")
            nodes[key] = api["nodes"][key] = node("parameter", name, {"place": place, "value": "", "private": True})
            slots["parameters"] = [*slots.get("parameters", []), key]


# What is stored besides the document


def _recorded(api: Body, key: str, call: CallDraft) -> str:
    """Note in a call's node which recording initialized it; return the key that recording will have."""
    if call.initialized is None:
        return ""
    capture = new_id("cp", 9)
    api["nodes"][key]["props"]["initialized"] = {
        **call.initialized,
        "at": timezone.now().isoformat(),
        "capture": capture,
        "recorded": True,
        "request": fingerprint(api, key),
        "prints": fingerprints(api, key),
    }
    return capture


def _keep(app: App, api: Body, call: str, recording: Recording, key: str) -> None:
    props = api["nodes"][call]["props"]
    facts: dict[str, Any] = {"status": recording.status, "content_type": recording.content_type, "ended": "close"}
    facts |= {"id": key, "name": "From the preset"}
    facts["request"] = {"prints": fingerprints(api, call), "source": "preset", "timed": True}
    reading = Reading(recording.content_type, Limits(), WHOLE.get(props["response_type"]))
    frames = [frame for _, data in recording.reads for frame in reading.frames(data)] + reading.close()
    Capture.keep(app, api["root"], call, recording.reads, frames=len(frames), **facts)


def _seal(app: App, api: Body, call: str | None, draft: Draft, is_new: bool) -> bool:
    """Store the draft's key for the origin its calls lead to, unless the API authenticates differently or already has a
    key."""
    chosen = (api["nodes"][api["root"]]["props"].get("auth") or {}).get("scheme", "none")
    if not draft.secrets or chosen != draft.scheme or chosen == "none":
        return False
    scheme = auth[chosen]
    needed = [name for name, field in scheme.Secrets.base_fields.items() if field.required]
    origin = origin_of(api, call) if call else ""
    if not origin or any(not draft.secrets.get(name) for name in needed):
        return False
    if not is_new and Credential.of(app, api["root"], chosen):
        return False
    options = (api["nodes"][api["root"]]["props"].get("auth") or {}).get("options") or {}
    Credential.keep(app, api["root"], chosen, draft.secrets, scheme.goes_to(origin, options))
    return True


def origin_of(api: Body, call: str) -> str:
    """`scheme://host:port` that a call leads to; empty if its host still lacks a value."""
    keys = (*children(api, api["root"], "parameters"), *children(api, call, "parameters"))
    values = {api["nodes"][key]["name"]: str(api["nodes"][key]["props"].get("value") or "") for key in keys}
    front = url_of(api, call).partition("://")
    host = front[2].partition("/")[0]
    if any(not values.get(name) for name in IN_URL.findall(host)):
        return ""
    try:
        return read(resolve(IN_URL.sub(lambda found: values.get(found[1]) or "x", url_of(api, call)))).origin
    except BadAddress:
        return ""


def _front(url: str) -> str:
    """Scheme and host of a base URL, for comparison."""
    return "/".join(url.lower().split("/")[:3]) if "://" in url else url.lower()


def _but(given: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in given.items() if key != name}
