"""The composer for the editor: each gesture arrives as JSON with the complete state, and is answered with the composer
redrawn. Nothing is kept here, and nothing is saved: that is done by the field it was opened for."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from builder.access import app_here, catalog_of
from builder.composing import drawing
from builder.composing.gestures import perform
from builder.composing.result import result
from builder.composing.stand import Level, Stand, opened
from builder.elements import elements
from builder.errors import Invalid
from builder.expressions.bounds import DEPTH
from builder.expressions.catalog import Catalog, Place
from builder.expressions.chips import remember
from builder.expressions.shape import check, is_expression
from builder.kinds.page import ROOTS
from builder.types import known
from builder.views.reading import json_object


@require_POST
def compose(request: HttpRequest, slug: str) -> JsonResponse:
    """`{"doc", "node", "prop", "expects", "label"}` with `"value"` and `"part"` opens the composer; with `"levels"`,
    `"moment"` and a `"gesture"` it continues from there.

    The answer contains the new levels, the composer as HTML, a sentence to announce and the id of the control to focus;
    after the gesture `use` only the resulting expression, `"used"`, which may be null.
    """
    app = app_here(request, slug)
    said = _said(request)
    place = _place(catalog_of(app), said)
    stand, moment, gesture = _stand(said, place), said.get("moment"), said.get("gesture") or {}
    moment = moment if isinstance(moment, int) else None
    finishes = gesture.get("do") in ("use", "keep")
    if finishes and (wrong := _wrong(stand)):
        return _answer(request, said, stand, moment, wrong)
    if gesture.get("do") == "use":
        return JsonResponse({"used": remember(stand.level.value, place)})
    after = perform(stand, gesture) if gesture else stand
    return _answer(request, said, after, moment, drawing.said(stand, after, gesture))


def _wrong(stand: Stand) -> str:
    """Why a level's value cannot be used; empty for one that was removed."""
    found = result(stand, None)
    return found.problem if found else ""


def _answer(
    request: HttpRequest, said: dict[str, Any], stand: Stand, moment: int | None, sentence: str
) -> JsonResponse:
    picture = drawing.draw(stand, moment)
    context = {"title": _title(said, stand.place), **picture}
    # An empty value can be used only if it removes something.
    context["usable"] = picture["usable"] and (picture["result"] is not None or bool(stand.crumbs or said.get("holds")))
    html = render(request, "composer/composer.html", context).content.decode()
    levels = [_written(level) for level in stand.levels[:-1]] + [_written(stand.level) | {"at": picture["at"]}]
    return JsonResponse({"levels": levels, "html": html, "say": sentence, "focus": picture["focus"]})


def _written(level: Level) -> dict[str, Any]:
    into = {"into": level.into, "part": level.part, "insert": level.insert}
    return {"value": level.value, "at": level.at, **into}


def _said(request: HttpRequest) -> dict[str, Any]:
    said = json_object(request)
    if not isinstance(said.get("gesture", {}), dict | None):
        raise Invalid("The gesture is not a JSON object.")
    return said


def _place(catalog: Catalog, said: dict[str, Any]) -> Place:
    """The place of the field: at an element of a page, or in a workflow at one of its steps."""
    kind, _, key = str(said.get("doc")).partition("/")
    node = said.get("node") if isinstance(said.get("node"), str) else None
    if catalog.body(kind, key) is None:
        raise Invalid("What this belongs to is gone.")
    if kind in ROOTS:
        return Place(catalog, key, node, passed=_passed(catalog, node, str(said.get("prop"))))
    if kind == "workflow":
        return Place.of_workflow(catalog, key, node if node != key else None)
    return Place(catalog)


def _passed(catalog: Catalog, node: str | None, prop: str) -> frozenset[str]:
    """The element itself, if the property is not evaluated in the cells of its own list."""
    found = catalog.node(node)
    kind = elements.get(found["type"]) if found else None
    return frozenset({str(node)} if kind and kind.each and prop.partition(".")[0] not in kind.each else ())


def _stand(said: dict[str, Any], place: Place) -> Stand:
    expects = said.get("expects")
    if not isinstance(expects, str) or not known(expects, place.catalog):
        expects = "any"
    if "levels" not in said:
        part = said.get("part")
        return opened(said.get("value"), part if isinstance(part, int) else None, place, expects)
    levels = said["levels"]
    if not isinstance(levels, list) or not 0 < len(levels) <= DEPTH:
        raise Invalid("There is no value to put together.")
    return Stand(tuple(_level(each) for each in levels), place, expects)


def _level(written: Any) -> Level:
    match written:
        case {"value": value, "at": int() | None as at, "into": list(into), "part": int() | None as part}:
            steps = tuple(step for step in into if isinstance(step, str | int))
            if value is None or is_expression(check(value)):
                return Level(value, at, steps, part, bool(written.get("insert")))
    raise Invalid("This is not a value that can be put together.")


def _title(said: dict[str, Any], place: Place) -> str:
    """What the value is for: Text of Live answer."""
    node, prop = place.catalog.node(said.get("node")), str(said.get("prop") or "")
    kind = elements.get(node["type"]) if node else None
    field = kind.Props.base_fields.get(prop) if kind else None
    name = str(field.label) if field else str(said.get("label") or prop.rpartition(".")[2])[:80]
    owner = node["name"] if node else ""
    if place.step and not owner:
        owner = f"step {place.catalog.steps(place.workflow).index(place.step) + 1}" if node else ""
    return f"{name} of {owner}" if owner else name
