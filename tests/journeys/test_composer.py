"""The composer in a real browser: a value put together by keyboard and by mouse, beside its field, in every tab."""

import json

import pytest
from playwright.sync_api import Page, expect

from tests.browser import make_app

pytestmark = pytest.mark.browser

# A finger or the eye of a person is slower than this; a gesture of theirs must not be.
COMPOSER = "sw-composer"


@pytest.fixture
def demo(page: Page, server):
    """A demo app of this test's own, made as a person makes it."""
    slug = f"juniper-{id(page) % 10**8}"
    return make_app(page, server, slug, "Juniper")


def field(page: Page, prop: str):
    return page.locator(f"sw-expr[data-prop='{prop}']")


def open_at(page: Page, demo: str, node: str, prop: str, press: str = ".chip"):
    page.goto(f"{demo}/design/pg_chat01/?node={node}")
    field(page, prop).locator(press).first.click()
    expect(page.locator("#composer-find")).to_be_focused()


def cars(page: Page) -> list[str]:
    return [name.strip() for name in page.locator(f"{COMPOSER} [data-at]").all_inner_texts()]


def settled(page: Page, *expected: str) -> None:
    """Wait until the train has these cars."""
    names = page.locator(f"{COMPOSER} [data-at]")
    expect(names).to_have_count(len(expected))
    for at, words in enumerate(expected):
        expect(names.nth(at)).to_have_text(words, use_inner_text=True)


def stored(page: Page, prop: str):
    return json.loads(field(page, prop).get_attribute("data-value"))


def expression_in(value):
    [found] = [part for part in value["text"] if isinstance(part, dict)]
    return found


def test_a_value_is_put_together_without_the_mouse(page: Page, demo: str):
    open_at(page, demo, "el_reply1", "text")
    settled(page, "Ask the model", "Reply", "text so far", "")
    page.keyboard.type("shortened")
    page.keyboard.press("Enter")
    expect(page.locator("#composer-ops-2-args-0")).to_be_focused()
    expect(page.get_by_role("button", name="Use value")).to_have_attribute("aria-disabled", "true")
    page.keyboard.type("280")
    page.keyboard.press("Enter")
    expect(page.locator("#composer-find")).to_be_focused()
    settled(page, "Ask the model", "Reply", "text so far", "shortened to", "280\ncharacters", "")
    page.keyboard.type("capitals")
    page.keyboard.press("Enter")
    expect(page.locator(f"{COMPOSER} [data-at]")).to_have_count(7)
    page.keyboard.press("Backspace")
    expect(page.locator(f"{COMPOSER} [data-at]")).to_have_count(6)
    page.keyboard.press("Control+Enter")
    expect(page.locator(COMPOSER)).to_have_count(0)
    expect(field(page, "text").locator("[data-compose]")).to_be_focused()
    expect(field(page, "text").locator(".chip")).to_contain_text("shortened to 280 characters")
    expression = expression_in(stored(page, "text"))
    assert [step["op"] for step in expression["ops"]] == ["field", "text_so_far", "shortened_to"]
    assert expression["was"] == "Ask the model's Reply › text so far shortened to 280 characters"


def test_escape_leaves_everything_as_it_was_and_the_focus_returns(page: Page, demo: str):
    open_at(page, demo, "el_reply1", "text")
    before = stored(page, "text")
    page.keyboard.press("Backspace")
    settled(page, "Ask the model", "Reply", "")
    page.keyboard.press("Escape")
    expect(page.locator(COMPOSER)).to_have_count(0)
    expect(field(page, "text").locator(".chip")).to_be_focused()
    assert stored(page, "text") == before


def test_the_arrows_go_between_cars_and_another_operator_takes_ones_place(page: Page, demo: str):
    open_at(page, demo, "el_reply1", "text")
    page.keyboard.press("ArrowLeft")
    expect(page.locator("[data-at='2']")).to_have_attribute("aria-current", "true")
    expect(page.locator(f"{COMPOSER} [role=option][aria-selected=true]")).to_contain_text("text so far")
    page.keyboard.press("ArrowDown")
    expect(page.locator(f"{COMPOSER} [role=option][aria-selected=true]")).to_contain_text("full text")
    page.keyboard.press("Enter")
    settled(page, "Ask the model", "Reply", "full text", "")


def test_it_says_why_a_value_does_not_fit_and_does_not_use_it(page: Page, demo: str):
    open_at(page, demo, "el_stop01", "visible")
    for _ in range(3):
        page.keyboard.press("Backspace")
    settled(page, "Ask the model", "")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".composer-problem")).to_contain_text("This needs a yes/no")
    expect(page.locator("#spoken")).to_contain_text("This needs a yes/no")
    expect(page.locator(COMPOSER)).to_be_visible()


