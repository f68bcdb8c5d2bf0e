"""The elements that hold and ask, in a real browser: by keyboard, over a refresh, and with nothing that axe objects to."""

import pytest
from playwright.sync_api import expect

from builder.document import body, node
from builder.elements import elements
from tests.journeys.test_accessibility import objections
from workflows.starters.written import element, op, source, text, workflow
from workflows.starters.written import page as page_with

PAGE = "pg_test01"


def open_page(page, server, slug, document, *workflows):
    """A new app with this page, open in preview and live."""
    token = next(cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "csrftoken")
    headers = {"X-CSRFToken": token, "Referer": server.url}
    new = {"name": "Test", "slug": slug, "starter": "blank"}
    made = page.request.post(f"{server.url}/apps/new/", form=new, headers=headers, max_redirects=0)
    assert made.status == 302, made.text()
    bodies = {f"page/{PAGE}": document} | {f"workflow/{each['root']}": each for each in workflows}
    changes = [{"do": "create", "doc": doc, "body": body} for doc, body in bodies.items()]
    said = {"label": "Build the page", "changes": changes}
    answer = page.request.post(f"{server.url}/apps/{slug}/changes/", data=said, headers=headers)
    assert answer.ok, answer.text()
    page.goto(f"{server.url}/preview/{slug}/{PAGE}/")
    greeted(page)


def greeted(page):
    expect(page.locator("body[data-live]")).to_have_count(1)


def does(number, event, of, action, target):
    """A workflow of one step."""
    step = {f"sp_test{number:02}": node(action, "", {"element": target})}
    return workflow(f"wf_test{number:02}", "", PAGE, event, of, step)


def said(of):
    return element("el_said01", "text", "Said", text=text("Chosen: ", source("element", element=of)))


def reload(page):
    page.reload()
    greeted(page)


@pytest.mark.browser
@pytest.mark.parametrize("theme", ["light", pytest.param("dark", marks=pytest.mark.slow)])
def test_axe_finds_nothing_on_a_page_with_one_of_each(open_browser, signed_in_state, server, slug, theme):
    page = open_browser(storage_state=signed_in_state, bypass_csp=True)
    inside = {"el_title1": node("heading", "Title", {"text": "One of each", "level": 1})}
    for number, each in enumerate(each for each in elements.values() if each.group in ("Inputs", "Containers")):
        key = f"el_each{number:02}"
        held = {f"el_held{number:02}": node("group" if each.apart else "text", "Care")} if each.slots else {}
        inside |= {key: node(each.name, each.label, each.example, **({"children": [*held]} if held else {}))} | held
    top = [key for key in inside if not key.startswith("el_held")]
    document = body(PAGE, {PAGE: node("page", "each", {"title": "Each"}, children=top, states=[]), **inside})
    open_page(page, server, slug, document)
    assert objections(page) == []


@pytest.mark.browser
@pytest.mark.parametrize("theme", ["light", pytest.param("dark", marks=pytest.mark.slow)])
def test_what_stands_on_the_accent_can_be_read(open_browser, signed_in_state, server, slug, theme):
    """A plain button was white on white there. What has a background of its own in between is as anywhere else."""
    page = open_browser(storage_state=signed_in_state, bypass_csp=True)
    shown = [
        each for each in elements.values() if each.group in ("Basics", "Inputs", "Feedback") and each.name != "image"
    ]
    parts = [element(f"el_each{number:02}", each.name, each.label, **each.example) for number, each in enumerate(shown)]
    parts += [
        element(f"el_butt{kind}", "button", kind, label=kind, kind=kind) for kind in ("primary", "plain", "quiet")
    ]
    parts += [element(f"el_link{kind}", "link", kind, label=kind, kind=kind) for kind in ("text", "quiet", "button")]
    parts += [element(f"el_tone{tone}", "text", tone, text=tone, tone=tone) for tone in ("quiet", "accent")]
    inner = [element(f"el_deep{tone}", "text", tone, text=tone, tone=tone) for tone in ("quiet", "accent")]
    parts.append(element("el_raised", "group", "Raised", *inner, background="raised"))
    accent = element("el_accent", "group", "Accent", *parts, background="accent", padding="lg")
    title = element("el_title1", "heading", "Title", text="On the accent", level=1)
    open_page(page, server, slug, page_with(PAGE, "accent", "On the accent", title, accent))
    assert [each for each in objections(page) if "contrast" in each] == []


