// @ts-check
/**
 * Events from outside the tab: shows a message when somebody else removes the selected element, with who it was, and
 * goes to elements chosen in the command palette.
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

/**
 * @type {{ key: string, name: string, by: { who: string, label: string }[] } | null} the element selected when somebody
 * else changed the page, until that is drawn
 */
let held = null;

document.addEventListener("sw-changed", (event) => {
  const { verb, by = [] } = event.detail;
  if (verb === "elsewhere") held = { key: selected(), name: nameOf(selected()), by: [...(held?.by || []), ...by] };
});

document.addEventListener("sw-drawn", (event) => {
  const [{ change }, was] = [event.detail, held];
  held = null;
  // A removal by this tab's own gesture has its own message.
  if (was && !rowOf(was.key) && !change.toast && !["undo", "redo"].includes(change.verb || ""))
    toast(gone(was.name, was.by));
});

/** @param {string} name @param {{ who: string, label: string }[]} by */
function gone(name, by) {
  const who = by.find((each) => each.label.includes(name))?.who || by[0]?.who;
  const [sentence, todo] = [`${name} is no longer on this page.`, "What you were changing there is gone with it."];
  return {
    sentence,
    why: who ? `${who} deleted it, or took back that it was added.` : "It was removed in another tab.",
    todo,
  };
}
