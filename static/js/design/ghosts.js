// @ts-check
/**
 * Shows what is copied or added before the server has drawn it: a copy of what is copied, a box with the name of what
 * is added. They can only be seen: the tree and the selection do not have them. What the server draws takes their place
 * in the same frame.
 *
 *   const ghosts = foreshow({ do: "duplicate", nodes: ["el_k3x9q2"] });
 *   drawnNext(ghosts);      // the server has answered, and its next drawing contains what they stand for
 *   takeAway(ghosts);       // it has refused
 */
import { holderOf } from "design/ground";
import { childrenOf, pageKey, parentOf, pathTo } from "design/rows";
/** @import { Canvas } from "design/canvas" */

/** @typedef {{ made: HTMLElement, parent: string, before: string }} Ghost by keys, as nodes may be drawn anew */

const canvas = /** @type {Canvas} */ (document.getElementById("canvas"));

/** Those whose gesture has not been answered. @type {Set<Ghost[]>} */
const pending = new Set();

/** @param {any} said as sent to the server @returns {Ghost[]} none if it cannot be shown */
export function foreshow(said) {
  const ghosts = said.places || said.place ? [] : ghostsOf(said);
  if (!ghosts.length) return [];
  pending.add(ghosts);
  for (const each of ghosts) stand(each);
  canvas.dispatchEvent(new CustomEvent("sw-scrolled"));
  return ghosts;
}

/** @param {Ghost[]} ghosts */
export const drawnNext = (ghosts) => pending.delete(ghosts);

/** @param {Ghost[]} ghosts */
export function takeAway(ghosts) {
  pending.delete(ghosts);
  for (const { made } of ghosts) made.remove();
  if (ghosts.length) canvas.dispatchEvent(new CustomEvent("sw-scrolled"));
}

/** @param {any} said @returns {Ghost[]} */
function ghostsOf({ do: verb, nodes = [], type, at, inside, parent, index }) {
  if (verb === "duplicate") return tops(nodes).flatMap((key) => ghost(copyOf(key), parentOf(key), placeOf(key) + 1));
  if (verb === "copy") return tops(nodes).flatMap((key) => ghost(copyOf(key), parent, index));
  if (verb !== "insert") return [];
  if (parent) return ghost(boxFor(type), parent, index);
  const isInto = inside || at === pageKey();
  return isInto ? ghost(boxFor(type), at, childrenOf(at).length) : ghost(boxFor(type), parentOf(at), placeOf(at) + 1);
}

/** @param {string[]} nodes @returns {string[]} without the page, and what is inside another one */
const tops = (nodes) =>
  nodes.filter((key) => key !== pageKey() && !pathTo(parentOf(key)).some((around) => nodes.includes(around)));

/** @param {string} key @returns {number} */
const placeOf = (key) => childrenOf(parentOf(key)).indexOf(key);

/** @param {HTMLElement | null} made @param {string} parent @param {number} index @returns {Ghost[]} */
function ghost(made, parent, index) {
  const into = made && canvas.takes([parent]) ? holderOf(parent) : null;
  // In a fixed group the server decides where it stands.
  if (!made || !into || into.closest("[data-el]")?.matches("[data-direction=fixed]")) return [];
  made.dataset.ghost = "";
  made.ariaHidden = "true";
  return [{ made, parent, before: childrenOf(parent)[index] || "" }];
}

/** @param {Ghost} ghost */
function stand({ made, parent, before }) {
  const [into, next] = [holderOf(parent), canvas.find(before)];
  into?.insertBefore(made, next?.parentElement === into ? next : null);
}

/** @param {string} key @returns {HTMLElement | null} */
function copyOf(key) {
  const made = /** @type {HTMLElement | null} */ (canvas.find(key)?.cloneNode(true) ?? null);
  if (!made) return null;
  // A second radio button of the same name would take the first one's mark.
  for (const each of [made, ...made.querySelectorAll("*")])
    for (const name of ["data-el", "id", "name", "for"]) each.removeAttribute(name);
  return made;
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

// Away before something is drawn, so that it finds the page as it was, and back if their own answer is still to come.
// The panel's own event of that name comes by here, too.
document.addEventListener("sw-drawn", (event) => event.target === document && removeAll(), true);
document.addEventListener("sw-drawn", () => queueMicrotask(() => [...pending].flat().forEach(stand)));

function removeAll() {
  for (const each of canvas.page?.querySelectorAll("[data-ghost]") ?? []) each.remove();
}
