"""The Data tab in a browser: from nothing to a filled table by keys, with undo, and a table that follows what runs save."""

import re
import uuid

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.fixture
def app(server):
    """An app of this test's own: the demo, with two messages."""
    slug = f"data-{uuid.uuid4().hex[:8]}"
    server.shell(f"""
from builder.models import User
from builder.starters import starters
from builder.edition import Edition
from data.things import add_thing
app = starters["demo"].make(User.objects.first(), "Chat", {slug!r})
for role, body in (("user", "Why?"), ("assistant", "Because.")):
    add_thing(Edition(app), "dt_messag", {{"df_role01": role, "df_body01": body}}, "")
""")
    return slug


@pytest.fixture
def data(page, server, app):
    page.goto(f"{server.url}/apps/{app}/data/")
    expect(page.get_by_role("heading", name="Message", exact=True)).to_be_visible()
    return page


def table(page):
    return page.locator("table.things")


def stage(page):
    return page.get_by_role("main")


def test_from_nothing_to_a_filled_table_by_keys(data):
    data.get_by_role("button", name="New data type").focus()
    data.keyboard.press("Enter")
    expect(data.get_by_role("dialog").get_by_label("Name")).to_be_focused()
    data.keyboard.type("Plant")
    data.keyboard.press("Enter")
    new_name = data.get_by_role("complementary", name="Fields").get_by_label("Name", exact=True)
    expect(new_name).to_be_focused()
    for name, kind in (("Title", "Text"), ("Age", "Number"), ("Happy", "Yes/no"), ("Watered", "Date")):
        expect(new_name).to_have_value("")
        data.get_by_label("Type", exact=True).select_option(kind)
        new_name.focus()
        data.keyboard.type(name)
        data.keyboard.press("Enter")
        expect(data.get_by_role("button", name=f"Type of {name}")).to_be_visible()
        expect(new_name).to_be_focused()
    data.get_by_role("button", name="Add a thing").click()
    title = data.get_by_label("Title of thing 1", exact=True)
    expect(title).to_be_focused()
    data.keyboard.type("Fiddle-leaf fig")
    data.keyboard.press("Tab")
    data.keyboard.type("12")
    data.keyboard.press("Tab")
    expect(data.get_by_label("Happy of thing 1", exact=True)).to_be_focused()
    data.keyboard.press("y")
    with data.expect_response(lambda answer: "2026-11-21" in (answer.request.post_data or "")):
        data.get_by_label("Watered of thing 1", exact=True).fill("2026-11-21T14:30")
        data.keyboard.press("Tab")
    expect(data.get_by_role("status").filter(has_text="Saved")).to_be_visible()
    data.reload()
    expect(data.get_by_label("Title of thing 1", exact=True)).to_have_value("Fiddle-leaf fig")
    expect(data.get_by_label("Age of thing 1", exact=True)).to_have_value("12")
    expect(data.get_by_label("Happy of thing 1", exact=True)).to_have_value("yes")
    expect(data.get_by_label("Watered of thing 1", exact=True)).to_have_value("2026-11-21T14:30")


def test_S35_a_table_follows_what_a_run_saves_and_leaves_alone_what_is_being_typed(
    data, open_browser, server, app, signed_in_state
):
    data.get_by_label("Select thing 2", exact=True).check()
    role = data.get_by_label("Role of thing 1", exact=True)
    role.press("Control+a")
    data.keyboard.type("half-typed")
    visitor = open_browser(storage_state=signed_in_state)
    visitor.goto(f"{server.url}/preview/{app}/pg_chat01/")
    visitor.get_by_role("textbox", name="Message").fill("Is anybody there?")
    expect(visitor.get_by_role("button", name="Send")).to_be_enabled()
    visitor.get_by_role("button", name="Send").click()
    expect(table(data).get_by_text("Is anybody there?")).to_be_visible(timeout=15_000)
    focused = data.evaluate("document.activeElement.value")
    assert focused == "half-typed"
    expect(data.get_by_role("button", name="Delete 1 thing")).to_be_visible()


