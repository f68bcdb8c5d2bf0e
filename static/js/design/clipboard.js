// @ts-check
/**
 * Copy, cut and paste: the clipboard holds elements as JSON, so that they can be pasted into other pages and apps. The
 * keys are the browser's own; its clipboard events are handled here.
 */
import { action, isTyping } from "lib/actions";
import { gesture } from "design/gestures";
import { act } from "design/keys";
import { childrenOf, rowOf } from "design/rows";
import { selected, selection } from "design/selection";
import { toast } from "lib/toast";

for (const [key, label] of [
  ["C", "Copy"],
  ["X", "Cut"],
  ["V", "Paste, also on another page or in another app"],
]) {
  action({
    name: label.split(",")[0].toLowerCase(),
    label,
    group: "Elements",
    changes: key !== "C",
    keys: [`Mod+${key}`],
    scope: ["tree", "canvas"],
  });
}

document.addEventListener("copy", (event) => put(event));
document.addEventListener("cut", (event) => put(event) && act("delete"));
document.addEventListener("paste", (event) => {
  const clip = isTyping(event) ? null : read(event.clipboardData?.getData("text/plain") || "");
  if (!clip) return;
  event.preventDefault();
  gesture({ do: "paste", ...clip, at: selected(), inside: isEmptyContainer(selected()) });
});

/** Whether what is pasted or added goes into it rather than after it. @param {string} key */
export const isEmptyContainer = (key) => rowOf(key)?.dataset.holds !== undefined && !childrenOf(key).length;

/** @param {ClipboardEvent} event */
function put(event) {
  const { copied, node, nodes } =
    /** @type {HTMLElement | null} */ (document.querySelector("#panel [data-copied]"))?.dataset || {};
  if (isTyping(event) || !getSelection()?.isCollapsed) return false;
  // The panel has what is copied, and may still show the previous selection.
  if ((nodes || node) !== selection().join(","))
    return void toast({
      sentence: "Nothing was copied: the selected element is still on its way.",
      todo: "Press the keys again.",
    });
  if (!copied) return false;
  event.clipboardData?.setData("text/plain", copied);
  event.preventDefault();
  return true;
}

/** @param {string} text */
function read(text) {
  try {
    const { nodes, root, roots } = JSON.parse(text);
    if (nodes && Array.isArray(roots) && roots.length > 1) return { nodes, roots };
    const only = root || roots?.[0];
    return nodes && only ? { nodes, root: only } : null;
  } catch {
    return null;
  }
}
