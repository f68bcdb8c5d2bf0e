"""One edit of a page by chance, as a person makes it: for tests of what many of them come to."""

import random

from builder import journal
from builder.changes import ChangeJSON
from builder.document import Body, children, new_id, node, spots, walk
from builder.errors import StreamwrightError
from builder.models import App, Document, Entry, User


def edit(app: App, person: User, page: Document, chance: random.Random) -> Entry | None:
    """Make one; None where it was refused, because what it is about was gone by then."""
    label, change = any_change(page.body, page.address, chance)
    try:
        return journal.perform(app, person, label, [change])
    except StreamwrightError:
        return None


def any_change(body: Body, doc: str, chance: random.Random) -> tuple[str, ChangeJSON]:
    """A change that fits the page as it is in `body`: more elements come than go."""
    elements = [key for key in walk(body) if key.startswith("el_")]
    groups = [body["root"], *(key for key in elements if body["nodes"][key]["type"] == "group")]
    what = chance.choice(["insert", "insert", "update", "update", "move", "remove", "rename"]) if elements else "insert"
    key = chance.choice(elements) if elements else ""
    spot = {"parent": (parent := chance.choice(groups)), "slot": "children"}
    spot["index"] = chance.randint(0, len(children(body, parent)))
    match what:
        case "insert":
            new = new_id("el")
            made = node(chance.choice(["text", "group"]), f"New {new}")
            return "Add", {"do": "insert", "doc": doc, "nodes": {new: made}, "node": new, **spot}
        case "move" if parent not in walk(body, key):
            return "Move", {"do": "move", "doc": doc, "node": key, **spot}
        case "remove" if spots(body)[key].parent != body["root"] or chance.random() < 0.3:
            return "Delete", {"do": "remove", "doc": doc, "node": key}
        case "update" if body["nodes"][key]["type"] == "text":
            return "Change", {"do": "update", "doc": doc, "node": key, "set": {"text": f"{chance.random()}"}}
    return "Rename", {"do": "update", "doc": doc, "node": key, "name": f"Name {chance.randint(0, 10**6)}"}