def test_what_does_not_fit_says_so_under_the_cell_until_it_is_fixed(data):
    data.get_by_role("textbox", name="Name", exact=True).fill("Age")
    data.get_by_label("Type", exact=True).select_option("Number")
    data.get_by_role("button", name="Add field").click()
    age = data.get_by_label("Age of thing 1", exact=True)
    age.click()
    age.fill("abc")
    age.press("Enter")
    expect(data.get_by_text("Age takes a number, and this is not one.")).to_be_visible()
    expect(data.get_by_label("Age of thing 2", exact=True)).to_be_focused()
    data.get_by_label("Role of thing 2", exact=True).fill("somebody")
    data.keyboard.press("Tab")
    expect(age).to_have_value("abc")
    expect(data.get_by_text("Age takes a number, and this is not one.")).to_be_visible()
    age.fill("7")
    age.press("Enter")
    expect(data.get_by_text("Age takes a number, and this is not one.")).to_be_hidden()
    expect(age).to_have_value("7")


def test_an_answer_does_not_take_the_focus_from_where_somebody_went_meanwhile(data):
    held = []
    data.route("**/fields/", lambda route: held.append(route))
    data.get_by_role("textbox", name="Name", exact=True).fill("Age")
    with data.expect_request("**/fields/"):
        data.get_by_role("button", name="Add field").click()
    body = data.get_by_label("Body of thing 1", exact=True)
    body.click()
    held[0].continue_()
    expect(data.get_by_label("Age of thing 1", exact=True)).to_be_visible()
    expect(body).to_be_focused()


def test_things_are_deleted_after_a_question_and_a_deleted_type_comes_back_by_undo(data):
    data.get_by_label("Select all things on this page").check()
    data.get_by_role("button", name="Delete 2 things").click()
    dialog = data.get_by_role("dialog")
    expect(dialog.get_by_text("This cannot be undone.")).to_be_visible()
    dialog.get_by_role("button", name="Delete 2 things").click()
    expect(stage(data).get_by_text("No Message yet")).to_be_visible()
    expect(data.get_by_role("button", name="Add a thing")).to_be_focused()
    data.get_by_role("button", name="More for Message").click()
    data.get_by_role("menuitem", name="Delete").click()
    expect(data.get_by_text("No data type yet")).to_be_visible()
    data.locator("sw-toast", has_text="Message is deleted.").get_by_role("button", name="Undo").click()
    expect(data.get_by_role("heading", name="Message", exact=True)).to_be_visible()


def test_another_type_of_a_field_warns_and_undo_takes_it_back(data):
    data.get_by_role("button", name="Type of Role").click()
    data.get_by_role("menuitemradio", name="Number").click()
    expect(data.get_by_role("dialog").get_by_text("2 things hold something that is not a number")).to_be_visible()
    data.get_by_role("button", name="Change to Number").click()
    expect(data.get_by_role("button", name="Type of Role: Number")).to_be_focused()
    expect(table(data).get_by_text("“assistant” is not a number")).to_be_visible()
    data.keyboard.press("Control+z")
    expect(data.get_by_role("button", name="Type of Role: Text")).to_be_visible()
    expect(data.get_by_label("Role of thing 1", exact=True)).to_have_value("assistant")


def test_a_double_click_adds_one_thing(data):
    asked = []
    data.on("request", lambda request: asked.append(request.url) if request.method == "POST" else None)
    data.get_by_role("button", name="Add a thing").dblclick()
    expect(stage(data).get_by_text("3 things")).to_be_visible()
    assert len(asked) == 1, "both clicks were made before the answer came"


def test_names_that_are_taken_say_so_where_they_were_typed(data):
    data.get_by_role("button", name="New data type").click()
    data.get_by_role("dialog").get_by_label("Name").fill("message")
    data.keyboard.press("Enter")
    expect(data.get_by_role("dialog").get_by_text("There is already a data type named Message.")).to_be_visible()
    data.keyboard.press("Escape")
    name = data.locator("#name-df_role01")
    name.fill("Body")
    name.press("Tab")
    expect(data.get_by_text("There is already a field named Body.")).to_be_visible()
    name.fill("Who")
    name.press("Tab")
    expect(table(data).get_by_text("Who")).to_be_visible()


@pytest.mark.parametrize("theme", ["light", pytest.param("dark", marks=pytest.mark.slow)])
@pytest.mark.parametrize("size", ["wide", "narrow"])
def test_nothing_is_wider_than_the_screen(data, theme, size):
    width = data.viewport_size["width"]
    assert data.evaluate("document.documentElement.scrollWidth") == width
    expect(data).to_have_title(re.compile(r"^Message, data, "))
