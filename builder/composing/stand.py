"""The composer's state: a value, and the values nested in it that are being composed, each one level deeper."""

from dataclasses import dataclass, replace
from typing import Any

from builder.composing.slots import Path, Slot, slot_at, value_at, with_value
from builder.errors import Invalid
from builder.expressions.bounds import DEPTH
from builder.expressions.catalog import Place
from builder.expressions.chips import remember
from builder.expressions.shape import Expression, check, is_expression, is_text
from builder.expressions.trace import trace
from builder.types import family


@dataclass(frozen=True, slots=True)
class Level:
    """One value being composed. `at` is the current car. `into` is its path in the value of the level above; `part` the
    part of the text there that it replaces, None for the whole; `insert`: it is inserted before that part."""

    value: Expression | None = None
    at: int | None = None
    into: Path = ()
    part: int | None = None
    insert: bool = False


@dataclass(frozen=True, slots=True)
class Stand:
    """All levels, the field's own first. `place` and `expects` are those of the field."""

    levels: tuple[Level, ...]
    place: Place
    expects: str

    @property
    def level(self) -> Level:
        return self.levels[-1]

    @property
    def slot(self) -> Slot | None:
        """The slot for the level's value; None for that of the field itself."""
        return self._down(len(self.levels) - 1)[2]

    @property
    def here(self) -> tuple[Place, str]:
        """The level's place, and the type its value must have."""
        place, expects, _ = self._down(len(self.levels) - 1)
        return place, expects

    def _down(self, depth: int) -> tuple[Place, str, Slot | None]:
        """The place, expected type and slot of a level. Raises Invalid if there is no such slot."""
        place, expects, slot = self.place, self.expects, None
        for above, level in zip(self.levels, self.levels[1 : depth + 1], strict=False):
            slot = slot_at(above.value, place, level.into) if above.value else None
            if slot is None:
                raise Invalid("There is no place for a value there any more.")
            place, expects = slot.place, "text" if _beside_others(slot, level) else slot.type
        return place, expects, slot

    @property
    def crumbs(self) -> list[str]:
        """A label for each level but the last: the link whose slot the next level fills."""
        found = []
        for depth, level in enumerate(self.levels[1:], 1):
            slot = self._down(depth)[2]
            above = self.levels[depth - 1].value
            link = level.into[1] + 1 if level.into[0] == "ops" and isinstance(level.into[1], int) else 0
            words = trace(above, self._down(depth - 1)[0])[link].label if above else ""
            found.append(f"{words}, {slot.label}" if slot else words)
        return found

    def sampled(self) -> Expression | None:
        """The level's value as one that can be evaluated by itself: within an operator over the items of a list, its
        result for the first item."""
        value = self.level.value
        for depth in range(len(self.levels) - 1, 0, -1):
            slot, above, into = self._down(depth)[2], self.levels[depth - 1].value, self.levels[depth].into
            if value is not None and slot is not None and slot.each and above is not None and isinstance(into[1], int):
                through = {"op": "each_as_object", "args": [{"it": value}]}
                first = [{"op": "first_item", "args": []}, {"op": "field", "args": ["it"]}]
                value = {**above, "ops": [*above["ops"][: into[1]], through, *first]}
        return value

    def with_level(self, **changed: Any) -> "Stand":
        return replace(self, levels=(*self.levels[:-1], replace(self.level, **changed)))


def _beside_others(slot: Slot, level: Level) -> bool:
    """Whether a level's value is one part of a text among others."""
    if level.part is None:
        return False
    return any(part != "" for at, part in enumerate(slot.parts) if at != level.part or level.insert)


def opened(value: Any, part: int | None, place: Place, expects: str) -> Stand:
    """The stand for a field's value: at the given part, else at its only expression, else empty. Expressions are added
    to a text; in other fields one expression is the whole value."""
    check(value)
    if part is None and family(expects) == "text":
        value = None
    if is_text(value):
        value = value["text"][part] if part is not None and 0 <= part < len(value["text"]) else None
    return Stand((Level(value if is_expression(value) else None),), place, expects)


def entered(stand: Stand, path: Path, part: int | None, insert: bool, value: Expression | None = None) -> Stand:
    """One level deeper, at the value of a slot: at a part of its text, or at the whole."""
    slot = slot_at(stand.level.value, stand.here[0], path) if stand.level.value else None
    if slot is None or slot.fixed or len(stand.levels) >= DEPTH:
        raise Invalid("There is no place for a value there any more.")
    part = part if slot.kind == "text" else None
    held = value_at(slot.parts, (part,)) if part is not None else slot.value
    if value is None and not insert and is_expression(held):
        value = held
    return replace(stand, levels=(*stand.levels, Level(value, None, path, part, insert)))


def left(stand: Stand) -> Stand:
    """One level up, discarding this one."""
    return replace(stand, levels=stand.levels[:-1]) if len(stand.levels) > 1 else stand


def kept(stand: Stand) -> Stand:
    """One level up, with this level's value put in place there; without one, the previous content is removed."""
    level, slot, place = stand.level, stand.slot, stand.here[0]
    above = left(stand)
    if slot is None or above.level.value is None:
        return above
    made = remember(level.value, place) if level.value else None
    if level.part is not None:
        made = _in_text(slot.parts, level, made)
    return above.with_level(value=with_value(above.level.value, level.into, made))


def _in_text(parts: list[Any], level: Level, made: Expression | None) -> Any:
    """A text's parts including the new one. Dynamic data on its own is kept as it is, not turned into a text."""
    at = level.part or 0
    parts = [*parts[:at], *([made] if made else []), *parts[at + (0 if level.insert else 1) :]]
    return as_value(parts)


def as_value(parts: list[Any]) -> Any:
    """Parts in their stored form: nothing, one expression, a text, a text with chips."""
    filled = [part for part in parts if part != ""]
    if len(filled) == 1 and is_expression(filled[0]):
        return filled[0]
    if any(is_expression(part) for part in filled):
        return {"text": filled}
    return "".join(filled) or None
