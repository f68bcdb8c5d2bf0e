// @ts-check
/**
 * The style of one element on others, also on another page or in another app: what is copied is kept in this browser.
 */
import { action } from "lib/actions";
import { speak } from "lib/toast";
import { gesture } from "design/gestures";
import { nameOf, pageKey, rowOf } from "design/rows";
import { selected, selection } from "design/selection";

const STORE = "copied-style";
const isElement = () => selected() !== pageKey();
const keys = { group: "Elements", scope: ["tree", "canvas"], icon: "sliders" };

/** @returns {{ type: string, props: object } | null} */
const held = () => JSON.parse(localStorage.getItem(STORE) || "null");

function copy() {
  const clip = JSON.parse(
    /** @type {HTMLElement | null} */ (document.querySelector("#panel [data-copied]"))?.dataset.copied || "{}",
  );
  const node = clip.nodes?.[selected()];
  if (!node || !rowOf(selected())) return false;
  localStorage.setItem(STORE, JSON.stringify({ type: node.type, props: node.props }));
  speak(`The style of ${nameOf(selected())} is copied`);
}

action({ ...keys, name: "copy-style", label: "Copy its style", keys: ["Mod+Alt+C"], when: isElement, run: copy });
action({
  ...keys,
  changes: true,
  name: "paste-style",
  label: "Paste the style on it",
  keys: ["Mod+Alt+V"],
  when: () => isElement() && held(),
  run: () => void gesture({ do: "take_look", nodes: selection(), ...held() }),
});
