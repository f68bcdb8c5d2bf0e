"""Types of values, by family (the part of a type's name before the colon), and which value fits where.

text  number  yes_no  date  stream  any  object  image  list:<type>  thing:<data type key>  call:<api key>/<call id>
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from builder.registry import Registry

if TYPE_CHECKING:
    from builder.expressions.catalog import Catalog


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a thing or of a call's result. `live`: its value changes while shown; `personal`: it is somebody's
    e-mail address."""

    key: str
    label: str
    type: str
    live: bool = False
    personal: bool = False

    @property
    def final(self) -> bool:
        """Whether it has a value only after the call has ended, so that a step that uses it waits (S21, S25)."""
        return not self.live


class Type:
    """One family of types.

    `label` is its name in the editor ("Text stream"), `phrase` its name in a sentence ("a number"). `icon` is the type
    mark in the sprite, `mark` the letters used instead, if it has letters. `live`: such a value changes by itself.
    """

    name = ""
    label = ""
    phrase = ""
    icon = ""
    mark = ""
    live = False
    # Whether there is one type per document or node, named after the colon.
    of_each = False

    def whole(self, catalog: Catalog) -> Iterable[str]:
        """The complete types of this family that an author can choose."""
        return ()

    def samples(self, type: str, catalog: Catalog) -> list[Any]:
        """A few existing values of the type, to show in the editor."""
        return []

    def fields(self, type: str, catalog: Catalog) -> list[Field]:
        """What the operator `field` can take out of a value of this type."""
        return []

    def label_of(self, type: str, catalog: Catalog) -> str:
        """The name of the complete type: "Message", "List of texts"."""
        return self.label

    def phrase_of(self, type: str, catalog: Catalog) -> str:
        """The complete type within a sentence: "a thing (Message)"."""
        return f"{self.phrase} ({self.label_of(type, catalog)})" if ":" in type else self.phrase

    def exists(self, type: str, catalog: Catalog) -> bool:
        """Whether what the type refers to still exists."""
        return True


types: Registry[Type] = Registry("type", "types")

# Types that a text can show: each has exactly one form as text (`builder.expressions.values.as_text`).
SHOWN = {"text", "number", "yes_no", "date", "stream", "image"}


def family(type: str) -> str:
    """The part before the colon: `list` of `list:thing:dt_ab12cd`."""
    return type.partition(":")[0]


def list_of(type: str) -> str:
    """The name of the type of lists of these."""
    return f"list:{type}"


def item_type(type: str) -> str:
    """The type of a list's items; `any` if it is not a list or a list of anything."""
    kind, _, item = type.partition(":")
    return item if kind == "list" and item else "any"


def accepts(expected: str, given: str) -> bool:
    """Whether a value of one type fits where another is expected.

    A text accepts numbers, dates, yes/no and streams; numbers and yes/no are strict. A type known only at run time
    (`any`) fits everywhere.
    """
    if expected == given or "any" in (expected, given):
        return True
    wanted, kind = family(expected), family(given)
    if wanted == "text":
        return kind in SHOWN
    if wanted == "image":
        return kind == "text"
    if wanted == kind == "list":
        return accepts(item_type(expected), item_type(given))
    return wanted == kind and expected == wanted


def fields(type: str, catalog: Catalog) -> list[Field]:
    """The fields of a thing or of a call's result, in order; none for other types and for one that is gone."""
    return types[family(type)].fields(type, catalog)


def label(type: str, catalog: Catalog) -> str:
    """The type's name in the editor: Text stream, Message, List of Message."""
    return types[family(type)].label_of(type, catalog)


def phrase(type: str, catalog: Catalog) -> str:
    """The type's name within a sentence: "a number", "a list of Message"."""
    return types[family(type)].phrase_of(type, catalog)


def known(type: str, catalog: Catalog) -> bool:
    """Whether this is a type, and what it refers to still exists."""
    return family(type) in types and types[family(type)].exists(type, catalog)


def choosable(catalog: Catalog) -> list[tuple[str, str]]:
    """The types that an author can choose for a value of an app, as `(type, name)`."""
    return [(each, label(each, catalog)) for kind in types.values() for each in kind.whole(catalog)]


def samples(type: str, catalog: Catalog) -> list[Any]:
    """A few existing values of a type; for a list, its items."""
    kind = item_type(type) if family(type) == "list" else type
    return types[family(kind)].samples(kind, catalog) if known(kind, catalog) else []
