// @ts-check
/**
 * Keyboard navigation through the page while the canvas is focused: Tab moves in reading order, arrows to siblings,
 * Enter into a group or a text, Shift Enter and Esc out again. Each element is announced; after Esc on the page, Tab
 * leaves the canvas. In a fixed group arrows are left to `design/nudge`.
 *
 *   if (walk(event)) event.preventDefault();
 */
import { onlyLooks } from "lib/looks";
import { speak } from "lib/toast";
import { homeOf } from "design/fixed";
import { write } from "design/in_place";
import { allRows, childrenOf, keys, nameOf, pageKey, parentOf, rowOf, siblingsOf } from "design/rows";
import { moved, select, selected, selection } from "design/selection";

const STEPS = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
let leaves = false;

/** @param {KeyboardEvent} event @returns {boolean} whether the key was handled */
export function walk(event) {
  if (event.altKey || event.ctrlKey || event.metaKey || event.key === "Shift") return false;
  const now = selected();
  if (event.key === "Tab" && leaves && now === pageKey()) return (leaves = false);
  leaves = event.key === "Escape" && now === pageKey();
  if (leaves) speak("Tab leaves the canvas now");
  if (event.key === "Enter" && !event.shiftKey) return enter(now);
  if (event.key in STEPS && homeOf(moved()) && !onlyLooks()) return false;
  const next = nextFrom(now, event);
  // At either end Tab leaves the canvas.
  if (!next) return false;
  go(next);
  return true;
}

/** @param {string} key */
function go(key) {
  select(key);
  const [row, name] = [rowOf(key), nameOf(key)];
  const type = (row?.dataset.type || "").replaceAll("_", " ");
  const place =
    key === pageKey() ? "" : `, ${row?.getAttribute("aria-posinset")} of ${row?.getAttribute("aria-setsize")}`;
  speak(`${name}${type === name.toLowerCase() ? "" : `, ${type}`}${place}`);
}

/** @param {string} now @param {KeyboardEvent} event */
function nextFrom(now, { key, shiftKey }) {
  if (key === "Tab") {
    const all = keys(allRows());
    return all[all.indexOf(now) + (shiftKey ? -1 : 1)] || "";
  }
  if (key === "Escape") return selection().length > 1 ? now : parentOf(now);
  if (key === "Enter") return parentOf(now);
  const step = STEPS[/** @type {"ArrowUp"} */ (key)];
  if (!step) return "";
  if (now === pageKey()) return childrenOf(now)[0] || now;
  const siblings = siblingsOf(now);
  return siblings[siblings.indexOf(now) + step] || now;
}

/** Enter a group, else edit the text of the selected element. @param {string} now */
function enter(now) {
  const [first] = childrenOf(now);
  if (first) go(first);
  else write(now);
  return true;
}
