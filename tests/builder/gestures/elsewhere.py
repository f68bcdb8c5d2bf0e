"""Two apps to copy and paste between: one with a reusable element in another, a workflow, a style, a colour and a font."""

import json
from copy import deepcopy

from builder.changes import changes
from builder.clipboard import clip
from builder.document import body, node, shape_problems, walk
from builder.elements import elements
from builder.expressions.catalog import Catalog
from builder.gestures import planned
from builder.kinds import kinds
from builder.reusing import expanded
from builder.styling.looks import resolved, styles_of
from builder.styling.theme import colours, fonts
from workflows.starters.written import page as a_page

BOX = body(
    "rs_box001",
    {
        "rs_box001": node("reusable", "Box", {"ground": "co-brand1"}, children=["el_in0001"], states=["st_on0001"]),
        "el_in0001": node("instance", "In", {"of": "rs_card01", "pr_title1": "Inner"}),
        "st_on0001": node("state", "on", {"type": "text"}),
    },
)
CLICKED = body(
    "wf_click1",
    {
        "wf_click1": node(
            "workflow",
            "Clicked",
            {"page": "rs_card01", "event": {"type": "clicked", "options": {"element": "el_inner1"}}},
            steps=["sp_set001"],
        ),
        "sp_set001": node("set_state", "", {"state": "st_open01", "value": "open"}),
    },
)


def theme():
    nodes = {
        "co_brand1": node("colour", "Brand", {"token": "co-brand1", "light": "#aa2200", "dark": "#ffbb99"}),
        "fo_serif1": node("font", "Serif", {"token": "fo-serif1", "stack": "Georgia, serif"}),
        "co_accent": node("colour", "Accent", {"token": "accent", "light": "#112233", "dark": "#ddeeff"}),
        "sy_loud01": node("style", "Loud", {"element": "text", "set": {"ink": "co-brand1", "size": "lg"}}),
        "sy_other1": node("style", "Other", {"element": "text", "set": {"size": "sm"}}),
    }
    slots = {"colours": ["co_brand1", "co_accent"], "fonts": ["fo_serif1"], "styles": ["sy_loud01", "sy_other1"]}
    return body("tm_theme", {"tm_theme": node("theme", "of the app", {}, **slots)} | nodes)


class App:
    """An app's documents, changed by gestures on its page; the inverses of the last one in `inverses`."""

    def __init__(self, *elements, documents=(), page="pg_there1"):
        found = [a_page(page, "index", "Index", *elements), *documents]
        self.bodies = {f"{each['nodes'][each['root']]['type']}/{each['root']}": each for each in found}
        self.page = page

    @property
    def catalog(self):
        return Catalog([(*address.split("/"), each) for address, each in self.bodies.items()])

    @property
    def nodes(self):
        return self.bodies[f"page/{self.page}"]["nodes"]

    def copied(self, *keys):
        return json.loads(json.dumps(clip(self.catalog.page(self.page), list(keys), self.catalog)))

    def does(self, said):
        plan = planned(json.loads(json.dumps(said)), self.catalog.page(self.page), self.catalog)
        self.inverses = self.apply(plan.changes)
        return plan

    def paste(self, held):
        return self.does({"do": "paste", **held, "at": self.page})

    def apply(self, wanted):
        inverses = []
        for change in wanted:
            command = changes[change["do"]]
            command.check(change)
            made, inverse = command.apply(deepcopy(self.bodies.get(change["doc"])), deepcopy(change))
            self.bodies[change["doc"]] = made
            if made is None:
                del self.bodies[change["doc"]]
            inverses.insert(0, inverse)
        for address, each in self.bodies.items():
            errors = [
                problem for problem in kinds[address.partition("/")[0]].problems(each) if problem.severity == "error"
            ]
            assert shape_problems(each) == errors == []
        return inverses

    def named(self, kind):
        return [self.catalog.name(each["root"]) for each in self.catalog.bodies(kind)]

    def drawn(self):
        """What a page shows with its instances' contents: type, name, own words and look, without ids."""
        catalog = self.catalog
        page, _ = expanded(catalog.page(self.page), catalog)
        tokens = {
            each.token: each.name
            for each in (*colours(catalog.body("theme", "tm_theme")), *fonts(catalog.body("theme", "tm_theme")))
        }
        found = []
        for key in walk(page):
            holder = page["nodes"][key]
            if holder["type"] in elements and key != page["root"]:
                look = resolved(elements[holder["type"]], holder["props"], styles_of(catalog))
                look.pop("of", None)
                shown = {prop: tokens.get(value, value) for prop, value in look.items() if isinstance(value, str)}
                name = holder["name"] if holder["type"] != "instance" else ""
                found.append((holder["type"], name, shown))
        return found


LOUD = ("el_loud01", {"el_loud01": node("text", "Words", {"text": "Hi", "uses": "sy_loud01", "font": "fo-serif1"})})
