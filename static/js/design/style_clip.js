// @ts-check
/** Copies the style of one element to others, also on another page or in another app; it is kept in this browser. */
import { action } from "lib/actions";
import { speak } from "lib/toast";
import { gesture } from "design/gestures";
import { AND_PANEL } from "design/keys";
import { nameOf, pageKey, rowOf } from "design/rows";
import { selected, selection } from "design/selection";

const STORE = "copied-style";
const isElement = () => selected() !== pageKey();
const keys = { group: "Elements", scope: AND_PANEL, icon: "sliders" };

/** @returns {{ type: string, props: object, along?: object[] } | null} */
const held = () => JSON.parse(localStorage.getItem(STORE) || "null");

/** Copy the style, which the panel contains, once that has loaded. */
function copy() {
  const [key, panel] = [selected(), /** @type {HTMLElement} */ (document.getElementById("panel"))];
  if (!rowOf(key)) return false;
  const held = /** @type {HTMLElement | null} */ (panel.querySelector("[data-copied]"))?.dataset.copied;
  const { nodes, along } = JSON.parse(held || "{}");
  const node = nodes?.[key];
  if (!node) return panel.addEventListener("sw-drawn", () => void (selected() === key && copy()), { once: true });
  localStorage.setItem(STORE, JSON.stringify({ type: node.type, props: node.props, along }));
  speak(`The style of ${nameOf(key)} is copied`);
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

// Menus offer it only if there is one to paste.
const showing = (/** @type {Event} */ event) => {
  const menu = /** @type {Element} */ (event.target);
  for (const each of menu.querySelectorAll("[data-action=paste-style]")) each.ariaDisabled = String(!held());
};
document.addEventListener("beforetoggle", showing, true);
