"""Reusable elements by hand: made of what is there, placed, given values; what is changed in one is changed in all."""

import re

import pytest
from playwright.sync_api import Page, expect

from builder.document import node
from tests.browser import ready
from tests.builder.reusable import instance
from tests.journeys.design_tab import drawn, field, new_app, row, selected, tile
from tests.journeys.hands import perform
from tests.server import StreamwrightServer
from workflows.starters.written import op, source, text, workflow

pytestmark = pytest.mark.browser

TITLE = source("property", property="pr_title1")


@pytest.fixture
def slug(page: Page, server: StreamwrightServer) -> str:
    """The demo in an app of its own."""
    return new_app(page, server, "demo")


def _badge():
    """A reusable element that shows a text it is given, and as a live text."""
    nodes = {
        "rs_badge1": {"type": "reusable", "name": "Badge", "props": {}, "slots": {"children": ["el_words1"]}},
        "pr_title1": {
            "type": "property",
            "name": "Title",
            "props": {"type": "text", "default": "Nothing"},
            "slots": {},
        },
        "el_words1": {"type": "live_text", "name": "Words", "props": {"text": TITLE}, "slots": {}},
    }
    nodes["rs_badge1"]["slots"]["properties"] = ["pr_title1"]
    return {"v": 1, "root": "rs_badge1", "nodes": nodes}


def _placed(*instances):
    changes = [{"do": "create", "doc": "reusable/rs_badge1", "body": _badge()}]
    for index, (key, nodes) in enumerate(instances):
        place = {"node": key, "parent": "pg_chat01", "slot": "children", "index": index}
        changes.append({"do": "insert", "doc": "page/pg_chat01", "nodes": nodes, **place})
    return changes


@pytest.mark.slow
def test_one_is_made_placed_given_a_value_and_followed(page: Page, server: StreamwrightServer, slug: str) -> None:
    page.goto(f"{server.url}/apps/{slug}/design/pg_chat01/?node=el_hint01")
    ready(page)
    page.locator("#panel").get_by_role("button", name="More for Hint").click()
    page.get_by_role("menuitem", name="Make it reusable").click()
    expect(page.locator("#spoken")).to_have_text("Hint is a reusable element now")
    page.get_by_role("link", name="Edit Hint everywhere").click()
    expect(page).to_have_url(re.compile("/design/rs_"))
    ready(page)
    page.get_by_role("button", name="Add property").click()
    name = page.get_by_label("Name of the property")
    name.fill("Advice")
    name.press("Enter")
    expect(page.get_by_label("Type of Advice")).to_be_visible()
    page.get_by_label("Default of Advice").fill("Water it")
    page.get_by_label("Default of Advice").press("Tab")
    row(page, "Hint").nth(1).click()
    box = field(page, "text").locator(".words")
    box.click()
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.press("Delete")
    page.get_by_role("button", name="Insert dynamic data in Text", exact=True).click()
    composer = page.locator("sw-composer")
    expect(composer.get_by_role("combobox")).to_be_focused()
    page.keyboard.type("Advice")
    expect(composer.get_by_role("option", selected=True)).to_contain_text("Hint's Advice")
    page.keyboard.press("Enter")
    expect(composer.get_by_role("toolbar").locator(".car")).to_have_count(2)
    page.keyboard.press("Control+Enter")
    expect(composer).to_have_count(0)
    expect(drawn(page, "[data-type=text]")).to_have_text("Water it")
    page.goto(f"{server.url}/apps/{slug}/design/pg_chat01/")
    ready(page)
    expect(drawn(page, "[data-type=instance]")).to_have_text("Water it")
    tile(page, "Hint").press("Enter")
    expect(drawn(page, "[data-type=instance]")).to_have_count(2)
    own = page.locator("#panel sw-expr").first.locator(".words")
    own.click()
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type("Leave it")
    page.keyboard.press("Tab")
    expect(drawn(page, "[data-type=instance]")).to_have_text(["Water it", "Leave it"])


