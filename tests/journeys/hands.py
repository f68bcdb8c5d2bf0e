"""Two hands at a page: they click, type and press keys, and count both, phase by phase.

hands = Hands(page)
with hands.phase("API connector"):
    hands.click(page.get_by_role("button", name="Initialize"))
print(hands)  # API connector 1 click 0 keys
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Locator, Page, expect


@dataclass
class Count:
    clicks: int = 0
    keys: int = 0

    def __str__(self) -> str:
        clicks = "1 click" if self.clicks == 1 else f"{self.clicks} clicks"
        return f"{clicks}, {self.keys} keys"


@dataclass
class Hands:
    """One visitor's hands. A letter typed is a key; a text pasted is one; a choice in a list is two clicks."""

    page: Page
    counts: dict[str, Count] = field(default_factory=lambda: {"": Count()})
    now: str = ""

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        """What is done inside is counted under this name, too."""
        before, self.now = self.now, name
        self.counts.setdefault(name, Count())
        yield
        self.now = before

    @property
    def clicks(self) -> int:
        return sum(count.clicks for count in self.counts.values())

    @property
    def keys(self) -> int:
        return sum(count.keys for count in self.counts.values())

    def click(self, target: Locator) -> None:
        target.click()
        self.counts[self.now].clicks += 1

    def click_at_end(self, target: Locator) -> None:
        """Into a text, behind its last letter or chip."""
        box = target.bounding_box() or {"width": 2, "height": 2}
        target.click(position={"x": box["width"] - 1, "y": box["height"] - 2})
        self.counts[self.now].clicks += 1

    def press(self, *keys: str) -> None:
        """Keys or chords, such as `Tab` and `Control+Enter`, to what has the focus."""
        for key in keys:
            self.page.keyboard.press(key)
        self.counts[self.now].keys += len(keys)

    def type(self, text: str) -> None:
        """Letter by letter into what has the focus."""
        self.page.keyboard.type(text)
        self.counts[self.now].keys += len(text)

    def paste(self, text: str) -> None:
        """All at once into what has the focus, as from the clipboard."""
        self.page.keyboard.insert_text(text)
        self.counts[self.now].keys += 1

    def write(self, target: Locator, text: str) -> None:
        """Click into a field, replace what is in it, and leave it by Tab."""
        self.click(target)
        self.press("Control+a")
        self.type(text)
        self.press("Tab")

    def choose(self, target: Locator, label: str) -> None:
        """An option of a select box by its words."""
        target.select_option(label=label)
        self.counts[self.now].clicks += 2

    def __str__(self) -> str:
        lines = [f"{name:<16}{count}" for name, count in self.counts.items() if name]
        return "\n".join([*lines, f"{'In all':<16}{Count(self.clicks, self.keys)}"])


# What an author does in the editor.


def new_app(hands: Hands, name: str) -> str:
    """From the list of apps to the Design tab of a new blank app; its address."""
    page = hands.page
    hands.click(page.get_by_role("link", name="Blank app").or_(page.get_by_role("link", name="New app")).first)
    dialog = page.get_by_role("dialog", name="New app")
    hands.click(dialog.get_by_label("Name"))
    hands.type(name)
    expect(dialog.get_by_text("This address is free.")).to_be_visible()
    hands.click(dialog.get_by_role("button", name="Create app"))
    page.wait_for_url("**/design/**")
    return page.url.partition("/apps/")[2].partition("/")[0]


def tab(hands: Hands, name: str) -> None:
    """To another tab of the editor."""
    hands.click(hands.page.get_by_role("navigation", name="Editor").get_by_role("link", name=name))
    expect(hands.page.get_by_role("link", name=name, exact=True)).to_have_attribute("aria-current", "page")
    hands.page.wait_for_load_state("load")  # Until then no script listens.


def add_call(hands: Hands, url: str, body: str, name: str = "Ask") -> None:
    """A new API whose first call has this URL and, pasted, this body; its parameter `question` is set by workflows."""
    page = hands.page
    hands.click(page.get_by_role("button", name="Start empty", exact=True))
    expect(page.get_by_label("URL", exact=True)).to_be_focused()
    hands.type(url)
    hands.press("Tab")
    expect(page.locator("#apis").get_by_text("Practice")).to_be_visible()
    hands.click(page.locator(".cm-content"))
    hands.paste(body)
    hands.write(page.get_by_label("Name of the call"), name)
    expect(page.get_by_role("treeitem", name=name)).to_be_visible()
    hands.click(page.get_by_label("Test value of question", exact=True))
    hands.type("Why is there a tide?")
    hands.press("Tab")
    hands.click(page.get_by_label("question: private"))
    expect(page.get_by_label("question: private")).not_to_be_checked()


