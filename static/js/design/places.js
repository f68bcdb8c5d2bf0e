// @ts-check
/**
 * "Move to…": a dialog that lists every place an element can be moved to, the way to move without dragging.
 *
 *   import { openPlaces } from "design/places";
 *   openPlaces("el_k3x9q2");
 */
import { gesture } from "design/gestures";
import { pageKey } from "design/rows";
import { toast } from "lib/toast";

const dialogs = /** @type {HTMLElement} */ (document.getElementById("dialogs"));
const canvas = /** @type {HTMLElement} */ (document.getElementById("canvas"));

/** @param {string} node */
export async function openPlaces(node) {
  if (node === pageKey()) return;
  const response = await fetch(`${canvas.dataset.url}places/?node=${node}`).catch(() => null);
  if (!response?.ok) return toast({ sentence: "The places cannot be listed.", todo: "Try it again." });
  dialogs.insertAdjacentHTML("beforeend", await response.text());
}

dialogs.addEventListener("click", (event) => {
  const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("#places [data-parent]"));
  const node = /** @type {HTMLElement | null} */ (button?.closest("[data-moving]"))?.dataset.moving;
  if (!button || !node) return;
  button.closest("dialog")?.close();
  gesture({ do: "move", node, parent: button.dataset.parent, index: Number(button.dataset.index) });
});

// Arrow keys go through the places as through a menu.
dialogs.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const list = /** @type {Element} */ (event.target).closest("dialog")?.querySelector("#places");
  if (!step || !list) return;
  const buttons = [.../** @type {NodeListOf<HTMLElement>} */ (list.querySelectorAll("li:not([hidden]) button"))];
  const at = buttons.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  buttons[Math.max(0, at + step)]?.focus();
  event.preventDefault();
});
