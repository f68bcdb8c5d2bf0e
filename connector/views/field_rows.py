"""The rows of the returned values dialog: saved fields with what became of them, and what was found."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from builder.changes.duplicate import free_name
from connector.answers.detection.names import readable
from connector.answers.detection.suggestions import FieldType, Suggestion
from connector.answers.extract import Field, values_at_end
from connector.answers.paths import BadPath, parse_path
from connector.answers.selectors import compile_when
from connector.captures.captured import part_value, short
from connector.captures.difference import Became, became
from connector.captures.found import Found
from connector.document import stands_for
from connector.forms import FieldForm
from connector.kinds.api import FIELD_TYPES, STATUS_FIELDS

# What each type of field is for, in one line.
HINTS = {
    "text_stream": "Grows while frames arrive",
    "text": "One value, ready at the end",
    "number": "A count or an amount, ready at the end",
    "yes_no": "True or false, ready at the end",
    "live": "Any value, follows each frame",
    "frames": "Every value in order, grows frame by frame",
}
_HIDDEN = ("when", "replacement")


def rows_of_dialog(held: list[dict[str, Any]], found: Found, changes: list[Became]) -> list[dict[str, Any]]:
    """The saved fields, each with what became of it; if none of them is in these frames, what was found instead
    (S18)."""
    rows = [saved_row(change) for change in changes]
    if any(change.now != "gone" for change in changes):
        return rows
    taken = {str(field["name"]) for field in held}
    for each in found.detection.fields:
        if each.suggested and not any(change.instead is each for change in changes):
            given = given_of(each, found.framing) | {"name": free_name(each.name, taken)}
            taken.add(given["name"])
            rows.append(row(FieldForm(given), **_suggested(each)))
    return rows


def saved_row(change: Became) -> dict[str, Any]:
    """A saved field: present, gone, or of another type, with a button that adjusts it."""
    form, held = FieldForm(given_of(change.held)), change.held
    sample = sample_of(change.found) if change.found else {"sample": "", "seen": ""}
    if held.get("part") in ("header", "status"):
        sample = {"sample": f"in the {held['part']}", "seen": ""}
    if change.now == "gone":
        choice = _instead(held, change.instead) if change.instead else None
        return row(form, badge="Not in these frames", tone="warn", seen="kept as it was", choice=choice)
    if change.now == "type" and change.found is not None:
        now = FIELD_TYPES[change.found.type]
        values = {"at_path": held["path"], "at_when": json.dumps(change.found.when), "at_type": change.found.type}
        choice = {"words": f"Make it {now}", "values": json.dumps(values | _same(held))}
        return row(form, badge=f"Looks like {now} now", tone="warn", choice=choice, **sample)
    return row(form, badge="Saved", tone="line", **sample)


def _instead(held: Mapping[str, Any], other: Suggestion) -> dict[str, str]:
    """The button that replaces a field that is gone by what is found now; its id and name stay (S18)."""
    values = {"at_path": other.path, "at_when": json.dumps(other.when), "at_type": held["type"]} | _same(held)
    # The path is the same, only the frames that contain it differ.
    words = "Take it from these frames" if other.path == held["path"] else f"Use {other.path} instead"
    return {"words": words, "values": json.dumps(values)}


def _same(held: Mapping[str, Any]) -> dict[str, str]:
    return {"as_id": str(held.get("id") or ""), "as_name": str(held["name"])}


def row(form: FieldForm, fresh: bool = False, **more: Any) -> dict[str, Any]:
    """The context of `field_row.html`. A fresh row is one that nobody has filled in yet, so nothing is wrong with
    it."""
    return {"form": form, "fresh": fresh, "types": types(), **more}


def typed_row(form: FieldForm, found: Found) -> dict[str, Any]:
    """A row that is shown again because of an error, its own or another's, with the value at its path."""
    held = {} if form.errors else form.cleaned_data
    there = next((each for each in found.detection.fields if stands_for(held, vars(each))), None)
    sample = sample_of(there) if there else {}
    badge = "Saved" if form["id"].value() else ""
    return row(form, badge=badge, tone="line", open=not form["path"].value() or form.has_error("path"), **sample)


