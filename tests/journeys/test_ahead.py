"""What hands do in the Design tab is seen before the server has answered, and is taken back where it refuses."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser import ready
from tests.journeys.design_tab import answer, drawn, field, row, selected, sent, stored, tree
from tests.journeys.hands import perform
from tests.server import StreamwrightServer

pytestmark = pytest.mark.browser

GESTURES = re.compile("/gestures/$")
REFUSED = {"error": {"code": "refused", "sentence": "Somebody else is at it.", "why": "", "todo": "", "data": {}}}

# Two edits one after the other, and one during which something else is selected: what is drawn when, and what is in the
# panel once who waits for an edit goes on.
EDITED = """async ([key, other]) => {
  const { gesture } = await import("design/gestures");
  const { select } = await import("design/selection");
  const panel = document.getElementById("panel");
  const inPanel = () => panel.querySelectorAll("[data-condition]").length;
  const seen = [];
  const note = (what) => seen.push(what);
  const add = () => gesture({ do: "add_condition", node: key, on: "hover" });
  panel.addEventListener("sw-drawn", () => note("panel"));
  document.addEventListener("sw-drawn", () => {
    note("canvas");
    queueMicrotask(() => note(inPanel()));
  });
  await add();
  note(`then ${inPanel()}`);
  await Promise.all([add(), add()]);
  note(`then ${inPanel()}`);
  seen.push("…");
  document.addEventListener("sw-drawn", () => queueMicrotask(() => select(other)), { once: true });
  await add();
  note(panel.firstElementChild.dataset.node);
  return seen;
}"""


@pytest.fixture
def held(chat: Page) -> list[Route]:
    """Gestures that are on their way to the server, and wait."""
    routes: list[Route] = []
    chat.route(GESTURES, lambda route: routes.append(route))
    return routes


def on_canvas(page: Page, inside: str) -> list[str]:
    script = (
        "(all, inside) => all.filter((each) => each.parentElement.dataset.el === inside).map((each) => each.dataset.el)"
    )
    return drawn(page, "[data-el]").evaluate_all(script, inside)


def test_what_is_moved_and_deleted_is_seen_at_once_and_goes_back_where_it_is_refused(
    chat: Page, held: list[Route], complaints: list[str]
) -> None:
    row(chat, "Send").click()
    before = tree(chat)
    sent(chat, held, lambda: chat.keyboard.press("Alt+ArrowUp"))
    assert on_canvas(chat, "el_compos") == ["el_send01", "el_quest1"]
    assert tree(chat)[-3:] == ["    Composer", "      Send", "      Message"]
    expect(row(chat, "Send")).to_have_attribute("aria-posinset", "1")
    expect(row(chat, "Send")).to_be_focused()
    expect(chat.locator("sw-saved")).to_have_attribute("data-state", "saving")
    held.pop().fulfill(status=409, json=REFUSED)
    expect(chat.get_by_text("Somebody else is at it.")).to_be_visible()
    assert on_canvas(chat, "el_compos") == ["el_quest1", "el_send01"]
    assert tree(chat) == before
    sent(chat, held, lambda: chat.keyboard.press("Delete"))
    expect(drawn(chat, "[data-el=el_send01]")).to_have_count(0)
    expect(selected(chat)).to_have_attribute("data-name", "Message")
    held.pop().fulfill(status=409, json=REFUSED)
    expect(selected(chat)).to_have_attribute("data-name", "Send")
    assert on_canvas(chat, "el_compos") == ["el_quest1", "el_send01"]
    assert tree(chat) == before
    complaints[:] = [each for each in complaints if "409" not in each]


@pytest.mark.slow
def test_of_two_moves_before_the_first_answer_both_are_seen_and_the_last_word_is_the_servers(
    chat: Page, held: list[Route], server: StreamwrightServer, complaints: list[str]
) -> None:
    before = tree(chat)
    row(chat, "Foot").click()
    sent(chat, held, lambda: chat.keyboard.press("Alt+ArrowUp"))
    row(chat, "Send").click()
    chat.keyboard.press("Alt+ArrowLeft")
    moved = tree(chat)
    assert moved != before
    assert moved[moved.index("    Composer") : moved.index("    Composer") + 3][1:] == ["      Message", "    Send"]
    # The second waits for its turn; the first is answered, and draws nothing of it away.
    answer(chat, held)
    sent(chat, held, lambda: None)
    assert tree(chat) == moved
    expect(selected(chat)).to_have_attribute("data-name", "Send")
    expect(row(chat, "Send")).to_be_focused()
    held.pop().fulfill(status=409, json=REFUSED)
    expect(chat.get_by_text("Somebody else is at it.")).to_be_visible()
    expect(row(chat, "Send")).to_have_attribute("data-parent", "el_compos")
    assert on_canvas(chat, "el_compos") == ["el_quest1", "el_send01"]
    # Taken back is the last thing that was done, also where that is on its way.
    chat.keyboard.press("Alt+ArrowUp")
    chat.keyboard.press("Delete")
    chat.keyboard.press("Control+z")
    with chat.expect_response("**/undo/**"):
        answer(chat, held)
        answer(chat, held)
    expect(row(chat, "Send")).to_have_attribute("aria-posinset", "1")
    assert on_canvas(chat, "el_compos") == ["el_send01", "el_quest1"]
    complaints[:] = [each for each in complaints if "409" not in each]


@pytest.mark.slow
def test_what_somebody_else_does_meanwhile_stands_beside_what_is_ahead(
    chat: Page, held: list[Route], open_browser: Callable[..., Page], signed_in_state: object
) -> None:
    other = open_browser(storage_state=signed_in_state)
    other.goto(chat.url)
    ready(other)
    row(chat, "Send").click()
    sent(chat, held, lambda: chat.keyboard.press("Alt+ArrowUp"))
    row(other, "Message").click()
    other.keyboard.press("F2")
    other.keyboard.type("Words")
    other.keyboard.press("Enter")
    row(other, "Hint").click()
    other.keyboard.press("Delete")
    expect(row(chat, "Words")).to_be_visible()
    expect(row(chat, "Hint")).to_have_count(0)
    assert on_canvas(chat, "el_compos") == ["el_send01", "el_quest1"]
    assert tree(chat)[-3:] == ["    Composer", "      Send", "      Words"]
    held.pop().continue_()
    expect(row(other, "Send")).to_have_attribute("aria-posinset", "1")
    expect(chat.locator("sw-saved")).to_have_attribute("data-state", "saved")
    assert tree(chat) == tree(other)
    assert on_canvas(chat, "el_compos") == on_canvas(other, "el_compos") == ["el_send01", "el_quest1"]


def test_an_edit_is_seen_on_the_canvas_first_and_who_waits_for_it_finds_it_in_the_panel(chat: Page) -> None:
    row(chat, "Send").click()
    expect(chat.locator("#panel > [data-node=el_send01]")).to_be_visible()
    seen = chat.evaluate(EDITED, ["el_send01", "el_quest1"])
    first, selected_meanwhile = seen[: seen.index("…")], seen[seen.index("…") + 1 :]
    assert first[:4] == ["canvas", 0, "panel", "then 1"]
    assert first[-2:] == ["panel", "then 3"]
    assert selected_meanwhile[:2] == ["canvas", 3]
    assert selected_meanwhile[-2:] == ["panel", "el_quest1"]
    assert selected_meanwhile.count("panel") == 1


@pytest.mark.slow
def test_words_are_seen_as_they_are_typed_and_go_back_where_they_are_refused(
    chat: Page, held: list[Route], complaints: list[str]
) -> None:
    label = drawn(chat, "[data-el=el_send01] [data-p=label]")
    row(chat, "Send").click()
    field(chat, "label").locator(".words").click()
    chat.keyboard.press("End")
    chat.keyboard.type("!")
    expect(label).to_have_text("Send!")
    sent(chat, held, lambda: None)
    chat.keyboard.type("?")
    expect(label).to_have_text("Send!?")
    # What was typed since takes no step back when the first of it is drawn.
    with chat.expect_response(GESTURES):
        held.pop().continue_()
    sent(chat, held, lambda: None)
    expect(label).to_have_text("Send!?")
    held.pop().fulfill(status=409, json=REFUSED)
    expect(chat.get_by_text("Somebody else is at it.")).to_be_visible()
    expect(label).to_have_text("Send!")
    complaints[:] = [each for each in complaints if "409" not in each]


# How many children the composer has on the canvas, frame by frame.
COUNTED = """() => {
  window.counted = [];
  const composer = document.querySelector(".artboard-page").contentDocument.querySelector("[data-el=el_compos]");
  const look = () => { counted.push(composer.children.length); requestAnimationFrame(look); };
  look();
}"""


def test_what_is_duplicated_is_there_at_once_and_can_be_used_before_the_answer(
    chat: Page, held: list[Route], server: StreamwrightServer, complaints: list[str]
) -> None:
    row(chat, "Send").click()
    before = tree(chat)
    sent(chat, held, lambda: chat.keyboard.press("Control+d"))
    assert tree(chat) == [*before, "      Send 2"]
    expect(selected(chat)).to_have_attribute("data-name", "Send 2")
    expect(selected(chat)).to_have_attribute("aria-posinset", "3")
    expect(selected(chat)).to_be_focused()
    key = selected(chat).get_attribute("data-node") or ""
    assert on_canvas(chat, "el_compos") == ["el_quest1", "el_send01", key]
    expect(chat.locator(".sel [data-name]")).to_have_text("Send 2")
    held.pop().fulfill(status=409, json=REFUSED)
    expect(selected(chat)).to_have_attribute("data-name", "Send")
    assert tree(chat) == before
    assert on_canvas(chat, "el_compos") == ["el_quest1", "el_send01"]
    # In no frame it is there twice, or not at all; and what is done with it waits for its turn.
    chat.evaluate(COUNTED)
    sent(chat, held, lambda: chat.keyboard.press("Control+d"))
    key = selected(chat).get_attribute("data-node") or ""
    chat.keyboard.press("Alt+ArrowUp")
    assert on_canvas(chat, "el_compos") == ["el_quest1", key, "el_send01"]
    answer(chat, held)
    sent(chat, held, lambda: None)
    assert on_canvas(chat, "el_compos") == ["el_quest1", key, "el_send01"]
    answer(chat, held)
    expect(chat.locator("#panel > [data-node]")).to_have_attribute("data-node", key)
    expect(chat.locator("sw-saved")).to_have_attribute("data-state", "saved")
    assert stored(chat, server)["nodes"]["el_compos"]["slots"]["children"] == ["el_quest1", key, "el_send01"]
    assert stored(chat, server)["nodes"][key]["name"] == "Send 2"
    assert tree(chat)[-2:] == ["      Send 2", "      Send"]
    assert sorted(set(chat.evaluate("counted"))) == [2, 3]
    complaints[:] = [each for each in complaints if "409" not in each]


def test_a_whole_group_is_copied_at_once_and_the_answer_puts_nothing_beside_it(chat: Page, held: list[Route]) -> None:
    row(chat, "Composer").click()
    sent(chat, held, lambda: chat.keyboard.press("Control+d"))
    ahead = tree(chat)
    assert ahead[-3:] == ["    Composer 2", "      Message", "      Send"]
    keys = [each.get_attribute("data-node") for each in chat.get_by_role("treeitem").all()[-3:]]
    assert on_canvas(chat, keys[0] or "") == keys[1:]
    # What is inside is one to be chosen, and what is drawn is the server's.
    chat.get_by_role("treeitem").last.click()
    answer(chat, held)
    expect(chat.locator("#panel > [data-node]")).to_have_attribute("data-node", keys[2] or "")
    assert tree(chat) == ahead
    assert on_canvas(chat, keys[0] or "") == keys[1:]
    for key in keys:
        expect(drawn(chat, f"[data-el={key}]")).to_have_count(1)


def test_what_is_added_is_seen_at_once_and_gives_way_to_what_is_drawn(chat: Page, held: list[Route]) -> None:
    ghost = drawn(chat, "[data-ghost]")
    row(chat, "Send").click()
    # What is added is a box with its name; who adds a second one before the first is drawn sees both.
    chat.evaluate(COUNTED)
    chat.keyboard.press("a")
    chat.keyboard.type("Divider")
    sent(chat, held, lambda: chat.keyboard.press("Enter"))
    expect(ghost).to_have_text("Divider")
    # The panel, which may be drawn meanwhile, takes nothing of it away.
    chat.evaluate("document.getElementById('panel').dispatchEvent(new CustomEvent('sw-drawn'))")
    chat.keyboard.press("Enter")
    expect(ghost).to_have_count(2)
    answer(chat, held)
    sent(chat, held, lambda: None)
    expect(ghost).to_have_count(1)
    answer(chat, held)
    expect(ghost).to_have_count(0)
    expect(row(chat, "Divider 2")).to_be_visible()
    counted = chat.evaluate("counted")
    assert sorted(set(counted)) == [2, 3, 4]
    assert counted == sorted(counted)


def test_a_box_goes_also_where_what_it_stands_for_is_drawn_elsewhere(chat: Page, held: list[Route]) -> None:
    ghost = drawn(chat, "[data-ghost]")
    row(chat, "Send").click()
    chat.keyboard.press("a")
    chat.keyboard.type("Divider")
    sent(chat, held, lambda: chat.keyboard.press("Enter"))
    expect(ghost).to_have_count(1)
    # Somebody takes what it is to stand beside to another group: it still waits, and then stands there.
    root = chat.locator("#canvas").get_attribute("data-page") or ""
    away = {"do": "move", "doc": f"page/{root}", "node": "el_send01", "parent": root, "slot": "children", "index": 0}
    perform(chat, chat.locator("body").get_attribute("data-app") or "", [away])
    expect(row(chat, "Send")).to_have_attribute("data-parent", root)
    expect(ghost).to_have_count(1)
    assert on_canvas(chat, "el_compos") == ["el_quest1"]
    answer(chat, held)
    expect(row(chat, "Divider")).to_have_attribute("data-parent", root)
    expect(ghost).to_have_count(0)
