// @ts-check
/**
 * Shows what is added before the server has drawn it: a box with its name, which can only be seen: the tree and the
 * selection do not have it. What the server draws takes its place in the same frame.
 *
 *   const ghost = foreshow({ do: "insert", type: "button", at: "el_k3x9q2" });
 *   drawnNext(ghost);      // the server has answered, and its next drawing contains what it stands for
 *   takeAway(ghost);       // it has refused
 */
import { freePlace } from "design/copies";
import { placesIn } from "design/fixed";
import { holderOf, isFixed } from "design/ground";
import { childrenOf, pageKey, parentOf } from "design/rows";
/** @import { Canvas } from "design/canvas" */

/** @typedef {{ made: HTMLElement, parent: string, before: string }} Ghost by keys, as nodes may be drawn anew */

const canvas = /** @type {Canvas} */ (document.getElementById("canvas"));

/** Those whose gesture has not been answered. @type {Set<Ghost>} */
const pending = new Set();

/** @param {any} said as sent to the server @returns {Ghost | null} null if it cannot be shown */
export function foreshow(said) {
  const ghost = ghostOf(said);
  if (!ghost) return null;
  pending.add(ghost);
  stand(ghost);
  canvas.dispatchEvent(new CustomEvent("sw-scrolled"));
  return ghost;
}

/** @param {Ghost | null} ghost */
export const drawnNext = (ghost) => ghost && pending.delete(ghost);

/** @param {Ghost | null} ghost */
export function takeAway(ghost) {
  if (!ghost) return;
  pending.delete(ghost);
  ghost.made.remove();
  canvas.dispatchEvent(new CustomEvent("sw-scrolled"));
}

/** @param {any} said @returns {Ghost | null} */
function ghostOf({ do: verb, type, at, inside, parent, index, place }) {
  if (verb !== "insert") return null;
  if (parent) return ghost(type, parent, index, place);
  const isInto = inside || at === pageKey();
  return isInto ? ghost(type, at, childrenOf(at).length) : ghost(type, parentOf(at), placeOf(at) + 1);
}

/** @param {string} key @returns {number} */
const placeOf = (key) => childrenOf(parentOf(key)).indexOf(key);

/** @param {string} type @param {string} parent @param {number} index
 * @param {{ x: number, y: number }} [place] in a fixed group @returns {Ghost | null} */
function ghost(type, parent, index, place) {
  const made = canvas.takes([parent]) && holderOf(parent) ? boxFor(type) : null;
  if (!made) return null;
  made.dataset.ghost = "";
  made.ariaHidden = "true";
  if (isFixed(parent))
    for (const [along, px] of Object.entries(place || freePlace(placesIn(parent))))
      made.style.setProperty(`--${along}`, `${px}px`);
  return { made, parent, before: childrenOf(parent)[index] || "" };
}

/** @param {Ghost} ghost */
function stand({ made, parent, before }) {
  const [into, next] = [holderOf(parent), canvas.find(before)];
  into?.insertBefore(made, next?.parentElement === into ? next : null);
}

/** @param {string} type */
function boxFor(type) {
  const tile = document.querySelector(`sw-palette [data-type="${CSS.escape(type)}"] .tile-name`);
  const box = canvas.page?.createElement("div");
  if (!box) return null;
  box.className = "sw-coming";
  box.textContent = tile?.textContent || "";
  return box;
}

// Away before something is drawn, so that it finds the page as it was, and back if its own answer is still to come.
// The panel's own event of that name comes by here, too.
document.addEventListener("sw-drawn", (event) => event.target === document && removeAll(), true);
document.addEventListener("sw-drawn", () => queueMicrotask(() => pending.forEach(stand)));

function removeAll() {
  for (const each of canvas.page?.querySelectorAll("[data-ghost]") ?? []) each.remove();
}
