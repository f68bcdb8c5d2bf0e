// @ts-check
/**
 * The context menu, by right click or the menu key: selects what is there and opens its menu at the pointer. It is the
 * menu of the bar above the selected element; for the page, the one beside the tree.
 */
import { placeUnder } from "lib/under";
import { isDragging } from "design/drag";
import { onPage, pointOf } from "design/ground";
import { isWriting } from "design/in_place";
import { pageKey } from "design/rows";
import { isSelected, select, selected } from "design/selection";

const tree = /** @type {HTMLElement} */ (document.getElementById("tree"));
const board = /** @type {HTMLElement} */ (document.querySelector(".artboard"));

tree.addEventListener("contextmenu", (event) => open(event, keyAt(event, "[role=treeitem]", "node")));
board.addEventListener("contextmenu", (event) => open(event, selected(), board.querySelector(".sel")));
onPage((page) => page.addEventListener("contextmenu", (event) => open(event, keyAt(event, "[data-el]", "el"))));

/** @param {Event} event
 * @param {string} around @param {string} name @returns {string} the key of the element at the event */
const keyAt = (event, around, name) => /** @type {any} */ (event.target).closest?.(around)?.dataset[name] || "";

/**
 * @param {any} event @param {string} key
 * @param {Element | null} [at] where the menu opens if it was not requested by pointer
 */
function open(event, key, at) {
  if (event.pointerType === "touch" || isWriting(event.target) || event.target.closest?.("input")) return;
  event.preventDefault();
  if (isDragging()) return;
  if (!isSelected(key || pageKey())) select(key);
  const { x, y } = pointOf(event);
  // The menu key has no position.
  const byKey = event.button === 0 && at?.checkVisibility();
  const spot = byKey ? at : { getBoundingClientRect: () => new DOMRect(x, y, 0, 0) };
  // Releasing a button closes what opened while it was down.
  if (event.buttons) event.view.addEventListener("pointerup", () => setTimeout(() => show(spot)), { once: true });
  else show(spot);
}

/** @param {any} spot */
function show(spot) {
  const own = selected() === pageKey() ? "[data-page-menu]" : ".sel-bar [popover]";
  const menu = /** @type {HTMLElement | null} */ (document.querySelector(own));
  if (!menu?.parentElement?.checkVisibility()) return;
  menu.addEventListener("toggle", () => placeUnder(menu, spot), { once: true });
  menu.showPopover();
  placeUnder(menu, spot);
}
