"""Examples for schemas: the one its author gives, else one made from its types."""

from typing import Any

from connector.importing.described import Described

# The most values in one example, its greatest depth, and the most members of an object without an example of its own.
_MOST, _DEEPEST, _MEMBERS = 300, 8, 24
# The same for examples written by the author, and the most characters in one of their texts.
_ROOM, _NESTED, _LONGEST = 2_000, 30, 10_000
_TEXTS = {
    "date": "2026-01-31",
    "date-time": "2026-01-31T12:00:00Z",
    "email": "ada@example.org",
    "uri": "https://example.org",
    "url": "https://example.org",
    "uuid": "3f6a1c1e-5b1e-4c7a-9f30-8a51d2c07e64",
}
_PLAIN: dict[str, Any] = {
    "string": "",
    "integer": 0,
    "number": 0,
    "boolean": False,
    "null": None,
    "array": [],
    "object": {},
}


class Examples:
    """Makes examples for the schemas of one description; a schema that contains itself ends there."""

    def __init__(self, described: Described):
        self.described = described
        self.left, self.room = _MOST, _ROOM

    def of_media(self, media: dict[str, Any]) -> Any:
        """The example for a media type, a parameter or a header; None if nothing says what one looks like."""
        self.left, self.room = _MOST, _ROOM
        given = self._given(media)
        return self._bounded(self.of(self.described.object(media, "schema"), 0) if given is None else given, 0)

    def _bounded(self, value: Any, depth: int) -> Any:
        """An example cut down to a reasonable size: what its author repeats by reference could be endless."""
        self.room -= 1
        if self.room < 0 or depth > _NESTED:
            return None
        if isinstance(value, dict):
            return {key: self._bounded(inner, depth + 1) for key, inner in value.items() if self.room > 0}
        if isinstance(value, list):
            return [self._bounded(inner, depth + 1) for inner in value if self.room > 0]
        return value[:_LONGEST] if isinstance(value, str) else value

    def of(self, schema: dict[str, Any], depth: int) -> Any:
        self.left -= 1
        if self.left < 0 or depth > _DEEPEST:
            return None
        if (given := self._given(schema)) is not None:
            return given
        schema = self._whole(schema)
        for name in ("const", "default"):
            if schema.get(name) is not None:
                return schema[name]
        if isinstance(schema.get("enum"), list) and schema["enum"]:
            return schema["enum"][0]
        type = self.type_of(schema)
        if type == "object":
            return self._object(schema, depth)
        if type == "array":
            item = self.of(self.described.object(schema, "items"), depth + 1)
            return [item] if item not in (None, "", {}) else []
        if type in ("integer", "number"):
            low = schema.get("minimum")
            return low if isinstance(low, int | float) else 0
        return _TEXTS.get(str(schema.get("format")), "") if type == "string" else _PLAIN.get(type)

    def type_of(self, schema: dict[str, Any]) -> str:
        """The first type of a schema that is not null."""
        type = schema.get("type")
        types = [
            each for each in (type if isinstance(type, list) else [type]) if isinstance(each, str) and each != "null"
        ]
        if types:
            return types[0]
        return "object" if "properties" in schema else "array" if "items" in schema else ""

    def members(self, schema: dict[str, Any]) -> tuple[dict[str, dict[str, Any]], set[str]]:
        """The members of an object schema that may be sent, and the names of the required ones."""
        self.left = _MOST
        return self._members(schema)

    def _members(self, schema: dict[str, Any]) -> tuple[dict[str, dict[str, Any]], set[str]]:
        schema = self._whole(schema)
        needed = {name for name in self.described.list(schema, "required") if isinstance(name, str)}
        found = {
            name: self.described.object(each) for name, each in self.described.object(schema, "properties").items()
        }
        open_ones = {
            name: each
            for name, each in found.items()
            if each.get("readOnly") is not True and not each.get("deprecated")
        }
        return open_ones, needed

    def _object(self, schema: dict[str, Any], depth: int) -> dict[str, Any]:
        members, needed = self._members(schema)
        wanted = [name for name in members if name in needed or self._says_something(members[name])]
        wanted = wanted or ([*members] if depth == 0 else [])
        return {name: self.of(members[name], depth + 1) for name in wanted[:_MEMBERS]}

    def _says_something(self, schema: dict[str, Any]) -> bool:
        return any(schema.get(name) is not None for name in ("example", "examples", "const"))

    def _given(self, holder: dict[str, Any]) -> Any:
        """What is given as an example: `example`, or the first of `examples`, whether an object or a list."""
        if holder.get("example") is not None:
            return holder["example"]
        many = self.described.get(holder, "examples")
        if isinstance(many, dict) and many:
            return self.described.get(next(iter(many.values())), "value")
        return many[0] if isinstance(many, list) and many else None

    def _whole(self, schema: dict[str, Any], depth: int = 0) -> dict[str, Any]:
        """A schema with its `allOf` merged, and with the first of its `oneOf` or `anyOf` that is not null."""
        self.left -= 1
        if depth > _DEEPEST or self.left < 0:
            return schema
        made = dict(schema)
        parts = [self.described.object(each) for each in self.described.list(schema, "allOf")]
        for name in ("oneOf", "anyOf"):
            choices = [self.described.object(each) for each in self.described.list(schema, name)]
            parts += [each for each in choices if each.get("type") != "null"][:1]
        for part in (self._whole(part, depth + 1) for part in parts):
            properties = {**self.described.object(part, "properties"), **self.described.object(made, "properties")}
            required = [*self.described.list(part, "required"), *self.described.list(made, "required")]
            made = {**part, **made}
            made |= {"properties": properties} if properties else {}
            made |= {"required": required} if required else {}
        return made
