"""Presets: well-known services, each one file of data with a recorded stream and the fields that were found in it.

{"label", "group", "hint", "note"?, "rule"?: the note holds for every call, "key_at"?,
 "local"?: "host:port that the operator must allow",
 "api": {"name", "base_url", "auth": {"scheme", "options"}, "parameters"?: […]},
 "calls": [{"name", "method", "path", "headers"?, "query"?, "body"?: [lines], "parameters"?,
                "use_as"?, "response_type"?,
            "stays_open"?, "fields": […], "initialized": {"framing", "end", "error"?},
            "text"?: what the first field holds in the end,
            "recording": {"content_type", "reads": [[seconds, text or {"b64"}], …]}}]}
"""

import base64
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from connector.importing import CallDraft, Draft, DraftRow, Parameter, Recording

FOLDER = Path(__file__).parent
# Groups in the order of the catalogue; within a group, presets are sorted by label.
GROUPS = ("Language models", "On your own machine", "Agents and apps", "Feeds and tickers")


@dataclass(frozen=True)
class Preset:
    """One preset as the catalogue shows it; `data` is its file's content."""

    name: str
    label: str
    group: str
    hint: str
    note: str
    key_at: str
    local: str
    data: dict[str, Any]

    @property
    def streams(self) -> bool:
        """Whether any of its calls streams."""
        return any(call.get("response_type", "stream") == "stream" for call in self.data["calls"])

    def draft(self) -> Draft:
        """What adding it creates."""
        api = self.data["api"]
        return Draft(
            name=api["name"],
            base_url=api["base_url"],
            scheme=api["auth"]["scheme"],
            options=dict(api["auth"]["options"]),
            parameters=[Parameter(**each) for each in api.get("parameters", ())],
            calls=[_call(each) for each in self.data["calls"]],
            notes=[self.note] if self.note else [],
            key_at=self.key_at,
        )


@cache
def presets() -> dict[str, Preset]:
    """All presets by name, in the order of the catalogue."""
    found = [_preset(path) for path in FOLDER.glob("*.json")]
    found.sort(key=lambda each: (GROUPS.index(each.group), each.label.lower()))
    return {each.name: each for each in found}


def notes_for(url: str) -> list[str]:
    """Notes for every call to a service whose preset has this base URL, including calls made from a cURL command."""
    known = [(f"{each.data['api']['base_url']}/", each.note) for each in presets().values() if each.data.get("rule")]
    return [note for base, note in known if url.startswith(base)]


def _preset(path: Path) -> Preset:
    data = json.loads(path.read_text())
    more = {name: data.get(name, "") for name in ("note", "key_at", "local")}
    return Preset(path.stem, data["label"], data["group"], data["hint"], **more, data=data)


def _call(data: dict[str, Any]) -> CallDraft:
    body = "\n".join(data.get("body", ()))
    recording = data["recording"]
    return CallDraft(
        name=data["name"],
        method=data["method"],
        path=data["path"],
        headers=[DraftRow(**each) for each in data.get("headers", ())],
        query=[DraftRow(**each) for each in data.get("query", ())],
        body_kind="json" if body else "none",
        body=body,
        parameters=[Parameter(**each) for each in data.get("parameters", ())],
        response_type=data.get("response_type", "stream"),
        use_as=data.get("use_as", "action"),
        stays_open=data.get("stays_open", False),
        fields=[dict(each) for each in data["fields"]],
        initialized=dict(data["initialized"]),
        recording=Recording([(at, _bytes(read)) for at, read in recording["reads"]], recording["content_type"]),
    )


def _bytes(read: str | dict[str, str]) -> bytes:
    return read.encode() if isinstance(read, str) else base64.b64decode(read["b64"])
