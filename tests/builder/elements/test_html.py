"""HTML: its frame reaches nothing of the page, and the page hears nothing of it but a height."""

import pytest

from tests.builder.elements.alone import drawn

HTML = "<h2>Hours</h2><script>top.location = 'https://evil.example'</script>"


def test_what_is_in_it_is_no_part_of_the_page():
    """P26: only its digest is, so that another one is loaded anew."""
    one, other = drawn("html", html=HTML), drawn("html", html=HTML + ".")
    assert "Hours" not in one and "<script" not in one and one != other


def test_its_frame_is_sealed_and_named():
    live, edit = drawn("html", html=HTML, title="Hours"), drawn("html", "edit", html=HTML, title="Hours")
    assert 'sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox"' in live and 'title="Hours"' in live
    assert "allow-same-origin" not in live + edit
    assert 'sandbox="allow-scripts" src="html/el_test01/' in edit


@pytest.mark.browser
def test_it_is_as_tall_as_its_frame_says_and_nobody_else(stage):
    page = stage.show(drawn("html", html=HTML), "live/elements/html")
    page.wait_for_function("() => Boolean(customElements.get('sw-html'))")
    tall = "document.querySelector('iframe').style.blockSize"
    page.evaluate("postMessage({ height: 500 }, '*')")
    say = """(height) => new Promise((heard) => {
      addEventListener('message', () => heard(), { once: true })
      dispatchEvent(new MessageEvent('message', { data: { height }, source: document.querySelector('iframe').contentWindow }))
    })"""
    page.evaluate(say, "<b>")
    assert page.evaluate(tall) == "", "only its own frame is heard, and only a number"
    page.evaluate(say, 321.5)
    assert page.evaluate(tall) == "322px"
    page.evaluate(say, 10**9)
    assert page.evaluate(tall) == "20000px"
    stage.asked.clear()
