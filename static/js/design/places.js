// @ts-check
/**
 * "Move to…": a dialog that lists every place the selection can be moved to, as an alternative to dragging.
 *
 *   import { openPlaces } from "design/places";
 *   openPlaces(["el_k3x9q2"]);
 */
import { gesture } from "design/gestures";
import { childrenOf } from "design/rows";
import { moved } from "design/selection";
import { toast } from "lib/toast";

const dialogs = /** @type {HTMLElement} */ (document.getElementById("dialogs"));
const canvas = /** @type {HTMLElement} */ (document.getElementById("canvas"));

/** @param {string[]} nodes the places are those of the first one */
export async function openPlaces(nodes) {
  if (!nodes.length) return;
  const asked = new URLSearchParams(nodes.map((node) => ["node", node]));
  const response = await fetch(`${canvas.dataset.url}places/?${asked}`).catch(() => null);
  if (!response?.ok) return toast({ sentence: "The places cannot be listed.", todo: "Try again." });
  dialogs.insertAdjacentHTML("beforeend", await response.text());
}

dialogs.addEventListener("click", (event) => {
  const button = /** @type {HTMLElement | null} */ (
    /** @type {Element} */ (event.target).closest("#places [data-parent]")
  );
  const node = /** @type {HTMLElement | null} */ (button?.closest("[data-moving]"))?.dataset.moving;
  if (!button || !node) return;
  button.closest("dialog")?.close();
  const [parent, nodes] = [button.dataset.parent || "", moved().includes(node) ? moved() : [node]];
  // Places were counted without the element they were listed for; here, without any that moves.
  const before = childrenOf(parent)
    .filter((key) => key !== node)
    .slice(0, Number(button.dataset.index));
  gesture({ do: "move", nodes, parent, index: before.filter((key) => !nodes.includes(key)).length });
});

// Arrow keys move through the places as in a menu.
dialogs.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const list = /** @type {Element} */ (event.target).closest("dialog")?.querySelector("#places");
  if (!step || !list) return;
  const buttons = [.../** @type {NodeListOf<HTMLElement>} */ (list.querySelectorAll("li:not([hidden]) button"))];
  const at = buttons.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  buttons[Math.max(0, at + step)]?.focus();
  event.preventDefault();
});
