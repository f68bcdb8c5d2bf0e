// @ts-check
/**
 * What can be done with the selected element by keys, the same in the tree and on the canvas.
 *
 *   import { act, elementKey } from "design/keys";
 *   if (elementKey(event)) event.preventDefault();
 *   act("duplicate", "el_k3x9q2");
 */
import { gesture } from "design/gestures";
import { openPlaces } from "design/places";
import { parentOf } from "design/rows";
import { select, selected } from "design/selection";

const WAYS = { ArrowUp: "up", ArrowDown: "down", ArrowLeft: "out", ArrowRight: "in" };

/** @type {Record<string, (node: string) => any>} */
const ACTS = {
  up: (node) => gesture({ do: "move", node, way: "up" }),
  down: (node) => gesture({ do: "move", node, way: "down" }),
  out: (node) => gesture({ do: "move", node, way: "out" }),
  in: (node) => gesture({ do: "move", node, way: "in" }),
  places: openPlaces,
  parent: (node) => parentOf(node) && select(parentOf(node)),
  duplicate: (node) => gesture({ do: "duplicate", node }),
  delete: (node) => gesture({ do: "delete", node }),
  rename: () => nameField()?.select(),
};

/** @param {string} verb @param {string} [node] */
export const act = (verb, node = selected()) => ACTS[verb]?.(node);

export const nameField = () => /** @type {HTMLInputElement | null} */ (document.querySelector("#panel [data-name]"));

/** @param {KeyboardEvent} event @returns {boolean} whether the key meant something */
export function elementKey(event) {
  const verb = verbOf(event);
  if (verb) act(verb);
  return Boolean(verb);
}

/** @param {KeyboardEvent} event */
function verbOf(event) {
  const { key } = event;
  const mod = event.ctrlKey || event.metaKey;
  if (event.altKey) return WAYS[/** @type {"ArrowUp"} */ (key)];
  if (mod) return key.toLowerCase() === "d" ? "duplicate" : undefined;
  if (key === "Delete" || key === "Backspace") return "delete";
  if (key === "F2") return "rename";
  return key.toLowerCase() === "m" ? "places" : undefined;
}

/** Whether keys go into text, so that none of ours may take them. @param {Event} event */
export const isTyping = (event) => Boolean(/** @type {Element} */ (event.target).closest?.("input, textarea, select, [contenteditable], dialog"));

// The clipboard holds elements as JSON, so that they can go to another page and another app.

document.addEventListener("copy", (event) => put(event));
document.addEventListener("cut", (event) => put(event) && act("delete"));
document.addEventListener("paste", (event) => {
  const clip = isTyping(event) ? null : read(event.clipboardData?.getData("text/plain") || "");
  if (!clip) return;
  event.preventDefault();
  gesture({ do: "paste", ...clip, at: selected() });
});

/** @param {ClipboardEvent} event */
function put(event) {
  const text = /** @type {HTMLElement | null} */ (document.querySelector("#panel [data-copied]"))?.dataset.copied;
  if (!text || isTyping(event) || !getSelection()?.isCollapsed) return false;
  event.clipboardData?.setData("text/plain", text);
  event.preventDefault();
  return true;
}

/** @param {string} text */
function read(text) {
  try {
    const { nodes, root } = JSON.parse(text);
    return nodes && root ? { nodes, root } : null;
  } catch {
    return null;
  }
}