@pytest.mark.browser
def test_a_popup_and_its_dropdown_by_keyboard(page, server, slug):
    """S33, S40a. The focus stays in the popup, Esc closes it for the server, too, and the focus is back where it was."""
    popup = element(
        "el_pop001",
        "popup",
        "Popup",
        element("el_light1", "dropdown", "Light", label="Light", choices="Shade\nSun"),
        title="New plant",
    )
    document = page_with(
        PAGE, "test", "Test", element("el_open01", "button", "Open", label="Open"), said("el_light1"), popup
    )
    open_page(page, server, slug, document, does(1, "clicked", "el_open01", "show", "el_pop001"))
    opener, dialog = page.get_by_role("button", name="Open"), page.get_by_role("dialog", name="New plant")
    opener.press("Enter")
    expect(dialog).to_be_visible()
    light = dialog.get_by_label("Light")
    for _ in range(4):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement === document.body || !!document.activeElement.closest('dialog')")
    light.press("ArrowDown")
    light.press("ArrowDown")
    expect(page.locator("[data-el=el_said01]")).to_have_text("Chosen: Sun")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(opener).to_be_focused()
    reload(page)
    expect(page.locator("[data-el=el_said01]")).to_have_text("Chosen: Sun")
    expect(dialog).to_be_hidden()
    opener.click()
    expect(light).to_have_value("Sun")
    reload(page)
    expect(dialog).to_be_visible()


@pytest.mark.browser
@pytest.mark.slow
def test_a_searchable_dropdown_finds_by_a_part_and_by_keyboard(page, server, slug):
    plant = element("el_plant1", "searchable_dropdown", "Plant", label="Plant", choices="Fig\nÉchévéria\nFern")
    open_page(page, server, slug, page_with(PAGE, "test", "Test", plant, said("el_plant1")))
    field, shown = page.get_by_role("combobox", name="Plant"), page.locator("[data-el=el_said01]")
    field.press_sequentially("cheve")
    found = page.get_by_role("listbox", name="Plant").get_by_role("option")
    expect(found).to_have_text(["Échévéria"])
    field.press("Enter")
    expect(shown).to_have_text("Chosen: Échévéria")
    expect(field).to_have_value("Échévéria")
    field.fill("nothing like it")
    expect(page.get_by_text("Nothing was found.")).to_be_visible()
    field.press("Tab")
    expect(field).to_have_value("Échévéria")
    field.press("ArrowDown")
    expect(found.and_(page.locator("[data-active]"))).to_have_text("Échévéria")
    field.press("ArrowDown")
    field.press("Enter")
    expect(shown).to_have_text("Chosen: Fern")
    reload(page)
    expect(field).to_have_value("Fern")
    field.fill("")
    field.press("Tab")
    expect(shown).to_have_text("Chosen: ")


