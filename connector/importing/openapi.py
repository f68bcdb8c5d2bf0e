"""Turns an OpenAPI 3.0 or 3.1 description into an API with a call for each operation (S9). Pure."""

import re
from collections.abc import Collection, Iterable
from typing import Any
from urllib.parse import urljoin

from connector.asking.errors import BadHeader
from connector.asking.headers import header_name
from connector.asking.placeholders import IN_TEXT, text_of
from connector.importing import CallDraft, CannotImport, Draft, DraftRow, Parameter
from connector.importing.contents import offers, pretty, with_parameters
from connector.importing.described import Described, load
from connector.importing.examples import Examples
from connector.importing.keys import plain_name
from connector.importing.names import api_name, call_name
from connector.importing.security import authenticate

MOST_OPERATIONS = 3_000
_METHODS = ("get", "post", "put", "patch", "delete", "head")
_STREAMS = (
    "text/event-stream",
    "application/x-ndjson",
    "application/jsonl",
    "application/stream+json",
    "application/json-seq",
)
_IN_PATH = re.compile(r"\{([^{}/]+)\}")
# Header parameters that a description must not define (OpenAPI 3.1, 4.8.12.2).
_NOT_SET = {"accept", "content-type", "authorization"}


def outline(text: str, found_at: str = "") -> Draft:
    """The API in a description with its operations by name only, for choosing among them."""
    return _Description(_root(text), found_at).draft(wanted=())


def read_openapi(text: str, found_at: str = "", wanted: Collection[str] | None = None) -> Draft:
    """The API in a description, with the operations whose keys are `wanted`, or all of them; `found_at` is the URL it
    was read from. Raises CannotImport with a readable reason."""
    draft = _Description(_root(text), found_at).draft(wanted)
    draft.calls = [call for call in draft.calls if wanted is None or call.key in wanted]
    return draft


def _root(text: str) -> dict[str, Any]:
    root = load(text)
    version = str(root.get("openapi") or root.get("swagger") or "")
    if version.startswith("2"):
        raise CannotImport(reason="it is OpenAPI 2.0 (Swagger). Save it as OpenAPI 3, such as with the Swagger editor")
    if not version.startswith("3."):
        other = "is for OpenAPI " + version[:10] if version else "does not say openapi: 3.0 or 3.1"
        raise CannotImport(reason=f"it {other}")
    return root


