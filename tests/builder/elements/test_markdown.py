"""Markdown in a real browser: built from an allow-list of nodes, the same for stored and streamed text (S40, P26)."""

import pytest

from builder.document import body, node
from builder.drawing.render import page_html
from tests.builder.elements.hostile import HOSTILE

pytestmark = pytest.mark.browser

MODULE = "live/elements/markdown"
SAMPLE = """# Water

Water **only** when the *top 5 cm* are `dry`, see [the guide](https://plants.example/water?x=1) or https://plants.example.

1. Feel
2. Wait
   - a week
   - or two

> Patience

```python
if dry < 5:
    water()
```

| Plant | Days |
|---|---|
| Fig | 10 |

- [x] done
- [ ] to do

---
~~never~~ ![a fig](https://plants.example/fig.png) The end."""

ALLOWED = {
    "P",
    "H2",
    "H3",
    "H4",
    "H5",
    "H6",
    "BLOCKQUOTE",
    "BR",
    "HR",
    "EM",
    "STRONG",
    "S",
    "CODE",
    "PRE",
    "A",
    "UL",
    "OL",
    "LI",
    "TABLE",
    "THEAD",
    "TBODY",
    "TR",
    "TH",
    "TD",
    "SPAN",
    "DIV",
}
ATTRIBUTES = {"class", "href", "rel", "target", "start", "tabindex", "role", "aria-label", "data-host", "data-lang"}
DRAWN = """() => { const copy = document.querySelector(".sw-live").cloneNode(true)
  copy.querySelectorAll("span:not([class]), .sw-caret").forEach((each) => each.remove()); copy.normalize(); return copy.innerHTML }"""
NODES = """() => [...document.querySelectorAll(".sw-live *")].map((each) => [each.tagName, each.getAttributeNames()])"""


def page_with(text: str) -> str:
    nodes = {"el_mark01": node("markdown", "Answer", {"text": text})}
    root = node("page", "index", {}, children=["el_mark01"], states=[])
    return page_html(body("pg_test01", {"pg_test01": root, **nodes}), None, "live")


def open_markdown(stage, text: str = ""):
    page = stage.show(page_with(text), MODULE)
    page.evaluate("() => { window.el = document.querySelector('sw-markdown') }")
    return page


def test_stored_text_becomes_nodes(stage):
    page = open_markdown(stage, SAMPLE)
    box = page.locator(".sw-live")
    assert box.locator("h2").text_content() == "Water"
    assert box.locator("strong").text_content() == "only"
    assert box.locator("ol > li").count() == 2 and box.locator("ol ul li").count() == 2
    assert box.locator("pre code").text_content() == "if dry < 5:\n    water()"
    assert [each.strip() for each in box.locator("thead th").all_text_contents()] == ["Plant", "Days"]
    assert [each.strip() for each in box.locator("tbody td").all_text_contents()] == ["Fig", "10"]
    assert box.get_by_role("img", name="done", exact=True).count() == 1
    assert box.get_by_role("img", name="to do", exact=True).count() == 1
    assert box.locator("s").text_content() == "never"
    assert "a fig" in box.text_content() and box.locator("img").count() == 0
    assert box.text_content().endswith("The end.")


def test_a_link_opens_apart_gives_no_referrer_and_shows_its_host(stage):
    page = open_markdown(stage, "[the guide](https://plants.example/water?x=1)")
    link = page.locator("a")
    assert link.get_attribute("href") == "https://plants.example/water?x=1"
    assert link.get_attribute("rel") == "noopener noreferrer nofollow ugc"
    assert link.get_attribute("target") == "_blank"
    shown = "getComputedStyle(document.querySelector('a'), '::after').content"
    assert "plants.example" in page.evaluate(shown)


@pytest.mark.parametrize("size", [1, 3, 7, 50])
def test_streamed_text_ends_as_the_stored_one(stage, size):
    page = open_markdown(stage, SAMPLE)
    stored = page.evaluate(DRAWN)
    page.evaluate(
        """async ([text, size]) => {
          el.set(""); el.state({waiting: true}); el.state({streaming: true})
          for (let at = 0; at < text.length; at += size) {
            el.append(text.slice(at, at + size))
            if (at % 9 === 0) await new Promise(requestAnimationFrame)
          }
          el.state({done: true})
        }""",
        [SAMPLE, size],
    )
    assert page.evaluate(DRAWN) == stored
    assert page.evaluate("el.text") == SAMPLE


def test_it_never_draws_again_what_is_drawn(stage):
    page = open_markdown(stage)
    removed = page.evaluate(
        """async (text) => {
          const removed = []
          el.state({streaming: true})
          new MutationObserver((all) => all.forEach((each) => each.removedNodes.forEach((node) => removed.push(node.nodeName + node.textContent))))
            .observe(el, {childList: true, subtree: true})
          for (const piece of text.match(/[^]{1,5}/g)) { el.append(piece); await new Promise(requestAnimationFrame) }
          el.state({done: true})
          await new Promise(requestAnimationFrame)
          return removed
        }""",
        SAMPLE,
    )
    assert [each for each in removed if each != "SPAN"] == [], "only the caret moves"


def test_text_that_grows_without_a_stream_is_complete_in_the_end(stage):
    page = open_markdown(stage, "**Water")
    page.evaluate("el.append('ing** is over.')")
    page.wait_for_function("() => document.querySelector('.sw-live').textContent === 'Watering is over.'")
    assert page.locator("strong").text_content() == "Watering"


@pytest.mark.parametrize("way", ["stored", "streamed"])
def test_hostile_markdown_runs_nothing_loads_nothing_and_submits_nothing(stage, way):
    """P26: none of these payloads makes a script, a request, a form, an htmx attribute or a cover over the page."""
    page = open_markdown(stage)
    page.evaluate("() => { window.alert = window.prompt = window.confirm = () => { window.ran = true } }")
    for payload in HOSTILE:
        page.evaluate(
            """async ([payload, way]) => {
              el.set("")
              if (way === "stored") return el.set(payload)
              el.state({streaming: true})
              for (const piece of payload.match(/[^]{1,4}/gu) ?? []) el.append(piece)
              el.state({done: true})
            }""",
            [payload, way],
        )
        for tag, attributes in page.evaluate(NODES):
            assert tag in ALLOWED, (payload, tag)
            assert set(attributes) <= ATTRIBUTES, (payload, attributes)
        schemes = page.evaluate("[...document.querySelectorAll('.sw-live [href]')].map((each) => each.protocol)")
        assert set(schemes) <= {"http:", "https:", "mailto:"}, payload
        # A click outside of a link does nothing; a link leads only where the schemes above lead.
        page.evaluate(
            "document.querySelectorAll('.sw-live *').forEach((each) => each.closest('a[href]') || each.click())"
        )
    page.wait_for_timeout(100)
    assert not page.evaluate("window.ran")
    assert page.url == "http://app.test/" and stage.asked == []


def test_nesting_beyond_the_parser_loses_no_words(stage):
    page = open_markdown(stage)
    deep = "> " * 60 + "deep\n" + "".join("  " * level + f"- item{level}\n" for level in range(60)) + "\n\nand after"
    page.evaluate("(text) => { el.set(text) }", deep)
    shown = page.locator(".sw-live").text_content()
    assert "deep" in shown and "item0" in shown and "item59" in shown and "and after" in shown