def test_a_press_inside_an_instance_selects_it_and_two_open_what_it_shows(
    page: Page, server: StreamwrightServer, slug: str
) -> None:
    """There the name of a property that was just added is typed at once."""
    page.goto(f"{server.url}/apps/{slug}/design/pg_chat01/")
    perform(page, slug, _placed(instance("el_one001", "rs_badge1", pr_title1="First")))
    page.reload()
    ready(page)
    drawn(page, "[data-in][data-type=live_text]").click(force=True)
    expect(page.locator("#panel > [data-node=el_one001]")).to_be_visible()
    expect(page.locator("#tree [aria-selected=true]")).to_have_attribute("data-node", "el_one001")
    drawn(page, "[data-in][data-type=live_text]").dblclick(force=True)
    expect(page).to_have_url(re.compile("/design/rs_badge1/"))
    ready(page)
    page.get_by_role("button", name="Add property").click()
    expect(page.get_by_label("Name of the property").nth(1)).to_be_focused()
    page.keyboard.type("Loud")
    page.keyboard.press("Enter")
    page.get_by_label("Type of Loud").select_option("Yes/no")
    expect(page.get_by_role("combobox", name="Default of Loud")).to_be_visible()
    page.get_by_label("Default of Loud").select_option("Yes")
    expect(page.get_by_role("button", name="Undo: Change default of Loud")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Default of Loud", exact=True)).to_have_value("yes")


def test_cards_beside_each_other_have_one_height_and_their_buttons_fill_them(
    page: Page, server: StreamwrightServer, slug: str
) -> None:
    page.goto(f"{server.url}/apps/{slug}/design/pg_chat01/")
    card = _badge()
    card["nodes"]["rs_badge1"]["slots"]["children"] = ["el_box001"]
    card["nodes"]["el_box001"] = node("group", "Box", {"background": "raised"}, children=["el_words1", "el_choos1"])
    card["nodes"]["el_choos1"] = node("button", "Choose", {"label": "Choose", "width": "fill"})
    cards = [
        instance("el_one001", "rs_badge1", pr_title1="Few"),
        instance("el_two001", "rs_badge1", pr_title1="Many " * 99),
    ]
    row = {"el_row001": node("group", "Row", {"direction": "row"}, children=["el_one001", "el_two001"])}
    place = {"node": "el_row001", "parent": "pg_chat01", "slot": "children", "index": 0}
    nodes = row | cards[0][1] | cards[1][1]
    changes = [{"do": "create", "doc": "reusable/rs_badge1", "body": card}]
    perform(page, slug, [*changes, {"do": "insert", "doc": "page/pg_chat01", "nodes": nodes, **place}])
    page.goto(f"{server.url}/preview/{slug}/pg_chat01/")
    ready(page)
    boxes = page.locator("[data-el=el_row001] [data-background=raised]")
    heights = [box.evaluate("each => each.offsetHeight") for box in boxes.all()]
    assert len(heights) == 2 and heights[0] == heights[1] > 100
    widths = boxes.first.evaluate("each => [each.clientWidth, each.querySelector('button').offsetWidth]")
    assert widths[0] == widths[1] > 100


@pytest.mark.slow
def test_two_instances_stream_what_each_was_given(page: Page, server: StreamwrightServer, slug: str) -> None:
    """S40: the same reusable element twice on a page, one with the answer as it comes, one with words before it."""
    reply = source("step", op("field", "fd_reply1"), op("text_so_far"), step="sp_ask001")
    page.goto(f"{server.url}/apps/{slug}/design/pg_chat01/")
    one = instance("el_one001", "rs_badge1", pr_title1=reply)
    two = instance("el_two001", "rs_badge1", pr_title1=text("Juniper: ", reply))
    perform(page, slug, _placed(one, two, instance("el_three1", "rs_badge1")))
    page.goto(f"{server.url}/preview/{slug}/pg_chat01/")
    expect(page.locator("body[data-live]")).to_be_visible()
    page.get_by_label("Message").fill("Why does my fig drop its leaves?")
    page.get_by_role("button", name="Send").click()
    shown = page.locator("[data-type=instance] sw-live-text")
    expect(shown.nth(0)).to_contain_text("window sill", timeout=20_000)
    expect(shown.nth(1)).to_contain_text("Juniper: ")
    expect(shown.nth(1)).to_contain_text("window sill")
    expect(shown.nth(2)).to_have_text("Nothing")


def _saving():
    """A reusable element whose button is counted in a state, which it tells, and which tells the page that it Saved."""
    made = _badge()
    made["nodes"] |= {
        "el_save01": {"type": "button", "name": "Save", "props": {"label": "Save"}, "slots": {}},
        "st_note01": {"type": "state", "name": "note", "props": {"type": "text", "default": "open"}, "slots": {}},
    }
    root = made["nodes"]["rs_badge1"]
    root["slots"] |= {"children": ["el_save01"], "states": ["st_note01"]}
    root["props"] |= {
        "tells": [{"key": "tl_note01", "name": "Note", "value": source("state", state="st_note01")}],
        "happens": [{"key": "ev_saved1", "name": "Saved"}],
    }
    del made["nodes"]["el_words1"]
    steps = {
        "sp_note01": node("set_state", "", {"state": "st_note01", "value": "kept"}),
        "sp_tell01": node("tell_page", "", {"event": "ev_saved1"}),
    }
    return made, workflow("wf_save01", "", "rs_badge1", "clicked", "el_save01", steps)


@pytest.mark.slow
def test_an_instance_tells_its_page_what_it_holds_and_when_something_happens(
    page: Page, server: StreamwrightServer, slug: str
) -> None:
    made, saves = _saving()
    told = workflow(
        "wf_told01", "", "pg_chat01", "told", "el_one001", {"sp_show01": node("show", "", {"element": "el_said01"})}
    )
    told["nodes"]["wf_told01"]["props"]["event"]["options"]["told"] = "ev_saved1"
    said = {"el_said01": node("text", "Said", {"text": "Words", "visible": False})}
    page.goto(f"{server.url}/apps/{slug}/design/pg_chat01/")
    place = {"parent": "pg_chat01", "slot": "children", "index": 0}
    perform(
        page,
        slug,
        [
            {"do": "create", "doc": "reusable/rs_badge1", "body": made},
            {"do": "create", "doc": "workflow/wf_save01", "body": saves},
            {
                "do": "insert",
                "doc": "page/pg_chat01",
                "nodes": instance("el_one001", "rs_badge1")[1],
                "node": "el_one001",
                **place,
            },
            {"do": "insert", "doc": "page/pg_chat01", "nodes": said, "node": "el_said01", **place},
            {"do": "create", "doc": "workflow/wf_told01", "body": told},
        ],
    )
    page.goto(f"{server.url}/apps/{slug}/design/rs_badge1/")
    ready(page)
    events = page.locator("#panel [data-control=happens]")
    events.get_by_role("button", name="Add").click()
    name = events.get_by_label("Name").nth(1)
    expect(name).to_have_value("Event")
    name.fill("Deleted")
    name.press("Tab")
    expect(events.locator("[data-rows]")).to_have_attribute("data-value", re.compile("Deleted"))
    page.goto(f"{server.url}/apps/{slug}/workflows/?workflow=wf_told01")
    expect(page.get_by_label("Event", exact=True).last).to_contain_text("Deleted")
    page.goto(f"{server.url}/apps/{slug}/design/pg_chat01/?node=el_said01")
    ready(page)
    field(page, "text").locator(".words").click()
    page.get_by_role("button", name="Insert dynamic data in Text", exact=True).click()
    composer = page.locator("sw-composer")
    expect(composer.get_by_role("combobox")).to_be_focused()
    page.keyboard.type("el_one001's No")
    expect(composer.get_by_role("option", selected=True)).to_contain_text("el_one001's Note")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+Enter")
    expect(composer).to_have_count(0)
    expect(field(page, "text").locator(".chip")).to_contain_text("Note")
    page.goto(f"{server.url}/preview/{slug}/pg_chat01/")
    expect(page.locator("body[data-live]")).to_be_visible()
    shown = page.locator("[data-el=el_said01]")
    expect(shown).to_be_hidden()
    page.get_by_role("button", name="Save").click()
    expect(shown).to_be_visible()
    expect(shown).to_contain_text("kept")


@pytest.mark.slow
def test_a_message_of_the_chat_becomes_a_bubble_that_takes_its_cells_message(
    page: Page, server: StreamwrightServer, slug: str
) -> None:
    """What belongs to a group goes along; what would be torn apart is said before, and can be done anyway."""
    page.goto(f"{server.url}/apps/{slug}/design/pg_chat01/?node=el_compos")
    ready(page)
    page.locator("#panel").get_by_role("button", name="More for Composer").click()
    page.get_by_role("menuitem", name="Make it reusable").click()
    said = page.locator("sw-toast").filter(has_text="which would be inside")
    expect(said).to_contain_text("Step 1 of “Stop is clicked” needs step 3 of “Send is clicked”")
    expect(row(page, "Composer")).to_have_count(1)
    said.get_by_role("button", name="Close").click()
    page.goto(f"{server.url}/apps/{slug}/design/pg_chat01/?node=el_answr1")
    ready(page)
    page.locator("#panel").get_by_role("button", name="More for Answer").click()
    page.get_by_role("menuitem", name="Make it reusable").click()
    expect(page.locator("#spoken")).to_have_text("Answer is a reusable element now")
    given = page.locator("#panel .field", has_text="Message").first
    expect(given.locator(".chip")).to_have_text("Current cell's Message")
    page.get_by_role("link", name="Edit Answer everywhere").click()
    ready(page)
    expect(page.get_by_label("Type of Message")).to_have_value("thing:dt_messag")
    page.goto(f"{server.url}/preview/{slug}/pg_chat01/")
    expect(page.locator("body[data-live]")).to_be_visible()
    page.get_by_label("Message").fill("Why does my fig drop its leaves?")
    page.get_by_role("button", name="Send").click()
    expect(page.locator("[data-type=instance]").nth(1)).to_contain_text("window sill", timeout=20_000)


@pytest.mark.slow
def test_what_would_be_torn_apart_is_done_all_the_same_by_a_press(
    page: Page, server: StreamwrightServer, slug: str
) -> None:
    page.goto(f"{server.url}/apps/{slug}/design/pg_chat01/?node=el_compos")
    ready(page)
    page.locator("#panel").get_by_role("button", name="More for Composer").click()
    page.get_by_role("menuitem", name="Make it reusable").click()
    page.get_by_role("button", name="Make Composer reusable anyway").click()
    expect(page.locator("#panel [data-type=instance]")).to_be_visible()
    expect(page.locator("sw-anyway")).to_have_count(0)
    expect(page.locator("#spoken")).to_have_text("Composer is a reusable element now")


def _styled():
    """A theme with a colour of its own, and a style of texts that uses it."""
    nodes = {
        "co_brand1": node("colour", "Brand", {"token": "co-brand1", "light": "#aa2200", "dark": "#ffbb99"}),
        "sy_loud01": node("style", "Loud", {"element": "text", "set": {"ink": "co-brand1", "weight": "strong"}}),
    }
    root = node("theme", "", {}, colours=["co_brand1"], styles=["sy_loud01"])
    return {"v": 1, "root": "tm_theme", "nodes": {"tm_theme": root, **nodes}}


def test_what_is_pasted_in_another_app_is_whole_there(page: Page, server: StreamwrightServer, slug: str) -> None:
    """An instance and a text with a named style: what they need comes along, goes with one undo, and comes again."""
    loud = {"el_loud01": node("text", "Loud words", {"text": "Hear, hear", "uses": "sy_loud01"})}
    page.goto(f"{server.url}/apps/{slug}/design/pg_chat01/")
    styled = {"do": "create", "doc": "theme/tm_theme", "body": _styled()}
    perform(page, slug, [styled, *_placed(instance("el_one001", "rs_badge1", pr_title1="Fern"), ("el_loud01", loud))])
    page.reload()
    ready(page)
    row(page, "el_one001").click()
    row(page, "Loud words").click(modifiers=["Shift"])
    expect(page.locator("#panel > [data-nodes='el_one001,el_loud01']")).to_be_visible()
    page.keyboard.press("ControlOrMeta+c")
    expect(page.locator("#spoken")).to_have_text("2 elements are copied")
    row(page, "Loud words").click()
    page.keyboard.press("ControlOrMeta+Alt+c")
    expect(page.locator("#spoken")).to_have_text("The style of Loud words is copied")

    page.goto(f"{server.url}/apps/{new_app(page, server, 'blank')}/design/")
    ready(page)
    selected(page).focus()
    page.keyboard.press("ControlOrMeta+v")
    expect(page.locator("#toasts")).to_contain_text(
        "The reusable element Badge, the style Loud and the colour Brand came"
    )
    words, badge = drawn(page, "[data-type=text]"), drawn(page, "[data-type=instance]")
    for redone in (False, True):
        expect(badge).to_have_text("Fern")
        expect(words).to_have_css("color", "rgb(170, 34, 0)")
        expect(tile(page, "Badge")).to_have_count(1)
        if not redone:
            page.keyboard.press("ControlOrMeta+z")
            expect(words).to_have_count(0)
            expect(badge).to_have_count(0)
            expect(tile(page, "Badge")).to_have_count(0)
            expect(page.get_by_role("button", name="Undo:")).to_have_count(0)
            page.keyboard.press("ControlOrMeta+Shift+z")
    page.keyboard.press("ControlOrMeta+z")
    expect(words).to_have_count(0)
    tile(page, "Text").press("Enter")
    expect(words).to_have_css("font-weight", "400")
    page.keyboard.press("Escape")
    page.keyboard.press("ControlOrMeta+Alt+v")
    expect(page.locator("#toasts")).to_contain_text("The style Loud and the colour Brand came along.")
    expect(words).to_have_css("color", "rgb(170, 34, 0)")
    expect(words).to_have_css("font-weight", "600")


def test_what_is_no_element_cannot_be_pasted(page: Page, server: StreamwrightServer, slug: str) -> None:
    page.goto(f"{server.url}/apps/{slug}/design/pg_chat01/")
    ready(page)
    for words in ("Only words", '{"nodes": {"el_a": {"type'):
        page.evaluate(
            """words => {
                const clipboardData = new DataTransfer();
                clipboardData.setData("text/plain", words);
                document.activeElement.dispatchEvent(new ClipboardEvent("paste", { bubbles: true, clipboardData }));
            }""",
            words,
        )
    expect(page.get_by_text("There is nothing to paste: no element was copied.")).to_have_count(2)
