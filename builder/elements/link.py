"""A link: to another page of the app, or to an external URL."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from builder.addresses import host_of, safe, way_to, with_query
from builder.elements import Element, Moving, Repair, elements, props
from builder.elements.symbols import ICONS, NONE
from builder.expressions.catalog import Place
from builder.expressions.check import problems
from builder.expressions.shape import is_dynamic
from builder.expressions.values import as_text
from builder.given import GivenField, PageField, lost, values_of, wrong_types
from builder.parameters import declared

# The other site learns nothing about where a visitor comes from. Dynamic URLs count as nobody's recommendation.
REL, REL_DYNAMIC = "noopener noreferrer", "noopener noreferrer nofollow ugc"


@elements.register
class Link(Element):
    """A link to another page of the app, with parameters, or to an external URL. A URL that would execute something
    leads nowhere; one that comes from data shows its host."""

    name = "link"
    label = "Link"
    icon = "link"
    group = "Basics"
    events = ("clicked",)
    live = {"label": "text", "address": "attr:href"}
    look = ("kind",)
    sheet = "shows"
    only_with = {
        "page": ("to", ("page",)),
        "parameters": ("to", ("page",)),
        "address": ("to", ("address",)),
    }
    example = {"label": "Read the guide", "to": "address", "address": "https://plants.example/guide", "new_tab": True}

    class Props(props.Props):
        label = props.text("Label", "Says where it leads.", "Link")
        to = props.steps("Leads to", (("page", "A page"), ("address", "An address")), "page")
        page = PageField(label="Page", initial="", help_text="Of this app.")
        parameters = GivenField(label="Parameters", help_text="The page has none. It gets some in its own settings.")
        address = props.text("Address", "Such as https://example.org or mailto:name@example.org.")
        new_tab = props.switch("Open in a new tab")
        kind = props.steps("Kind", (("text", "Text"), ("quiet", "Quiet"), ("button", "Button")), "text")
        icon = props.steps("Icon", (NONE, *ICONS), "none")

    def placed(self, values: dict[str, Any], place: Place, editing: bool) -> dict[str, Any]:
        to = self._to(values, place)
        moves = is_dynamic(to)
        return {
            "href": "" if moves or editing else self.given("address", to),
            "rel": REL_DYNAMIC if moves else REL if values["new_tab"] or values["to"] == "address" else "",
        }

    def moving(self, stored: dict[str, Any], place: Place) -> Iterator[Moving]:
        yield from (each for each in super().moving(stored, place) if each.prop in ("visible", "label"))
        values = self.values(stored)
        to = self._to(values, place)
        if is_dynamic(to):
            yield Moving("address", "attr:href", to)
        if is_dynamic(to) and values["to"] == "address":
            yield Moving("host", "attr:data-host", to)

    def ends(self, values: dict[str, Any], place: Place) -> Iterator[tuple[str, str]]:
        if values["to"] == "page" and place.catalog.body("page", values["page"]) is None:
            gone = "The page it leads to is gone. Choose another one."
            yield "page", gone if values["page"] else "It leads nowhere yet. Choose a page, or an address."
        elif values["to"] == "page":
            yield from self._told_wrong(values, place)
        address = values["address"]
        if values["to"] == "address" and not is_dynamic(address) and not safe(address):
            unsafe = "A link may not lead to this address. Write one like https://example.org."
            yield "address", unsafe if address else "It leads nowhere yet. Write its address."

    def given(self, prop: str, value: Any) -> Any:
        if prop == "address" and isinstance(value, dict):
            told = [(row["name"], as_text(row["value"])) for row in value["with"]]
            return value["page"] and with_query(value["page"], urlencode([(name, text) for name, text in told if text]))
        if prop == "address":
            return safe(value) or None
        return host_of(safe(value)) or None if prop == "host" else value

    def _to(self, values: dict[str, Any], place: Place) -> Any:
        """Its target as a value: a URL, or the path to a page with the parameters it is given."""
        if values["to"] == "address":
            return values["address"]
        page = place.catalog.body("page", values["page"])
        if page is None or not place.page:
            return {"page": None, "with": []}
        names = {key: holder["name"] for key, holder in declared(page).items()}
        said = values_of(page, values["parameters"])
        told = [{"name": name, "value": said[key]} for key, name in names.items() if key in said]
        return {"page": way_to(place.catalog, place.page, values["page"]), "with": told}

    def _told_wrong(self, values: dict[str, Any], place: Place) -> Iterator[tuple[str, str]]:
        """What it passes to a page that does not accept it."""
        page = place.catalog.body("page", values["page"])
        assert page is not None
        if gone := lost(page, values["parameters"]):
            name = page["nodes"][page["root"]]["name"]
            many = "a parameter" if len(gone) == 1 else f"{len(gone)} parameters"
            yield "parameters", f"It gives {many} that the page {name} does not have. Take it away there."
        said = values_of(page, values["parameters"])
        sound = {key: value for key, value in said.items() if not problems(value, "any", place)}
        yield from (("parameters", sentence) for _, sentence in wrong_types(page, sound, place))

    def repair(self, values: dict[str, Any], prop: str, place: Place) -> Repair | None:
        page = place.catalog.body("page", values["page"])
        gone = lost(page, values["parameters"]) if page and prop == "parameters" else []
        if not gone:
            return None
        left = [row for row in values["parameters"] if row not in gone]
        return Repair("Take it away", "It gives only what the page has.", {"parameters": left})
