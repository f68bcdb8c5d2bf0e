"""The chat page of the design, built from an empty app: by mouse alone and by keyboard alone, and how it looks in its widths."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page, expect

from tests.browser import ready
from tests.journeys.design_tab import drawn, new_app, row, selected, tile
from tests.journeys.test_canvas import drag, write
from tests.server import StreamwrightServer

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# So many elements of the panel are gone through at most to reach one of them.
FAR = 80


@dataclass
class Part:
    """An element to be made: by which tile, its name, its words, what is chosen for it (tab, property, value), and what
    is in it."""

    tile: str
    name: str
    words: str = ""
    chosen: tuple[tuple[str, str, str], ...] = ()
    parts: list["Part"] = field(default_factory=list)


def group(name: str, *parts: Part, chosen: str = "") -> Part:
    return Part("Group", name, "", looks(chosen), list(parts))


def looks(chosen: str) -> tuple[tuple[str, str, str], ...]:
    """`layout direction row` and so on, with a comma between them."""
    return tuple(tuple(each.split()) for each in chosen.split(",") if each.strip())  # type: ignore[misc]


def text(name: str, words: str, chosen: str = "") -> Part:
    return Part("Text", name, words, looks(chosen))


# What is not written where it stands.
FILLED = {"Live text": "text", "Multiline": "placeholder"}
LEAF = "Leaf drop after a move is almost always a light problem. A hallway gives a fiddle-leaf fig little light."
ROW = "layout direction row, layout gap sm"
PAGE = [
    group(
        "Top bar",
        group(
            "Brand",
            Part("Icon", "Leaf", "", looks("properties icon leaf, style tone accent")),
            text("Name", "Juniper", "style weight strong"),
            chosen=f"{ROW}, layout align center, layout width fit",
        ),
        group(
            "Menu",
            text("My plants", "My plants", "style tone quiet"),
            text("History", "History", "style tone quiet"),
            text("Face", "MO", "style style face"),
            chosen="layout direction row, layout gap lg, layout align center, layout width fit",
        ),
        chosen=f"{ROW}, layout align center, layout justify between, layout padding md, style border below",
    ),
    group(
        "Conversation",
        group(
            "Head",
            Part("Heading", "Ask Juniper", "Ask Juniper", looks("properties level 1, style size lg")),
            text("Hint", "Plant care answers, written while you watch.", "style tone quiet"),
            chosen="layout gap xs",
        ),
        group(
            "Greeting",
            text("J", "J", "style style face"),
            text("Hello", "Hello Maya. Which plant is worrying you today?", "style style bubble"),
            chosen=ROW,
        ),
        text(
            "Question",
            "My fiddle-leaf fig is dropping leaves since I moved it to the hallway. What should I do?",
            "style style bubble, style tone accent, style align end",
        ),
        group(
            "Answer",
            text("Its face", "J", "style style face"),
            group(
                "Said",
                Part("Live text", "Live answer", LEAF),
                group("Answer actions", Part("Button", "Stop", "Stop", looks("properties icon stop")), chosen=ROW),
                chosen="layout grow yes",
            ),
            chosen=ROW,
        ),
        chosen="layout width page, layout padding md, layout gap lg, layout grow yes",
    ),
    group(
        "Foot",
        group(
            "Composer",
            Part(
                "Multiline",
                "Message",
                "Ask about a plant",
                looks("properties show_label no, properties lines 2, style frame no"),
            ),
            Part("Button", "Send", "Send", looks("style kind primary, properties icon send, properties icon_side end")),
            chosen=f"{ROW}, layout align end, layout padding sm, style border line, style rounded lg, style background raised",
        ),
        chosen="layout width page, layout padding md",
    ),
]


class Mouse:
    """Everything by pointing, but for words, which are typed."""

    def __init__(self, page: Page):
        self.page = page

    def add(self, part: Part, into: str, after: str) -> None:
        """After an element, or where there is none yet into an empty one, or on the ground."""
        if after:
            row(self.page, after).click()
            tile(self.page, part.tile).click(modifiers=["Shift"])
        else:
            inside = drawn(self.page, f"[data-el='{self._id(into)}']") if into else self.page.locator(".artboard-page")
            drag(self.page, tile(self.page, part.tile), inside)

    def _id(self, name: str) -> str:
        return row(self.page, name).get_attribute("data-node") or ""

    def name(self, name: str) -> None:
        where = self.page.locator("#panel").get_by_label("Element name")
        where.click(click_count=3)
        self.page.keyboard.type(name)
        self.page.keyboard.press("Enter")

    def write(self, name: str, words: str) -> None:
        write(self.page, drawn(self.page, f"[data-el='{self._id(name)}']"), words)

    def fill(self, prop: str, words: str) -> None:
        """In the panel: what streams is not written where it stands."""
        self.page.get_by_role("tab", name="Properties", exact=True).click()
        self.page.locator(f"#panel sw-expr[data-prop={prop}] .words").click()
        self.page.keyboard.type(words)

    def choose(self, tab: str, prop: str, value: str) -> None:
        self.page.get_by_role("tab", name=tab.capitalize(), exact=True).click()
        control = self.page.locator(f"#panel [data-control='{prop}']")
        if control.locator("select").count():
            control.locator("select").select_option(value)
        elif value in ("yes", "no"):
            control.get_by_role("switch").click()
        else:
            control.locator(f"label:has(input[value='{value}'])").click()


class Keyboard:
    """Everything by keys."""

    def __init__(self, page: Page):
        self.page, self.keys = page, page.keyboard

    def _canvas(self) -> None:
        self._until("document.activeElement?.matches('.artboard')", "F6")

    def _until(self, holds: str, key: str) -> None:
        for _ in range(FAR):
            if self.page.evaluate(holds):
                return
            self.keys.press(key)
        now = self.page.evaluate("document.activeElement?.outerHTML.slice(0, 300)")
        raise AssertionError(f"{key} does not lead to: {holds}. The focus is in {now}")

    def add(self, part: Part, into: str, after: str) -> None:
        """The selection goes up by Escape until it is beside what comes next, or what that goes into."""
        self._canvas()
        chosen = "document.querySelector('#tree [aria-selected=true]')"
        name = after or into
        self._until(f"{chosen}?.dataset.name === {name!r}" if name else f"{chosen}?.ariaLevel === '1'", "Escape")
        self.keys.press("a")
        self.keys.press("Control+a")
        self.keys.type(part.tile)
        expect(self.page.locator("sw-palette [data-best]:visible .tile-name")).to_have_text(part.tile)
        self.keys.press("Shift+Enter" if after else "Enter")

    def name(self, name: str) -> None:
        self._canvas()
        self.keys.press("F2")
        self.keys.press("Control+a")
        self.keys.type(name)
        self.keys.press("Enter")

    def write(self, name: str, words: str) -> None:
        self._canvas()
        self.keys.press("Enter")
        expect(drawn(self.page, "[contenteditable]")).to_be_visible()
        self.keys.type(words)
        self.keys.press("Enter")
        expect(drawn(self.page, "[contenteditable]")).to_have_count(0)

    def fill(self, prop: str, words: str) -> None:
        self._panel("properties")
        self._until(f"!!document.activeElement?.closest('#panel sw-expr[data-prop={prop}] .words')", "Tab")
        self.keys.type(words)

    def choose(self, tab: str, prop: str, value: str) -> None:
        self._panel(tab)
        self._until(f"document.activeElement.name === {prop!r}", "Tab")
        if value in ("yes", "no"):
            self.keys.press("Space")
            return
        if self.page.evaluate("document.activeElement.tagName") == "SELECT":
            self.keys.press("Home")
        self._until(f"document.activeElement.value === {value!r}", "ArrowDown")

    def _panel(self, tab: str) -> None:
        self._until("document.activeElement?.matches('#panel [data-name]')", "F6")
        self._until("document.activeElement.matches('#panel [role=tab]')", "Tab")
        self._until(f"document.querySelector('#panel [role=tab][aria-selected=true]').id === 'tab-{tab}'", "ArrowRight")


def build(page: Page, hand: Mouse | Keyboard, parts: list[Part], into: str = "") -> None:
    after = ""
    for part in parts:
        before = page.get_by_role("treeitem").count()
        hand.add(part, into, after)
        expect(page.get_by_role("treeitem")).to_have_count(before + 1)
        new = selected(page).get_attribute("data-name")
        expect(page.locator("#panel").get_by_label("Element name")).to_have_value(new or "")
        hand.name(part.name)
        expect(selected(page)).to_have_attribute("data-name", part.name)
        if part.words and part.tile in FILLED:
            hand.fill(FILLED[part.tile], part.words)
        elif part.words:
            hand.write(part.name, part.words)
        for tab, prop, value in part.chosen:
            hand.choose(tab, prop, value)
            if tab != "properties":
                element = drawn(page, f"[data-el='{row(page, part.name).get_attribute('data-node')}']")
                expect(element).to_have_attribute(f"data-{prop}", value)
        expect(page.locator("sw-saved")).to_have_attribute("data-state", "saved")
        build(page, hand, part.parts, part.name)
        after = part.name


def box(page: Page, name: str, keys: dict[str, str]) -> dict[str, float]:
    found = page.locator(f"[data-el='{keys[name]}']").bounding_box()
    assert found is not None
    return {**found, "right": found["x"] + found["width"], "bottom": found["y"] + found["height"]}


def named(parts: list[Part]) -> Iterator[str]:
    for part in parts:
        yield part.name
        yield from named(part.parts)


@pytest.mark.parametrize("hand", [Mouse, Keyboard], ids=["mouse", "keyboard"])
def test_the_chat_page_is_built_from_empty_and_looks_like_the_design(
    page: Page, server: StreamwrightServer, hand: type[Mouse] | type[Keyboard]
) -> None:
    slug = new_app(page, server, "blank")
    page.goto(f"{server.url}/apps/{slug}/design/")
    ready(page)
    for each in (("layout", "padding", "none"), ("layout", "width", "fill"), ("layout", "gap", "none")):
        hand(page).choose(*each)
        expect(drawn(page, "main")).to_have_attribute(f"data-{each[1]}", each[2])
    build(page, hand(page), PAGE)
    keys = {name: row(page, name).get_attribute("data-node") or "" for name in named(PAGE)}
    root = drawn(page, "main").get_attribute("data-el") or ""
    page.goto(f"{server.url}/preview/{slug}/")
    page.locator("body[data-live]").wait_for()
    page.get_by_role("button", name="Collapse the debugger").click()
    expect(page.get_by_placeholder("Ask about a plant")).to_be_visible()
    for width, height in ((1440, 900), (768, 1024), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        it = {name: box(page, name, keys) for name in keys}
        column = it["Conversation"]
        # The bar goes over the whole width, what it is called at its left, who is in it at its right.
        assert it["Top bar"]["x"] == it["Top bar"]["y"] == 0 and it["Top bar"]["width"] == width
        assert it["Brand"]["x"] < width * 0.1 and it["Menu"]["right"] > width * 0.9
        assert it["Leaf"]["right"] < it["Name"]["x"] < width * 0.1 + it["Leaf"]["width"]
        assert it["My plants"]["right"] < it["History"]["x"] < it["Face"]["x"]
        # One column of text in the middle, as wide as is read well.
        assert column["width"] <= 688 and abs(column["x"] - (width - column["right"])) <= 1
        assert it["Ask Juniper"]["x"] == it["Hint"]["x"] == it["Greeting"]["x"] == it["Its face"]["x"]
        assert it["Ask Juniper"]["bottom"] <= it["Hint"]["y"] <= it["Greeting"]["y"] <= it["Question"]["y"]
        # What was said stands at the left beside a face, what was asked at the right.
        assert it["J"]["right"] < it["Hello"]["x"] and it["Hello"]["right"] < it["Greeting"]["right"] + 1
        assert it["Question"]["right"] == pytest.approx(it["Greeting"]["right"], abs=1)
        assert it["Question"]["x"] > it["Greeting"]["x"] + 8
        assert it["Its face"]["right"] < it["Live answer"]["x"] == it["Stop"]["x"]
        assert it["Live answer"]["bottom"] <= it["Stop"]["y"] and it["Stop"]["width"] < 120
        # The composer is at the foot of the page, its button at its right inside of it.
        assert it["Foot"]["bottom"] == pytest.approx(box(page, "main", {"main": root})["bottom"], abs=1)
        assert it["Foot"]["bottom"] > height * 0.9 and it["Composer"]["width"] <= 688
        assert it["Message"]["right"] <= it["Send"]["x"] and it["Send"]["right"] <= it["Composer"]["right"]
