"""What must be seen is seen: messages and tags cover nothing that is worked with, and what is open is in view."""

from secrets import token_hex

import pytest
from playwright.sync_api import Page, expect

from tests.browser import make_app, ready
from tests.journeys.hands import perform
from tests.server import StreamwrightServer

pytestmark = pytest.mark.browser

COVERED = """toasts => {
  const own = toasts.getBoundingClientRect();
  const controls = [...document.querySelectorAll("button, a[href], input, select, textarea, [role=treeitem]")];
  return controls.filter((each) => {
    const box = each.getBoundingClientRect();
    const apart = box.right <= own.left || box.left >= own.right || box.bottom <= own.top || box.top >= own.bottom;
    return !toasts.contains(each) && each.checkVisibility() && !apart;
  }).map((each) => each.outerHTML.slice(0, 80));
}"""


@pytest.fixture
def app(page: Page, server: StreamwrightServer) -> str:
    """The address of a demo app that only this test changes."""
    return make_app(page, server, f"look-{token_hex(4)}", "Look")


def drawn(page: Page, address: str) -> Page:
    page.goto(address)
    return ready(page)


def test_a_message_covers_no_control_and_takes_back_what_it_tells_of(page: Page, app: str) -> None:
    drawn(page, f"{app}/design/pg_chat01/?node=el_quest1").locator(".artboard").focus()
    page.keyboard.press("Delete")
    toast = page.locator("sw-toast")
    expect(toast).to_contain_text("Message is deleted.")
    expect(toast).to_contain_text("Used in 3 places")
    assert page.locator("sw-toasts").evaluate(COVERED) == []
    expect(page.locator("#status")).to_contain_text("3 issues")
    toast.get_by_role("button", name="Undo").click()
    expect(page.locator('#tree [data-name="Message"]')).to_be_visible()
    expect(page.locator("#status")).to_contain_text("No issues")


@pytest.mark.parametrize("size", ["wide", "narrow"])
def test_a_message_covers_no_control_in_the_data_tab(page: Page, app: str, size: str) -> None:
    drawn(page, f"{app}/data/dt_messag/")
    page.evaluate(
        "document.getElementById('toasts').append(document.getElementById('toast-ok').content.cloneNode(true))"
    )
    expect(page.locator("sw-toast")).to_be_visible()
    assert page.locator("sw-toasts").evaluate(COVERED) == []


def test_an_issue_of_another_page_is_gone_to(page: Page, app: str) -> None:
    drawn(page, f"{app}/design/pg_chat01/?node=el_quest1").locator(".artboard").focus()
    page.keyboard.press("Delete")
    page.locator("#status button").click()
    page.get_by_role("menuitem", name="Step 1 of").click()
    page.wait_for_url("**/workflows/?workflow=wf_send01&step=sp_save01")
    expect(page.locator("#selected")).to_contain_text("is gone. Choose another source.")


def test_the_tags_of_the_selection_stand_outside_of_it(page: Page, app: str) -> None:
    for element in ("el_bar001", "el_column", "el_title1", "el_reply1", "el_send01"):
        drawn(page, f"{app}/design/pg_chat01/?node={element}")
        expect(page.locator(".sel-line")).to_be_visible()
        tags, box = page.locator(".sel-line").bounding_box(), page.locator(".sel").bounding_box()
        board = page.locator(".artboard").bounding_box()
        assert tags and box and board
        # Above what is selected, below it or beside it; of what begins above the page's edge, above the page.
        above = tags["y"] + tags["height"] <= max(box["y"], board["y"]) + 1
        assert above or tags["y"] >= box["y"] + box["height"] - 1 or tags["x"] >= box["x"] + box["width"], element


# What lies on the middle of a selected element, other than its frame.
COVERED_BY_TAGS = """(box) => {
  const { left, top, width, height } = box.getBoundingClientRect();
  const found = document.elementFromPoint(left + width / 2, top + height / 2);
  return found.matches(".artboard-page") ? null : found.outerHTML;
}"""
# What the tags and the bar of the selection hide: words and buttons of the page that they lie on.
HIDDEN = """() => {
  const frame = document.querySelector(".artboard-page");
  const at = frame.getBoundingClientRect();
  const by = at.width / frame.clientWidth;
  const page = frame.contentDocument;
  const text = (element) => {
    const range = page.createRange();
    range.selectNodeContents(element);
    return element.localName === "button" ? element.getBoundingClientRect() : range.getBoundingClientRect();
  };
  const parts = [...document.querySelectorAll(".sel-tags, .sel-bar")].map((each) => each.getBoundingClientRect());
  return [...page.querySelectorAll(".sw-heading, .sw-text, .sw-button")].filter((element) => {
    const { left, top, right, bottom } = text(element);
    return parts.some((part) => at.left + left * by < part.right && at.left + right * by > part.left &&
      at.top + top * by < part.bottom && at.top + bottom * by > part.top);
  }).map((element) => element.textContent.trim());
}"""


