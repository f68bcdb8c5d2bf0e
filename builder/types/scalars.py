"""Types that depend on no document: texts, numbers, yes/no, dates, streams, images, objects, and lists of anything."""

from collections.abc import Iterable

from builder.expressions.catalog import Catalog
from builder.types import Type, item_type, known, label, types


class Plain(Type):
    """A type that needs nothing else to be chosen."""

    def whole(self, catalog: Catalog) -> Iterable[str]:
        return (self.name,)


@types.register
class Text(Plain):
    name, label, phrase, mark = "text", "Text", "a text", "Aa"


@types.register
class Number(Plain):
    name, label, phrase, mark = "number", "Number", "a number", "#"


@types.register
class YesNo(Plain):
    name, label, phrase, icon = "yes_no", "Yes/no", "a yes/no", "yesno"


@types.register
class Date(Plain):
    name, label, phrase, icon = "date", "Date", "a date", "date"


@types.register
class Image(Plain):
    name, label, phrase, icon = "image", "Image", "an image", "image"


@types.register
class Stream(Plain):
    name, label, phrase, icon, live = "stream", "Text stream", "a text stream", "wave", True


@types.register
class Object(Type):
    name, label, phrase, mark = "object", "Object", "an object", "{ }"


@types.register
class Anything(Type):
    name, label, phrase, mark = "any", "Any value", "any value", "?"


@types.register
class List(Type):
    name, label, phrase, mark = "list", "List", "a list", "[ ]"

    def label_of(self, type: str, catalog: Catalog) -> str:
        item = item_type(type)
        return self.label if item == "any" else f"List of {label(item, catalog)}"

    def phrase_of(self, type: str, catalog: Catalog) -> str:
        item = item_type(type)
        return self.phrase if item == "any" else f"a list of {label(item, catalog)}"

    def exists(self, type: str, catalog: Catalog) -> bool:
        return known(item_type(type), catalog)
