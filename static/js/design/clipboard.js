// @ts-check
/**
 * Copy, cut and paste: the clipboard holds elements as JSON, so that they can be pasted into other pages and apps. By
 * keys they are the browser's own, and its clipboard events are handled here. Menus and the command palette ask for the
 * clipboard; where the browser does not let pages read it, they paste what was last copied in this browser.
 */
import { action, isTyping } from "lib/actions";
import { speak, toast } from "lib/toast";
import { drawn } from "design/follow";
import { gesture } from "design/gestures";
import { act } from "design/keys";
import { isEmptyContainer, nameOf, pageKey } from "design/rows";
import { moved, selected, selection } from "design/selection";

/**
 * Elements, the outermost of them, and the documents that come along to another app.
 * @typedef {{ nodes: object, root?: string, roots?: string[], along?: object[] }} Clip
 */

const STORE = "copied-elements";
const isElement = () => selected() !== pageKey();
const keys = { group: "Elements", scope: ["tree", "canvas"], native: true };

action({ ...keys, name: "cut", label: "Cut", icon: "cut", keys: ["Mod+X"], changes: true, when: isElement, run: cut });
action({ ...keys, name: "copy", label: "Copy", icon: "copy", keys: ["Mod+C"], when: isElement, run: copy });
action({
  ...keys,
  name: "paste",
  label: "Paste, also on another page or in another app",
  icon: "paste",
  keys: ["Mod+V"],
  changes: true,
  run: paste,
});

document.addEventListener("copy", (event) => put(event));
document.addEventListener("cut", (event) => put(event) && act("delete"));
document.addEventListener("paste", (event) => {
  if (isTyping(event)) return;
  event.preventDefault();
  add(read(event.clipboardData?.getData("text/plain")));
});

/** @returns {Promise<boolean>} whether it is on the clipboard */
async function copy() {
  await drawn();
  const text = held();
  if (!text) return false;
  // Where the clipboard is only for pages with HTTPS, the browser's own event does it.
  const isThere = await navigator.clipboard?.writeText(text).then(
    () => true,
    () => false,
  );
  if (isThere) keep(text);
  return isThere || document.execCommand("copy");
}

async function cut() {
  if (await copy()) act("delete");
}

async function paste() {
  const text = await navigator.clipboard?.readText().catch(() => undefined);
  add(read(text ?? localStorage.getItem(STORE)));
}

/** @param {Clip | null} clip null if there is none: of that the person is told */
function add(clip) {
  if (clip) gesture({ do: "paste", ...clip, at: selected(), inside: isEmptyContainer(selected()) });
  else toast({ sentence: "There is nothing to paste: no element was copied.", todo: "Copy one first." });
}

/** The selection as it is copied, from the panel; "" if it cannot be, of which the person is told. */
function held() {
  const { copied, node, nodes } =
    /** @type {HTMLElement | null} */ (document.querySelector("#panel [data-copied]"))?.dataset || {};
  if ((nodes || node) === selection().join(",")) return copied || "";
  toast({
    sentence: "Nothing was copied: the selected element is still on its way.",
    todo: "Press the keys again.",
  });
  return "";
}

/** @param {ClipboardEvent} event @returns {boolean} whether the selection is on the clipboard */
function put(event) {
  if (isTyping(event) || !getSelection()?.isCollapsed) return false;
  const text = held();
  if (!text) return false;
  event.clipboardData?.setData("text/plain", text);
  event.preventDefault();
  keep(text);
  return true;
}

/** Remember it for where the clipboard cannot be read, and say so. @param {string} text */
function keep(text) {
  const copied = moved();
  speak(copied.length > 1 ? `${copied.length} elements are copied` : `${nameOf(copied[0])} is copied`);
  try {
    localStorage.setItem(STORE, text);
  } catch {
    localStorage.removeItem(STORE); // It is larger than browsers store.
  }
}

/** @param {string | null | undefined} text @returns {Clip | null} null if it is not elements */
function read(text) {
  try {
    const { nodes, root, roots, along } = JSON.parse(text || "");
    if (nodes && Array.isArray(roots) && roots.length > 1) return { nodes, roots, along };
    const only = root || roots?.[0];
    return nodes && only ? { nodes, root: only, along } : null;
  } catch {
    return null;
  }
}
