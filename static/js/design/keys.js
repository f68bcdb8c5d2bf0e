// @ts-check
/**
 * What can be done with all that is selected, by keys the same in the tree and on the canvas.
 *
 *   import { act } from "design/keys";
 *   act("duplicate");  act("delete", "st_k3x9q2");     // what is selected; something else
 */
import { action } from "lib/actions";
import { gesture } from "design/gestures";
import { openPlaces } from "design/places";
import { pageKey, parentOf } from "design/rows";
import { isSelected, moved, select, selected, selectSiblings } from "design/selection";

/** @param {string} way */
const step = (way) => (/** @type {string[]} */ nodes) => nodes.length && gesture({ do: "move", nodes, way });

/** @type {Record<string, (nodes: string[]) => any>} */
const ACTS = {
  up: step("up"),
  down: step("down"),
  out: step("out"),
  in: step("in"),
  places: openPlaces,
  parent: () => parentOf(selected()) && select(parentOf(selected())),
  siblings: selectSiblings,
  wrap: (nodes) => nodes.length && gesture({ do: "wrap", nodes }),
  make_reusable: (nodes) => nodes.length && gesture({ do: "make_reusable", nodes }),
  duplicate: (nodes) => nodes.length && gesture({ do: "duplicate", nodes }),
  delete: (nodes) => nodes.length && gesture({ do: "delete", nodes }),
  rename: () => /** @type {any} */ (document.getElementById("tree")).rename(selected()),
};

/** @param {string} verb @param {string} [node] what it is about, where that may not be selected */
export const act = (verb, node = selected()) => ACTS[verb]?.(isSelected(node) ? moved() : [node]);

export const nameField = () => /** @type {HTMLInputElement | null} */ (document.querySelector("#panel [data-name]"));

const isElement = () => selected() !== pageKey();

/**
 * @param {string} name of one in ACTS @param {string} label @param {string} icon @param {string[]} keys
 * @param {() => boolean} [when] @param {boolean} [changes] the app
 */
const element = (name, label, icon, keys, when = isElement, changes = true) => {
  const where = { group: "Elements", scope: ["tree", "canvas"] };
  action({ ...where, name, label, icon, keys, when, changes, run: () => act(name) });
};

element("up", "Move up", "arrow", ["Alt+ArrowUp"]);
element("down", "Move down", "arrow", ["Alt+ArrowDown"]);
element("out", "Move out of the group", "arrow", ["Alt+ArrowLeft", "Mod+["]);
element("in", "Move into the group before it", "arrow", ["Alt+ArrowRight", "Mod+]"]);
element("places", "Move to…", "arrow", ["M"]);
element("siblings", "Select all beside it", "layers", ["Mod+A"], () => true, false);
element("wrap", "Wrap in a group", "group", ["Mod+Alt+G"]);
element("make_reusable", "Make it a reusable element", "layers", ["Mod+Alt+K"]);
element("duplicate", "Duplicate", "copy", ["Mod+D"]);
element("delete", "Delete", "trash", ["Delete", "Backspace"]);
element("rename", "Rename", "text", ["F2"], () => true);
