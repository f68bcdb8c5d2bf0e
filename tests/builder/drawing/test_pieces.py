"""What the Design tab draws in pieces is what it would draw whole, whatever was changed before."""

import json
import random
from collections.abc import Iterator

import pytest

from builder.access import catalog_of
from builder.caching import SizedCache
from builder.changes import ChangeJSON, changes
from builder.document import Body, children, walk
from builder.drawing import pieces
from builder.drawing.outline import rows, tree_pieces
from builder.drawing.pieces import Drawing
from builder.drawing.render import canvas_pieces, page_html
from builder.errors import StreamwrightError
from builder.expressions.catalog import Catalog
from builder.gestures.spots import holds_elements
from builder.kinds import kinds
from builder.models import Document
from builder.starters import starters
from tests.builder.edits import any_change

pytestmark = pytest.mark.django_db

STEPS = 30


@pytest.fixture
def page(ada) -> Document:
    return starters["demo"].make(ada, "Juniper", "juniper").documents.get(key="pg_chat01")


def _changed(body: Body, chance: random.Random) -> Body:
    """The page after a change by chance: one that people make often, or a move to anywhere, such as into a list."""
    while True:
        change = any_change(body, "page/x", chance)[1] if chance.random() < 0.6 else _moved(body, chance)
        try:
            made, _ = changes[change["do"]].apply(json.loads(json.dumps(body)), change)
        except StreamwrightError:
            continue
        if made and not any(problem.severity == "error" for problem in kinds["page"].problems(made)):
            return made


def _moved(body: Body, chance: random.Random) -> ChangeJSON:
    elements = [key for key in walk(body) if key.startswith("el_")]
    parent = chance.choice([key for key in [body["root"], *elements] if holds_elements(body, key)])
    spot = {"parent": parent, "slot": "children", "index": chance.randint(0, len(children(body, parent)))}
    return {"do": "move", "doc": "page/x", "node": chance.choice(elements), **spot}


def walk_through(body: Body, seed: int) -> Iterator[Body]:
    """Pages one after the other, each changed by chance."""
    chance = random.Random(seed)
    for _ in range(STEPS):
        yield (body := _changed(body, chance))


def _alone(catalog: Catalog) -> Catalog:
    """The same documents, of whose nodes nothing was worked out before."""
    copies = [(kind, each["root"], json.loads(json.dumps(each))) for kind in kinds for each in catalog.bodies(kind)]
    return Catalog(copies, catalog.app)


class Browser:
    """What one has of a drawing."""

    def __init__(self) -> None:
        self.mark, self.pieces = "", dict[str, str]()

    def get(self, drawing: Drawing) -> str:
        """All of it, after what came."""
        came, first = drawing.since(self.mark), next(iter(drawing.pieces))
        if came["base"]:
            assert came["base"] == self.mark
            self.pieces |= came["pieces"]
        else:
            assert came["pieces"] == {first: drawing.whole}
            self.pieces = dict(drawing.pieces)
        self.mark = came["mark"]
        return Drawing({first: self.pieces[first], **self.pieces}).whole


@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(2, 10))])
def test_who_gets_only_what_has_changed_has_what_is_drawn_whole(page, seed, monkeypatch):
    """Whatever was at hand of earlier drawings: nothing says otherwise than what is drawn of documents just read."""
    monkeypatch.setattr(pieces, "_drawings", SizedCache(400))
    canvas, tree, late = Browser(), Browser(), Browser()
    for step, body in enumerate(walk_through(page.body, seed)):
        page.body = body
        page.save()
        catalog = catalog_of(page.app)
        read, alone = catalog.body("page", page.key), _alone(catalog)
        assert json.dumps(read) == json.dumps(body)
        assert kinds["page"].problems(read, catalog) == kinds["page"].problems(body, alone)
        whole, drawing = page_html(body, alone, "edit"), Drawing(canvas_pieces(read, catalog))
        assert canvas.get(drawing) == whole
        if step % 7 == 0:
            assert late.get(drawing) == whole
        assert tree.get(Drawing(tree_pieces(rows(read, catalog)))) == Drawing(tree_pieces(rows(body, alone))).whole


def test_of_hundreds_of_elements_only_what_has_changed_comes(page):
    catalog = catalog_of(page.app)
    before = Drawing(canvas_pieces(catalog.body("page", page.key), catalog))
    page.body["nodes"]["el_hint01"]["props"]["text"] = "Another hint"
    page.save()
    catalog = catalog_of(page.app)
    answer = Drawing(canvas_pieces(catalog.body("page", page.key), catalog)).since(before.mark)
    assert answer["pieces"].keys() == {"el_hint01"} and "Another hint" in answer["pieces"]["el_hint01"]
    assert before.since(answer["mark"])["pieces"].keys() == {"el_hint01"}


def test_a_mark_that_nobody_knows_brings_all(page):
    catalog = catalog_of(page.app)
    drawing = Drawing(canvas_pieces(catalog.body("page", page.key), catalog))
    answer = drawing.since("0" * 16)
    assert (answer["base"], answer["pieces"]) == ("", {page.key: page_html(page.body, catalog, "edit")})
