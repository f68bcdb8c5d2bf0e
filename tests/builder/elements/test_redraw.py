"""The canvas draws the pieces that have changed, and is then what it would be had it been drawn anew."""

import pytest

from builder.document import body, node
from builder.drawing.pieces import Drawing
from builder.drawing.render import canvas_pieces, page_html
from builder.expressions.catalog import Catalog
from tests.builder.drawing.test_pieces import walk_through

pytestmark = pytest.mark.browser

PAGE = body(
    "pg_test01",
    {
        "pg_test01": node("page", "index", {}, children=["el_top001", "el_list01", "el_tabs01", "el_ask001"]),
        "el_top001": node("group", "Top", {"direction": "row"}, children=["el_head01", "el_text01"]),
        "el_head01": node("heading", "Title", {"text": "Plants"}),
        "el_text01": node("text", "Hint", {"text": "Ask away"}),
        "el_list01": node("repeating_group", "List", {}, children=["el_cell01"]),
        "el_cell01": node("text", "In a cell", {"text": "Cell"}),
        "el_tabs01": node("tabs", "Tabs", {}, children=["el_one001", "el_two001"]),
        "el_one001": node("group", "One", {}, children=["el_send01"]),
        "el_two001": node("group", "Two", {}),
        "el_send01": node("button", "Send", {"label": "Send"}),
        "el_ask001": node("input", "Question", {"label": "Question"}),
    },
)

# Where an answer made something else of the page than it is to be; or another node of what was there before and is still.
DRAW = """async (steps) => {
  const { Redraw } = await import("design/redraw");
  const main = document.querySelector("main");
  const drawing = new Redraw("data-el");
  drawing.begin(main);
  const nodes = () => new Map([...main.querySelectorAll("[data-el]:not([data-type=repeating_group] *)")].map((each) => [each.dataset.el, each]));
  for (const [step, { pieces, whole }] of steps.entries()) {
    const before = nodes();
    const all = drawing.draw(main, pieces);
    const template = document.createElement("template");
    template.innerHTML = whole;
    const other = [...nodes()].filter(([key, each]) => before.has(key) && before.get(key) !== each);
    if (!all || other.length || !main.isEqualNode(template.content.firstElementChild))
      return `${step}: ${all}, ${other.map(([key]) => key)}: ${main.outerHTML} is to be ${whole}`;
  }
  return "";
}"""


@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(2, 10))])
def test_after_every_answer_the_canvas_is_as_it_would_be_drawn_anew(stage, seed):
    catalog, steps = Catalog([("page", "pg_test01", PAGE)]), []
    first = Drawing(canvas_pieces(PAGE, catalog))
    mark = first.mark
    for changed in walk_through(PAGE, seed):
        catalog = Catalog([("page", "pg_test01", changed)])
        drawing = Drawing(canvas_pieces(changed, catalog))
        came, mark = drawing.since(mark), drawing.mark
        assert came["base"]
        steps.append({"pieces": came["pieces"], "whole": page_html(changed, catalog, "edit")})
    shown = stage.show(first.whole, "design/redraw")
    assert shown.evaluate(DRAW, steps) == ""