@pytest.mark.browser
def test_several_are_chosen_by_keyboard_and_kept(page, server, slug):
    """S33. Its value is a list, so every operator on lists follows it."""
    plants = element(
        *("el_plant1", "multidropdown", "Plants"), label="Plants", choices="Fig\nÉchévéria\nFern", initial="Fig"
    )
    many = element(
        "el_many01", "text", "Many", text=text("Many: ", source("element", op("count"), element="el_plant1"))
    )
    open_page(page, server, slug, page_with(PAGE, "test", "Test", plants, said("el_plant1"), many))
    field, shown = page.get_by_role("combobox", name="Plants"), page.locator("[data-el=el_said01]")
    options = page.get_by_role("listbox", name="Plants").get_by_role("option", selected=True)
    chosen = page.get_by_role("list", name="Chosen").get_by_role("listitem")
    expect(chosen).to_have_text(["Fig"])
    field.press_sequentially("cheve")
    field.press("Enter")
    expect(shown).to_have_text("Chosen: Fig, Échévéria")
    expect(page.get_by_text("Échévéria added. 2 chosen.")).to_be_attached()
    expect(options).to_have_text(["Fig", "Échévéria"])
    field.press_sequentially("fe")
    field.press("Enter")
    field.press("Escape")
    expect(page.locator("[data-el=el_many01]")).to_have_text("Many: 3")
    field.press("ArrowLeft")
    expect(page.get_by_role("button", name="Remove Fern")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Delete")
    expect(page.get_by_role("button", name="Remove Fern")).to_be_focused()
    expect(shown).to_have_text("Chosen: Fig, Fern")
    reload(page)
    expect(chosen).to_have_text(["Fig", "Fern"])
    field.press("Backspace")
    expect(shown).to_have_text("Chosen: Fig")
    expect(chosen).to_have_text(["Fig"])


@pytest.mark.browser
@pytest.mark.slow
def test_checkboxes_are_one_list_and_some_have_to_be_ticked(page, server, slug):
    care = element(
        *("el_care01", "checkboxes", "Care"), label="Care", choices="Water\nFeed", required=True, error="Tick one."
    )
    form = element("el_form01", "group", "Form", care, element("el_send01", "button", "Send", label="Send"))
    done = element("el_done01", "text", "Done", text="Sent", visible=False)
    document = page_with(PAGE, "test", "Test", form, said("el_care01"), done)
    open_page(page, server, slug, document, does(1, "clicked", "el_send01", "show", "el_done01"))
    group, shown = page.get_by_role("group", name="Care"), page.locator("[data-el=el_said01]")
    page.get_by_role("button", name="Send").click()
    expect(group.get_by_label("Water")).to_be_focused()
    expect(group).to_have_accessible_description("Tick one.")
    group.get_by_label("Feed").check()
    group.get_by_label("Water").check()
    expect(shown).to_have_text("Chosen: Water, Feed")
    reload(page)
    expect(group.get_by_label("Water")).to_be_checked()
    group.get_by_label("Water").uncheck()
    expect(shown).to_have_text("Chosen: Feed")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Sent", exact=True)).to_be_visible()


@pytest.mark.browser
@pytest.mark.slow
def test_tabs_by_keyboard_and_over_a_refresh(page, server, slug):
    """S33. Which tab is in view is a value; S40: the words on a tab follow theirs."""
    groups = [
        element(f"el_group{n}", "group", name, element(f"el_text0{n}", "text", "Text", text=f"About {name}"))
        for n, name in enumerate(["Care", "Light", "Soil"])
    ]
    after = element("el_group3", "group", "After", tab=text("After ", source("element", element="el_tabs01")))
    open_page(
        page,
        server,
        slug,
        page_with(PAGE, "test", "Test", element("el_tabs01", "tabs", "Tabs", *groups, after), said("el_tabs01")),
    )
    shown = page.locator("[data-el=el_said01]")
    expect(shown).to_have_text("Chosen: Care")
    expect(page.get_by_role("tab", name="After Care")).to_be_visible()
    page.get_by_role("tab", name="Care", exact=True).press("ArrowRight")
    expect(page.get_by_role("tab", name="Light", exact=True)).to_be_focused()
    expect(page.get_by_role("tabpanel", name="Light")).to_have_text("About Light")
    expect(shown).to_have_text("Chosen: Light")
    expect(page.get_by_role("tab", name="After Light")).to_be_visible()
    page.keyboard.press("End")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Care", exact=True, selected=True)).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("tab", name="After After")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(shown).to_have_text("Chosen: Soil")
    reload(page)
    expect(page.get_by_role("tabpanel")).to_have_text("About Soil")


@pytest.mark.browser
@pytest.mark.slow
def test_group_focus_stands_by_its_anchor_and_closes_with_a_press_elsewhere(page, server, slug):
    menu = element(
        "el_menu01",
        "group_focus",
        "Menu",
        element("el_item01", "button", "Rename", label="Rename"),
        anchor="el_more01",
        label="More",
    )
    more = element("el_more01", "button", "More", label="More")
    other = element("el_other1", "text", "Other", text="Elsewhere")
    document = page_with(PAGE, "test", "Test", other, more, menu)
    open_page(page, server, slug, document, does(1, "clicked", "el_more01", "toggle", "el_menu01"))
    button, group = page.get_by_role("button", name="More"), page.get_by_role("group", name="More")
    button.click()
    expect(page.get_by_role("button", name="Rename")).to_be_focused()
    beside, below = button.bounding_box(), group.bounding_box()
    assert abs(beside["x"] - below["x"]) < 1 and 0 < below["y"] - beside["y"] - beside["height"] < 12
    page.keyboard.press("Escape")
    expect(group).to_be_hidden()
    expect(button).to_be_focused()
    button.click()
    expect(group).to_be_visible()
    page.get_by_text("Elsewhere").click()
    expect(group).to_be_hidden()
    button.click()
    expect(group).to_be_visible()
    button.click()
    expect(group).to_be_hidden()


@pytest.mark.browser
@pytest.mark.slow
def test_nothing_is_sent_before_it_is_filled_in(page, server, slug):
    form = element(
        "el_form01",
        "group",
        "Form",
        element("el_name01", "input", "Name", label="Name", required=True, error="Say your name."),
        element("el_size01", "radio_buttons", "Size", label="Size", choices="Small\nLarge", required=True),
        element("el_when01", "date_time", "When", label="When", required=True),
        element("el_send01", "button", "Send", label="Send"),
    )
    document = page_with(PAGE, "test", "Test", form, element("el_done01", "text", "Done", text="Sent", visible=False))
    open_page(page, server, slug, document, does(1, "clicked", "el_send01", "show", "el_done01"))
    send, name, done = (
        page.get_by_role("button", name="Send"),
        page.get_by_label("Name"),
        page.get_by_text("Sent", exact=True),
    )
    send.click()
    expect(name).to_be_focused()
    expect(name).to_have_attribute("aria-invalid", "true")
    expect(name).to_have_accessible_description("Say your name.")
    expect(page.get_by_role("group", name="Size")).to_have_attribute("aria-invalid", "true")
    name.fill("Ada")
    expect(page.get_by_text("Say your name.")).to_have_count(0)
    name.press("Enter")
    expect(page.get_by_label("Small")).to_be_focused()
    page.get_by_label("Large").check()
    page.get_by_label("When").fill("2026-11-21T09:30")
    expect(done).to_be_hidden()
    send.click()
    expect(done).to_be_visible()


@pytest.mark.browser
@pytest.mark.slow
def test_inputs_in_cells_are_each_their_own(page, server, slug):
    """Radio buttons of two cells are two groups; a name, a hint and what is wrong belong to their own cell."""
    cell = [
        element("el_size01", "radio_buttons", "Size", label="Size", choices="Small\nLarge", initial="Small"),
        element("el_done01", "checkbox", "Done", label="Done"),
        element("el_name01", "input", "Name", label="Name", hint="Short", required=True),
        said("el_size01"),
    ]
    names = element("el_names1", "input", "Names", label="Names", initial="a,b")
    rows = element(
        "el_rows01",
        "repeating_group",
        "Rows",
        *cell,
        source=source("element", op("split_by", ","), element="el_names1"),
    )
    open_page(page, server, slug, page_with(PAGE, "test", "Test", names, rows))
    cells = page.get_by_role("listitem")
    expect(cells).to_have_count(2)
    first, second = cells.nth(0), cells.nth(1)
    for each in (first, second):
        expect(each.get_by_label("Small")).to_be_checked()
        expect(each.get_by_label("Name")).to_have_accessible_description("Short")
    second.get_by_label("Large").check()
    expect(first.get_by_label("Small")).to_be_checked()
    expect(second.locator("p", has_text="Chosen")).to_have_text("Chosen: Large")
    expect(first.locator("p", has_text="Chosen")).to_have_text("Chosen: Small")
    second.get_by_label("Done").check()
    reload(page)
    expect(second.get_by_label("Large")).to_be_checked()
    expect(second.get_by_label("Done")).to_be_checked()
    expect(first.get_by_label("Done")).not_to_be_checked()


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000 1f15c4890000000d49444154789c6360f8cf500f000381017f7f3c5e"
    "3c0000000049454e44ae426082".replace(" ", "")
)