class _Description:
    """One description on its way to a draft."""

    def __init__(self, root: dict[str, Any], found_at: str):
        self.at = Described(root)
        self.examples = Examples(self.at)
        self.found_at = found_at
        self.base = ""
        self.notes: list[str] = []

    def draft(self, wanted: Collection[str] | None) -> Draft:
        """The API; operations that are not wanted are only named."""
        at, root = self.at, self.at.root
        self.base, parameters = self._server(at.list(root, "servers"))
        draft = Draft(
            (at.text(root, "info", "title").strip() or api_name(self.base))[:80], self.base, parameters=parameters
        )
        operations = list(self._operations())
        if not operations:
            raise CannotImport(reason="it has no operations")
        for path, method, shared, operation in operations[:MOST_OPERATIONS]:
            call = self._named_call(path, method, operation)
            if wanted is None or call.key in wanted:
                self._fill_in(call, shared, operation)
            draft.calls.append(call)
        own = [
            each["security"] for *_, each in operations if isinstance(each.get("security"), list) and each["security"]
        ]
        asked = root.get("security") if isinstance(root.get("security"), list) and root["security"] else None
        authenticate(draft, at, asked or (own[0] if own else []))
        draft.notes += self.notes
        if at.elsewhere:
            draft.notes.append(f"{len(at.elsewhere)} references to other documents are left out.")
        if len(operations) > MOST_OPERATIONS:
            draft.notes.append(f"Only the first {MOST_OPERATIONS:,} of {len(operations):,} operations are listed.")
        return draft

    # Where it is

    def _server(self, servers: list[Any]) -> tuple[str, list[Parameter]]:
        """The base URL, with its variables as parameters."""
        base, parameters = self._address(servers)
        if not base:
            self.notes.append("It does not say at which address its service is. Write the base URL into the API.")
        if len(servers) > 1:
            self.notes.append(
                f"It names {len(servers)} addresses. The first is taken; another can be written into the API."
            )
        return base, parameters

    def _address(self, servers: list[Any]) -> tuple[str, list[Parameter]]:
        """The same for the servers of one operation; empty if none of them can be used."""
        url = next((self.at.text(each, "url") for each in servers if self.at.text(each, "url")), "")
        first = next((each for each in servers if self.at.text(each, "url") == url), {})
        variables = self.at.object(first, "variables")
        parameters = []
        for name in dict.fromkeys(_IN_PATH.findall(url)):
            value = text_of(self.at.get(variables, name, "default"))
            parameters.append(Parameter(plain_name(name), value, "url"))
        base = _IN_PATH.sub(lambda found: f"[{plain_name(found[1])}]", url)
        if "://" not in base:
            base = self._beside(base) if self.found_at else ""
        return base.rstrip("/"), parameters

    def _beside(self, relative: str) -> str:
        """A URL relative to where the description was read from; empty if that is not a URL."""
        try:
            return urljoin(self.found_at, relative)
        except ValueError:
            return ""

    def _operations(self) -> Iterable[tuple[str, str, list[Any], dict[str, Any]]]:
        """Path, method, the parameters shared by the path's operations, and the operation."""
        for path in self.at.object(self.at.root, "paths"):
            item = self.at.object(self.at.root, "paths", path)
            for method in _METHODS:
                if isinstance(operation := self.at.get(item, method), dict):
                    operation = {"servers": self.at.list(item, "servers"), **operation}
                    yield str(path), method, self.at.list(item, "parameters"), operation

    # A call

    def _named_call(self, path: str, method: str, operation: dict[str, Any]) -> CallDraft:
        types = self._answers(operation)
        streams = any(type.startswith(_STREAMS) for type in types)
        base, parameters = self._address(servers) if (servers := self.at.list(operation, "servers")) else ("", [])
        base, parameters = (base, parameters) if base != self.base else ("", [])
        there = _IN_PATH.sub(lambda found: f"[{plain_name(found[1])}]", path if path.startswith("/") else f"/{path}")
        return CallDraft(
            self._name(path, method, operation),
            method.upper(),
            base + there,
            parameters=parameters,
            response_type="stream" if streams else _response_type(method.upper(), types),
            use_as="data" if method in ("get", "head") else "action",
            key=f"{method} {path}",
            group=next((tag for tag in self.at.list(operation, "tags") if isinstance(tag, str)), ""),
        )

    def _fill_in(self, call: CallDraft, shared: list[Any], operation: dict[str, Any]) -> None:
        own, at = self.at.list(operation, "parameters"), self.at
        there = {
            (at.text(each, "in"), at.text(each, "name")): each for each in [*shared, *own] if isinstance(each, dict)
        }
        for (place, name), parameter in there.items():
            self._parameter(call, place, name, parameter)
        self._fill_path(call)
        try:
            self._body(call, operation, call.response_type == "stream")
        except RecursionError:
            call.body_kind = "none"

    def _name(self, path: str, method: str, operation: dict[str, Any]) -> str:
        summary = " ".join(self.at.text(operation, "summary").split()).rstrip(".")
        if 0 < len(summary) <= 60:
            return summary
        words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|[_\-./]+", " ", self.at.text(operation, "operationId")).split()
        return " ".join(words).capitalize()[:80] if words else call_name(method.upper(), path)

    def _parameter(self, call: CallDraft, place: str, name: str, parameter: dict[str, Any]) -> None:
        needed = parameter.get("required") is True
        if not name or (parameter.get("deprecated") is True and not needed):
            return
        media = next(iter(self.at.object(parameter, "content").values()), None)
        example = self.examples.of_media(media if isinstance(media, dict) else parameter)
        if place == "query" and parameter.get("style") == "deepObject" and isinstance(example, dict):
            rows = {f"{name}[{key}]": _plain_text(inner) for key, inner in example.items()}
            call.query += [DraftRow(row, value, private=False, optional=not needed) for row, value in rows.items()]
            return
        value = ",".join(map(text_of, example)) if isinstance(example, list) else _plain_text(example)
        if place == "path":
            call.parameters.append(Parameter(plain_name(name), value, "url", private=False))
        elif place == "query":
            call.query.append(DraftRow(name, value, private=False, optional=not needed))
        elif place == "header" and name.lower() not in _NOT_SET and _may_be_set(name):
            call.headers.append(DraftRow(name, value, private=False, optional=not needed))

    def _fill_path(self, call: CallDraft) -> None:
        known = {parameter.name for parameter in call.parameters}
        for name in re.findall(r"\[([^\[\]]+)\]", call.path):
            if name not in known:
                call.parameters.append(Parameter(name, "", "url", private=False))
                known.add(name)

    # Body

    def _body(self, call: CallDraft, operation: dict[str, Any], streams: bool) -> None:
        content = self.at.object(operation, "requestBody", "content")
        type = _first(content, ("json",), ("x-www-form-urlencoded",), ("multipart/form-data",), ("xml", "text/"), ("",))
        media = self.at.object(content, type) if type else {}
        if not type:
            return
        if "json" in type:
            self._json_body(call, media, streams)
            if type.partition(";")[0].strip() != "application/json":
                call.headers.append(DraftRow("Content-Type", type))
        elif "form" in type:
            call.body_kind = "multipart" if "multipart" in type else "form"
            self._form(call, media)
        else:
            example = self.examples.of_media(media)
            call.body_kind, call.body = "raw", example if isinstance(example, str) else ""
            call.headers.append(DraftRow("Content-Type", type if "*" not in type else "text/plain"))

    def _json_body(self, call: CallDraft, media: dict[str, Any], streams: bool) -> None:
        """Use the example as the body's template: each plain member of it becomes a parameter."""
        example = self.examples.of_media(media)
        members, needed = self.examples.members(self.at.object(media, "schema"))
        if streams and isinstance(example, dict) and ("stream" in members or "stream" in example):
            example = {**example, "stream": True}
        bare: dict[str, str] = {}
        made = {}
        if not isinstance(example, dict):
            call.body_kind, call.body = "json", pretty(example)
            return
        for name, value in example.items():
            if isinstance(value, dict | list | None) or name == "stream":
                made[name] = self._literal(call, name, value)
                continue
            parameter = self._named(call, name)
            fixed = name not in needed or "enum" in members.get(name, {}) or "const" in members.get(name, {})
            blank = value == "" and name not in needed
            call.parameters.append(
                Parameter(parameter, _plain_text(value), "body", private=fixed and value != "", optional=blank)
            )
            made[name] = f"<{parameter}>"
            if not isinstance(value, str):
                bare[f'"<{parameter}>"'] = f"<{parameter}>"
        call.body_kind, call.body = "json", pretty(made)
        said = [offer.key for offer in offers(call) if offer.ticked]
        call.parameters = (whole := with_parameters(call, said)).parameters
        call.body = whole.body
        for quoted, plain in bare.items():
            call.body = call.body.replace(f": {quoted}", f": {plain}")

    def _literal(self, call: CallDraft, name: str, value: Any) -> Any:
        """A value as a template: a text in it that looks like a placeholder becomes a parameter with this text."""
        if isinstance(value, dict):
            return {key: self._literal(call, key, inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [self._literal(call, name, inner) for inner in value]
        if not isinstance(value, str) or not IN_TEXT.search(value):
            return value
        parameter = self._named(call, name)
        call.parameters.append(Parameter(parameter, value))
        return f"<{parameter}>"

    def _named(self, call: CallDraft, name: str) -> str:
        made, count, taken = plain_name(name), 2, {parameter.name for parameter in call.parameters}
        while made in taken:
            made, count = f"{plain_name(name)} {count}", count + 1
        return made

    def _form(self, call: CallDraft, media: dict[str, Any]) -> None:
        members, needed = self.examples.members(self.at.object(media, "schema"))
        given = self.examples.of_media(media)
        given = given if isinstance(given, dict) else {}
        for name, schema in members.items():
            is_file = call.body_kind == "multipart" and (
                schema.get("format") in ("binary", "byte") or "contentMediaType" in schema
            )
            example = given[name] if name in given else self.examples.of_media({"schema": schema})
            value = "" if is_file else _plain_text(example)
            call.form.append(DraftRow(name, value, private=False, optional=name not in needed, file=is_file))

    # Answer

    def _answers(self, operation: dict[str, Any]) -> list[str]:
        """The content types of a successful response."""
        answers = self.at.object(operation, "responses")
        good = sorted(code for code in answers if code.startswith("2")) or [
            code for code in answers if code == "default"
        ]
        content = self.at.object(answers, good[0], "content") if good else {}
        types = [str(type).lower() for type in content]
        return types or (["nothing"] if good and good[0] != "default" else [])


def _response_type(method: str, types: list[str]) -> str:
    """How a response that does not stream is read."""
    if types == ["nothing"] or method == "HEAD":
        return "empty"
    for part, type in (("json", "json"), ("xml", "xml"), ("text/", "text")):
        if any(part in each for each in types):
            return type
    return "file" if types and "*/*" not in types else "json"


def _first(content: dict[str, Any], *parts: tuple[str, ...]) -> str:
    """The preferred content type."""
    return next((type for wanted in parts for type in content if any(part in type.lower() for part in wanted)), "")


def _plain_text(value: Any) -> str:
    """An example as a test value."""
    try:
        return text_of(value)
    except (ValueError, TypeError, RecursionError):
        return ""


def _may_be_set(name: str) -> bool:
    try:
        return bool(header_name(name))
    except BadHeader:
        return False