@pytest.mark.parametrize("size", ["narrow"])
def test_on_a_phone_the_tags_of_the_selection_leave_itself_in_sight(page: Page, app: str) -> None:
    drawn(page, f"{app}/design/pg_chat01/?node=el_send01")
    expect(page.locator(".sel-line")).to_be_visible()
    assert page.locator(".sel").evaluate(COVERED_BY_TAGS) is None


def test_in_a_small_view_the_tags_of_the_selection_hide_no_words(page: Page, app: str) -> None:
    drawn(page, f"{app}/design/pg_chat01/?node=el_title1")
    hidden = {}
    for key in ("el_hint01", "el_stop01", "el_send01"):
        page.locator(f"#row-{key}").click()
        expect(page.locator(".sel")).to_have_attribute("data-of", key)
        hidden[key] = page.evaluate(HIDDEN)
    assert hidden == {"el_hint01": [], "el_stop01": [], "el_send01": []}
    # On a page that is narrower than they are they stand one above the other, and all of it is in sight.
    page.locator("[data-width]").fill("240")
    page.keyboard.press("Enter")
    page.locator("#row-el_reply1").click()
    tags, bar = page.locator(".sel-tags").bounding_box(), page.locator(".sel-bar").bounding_box()
    board = page.locator(".artboard").bounding_box()
    assert tags and bar and board
    assert bar["y"] >= tags["y"] + tags["height"]
    for part in (tags, bar):
        assert board["x"] - 16 <= part["x"] and part["x"] + part["width"] <= board["x"] + board["width"] + 16


def test_the_tags_of_the_selection_leave_the_button_above_it_in_sight(page: Page, app: str) -> None:
    address = f"{app}/design/pg_ticker/"
    drawn(page, address)
    buttons = {f"el_butt0{each}": {"type": "button", "name": f"B{each}", "props": {}, "slots": {}} for each in "12"}
    stack = {"type": "group", "name": "Stack", "props": {}, "slots": {"children": list(buttons)}}
    change = {"do": "insert", "doc": "page/pg_ticker", "nodes": {"el_stack1": stack} | buttons, "node": "el_stack1"}
    perform(page, app.rpartition("/")[2], [change | {"parent": "pg_ticker", "slot": "children", "index": 99}])
    drawn(page, f"{address}?node=el_butt02")
    tags = page.locator(".sel-line").bounding_box()
    first, second = (page.frame_locator(".artboard-page").locator(f'[data-el="{key}"]') for key in buttons)
    above, box = first.bounding_box(), second.bounding_box()
    assert tags and above and box
    assert above["y"] + above["height"] <= box["y"] and tags["y"] >= box["y"] + box["height"]


def test_what_is_selected_does_not_stay_under_what_sticks_to_the_edge(page: Page, app: str) -> None:
    drawn(page, f"{app}/design/pg_chat01/?node=el_bar001")
    page.locator("#row-el_stop01").click()
    stop = page.frame_locator(".artboard-page").locator('[data-el="el_stop01"]')
    foot = page.frame_locator(".artboard-page").locator('[data-el="el_foot01"]')
    expect(page.locator("#panel [data-name]")).to_have_value("Stop")
    above, below = stop.bounding_box(), foot.bounding_box()
    assert above and below and above["y"] + above["height"] <= below["y"]


@pytest.mark.parametrize("size", ["narrow"])
def test_the_tab_that_is_open_is_in_view_on_a_phone(page: Page, app: str, size: str) -> None:
    drawn(page, f"{app}/logs/")
    expect(page.get_by_role("link", name="Logs", exact=True)).to_be_in_viewport(ratio=0.95)


def test_an_empty_test_value_looks_like_a_field(page: Page, app: str) -> None:
    drawn(page, f"{app}/connector/ai_pract1/ca_ask001/")
    page.get_by_role("button", name="Add header").click()
    empty = page.locator(".params input:placeholder-shown").last
    field = """() => {
      const probe = document.body.appendChild(document.createElement("i"));
      probe.style.color = "var(--line-field)";
      return getComputedStyle(probe).color;
    }"""
    assert empty.get_attribute("placeholder") == "Test value"
    assert empty.evaluate("each => getComputedStyle(each).borderTopColor") == page.evaluate(field)