def initialize(hands: Hands) -> Locator:
    """Run the call; the dialog of what came, once it is there."""
    hands.click(hands.page.get_by_role("button", name="Initialize", exact=True))
    dialog = hands.page.get_by_role("dialog", name="Returned values")
    expect(dialog).to_be_visible()
    return dialog


def save_fields(hands: Hands, dialog: Locator) -> None:
    """Save what is suggested."""
    hands.click(dialog.get_by_role("button", name=re.compile(r"^Save \d+ fields?$")))
    expect(dialog).to_have_count(0)
    expect(hands.page.get_by_text(re.compile(r"^Initialized \d\d:\d\d$"))).to_be_visible()


def put(hands: Hands, element: str) -> None:
    """An element from the palette, after the one that is selected."""
    tree = hands.page.get_by_role("tree", name=re.compile("^Element tree"))
    before = tree.get_by_role("treeitem").count()
    hands.click(hands.page.locator("sw-palette").get_by_role("button", name=element, exact=True))
    hands.press("Enter")
    expect(tree.get_by_role("treeitem")).to_have_count(before + 1)
    expect(tree.locator("[aria-selected=true]")).to_contain_text(element)


def select(hands: Hands, name: str) -> None:
    """An element, by its row in the tree; its properties are there then."""
    hands.click(hands.page.get_by_role("treeitem", name=name, exact=True))
    expect(hands.page.get_by_label("Element name")).to_have_value(name)


def compose(hands: Hands, field: str, *cars: str) -> None:
    """Dynamic data for a field, found by the words of each car."""
    page = hands.page
    hands.click(page.get_by_role("button", name=f"Insert dynamic data in {field}", exact=True))
    composer = page.locator("sw-composer")
    for number, words in enumerate(cars):
        expect(composer.get_by_role("combobox")).to_be_focused()
        hands.type(words)
        expect(composer.get_by_role("option", selected=True)).to_contain_text(words)
        hands.press("Enter")
        expect(composer.get_by_role("toolbar").locator(".car")).to_have_count(number + 2)
    hands.press("Control+Enter")
    expect(composer).to_have_count(0)
    expect(page.locator(".chip").filter(has_text=cars[-1]).first).to_be_visible()


def add_step(hands: Hands, action: str) -> None:
    """A step at the end of the workflow."""
    page = hands.page
    steps = page.get_by_role("link", name=re.compile(r"^Step \d+,"))
    before = steps.count()
    hands.click(page.get_by_role("button", name="Add a step", exact=True))
    hands.click(page.get_by_role("option", name=action))
    expect(steps).to_have_count(before + 1)


def preview(hands: Hands) -> Page:
    """The page as visitors see it, in a tab of its own."""
    with hands.page.context.expect_page() as opened:
        hands.click(hands.page.get_by_role("link", name="Preview", exact=True))
    expect(opened.value.locator("body[data-live]")).to_be_visible()
    return opened.value


def perform(page: Page, slug: str, changes: list[dict[str, Any]], origin: str = "") -> None:
    """One gesture by the journal, as the editor's own pages send it: what a test does not do by hand. Where no page of
    the editor is open yet, it needs to know the server's origin."""
    origin = origin or page.url.partition("/apps/")[0]
    token = next(cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "csrftoken")
    said = {"label": "Build the page", "changes": changes}
    answer = page.request.post(
        f"{origin}/apps/{slug}/changes/", data=said, headers={"X-CSRFToken": token, "Referer": origin}
    )
    assert answer.ok, answer.text()


def watch(page: Page, selector: str) -> Callable[[], list[str]]:
    """Keep every text that an element of a live page shows from now on; the function gives them in order."""
    page.evaluate(
        """selector => {
            const seen = window.seen = []
            const look = () => {
                const text = document.querySelector(selector)?.textContent ?? ""
                if (text !== (seen.at(-1) ?? "")) seen.push(text)
            }
            new MutationObserver(look).observe(document.body, {childList: true, characterData: true, subtree: true})
        }""",
        selector,
    )
    return lambda: page.evaluate("window.seen")
