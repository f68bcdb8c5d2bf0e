// @ts-check
/**
 * Events from outside the tab: shows a message when somebody else removes the selected element, with who it was and
 * what was being written in it, and goes to elements chosen in the command palette.
 */
import { toast } from "lib/toast";
import { nameOf, rowOf } from "design/rows";
import { select, selected } from "design/selection";

// The command palette goes to an element of the open page without reloading it.
document.addEventListener("sw-go", (event) => {
  if (!rowOf(event.detail.node)) return;
  event.preventDefault();
  select(event.detail.node);
  rowOf(event.detail.node)?.focus();
});

const FIELDS = "#panel .words, #panel input:not([type]), #panel input[type=text], #panel textarea, [contenteditable]";

/** @returns {string} what is being written about the selected element, in the panel or on the canvas */
function written() {
  const at = document.activeElement;
  const field = (at instanceof HTMLIFrameElement ? at.contentDocument?.activeElement : at)?.closest(FIELDS);
  const words = (field && "value" in field ? String(field.value) : field?.textContent) || "";
  return words.replaceAll("\u200b", "").trim();
}

/**
 * @type {{ key: string, name: string, words: string, by: { who: string, label: string }[] } | null} the element
 * selected when somebody else changed the page, and what was being written in it, until that is drawn
 */
let held = null;

document.addEventListener("sw-changed", (event) => {
  const { verb, by = [] } = event.detail;
  if (verb !== "elsewhere") return;
  const key = selected();
  held = { key, name: nameOf(key), words: written(), by: [...(held?.by || []), ...by] };
});

document.addEventListener("sw-drawn", (event) => {
  const [{ change }, was] = [event.detail, held];
  held = null;
  // A removal by this tab's own gesture has its own message.
  if (was && !rowOf(was.key) && !change.toast && !["undo", "redo"].includes(change.verb || ""))
    toast(gone(was.name, was.by, written() || was.words));
});

/** @param {string} name @param {{ who: string, label: string }[]} by @param {string} words those being written */
function gone(name, by, words) {
  const who = by.find((each) => each.label.includes(name))?.who || by[0]?.who;
  return {
    sentence: `${name} is no longer on this page.`,
    why: who ? `${who} deleted it, or took back that it was added.` : "It was removed in another tab.",
    todo: words ? `To copy, what you were writing: ${words}` : "",
    // What was still on its way is refused with the same code.
    code: "node_gone",
    isFull: true,
  };
}