def test_dynamic_data_in_an_argument_one_level_deeper(page: Page, demo: str):
    open_at(page, demo, "el_reply1", "text")
    page.keyboard.type("followed")
    page.keyboard.press("Enter")
    expect(page.locator("#composer-ops-2-args-0")).to_be_focused()
    page.keyboard.type("You asked: ")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#composer-title")).to_contain_text("followed by, text")
    settled(page, "Message's value", "")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#composer-title")).not_to_contain_text("followed by")
    expect(page.locator(f"{COMPOSER} .composer-words .chip")).to_have_text("Message's value")
    page.keyboard.press("Control+Enter")
    expect(field(page, "text").locator(".chip")).to_contain_text("You asked: Message's value")
    [text] = expression_in(stored(page, "text"))["ops"][2]["args"]
    assert text["text"][0] == "You asked: "


def test_the_sample_is_looked_at_frame_by_frame(page: Page, demo: str):
    open_at(page, demo, "el_reply1", "text")
    expect(page.locator(COMPOSER)).to_contain_text("is done")
    slider = page.locator("#composer-moment")
    slider.press("Home")
    expect(page.locator(COMPOSER)).to_contain_text("is waiting")
    slider.press("PageUp")
    expect(page.locator(COMPOSER)).to_contain_text("frame 10 of")
    expect(page.locator(COMPOSER)).to_contain_text("is streaming")
    ten = page.locator("#composer-value").inner_text()
    slider.press("ArrowRight")
    expect(page.locator(COMPOSER)).to_contain_text("frame 11 of")
    assert page.locator("#composer-value").inner_text().startswith(ten.rstrip())
    expect(page.locator("#composer-value mark")).to_be_visible()


def test_what_was_chosen_stays_while_its_answer_is_on_the_way_and_the_next_field_is_opened(page: Page, demo: str):
    open_at(page, demo, "el_hint01", "text", "[data-compose]")
    page.get_by_role("option", name="Message's value").click()
    settled(page, "Message's value", "")
    page.route("**/gestures/", lambda route: None)
    page.get_by_role("button", name="Use value").click()
    field(page, "visible").locator("[data-compose]").click()
    expect(page.locator("#composer-title")).to_contain_text("Visible")
    assert expression_in(stored(page, "text"))["from"] == "element"
    page.unroute("**/gestures/")
    expect(field(page, "text").locator(".chip")).to_contain_text("Message's value")


@pytest.mark.slow
def test_what_is_inserted_takes_the_place_of_words_that_nobody_has_written(page: Page, demo: str):
    open_at(page, demo, "el_reply1", "newer", "[data-compose]")
    page.get_by_role("option", name="Message's value").click()
    settled(page, "Message's value", "")
    page.get_by_role("button", name="Use value").click()
    expect(field(page, "newer").locator(".chip")).to_contain_text("Message's value")
    assert len(stored(page, "newer")["text"]) == 1


def test_what_is_inserted_stands_where_the_caret_was(page: Page, demo: str):
    page.goto(f"{demo}/design/pg_chat01/?node=el_hint01")
    words, plus = field(page, "text").locator(".words"), field(page, "text").locator("[data-compose]")

    def use(name: str, chips: int) -> list:
        expect(page.locator("#composer-find")).to_be_focused()
        page.keyboard.type(name)
        page.keyboard.press("Enter")
        settled(page, name, "")
        page.keyboard.press("Control+Enter")
        expect(words.locator(".chip")).to_have_count(chips)
        return [part if isinstance(part, str) else name for part in stored(page, "text")["text"]]

    words.click()
    page.keyboard.press("Control+Home")
    for _ in "Plant":
        page.keyboard.press("ArrowRight")
    plus.click()
    assert use("Message's value", 1) == ["Plant", "Message's value", " care answers, written while you watch."]
    # By keys, behind a chip: past it is the button.
    words.focus()
    page.keyboard.press("Control+End")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(plus).to_be_focused()
    page.keyboard.press("Enter")
    now = "Current date/time"
    assert use(now, 2) == ["Plant", now, " care answers, written while you watch", now, "."]


VALUE_IN = """async ([html, before, removed]) => {
  const words = Object.assign(document.createElement("div"), { innerHTML: html });
  return (await import("parts/expr_words")).valueIn(words, before, "text", removed);
}"""


