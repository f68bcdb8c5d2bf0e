// @ts-check
/**
 * What can be done with the selected element, by keys the same in the tree and on the canvas.
 *
 *   import { act } from "design/keys";
 *   act("duplicate", "el_k3x9q2");
 */
import { action, isTyping } from "lib/actions";
import { gesture } from "design/gestures";
import { openPlaces } from "design/places";
import { pageKey, parentOf } from "design/rows";
import { select, selected } from "design/selection";

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

const isElement = () => selected() !== pageKey();

/** @param {string} name of one in ACTS @param {string} label @param {string} icon @param {string[]} keys @param {() => boolean} [when] */
const element = (name, label, icon, keys, when = isElement) =>
  action({ name, label, icon, keys, when, group: "Elements", scope: ["tree", "canvas"], run: () => act(name) });

element("up", "Move up", "arrow", ["Alt+ArrowUp"]);
element("down", "Move down", "arrow", ["Alt+ArrowDown"]);
element("out", "Move out of the group", "arrow", ["Alt+ArrowLeft"]);
element("in", "Move into the group before it", "arrow", ["Alt+ArrowRight"]);
element("places", "Move to…", "arrow", ["M"]);
element("duplicate", "Duplicate", "copy", ["Mod+D"]);
element("delete", "Delete", "trash", ["Delete", "Backspace"]);
element("rename", "Rename", "text", ["F2"], () => true);

// The browser's own keys: what they copy, cut and paste comes by its events.
for (const [key, label] of [["C", "Copy"], ["X", "Cut"], ["V", "Paste, also on another page or in another app"]]) {
  action({ name: label.split(",")[0].toLowerCase(), label, group: "Elements", keys: [`Mod+${key}`], scope: ["tree", "canvas"] });
}

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
