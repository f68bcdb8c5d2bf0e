// @ts-check
/**
 * Actions on the selection, with the same keys in the tree and on the canvas.
 *
 *   import { act } from "design/keys";
 *   act("duplicate");  act("delete", "st_k3x9q2");     // on the selection; on another element
 */
import { action } from "lib/actions";
import { duplicate } from "design/copying";
import { placesAround } from "design/fixed";
import { gesture } from "design/gestures";
import { openPlaces } from "design/places";
import { childrenOf, pageKey, parentOf } from "design/rows";
import { isSelected, moved, select, selected, selectSiblings } from "design/selection";

/** @param {string} way */
const step = (way) => (/** @type {string[]} */ nodes) => nodes.length && gesture({ do: "move", nodes, way });

/** Where the content of groups is, so that it stays there. @param {string[]} nodes */
function measured(nodes) {
  const places = placesAround(nodes);
  return Object.keys(places).length ? { places } : {};
}

/** @type {Record<string, (nodes: string[]) => unknown>} */
const ACTS = {
  up: step("up"),
  down: step("down"),
  out: step("out"),
  in: step("in"),
  places: openPlaces,
  parent: () => parentOf(selected()) && select(parentOf(selected())),
  siblings: selectSiblings,
  wrap: (nodes) => nodes.length && gesture({ do: "wrap", nodes }),
  unwrap: (nodes) => nodes.length && gesture({ do: "unwrap", nodes, ...measured(nodes) }),
  make_reusable: (nodes) => nodes.length && gesture({ do: "make_reusable", nodes }),
  duplicate: (nodes) => nodes.length && duplicate(nodes),
  delete: (nodes) => nodes.length && gesture({ do: "delete", nodes }),
  rename: () => document.querySelector("sw-tree")?.rename(selected()),
};

/** @param {string} verb @param {string} [node] the element, which need not be selected */
export const act = (verb, node = selected()) => ACTS[verb]?.(isSelected(node) ? moved() : [node]);

export const nameField = () => /** @type {HTMLInputElement | null} */ (document.querySelector("#panel [data-name]"));

const isElement = () => selected() !== pageKey();
const isAGroup = () => moved().some((key) => childrenOf(key).length);

/** The regions where keys apply to the selection; those with Ctrl or ⌘ also work in the panel. */
const HERE = ["tree", "canvas"];
export const AND_PANEL = [...HERE, "panel"];

/**
 * @param {string} name a name in ACTS @param {string} label @param {string} icon @param {string[]} keys
 * @param {{ when?: () => boolean, changes?: boolean, scope?: string[] }} [how] `changes` the app
 */
const element = (name, label, icon, keys, { when = isElement, changes = true, scope = HERE } = {}) =>
  action({ group: "Elements", scope, name, label, icon, keys, when, changes, run: () => act(name) });

element("up", "Move up", "arrow", ["Alt+ArrowUp"]);
element("down", "Move down", "arrow", ["Alt+ArrowDown"]);
element("out", "Move out of the group", "arrow", ["Alt+ArrowLeft", "Mod+["]);
element("in", "Move into the group before it", "arrow", ["Alt+ArrowRight", "Mod+]"]);
element("places", "Move to…", "arrow", ["M"]);
element("siblings", "Select all beside it", "layers", ["Mod+A"], { when: () => true, changes: false });
element("wrap", "Wrap in a group", "group", ["Mod+G", "Mod+Alt+G"], { scope: AND_PANEL });
element("unwrap", "Unwrap the group", "group", ["Mod+Shift+G"], { when: isAGroup, scope: AND_PANEL });
element("make_reusable", "Make it a reusable element", "layers", ["Mod+Alt+K"], { scope: AND_PANEL });
element("duplicate", "Duplicate", "copy", ["Mod+D"], { scope: AND_PANEL });
element("delete", "Delete", "trash", ["Delete", "Backspace"]);
element("rename", "Rename", "text", ["F2"], { when: () => true });