@pytest.mark.slow
def test_a_break_that_the_browser_puts_where_a_text_was_removed_is_not_the_authors(page: Page, demo: str):
    page.goto(f"{demo}/design/pg_chat01/")
    html = '<span class="txt">\n</span><button class="chip" data-part="1"></button><span class="txt">\u200b</span>'
    chip = {"from": "now", "args": {}, "ops": []}
    for before, removed, after in (
        ("Now: ", True, {"text": [chip]}),
        ("Now: ", False, {"text": ["\n", chip]}),
        ("Now:\n", True, {"text": ["\n", chip]}),
    ):
        assert page.evaluate(VALUE_IN, [html, {"text": [before, chip]}, removed]) == after


def test_the_mouse_does_it_too_and_the_field_is_never_covered(page: Page, demo: str):
    open_at(page, demo, "el_hint01", "text", "[data-compose]")
    own, pop = field(page, "text").bounding_box(), page.locator(COMPOSER).bounding_box()
    assert pop["x"] + pop["width"] <= own["x"] or pop["x"] >= own["x"] + own["width"]
    page.get_by_role("option", name="Message's value").click()
    settled(page, "Message's value", "")
    page.get_by_role("option", name="in capitals").click()
    settled(page, "Message's value", "in capitals", "")
    page.get_by_role("button", name="Use value").click()
    expect(field(page, "text").locator(".chip")).to_contain_text("Message's value")
    assert stored(page, "text")["text"][0] == "Plant care answers, written while you watch."


def test_what_is_gone_is_red_with_its_old_name_and_can_be_replaced(page: Page, demo: str):
    gone = {"from": "element", "args": {"element": "el_gone01"}, "ops": [], "was": "Name's value"}
    change = {"do": "update", "doc": "page/pg_chat01", "node": "el_hint01", "set": {"text": {"text": ["Hi ", gone]}}}
    page.goto(f"{demo}/design/pg_chat01/")
    page.evaluate(
        """async (change) => (await import("lib/journal")).perform("Break it", [change])""",
        change,
    )
    page.goto(f"{demo}/design/pg_chat01/?node=el_hint01")
    field(page, "text").locator(".chip-bad").click()
    expect(page.locator(".car-broken")).to_contain_text("Name's value")
    page.keyboard.type("message")
    page.keyboard.press("Enter")
    settled(page, "Message's value", "")
    page.keyboard.press("Control+Enter")
    expect(field(page, "text").locator(".chip-bad")).to_have_count(0)
    expect(field(page, "text").locator(".chip")).to_contain_text("Message's value")


def test_in_a_workflow_the_conversation_is_put_together_in_rows(page: Page, demo: str):
    page.goto(f"{demo}/workflows/?workflow=wf_send01&step=sp_ask001")
    field(page, "parameters.pa_messag").locator(".chip").first.click()
    expect(page.locator("#composer-title")).to_contain_text("messages of step 3")
    expect(page.locator("#composer-find")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.get_by_role("button", name="Add a name and its value").click()
    expect(page.locator("[data-row-name]")).to_have_count(3)
    expect(page.locator("[data-row-name]").nth(2)).to_be_focused()
    page.keyboard.type("kind")
    page.keyboard.press("Tab")
    # The row is drawn anew under its name; the focus is in its value all the same.
    expect(page.locator(".composer-row[data-name=kind] input[data-value]")).to_be_focused()
    page.keyboard.type("message")
    expect(page.locator(f"{COMPOSER} [data-at='2']")).to_contain_text("kind: message")
    page.keyboard.press("Control+Enter")
    expect(field(page, "parameters.pa_messag").locator(".chip")).to_contain_text("kind: message")
    page.reload()
    [made] = stored(page, "parameters.pa_messag")["ops"][0]["args"]
    assert (list(made), made["kind"]) == (["role", "content", "kind"], "message")


@pytest.mark.parametrize("size", ["narrow"])
def test_on_a_phone_it_is_a_sheet_over_everything(page: Page, demo: str):
    page.goto(f"{demo}/design/pg_chat01/?node=el_reply1")
    page.get_by_role("button", name="Right panel").click()
    field(page, "text").locator(".chip").first.click()
    expect(page.locator("#composer-find")).to_be_focused()
    box = page.locator(COMPOSER).bounding_box()
    assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, 390, 844)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.get_by_role("option", name="in capitals").click()
    settled(page, "Ask the model", "Reply", "text so far", "in capitals", "")
    page.get_by_role("button", name="Cancel").click()
    expect(page.locator(COMPOSER)).to_have_count(0)
