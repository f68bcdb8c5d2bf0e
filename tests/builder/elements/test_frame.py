"""Many streams in one page share its frames: what they cost together does not grow with their number (S40)."""

import re

import pytest

from builder.document import body, node
from builder.drawing.render import page_html

pytestmark = pytest.mark.browser

MODULE = "live/elements/live_text"
# Frames come when the test says so, and what is done in one is written down: r where the page's layout is asked for,
# w where text is put into it, s where it is scrolled.
BY_HAND = """() => {
  window.done = []; window.log = []; window.now = performance.now()
  const queue = []
  window.requestAnimationFrame = (work) => queue.push(work)
  const note = (owner, name, ...signs) => {
    const old = Object.getOwnPropertyDescriptor(owner, name), wrapped = {...old}
    for (const [at, sign] of signs) wrapped[at] = function (...rest) {
      done.push((typeof sign === "string" ? sign : sign(this)) || "")
      return old[at].apply(this, rest)
    }
    Object.defineProperty(owner, name, wrapped)
  }
  for (const name of ["scrollHeight", "clientHeight"]) note(Element.prototype, name, ["get", "r"])
  note(Element.prototype, "scrollTop", ["get", "r"], ["set", "s"])
  note(Element.prototype, "getBoundingClientRect", ["value", "r"])
  note(window, "getComputedStyle", ["value", "r"])
  note(Element.prototype, "append", ["value", (box) => box.className === "sw-live" && "w"])
  window.frame = (ms) => {
    now += ms; done = []
    for (const work of queue.splice(0)) work(now)
    log.push(done.join("")); done = []
  }
}"""


def opened(stage, streams: int, sheet: str = ""):
    """A page of so many texts, each in a group of its own, all of them under way."""
    texts = {f"el_live{number:02}": node("live_text", "Answer", {"text": ""}) for number in range(streams)}
    groups = {f"el_group{number}": node("group", "Around", {}, children=[key]) for number, key in enumerate(texts)}
    nodes = texts | groups
    root = node("page", "index", {}, children=list(groups), states=[])
    page = stage.show(page_html(body("pg_test01", {"pg_test01": root, **nodes}), None, "live"), MODULE)
    page.wait_for_function("() => Boolean(customElements.get('sw-live-text'))")
    page.evaluate(BY_HAND)
    page.evaluate(
        """(text) => {
          const sheet = new CSSStyleSheet()
          sheet.replaceSync(text)
          document.adoptedStyleSheets = [sheet]
          window.all = [...document.querySelectorAll("sw-live-text")]
          for (const each of all) { each.state({waiting: true}); each.state({streaming: true}) }
        }""",
        sheet,
    )
    return page


# Thirty frames in each of which every text gets two words.
TOGETHER = """() => {
  for (let turn = 0; turn < 30; turn += 1) { for (const each of all) each.append("more words "); frame(50) }
  return log
}"""


def test_a_page_is_asked_for_its_layout_once_a_frame_and_not_once_a_stream(stage):
    reads = [[each.count("r") for each in opened(stage, streams).evaluate(TOGETHER)] for streams in (1, 10)]
    assert reads[0] == reads[1] and max(reads[0]) > 0


def test_all_look_before_one_writes_and_again_before_one_scrolls(stage):
    """Each of these ten groups scrolls by itself."""
    frames = opened(stage, 10, "[data-type=group] { block-size: 3rem; overflow-y: auto }").evaluate(TOGETHER)
    assert sum(each.count("w") for each in frames) >= 10 * 20
    assert [each for each in frames if not re.fullmatch("r*w*r*s*", each)] == []


def test_streams_that_began_apart_write_in_the_same_frames(stage):
    page = opened(stage, 10)
    frames = page.evaluate(
        """() => {
          for (let turn = 0; turn < 100; turn += 1) {
            for (const each of [all[turn % 10], all[(turn + 3) % 10], all[(turn + 6) % 10]]) each.append("more ")
            frame(10)
          }
          return log
        }"""
    )
    assert sum("w" in each for each in frames) <= 1.1 * (1000 / 40 + 10), (
        "every 40 ms, and the first word of each at once"
    )


def test_the_first_words_wait_for_no_frame_and_those_of_one_message_are_laid_out_together(stage):
    """S40: the first piece at once, later ones at most once a frame."""
    page = opened(stage, 3)
    page.evaluate(
        "async () => { done = []; for (const each of all) each.append('First '); await 0; log.push(done.join('')) }"
    )
    assert page.evaluate("all.map((each) => each.textContent)") == ["First "] * 3
    assert re.fullmatch("r*w+r*s*", page.evaluate("log[0]"))
    page.evaluate("async () => { all[0].append('second '); await 0 }")
    assert page.evaluate("all[0].textContent") == "First "
    page.evaluate("frame(performance.now() - now + 50)")
    assert page.evaluate("all[0].textContent") == "First second "


@pytest.mark.parametrize(("streams", "fade"), [(3, True), (4, False)])
def test_the_words_of_a_few_streams_fade_in_and_those_of_many_do_not(stage, streams, fade):
    page = opened(stage, streams)
    page.evaluate(TOGETHER)
    assert (page.locator(".sw-new").count() > 0) is fade
    page.evaluate("all[0].state({done: true}); all[1].append('again '); frame(50)")
    assert page.locator(".sw-new").count() > 0, "as soon as there are few"


def test_sentences_are_looked_for_now_and_then_and_not_with_every_piece(stage):
    page = opened(stage, 1)
    looks = page.evaluate(
        """() => {
          const segment = Intl.Segmenter.prototype.segment
          let looks = 0
          Intl.Segmenter.prototype.segment = function (text) {
            looks += this.resolvedOptions().granularity === "sentence"
            return segment.call(this, text)
          }
          for (let turn = 0; turn < 500; turn += 1) all[0].append("word ")
          return new Promise((done) => setTimeout(() => done(looks), 400))
        }"""
    )
    assert 1 <= looks <= 2
