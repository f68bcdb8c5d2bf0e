// @ts-check
/**
 * What comes to the tab from elsewhere: that somebody else removed the element at hand is said in words, and who it
 * was; and elements that are gone to from the command palette.
 */
import { toast } from "lib/toast";
import { nameOf, rowOf } from "design/rows";
import { select, selected } from "design/selection";

// The command palette goes to an element of the page that is open without loading it again.
document.addEventListener("sw-go", (/** @type {any} */ event) => {
  if (!rowOf(event.detail.node)) return;
  event.preventDefault();
  select(event.detail.node);
  rowOf(event.detail.node)?.focus();
});

/**
 * @type {{ key: string, name: string, by: { who: string, label: string }[] } | null} the element at hand when somebody
 * else changed the page, until that is drawn
 */
let held = null;

document.addEventListener("sw-changed", (/** @type {any} */ event) => {
  const { verb, by = [] } = event.detail;
  if (verb === "elsewhere") held = { key: selected(), name: nameOf(selected()), by: [...(held?.by || []), ...by] };
});

document.addEventListener("sw-drawn", (/** @type {any} */ event) => {
  const [{ change }, was] = [event.detail, held];
  held = null;
  // What one's own gesture took away is told by its own message.
  if (was && !rowOf(was.key) && !change.toast && !["undo", "redo"].includes(change.verb)) toast(gone(was.name, was.by));
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
