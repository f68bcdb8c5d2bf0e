"""The patches of a live page in a real browser: what they let go of is really gone."""

import pytest

from builder.document import body, node
from builder.drawing.render import page_html

pytestmark = pytest.mark.browser


def _list_page() -> str:
    nodes = {
        "el_list01": node("repeating_group", "List", {}, children=["el_said01"]),
        "el_said01": node("text", "Said", {"text": ""}),
        "pg_test01": node("page", "index", {}, children=["el_list01"], states=[]),
    }
    return page_html(body("pg_test01", nodes), None, "live")


def test_a_cell_that_left_the_page_is_not_kept(stage):
    page = stage.show(_list_page(), "live/patches")
    page.evaluate(
        """async () => {
          const { apply } = await import("/static/js/live/patches.js")
          const show = (keys) => apply([["cells", "el_list01", keys], ...keys.map((key) => ["set", `el_said01@${key}`, "text", key])])
          show(["one", "two"])
          window.gone = new WeakRef(document.querySelector('[data-el="el_said01@one"]'))
          window.stays = new WeakRef(document.querySelector('[data-el="el_said01@two"]'))
          show(["two"])
        }"""
    )
    page.context.new_cdp_session(page).send("HeapProfiler.collectGarbage")
    assert page.evaluate("[Boolean(gone.deref()), stays.deref().textContent]") == [False, "two"]
