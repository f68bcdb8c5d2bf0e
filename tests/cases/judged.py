"""How well an output of `manage.py detect` agrees with the `gold` of a recording, key by key."""

from typing import Any

from connector.answers.paths import BadPath, parse_path

KINDS = {"numbers": "number", "texts": "text", "booleans": "yes_no"}
MOST_SUGGESTED = 12


def complaints(found: dict[str, Any], gold: dict[str, Any]) -> dict[str, list[str]]:
    """What is missing or wrong, by key of gold; keys without a complaint are left out."""
    error = gold.get("error")
    if "error" in gold:
        said = {"problem": _problem(found, error), "text": _partial(found, gold["partial_text"])}
    else:
        said = {
            "framing": _framing(found, gold),
            "text": _text(found, gold),
            "other_text": [each["path"] for each in gold["other_text"] if each["text"] not in _texts(found)],
            **{key: _values(found, gold[key], (type, "live")) for key, type in KINDS.items()},
            "live": _live(found, gold),
            "not_text": _not_text(found, gold),
            "suggested": _suggested(found, gold),
            "problem": [] if found["problem"] is None else [str(found["problem"])],
        }
    said["progress"] = _progress(found, gold)
    return {key: each for key, each in said.items() if each}


def streams(found: dict[str, Any]) -> list[dict[str, Any]]:
    return [field for field in found["fields"] if field["type"] == "text_stream"]


def _framing(found: dict[str, Any], gold: dict[str, Any]) -> list[str]:
    names = ("framing", "sub_framing")
    said = [f"{name} {found.get(name)}" for name in names if found.get(name) != gold.get(name)]
    marks = (0, 1) if gold["end"].get("by") == "data" else (0,)
    if "frames" in gold and found["frames"] - gold["frames"] not in marks:
        said.append(f"{found['frames']} frames instead of {gold['frames']}")
    return said


def _text(found: dict[str, Any], gold: dict[str, Any]) -> list[str]:
    if gold["text"] is None:
        return [f"{field['path']} is no text stream" for field in streams(found) if field["suggested"]]
    first = found["fields"][0] if found["fields"] else {"value": None, "path": None, "mode": None, "suggested": False}
    said = [] if first["suggested"] else ["the first field is not suggested"]
    if first["value"] != gold["text"]:
        return [*said, f"{first['path']} {str(first['value'])[:60]!r} for {gold['text_path']} {gold['text'][:60]!r}"]
    modes = {gold["mode"], "segments"} if "segments" in gold else {gold["mode"]}
    if first["mode"] not in modes and not gold.get("mode_any"):
        said.append(f"mode {first['mode']}")
    if gold["text_path"] and not _same_path(first["path"], gold["text_path"]):
        said.append(f"path {first['path']}")
    return said


def _partial(found: dict[str, Any], text: str | None) -> list[str]:
    if text is None or (streams(found) and streams(found)[0]["value"] == text):
        return []
    return [f"{text!r} came before it"]


def _texts(found: dict[str, Any]) -> set[Any]:
    return {field["value"] for field in found["fields"] if isinstance(field["value"], str)}


def _values(found: dict[str, Any], wanted: dict[str, Any], types: tuple[str, ...]) -> list[str]:
    return [
        f"{name} {gold['path']}={gold['value']!r}: "
        + repr([(f["type"], f["value"]) for f in found["fields"] if _same_path(f["path"], gold["path"])])[:120]
        for name, gold in wanted.items()
        if not any(holds(field, gold) and field["type"] in types for field in found["fields"])
    ]


def _live(found: dict[str, Any], gold: dict[str, Any]) -> list[str]:
    said = []
    for each in gold["live"]:
        types = {field["type"] for field in found["fields"] if holds(field, each)}
        if not types or (each.get("moves") and "live" not in types):
            said.append(f"{each['path']} {sorted(types)}")
    return said


def _not_text(found: dict[str, Any], gold: dict[str, Any]) -> list[str]:
    wanted = {gold["text"], *(other["text"] for other in gold["other_text"])}
    unwanted = [each["path"] for each in gold["not_text"]]
    return [
        field["path"]
        for field in streams(found)
        if any(_same_path(field["path"], path) for path in unwanted) and field["value"] not in wanted
    ]


def _suggested(found: dict[str, Any], gold: dict[str, Any]) -> list[str]:
    suggested = [field for field in found["fields"] if field["suggested"]]
    said = [] if 0 < len(suggested) <= MOST_SUGGESTED else [f"{len(suggested)} suggested"]
    wanted = {gold["text"], *(other["text"] for other in gold["other_text"])}
    said += [f["path"] for f in suggested if f["type"] == "text_stream" and f["value"] not in wanted]
    names = [field["name"] for field in found["fields"]]
    return said + ([] if len(set(names)) == len(names) else ["names twice"])


def _problem(found: dict[str, Any], error: dict[str, Any] | None) -> list[str]:
    problem = found["problem"] or {"kind": None, "message": ""}
    if error is None:
        return [] if problem["kind"] is None else [str(problem)]
    said = [] if problem["kind"] == error["kind"] else [f"{problem['kind']} for {error['kind']}"]
    said += [
        f"{word!r} is not in {problem['message']!r}" for word in error["must_mention"] if word not in problem["message"]
    ]
    return said


def _progress(found: dict[str, Any], gold: dict[str, Any]) -> list[str]:
    said = []
    for field in streams(found):
        lengths = field["progress"]
        if len(lengths) != found["frames"] or (lengths and lengths[-1] != len(field["value"])):
            said.append(f"{field['path']}: {len(lengths)} lengths, the last {lengths[-1:]} of {len(field['value'])}")
        elif field["mode"] == "delta" and "replace" not in gold and lengths != sorted(lengths):
            said.append(f"{field['path']} shrinks")
    return said


def holds(field: dict[str, Any], gold: dict[str, Any]) -> bool:
    """Whether a field holds a value of gold, as what it means or as it stands in the stream."""
    values = [gold["value"], *([gold["wire"]] if "wire" in gold else [])]
    return _same_path(field["path"], gold["path"]) and any(_same(field["value"], value) for value in values)


def _same(found: Any, wanted: Any) -> bool:
    return found == wanted and isinstance(found, bool) == isinstance(wanted, bool)


def _same_path(one: str | None, other: str | None) -> bool:
    try:
        return one == other or parse_path(one or "$") == parse_path(other or "$") or _first(one) == _first(other)
    except BadPath:
        return False


def _first(path: str | None) -> tuple[Any, ...]:
    """The path with the first element for every: of a single one they are the same."""
    return tuple(0 if step is ... else step for step in parse_path(path or "$"))