def test_long_names_leave_everything_in_its_place(page: Page, app: str) -> None:
    """Of a call with a long method and name, and of its capture."""
    slug, name = app.rpartition("/")[2], "Donaudampfschifffahrtsgesellschaftskapitaen" * 2
    drawn(page, f"{app}/connector/")
    perform(
        page,
        slug,
        [
            {
                "do": "update",
                "doc": "api/ai_pract1",
                "node": "ca_ask001",
                "set": {"method": "OPTIONS"},
                "name": name[:80],
            },
        ],
    )
    drawn(page, f"{app}/connector/ai_pract1/ca_ask001/")
    row = page.locator("#row-ca_ask001")
    method, words, dot = (row.locator(each).bounding_box() for each in (".method", ".name >> nth=0", ".dot"))
    whole = row.bounding_box()
    assert method and words and dot and whole
    assert method["x"] + method["width"] <= words["x"] and words["x"] + words["width"] <= dot["x"]
    assert dot["x"] + dot["width"] <= whole["x"] + whole["width"]
    page.evaluate(f"htmx.ajax('GET', '/apps/{slug}/connector/ai_pract1/ca_ask001/captures/', {{ target: '#dialogs' }})")
    field = page.locator(".captures input[name=name]").first
    field.fill(name[:80])
    body = page.locator(".dialog-captures .dialog-body")
    assert body.evaluate("each => each.scrollWidth <= each.clientWidth")
    field.evaluate("""each => {
      each.select();
      const clipboardData = new DataTransfer();
      clipboardData.setData("text", "x".repeat(81));
      each.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
    }""")
    expect(page.locator("sw-toast")).to_contain_text("Only 80 characters fit here.")


def test_a_json_body_has_its_colours_again_after_it_was_raw(page: Page, app: str) -> None:
    drawn(page, f"{app}/connector/ai_pract1/ca_ask001/")
    key = page.locator(".cm-content .k").first
    expect(key).to_be_visible()
    for kind, shown in (("Raw", 0), ("JSON", 1)):
        page.locator("#body label", has_text=kind).click()
        expect(page.get_by_role("radio", name=kind)).to_be_checked()
        expect(page.locator(f'sw-json-editor[data-language="{kind.lower()}"]')).to_be_visible()
        expect(key).to_have_count(shown)


@pytest.mark.parametrize("size", ["narrow"])
def test_who_answers_is_readable_in_the_debugger_on_a_phone(page: Page, app: str, size: str) -> None:
    drawn(page, app.replace("/apps/", "/preview/") + "/")
    choice, back = page.get_by_label("Who answers calls"), page.get_by_role("link", name="Editor")
    choice.select_option("Replay captures")
    expect(page.get_by_text("Replaying captures")).to_be_visible()
    left, right = choice.bounding_box(), back.bounding_box()
    assert left and right
    assert left["width"] >= 120 and left["x"] + left["width"] <= right["x"]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_an_image_that_is_not_found_shows_its_description_and_on_the_canvas_says_so(
    page: Page, app: str, complaints: list[str]
) -> None:
    props = {"src": "/none/fig.webp", "alt": "A fig in a hallway"}
    image = {"el_image1": {"type": "image", "name": "Fig", "props": props, "slots": {}}}
    change = {"do": "insert", "doc": "page/pg_ticker", "nodes": image, "node": "el_image1", "parent": "pg_ticker"}
    drawn(page, f"{app}/design/pg_ticker/")
    perform(page, app.rpartition("/")[2], [change | {"slot": "children", "index": 0}])
    words = "(image) => getComputedStyle(image, '::before').content"
    on_canvas = page.frame_locator(".artboard-page").locator("[data-el=el_image1]")
    expect(on_canvas).to_have_attribute("data-missing", "")
    assert on_canvas.evaluate(words).startswith('"Image not found: /none/fig.webp"')
    # Another address: the mark is taken away again, also on the open page of a visitor.
    page.goto(f"{app.replace('/apps/', '/preview/')}/pg_ticker/")
    shown = page.get_by_role("img", name="A fig in a hallway")
    expect(shown).to_have_attribute("data-missing", "")
    assert shown.evaluate(words).startswith('"A fig in a hallway"')
    assert (shown.bounding_box() or {})["height"] >= 96
    shown.evaluate("(image) => (image.src = '/static/icons.svg')")
    expect(shown).not_to_have_attribute("data-missing", "")
    complaints[:] = [each for each in complaints if "404" not in each]