def new_row(found: Found, post: Any) -> dict[str, Any]:
    """One more row: for the value at a path of a frame, in a header or in the status, or an empty one."""
    taken = {name.strip() for name in post.getlist("name")}
    path, part, kept = post.get("at_path", ""), post.get("at_part", ""), post.get("as_name", "")
    if part in ("header", "status") and path:
        name, type = part_field(part, path)
        given = {"name": free_name(name, taken), "type": type, "path": path, "part": part, "mode": "delta"}
        return row(FieldForm(given), badge="Added by you", sample=part_value(found, part, path), seen=part)
    suggestion = at_path(found, path, _number(post.get("at_frame"), len(found.frames)), post.get("at_when", ""))
    if suggestion is None:
        form = FieldForm({"name": free_name("Value", taken), "type": "text", "path": "", "mode": "delta"})
        return row(form, fresh=True, badge="Added by you", open=True)
    given = given_of(suggestion) | {"name": kept or free_name(suggestion.name, taken)}
    if kept:
        given |= {"id": post.get("as_id", ""), "type": post.get("at_type") or given["type"]}
    return row(FieldForm(given), badge="Changed by you" if kept else "Added by you", **sample_of(suggestion))


def at_path(found: Found, path: str, frame: int, when: str = "") -> Suggestion | None:
    """What a path leads to in a frame: as detection found it, else judged by the value there."""
    try:
        walk, steps = Field("", "live", path), parse_path(path)
    except BadPath:
        return None
    for each in found.detection.fields:
        if each.path != path:
            continue
        applies = compile_when(each.when)
        if json.dumps(each.when) == when or (not when and (applies is None or applies(found.frames[frame - 1]))):
            return each
    value = values_at_end([walk], found.frames[frame - 1 : frame])[0]
    type: FieldType = "yes_no" if isinstance(value, bool) else "number" if isinstance(value, int | float) else "text"
    nowhere = {"event": None, "match": {}}
    return Suggestion(readable(steps), type, path, nowhere, "delta", False, 0.5, f"from frame {frame}", 1, value=value)


def also(found: Found, rows: Iterable[Mapping[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """What else is in the frames, by kind of frame. A value that has a row is included, but hidden as long as it does.
    Two with the same path are distinguished by their types, in words."""
    used = [each["form"].field() for each in rows if each["form"].is_valid()]
    groups: dict[str, list[dict[str, Any]]] = {}
    paths = Counter((each.kind, each.path) for each in found.detection.fields)
    for each in found.detection.fields:
        item = {"found": each, "sample": short(each.value, 60), "when": json.dumps(each.when)}
        item["used"] = any(stands_for(field, vars(each)) for field in used)
        item["twin"] = FIELD_TYPES[each.type] if paths[each.kind, each.path] > 1 else ""
        groups.setdefault(each.kind, []).append(item)
    return list(groups.items())


def given_of(held: Any, framing: str = "") -> dict[str, Any]:
    """The initial data of a row's form, for a saved field or one that was found."""
    values = held if isinstance(held, Mapping) else vars(held)
    type = values["type"]
    if framing == "json" and type == "text_stream":
        type = "text"
    written = {name: json.dumps(values[name]) for name in _HIDDEN if values.get(name)}
    plain = {name: values.get(name) or "" for name in ("id", "name", "path", "part")}
    return plain | {"type": type, "mode": values.get("mode") or "delta"} | written


def part_field(part: str, path: str) -> tuple[str, str]:
    """The name and type of a field of the status or of a header."""
    if part == "status":
        return STATUS_FIELDS.get(path, (path, "text"))
    return path.replace("-", " ").capitalize(), "text"


def sample_of(found: Suggestion) -> dict[str, Any]:
    """A field's value and, in short, in how many frames it is; the full reason is the title."""
    reason = found.reason
    brief = reason.removeprefix("in the ").removeprefix("in ").partition("the same ")
    where = (brief[2] or brief[0]).removeprefix("in ").partition(" of ")[0].removeprefix("grows in ")
    words = where if "frame" in where else f"{found.seen} frames" if found.seen > 1 else "1 frame"
    return {"sample": short(found.value), "seen": words, "reason": reason}


def types() -> list[tuple[str, str, str]]:
    """The types a field can have: name, label and what it is for."""
    return [(name, FIELD_TYPES[name], hint) for name, hint in HINTS.items()]


def changes_of(held: list[dict[str, Any]], found: Found) -> list[Became]:
    """What has become of the saved fields in this capture."""
    return became(held, found.detection.fields, found.frames, found.capture.headers)


def _suggested(found: Suggestion) -> dict[str, Any]:
    sure = f"Suggested, {round(found.confidence * 100)}% sure"
    return {"badge": sure, "tone": "stream" if found.type == "text_stream" else "", **sample_of(found)}


def _number(text: str | None, most: int) -> int:
    return max(1, min(int(text), most)) if text and text.isdecimal() else 1
