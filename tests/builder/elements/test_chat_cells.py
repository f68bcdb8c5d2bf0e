"""Cells in chat order: the newest is the last, the view goes along only while the reader is at the end, nothing jumps."""

import pytest

LIST = """<main class="sw-page"><div class="sw-repeating-group" data-el="el_chat01" data-chat="yes"><template data-cell>
<div class="sw-cell" role="listitem"><p class="sw-text" data-el="el_text01" data-p="text"></p></div></template>
<sw-chat-cells class="sw-cells" data-cells role="list"></sw-chat-cells></div></main>"""

# So many messages are there, each of ten lines.
SHOW = """async (many) => {
    const { apply } = await import("live/patches")
    const keys = Array.from({ length: many }, (_, number) => `m${number}`)
    const texts = keys.map((key) => ["set", `el_text01@${key}`, "text", (key + "\\n").repeat(10)])
    apply([["cells", "el_chat01", keys], ...texts], () => false)
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
    const { scrollHeight, scrollTop, clientHeight } = document.scrollingElement
    return [scrollTop, scrollHeight - clientHeight - scrollTop]
}"""


@pytest.mark.browser
@pytest.mark.slow
def test_the_view_goes_along_only_while_the_reader_is_at_the_end(stage):
    """S40."""
    page = stage.show(LIST, "live/elements/chat_cells")
    _, below = page.evaluate(SHOW, 8)
    assert below <= 1, "the first cells are in view"
    _, below = page.evaluate(SHOW, 9)
    assert below <= 1, "the reader is at the end"
    page.mouse.move(200, 200)
    page.mouse.wheel(0, -600)
    page.wait_for_function("() => document.scrollingElement.scrollHeight - innerHeight - scrollY > 500")
    before = page.evaluate("scrollY")
    top, below = page.evaluate(SHOW, 10)
    assert (top, below > 500) == (before, True), "who reads further up stays there"
    page.mouse.wheel(0, 5000)
    page.wait_for_function("() => document.scrollingElement.scrollHeight - innerHeight - scrollY < 2")
    _, below = page.evaluate(SHOW, 11)
    assert below <= 1, "back at the end the view goes along again"
    assert page.locator("[role=listitem]").last.inner_text().startswith("m10")
