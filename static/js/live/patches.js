// @ts-check
/**
 * Patches: the four verbs by which the server changes the page. `workflows/live/protocol.py` has the same four.
 *
 *   apply([["append", "el_k3x9q2", "text", " and"]]);
 */

import { controlOf, owner, setValue } from "./controls.js";
/** @import { Patch } from "workflows/live/protocol" */

/** @type {Map<string, Element>} elements by address, removed when they leave the page */
const known = new Map();

/** @type {WeakSet<EventTarget>} inputs the visitor has typed into since the server set them */
export const typedIn = new WeakSet();
document.addEventListener(
  "input",
  (event) => event.target && typedIn.add(controlOf(event.target) ?? event.target),
  true,
);
/** @type {(address: string) => boolean} whether what was typed there is yet to reach the server */
let isAhead = () => false;

/** @type {Record<string, (address: string, ...rest: any[]) => void>} */
const verbs = {
  set(address, prop, value) {
    const node = part(address, prop);
    if (!node) return;
    if (prop === "stream" || prop === "problem") return tellState(node, prop, value);
    if (prop === "value") setControl(/** @type {any} */ (node), value, address);
    else if ("set" in node && typeof node.set === "function") node.set(value ?? "");
    else node.textContent = value ?? "";
  },
  append(address, prop, text) {
    const node = part(address, prop);
    if (!node) return;
    node.append(text);
  },
  attr(address, name, value) {
    const node = /** @type {any} */ (find(address));
    // A look that is overridden in the browser is stored below the override (live/reacts).
    if (!node || node.told?.(name, value)) return;
    const target = [...node.querySelectorAll(`[data-a~="${name}"]`)].find((each) => owner(each) === node) ?? node;
    if (value === null) target.removeAttribute(name);
    else target.setAttribute(name, value);
  },
  cells(address, keys) {
    const list = find(address);
    if (list) arrange(list, address, keys);
  },
};

/**
 * @param {Patch[]} patches
 * @param {(address: string) => boolean} ahead whether an input has changes that the server has not received
 */
export function apply(patches, ahead) {
  isAhead = ahead;
  for (const [verb, address, ...rest] of patches) verbs[verb]?.(address, ...rest);
}

/** Remove every list's cells, as a snapshot follows. */
export function reset() {
  for (const box of document.querySelectorAll("[data-cells]")) box.replaceChildren();
  known.clear();
}

/** The element at an address. @param {string} address */
export function find(address) {
  const node = known.get(address);
  if (node?.isConnected) return node;
  const found = document.querySelector(`[data-el="${CSS.escape(address)}"]`);
  if (found) known.set(address, found);
  return found;
}

/**
 * The node that a property is written to: marked with `data-p`, or the element itself.
 * @param {string} address @param {string} prop
 */
function part(address, prop) {
  const node = find(address);
  if (!node) return null;
  const name = prop === "stream" || prop === "problem" ? "text" : prop;
  if (node.getAttribute("data-p") === name) return node;
  for (const each of node.querySelectorAll(`[data-p="${name}"]`)) {
    if (owner(each) === node) return each;
  }
  return node;
}

/**
 * Pass on the state of the stream behind a text, or why it failed, to elements that handle it.
 * @param {any} node @param {"stream" | "problem"} what @param {string} value
 */
function tellState(node, what, value) {
  if (typeof node.state !== "function") return;
  const state = what === "stream" ? value : (node.dataset.state ?? "failed");
  node.state({ [state]: true, error: what === "problem" ? value : "" });
}

/** @param {import("./controls.js").Control} node @param {any} value @param {string} address */
function setControl(node, value, address) {
  if (isAhead(address)) return;
  typedIn.delete(node);
  setValue(node, value);
}

/**
 * Make a list show these cells in this order; existing cells keep their nodes.
 * @param {Element} list @param {string} address @param {string[]} keys
 */
function arrange(list, address, keys) {
  // The list's own nodes precede those of lists in its cells.
  const box = /** @type {HTMLElement} */ (list.querySelector("[data-cells]"));
  const template = /** @type {HTMLTemplateElement} */ (list.querySelector("template[data-cell]"));
  const path = address.split("@")[1];
  const old = new Map([...box.children].map((cell) => [cell.getAttribute("data-key"), cell]));
  let after = /** @type {Element | null} */ (null);
  for (const key of keys) {
    const cell = old.get(key) ?? clone(template, key, path ? `${path}/${key}` : key);
    old.delete(key);
    const place = after ? after.nextElementSibling : box.firstElementChild;
    if (place !== cell) box.insertBefore(cell, place);
    after = cell;
  }
  for (const cell of old.values()) {
    for (const node of elementsIn(cell)) known.delete(node.getAttribute("data-el") ?? "");
    cell.remove();
  }
  list.toggleAttribute("data-empty", keys.length === 0);
  list.dispatchEvent(new CustomEvent("sw:cells", { bubbles: true }));
}

/** @param {HTMLTemplateElement} template @param {string} key @param {string} path */
function clone(template, key, path) {
  const cell = /** @type {Element} */ (document.importNode(template.content, true).firstElementChild);
  cell.setAttribute("data-key", key);
  for (const node of elementsIn(cell)) {
    const where = `${node.getAttribute("data-el")?.split("@")[0]}@${path}`;
    node.setAttribute("data-el", where);
    known.set(where, node); // looking up each of them takes seconds in a list of thousands
  }
  return cell;
}

/** The elements in a cell, including the cell itself if it is one, as a table row is. @param {Element} cell */
function elementsIn(cell) {
  return [...(cell.hasAttribute("data-el") ? [cell] : []), ...cell.querySelectorAll("[data-el]")];
}
