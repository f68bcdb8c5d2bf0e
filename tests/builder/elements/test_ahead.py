"""Whatever is done ahead of the server, answered or refused: what stands there at the end is what the server drew."""

import random
from copy import deepcopy

import pytest

from builder.changes import changes
from builder.document import children, walk
from builder.drawing.outline import rows, tree_pieces
from builder.drawing.pieces import Drawing
from builder.drawing.render import canvas_pieces
from builder.errors import StreamwrightError
from builder.expressions.catalog import Catalog
from builder.gestures import planned
from builder.gestures.spots import holds_elements
from tests.builder.drawing.test_pieces import walk_through
from tests.builder.elements.test_redraw import PAGE as ROW_PAGE

pytestmark = pytest.mark.browser

# Elements have their own X and Y in the group Top.
PAGE = deepcopy(ROW_PAGE)
PAGE["nodes"]["el_top001"]["props"] = {"direction": "fixed"}

# Several gestures are on their way at once; each is answered or refused in its turn, and between them somebody else
# changes the page. `canvas` and `tree` are what has changed then, `order` what stands there: of what the server drew, and
# once nothing is ahead of it, all.
PLAY = """async (steps) => {
  const { Redraw } = await import("design/redraw");
  const { place, takes } = await import("design/canvas_placing");
  const { wearIn } = await import("design/canvas_lengths");
  const canvas = document.getElementById("canvas");
  const main = document.querySelector("main");
  const drawing = new Redraw("data-el");
  drawing.begin(main);
  canvas.takes = (holders) => holders.every((key) => takes(drawing.drawn, key));
  canvas.place = (...order) => place(main, drawing.drawn, ...order);
  canvas.wear = (lengths) => wearIn(main, lengths);
  const { answered, foresee, settle, takeBack } = await import("design/ahead");
  const { drawTree } = await import("design/tree_drawing");
  const parsed = (html) => {
    const template = document.createElement("template");
    template.innerHTML = html;
    return template.content.firstElementChild;
  };
  const rows = document.querySelector("#tree > .tree");
  const ahead = new Map();
  const seen = { foreseen: 0, wrong: "" };
  for (const [at, { said, does, canvas: pieces, tree, wholes }] of steps.entries()) {
    if (does === "say") {
      const step = foresee(said);
      ahead.set(said.number, step);
      if (step) seen.foreseen += 1;
    } else if (does === "refuse") takeBack(ahead.get(said.number));
    else {
      if (said) answered(ahead.get(said.number), {});
      drawTree(tree);
      drawing.draw(main, pieces);
      settle();
    }
    // What was dragged there before all is drawn stands there.
    const [first, there] = (does === "say" && Object.entries(said.places || {})[0]) || [];
    const key = said?.ids?.[first] || first;
    const node = there && main.querySelector(`[data-el="${key}"]`);
    if (node && ahead.get(said.number) && node.style.getPropertyValue("--x") !== `${there.x}px`)
      return `${at}: ${key} is at ${node.style.cssText}`;
    // A canvas and a tree that stand for different orders are never seen.
    const own = (key) => rows.querySelector(`[data-node="${key}"]`);
    for (const each of main.querySelectorAll("[data-el]:not(.sw-cell *)")) {
      const around = each.parentElement.closest("[data-el]").dataset.el;
      if (own(each.dataset.el)?.dataset.parent !== around) return `${at}: ${each.dataset.el} is not in ${around}`;
    }
    if (!wholes) continue;
    if (!main.isEqualNode(parsed(wholes.canvas))) return `${at}: ${main.outerHTML} is to be ${wholes.canvas}`;
    if (!rows.isEqualNode(parsed(wholes.tree))) return `${at}: ${rows.outerHTML} is to be ${wholes.tree}`;
  }
  return seen.foreseen;
}"""


def _drawings(page):
    catalog = Catalog([("page", "pg_test01", page)])
    return Drawing(canvas_pieces(page, catalog)), Drawing(tree_pieces(rows(page, catalog)))


def _gesture(page, chance):
    """A move, a step within the fixed group, copies or a deletion of one or two elements, as a browser says it."""
    nodes = chance.sample([*walk(page)][1:], min(len([*walk(page)]) - 1, chance.choice([1, 1, 1, 2])))
    what = chance.choice(
        ["way", "way", "way", "place", "place", "place", "step", "step", "copy", "duplicate", "delete"]
    )
    places = {key: {"x": chance.randrange(200), "y": chance.randrange(200)} for key in nodes}
    if what == "delete":
        return {"do": "delete", "nodes": nodes}
    if what == "way":
        return {"do": "move", "nodes": nodes, "way": chance.choice(["up", "down", "in", "out"])}
    if what == "step":
        nodes = (page["nodes"].get("el_top001") and children(page, "el_top001")) or nodes
        return {"do": "place", "places": {key: {"x": chance.randrange(200), "y": 10} for key in nodes}}
    ids = {key: f"el_{chance.randrange(10**6):06}" for each in nodes for key in walk(page, each)}
    if what == "duplicate":
        return {"do": "duplicate", "nodes": nodes, "ids": ids}
    parent = chance.choice([key for key in walk(page) if holds_elements(page, key)])
    there = {"places": places} if parent == "el_top001" else {}
    said = {"do": "copy", "ids": ids} if what == "copy" else {"do": "move"}
    return {**said, "nodes": nodes, "parent": parent, "index": chance.randrange(4), **there}


def _after(page, said):
    """The page after a gesture; as it was where that is refused or comes to nothing."""
    catalog = Catalog([("page", "pg_test01", page)])
    try:
        for change in planned(said, page, catalog).changes:
            page = changes[change["do"]].apply(page, change)[0]
    except StreamwrightError:
        return None
    return page


def _played(seed):
    """What a browser sees of some gestures that wait for their answers, of these, and of what another one does."""
    chance, page, waiting, steps = random.Random(seed), PAGE, [], []
    drawn = [*_drawings(page)]

    def follow(**more):
        nonlocal drawn
        next_ = [*_drawings(page)]
        pieces = [after.since(before.mark) for after, before in zip(next_, drawn, strict=True)]
        tree = {"mark": pieces[1]["mark"], "pieces": pieces[1]["pieces"]}
        steps.append({"does": "draw", "canvas": pieces[0]["pieces"], "tree": tree, **more})
        drawn = next_

    for number in range(90):
        # At the end all is answered.
        what = chance.choice(["say", "say", "answer", "answer", "other"]) if number < 70 else "answer"
        if what == "say":
            waiting.append(_gesture(page, chance) | {"number": number})
            steps.append({"does": "say", "said": waiting[-1]})
        elif what == "other" and len([*walk(page)]) < 30:
            page = next(walk_through(page, seed * 100 + number))
            follow()
        elif waiting:
            said = waiting.pop(0)
            after = None if chance.random() < 0.3 else _after(page, said)
            if after is None or after is page:
                steps.append({"does": "refuse", "said": said})
            else:
                page = after
                follow(said=said)
        if not waiting and steps:
            steps[-1]["wholes"] = {"canvas": drawn[0].whole, "tree": drawn[1].whole}
        if not children(page, page["root"]):
            page = PAGE
            follow()
    return steps


@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(2, 60))])
def test_in_the_end_it_is_what_the_server_drew(stage, seed):
    canvas, tree = _drawings(PAGE)
    html = f'<div id="tree" data-selected="pg_test01">{tree.whole}</div><div id="canvas"></div>{canvas.whole}'
    shown = stage.show(html)
    assert shown.evaluate(PLAY, _played(seed)) in range(1, 90)