@pytest.mark.browser
@pytest.mark.slow
def test_a_picture_is_sent_shown_kept_over_a_refresh_and_removed(page, server, slug):
    """S33."""
    picture = element("el_pict01", "uploader", "Picture", label="Picture", content="picture", most=1)
    open_page(page, server, slug, page_with(PAGE, "test", "Test", picture, said("el_pict01")))
    field, shown = page.get_by_label("Picture", exact=True), page.locator("[data-el=el_said01]")
    field.set_input_files({"name": "large.png", "mimeType": "image/png", "buffer": b"x" * (2**20 + 1)})
    expect(page.get_by_role("alert")).to_have_text("The file is larger than 1 MB.")
    field.set_input_files({"name": "leaf.png", "mimeType": "image/png", "buffer": b"<svg onload=alert(1)>"})
    expect(page.get_by_role("alert")).to_contain_text("This is not a picture")
    field.set_input_files({"name": "my leaf.png", "mimeType": "image/png", "buffer": PNG})
    expect(page.get_by_role("link", name="my leaf.png")).to_be_visible()
    expect(shown).to_contain_text("/files/fl_")
    reload(page)
    expect(page.locator("sw-uploader img")).to_be_visible()
    assert page.locator("sw-uploader img").evaluate("img => img.decode().then(() => img.naturalWidth)") == 1
    page.get_by_role("button", name="Remove the file").click()
    expect(shown).to_have_text("Chosen: ")
