// @ts-check
/**
 * Resizing by keys: arrows on a focused handle change a size by 1 px, with Shift by 8; Ctrl and arrows work anywhere on
 * the canvas. A burst of presses is one step to undo; Esc cancels what is not saved yet.
 */
import { action } from "lib/actions";
import { extentOf, keptOf, wear, within } from "design/extent";
import { showSizeAt } from "design/guides";
import { rowOf } from "design/rows";
import { onSelect, selected } from "design/selection";
import { drawn, LEAST, letGo, save, wordsOf } from "design/sized";
/** @import { Canvas } from "design/canvas" */

/** @typedef {import("design/extent").Prop} Prop */
const STEP = 8; // px
const PAUSE_MS = 400;
const ARROWS = /** @type {Record<string, [Prop, number]>} */ ({
  ArrowLeft: ["max_width", -1],
  ArrowRight: ["max_width", 1],
  ArrowUp: ["min_height", -1],
  ArrowDown: ["min_height", 1],
});
const canvas = /** @type {Canvas} */ (document.getElementById("canvas"));
const outline = /** @type {HTMLElement} */ (canvas.querySelector("sw-outline"));
const board = /** @type {HTMLElement} */ (canvas.querySelector(".artboard"));

/** The pending size. @type {{ extent: import("design/extent").Extent, size: number, timer: number } | null} */
let now = null;

/** Take the pending size, so that it is not saved automatically. */
function taken() {
  const was = now;
  clearTimeout(was?.timer);
  now = null;
  return was;
}

function settle() {
  const was = taken();
  if (was) save(was.extent.key, { [was.extent.prop]: keptOf(was.extent, was.size) });
}

/** @param {Prop} prop @param {number} by px @returns {false | void} false if it has no such size */
function step(prop, by) {
  const key = selected();
  if (!rowOf(key)?.dataset.sizes?.includes(prop)) return false;
  if (now && (now.extent.prop !== prop || now.extent.key !== key)) settle();
  const was = taken();
  const extent = was?.extent || extentOf(key, prop);
  if (!extent) return false;
  const size = within(extent, Math.round(was?.size ?? extent.size) + by, LEAST);
  now = { extent, size, timer: setTimeout(settle, PAUSE_MS) };
  wear(extent.element, prop, `${size}px`);
  showSizeAt(wordsOf(extent, size), extent.element.getBoundingClientRect());
  for (const handle of outline.querySelectorAll(".handle")) tell(/** @type {HTMLElement} */ (handle));
  drawn();
}

/** Update the size that screen readers announce. @param {HTMLElement} handle */
function tell(handle) {
  const box = canvas.find(selected())?.getBoundingClientRect();
  if (box) handle.setAttribute("aria-valuenow", String(Math.round(handle.dataset.at === "s" ? box.height : box.width)));
}

/** @param {KeyboardEvent} event @returns {boolean} whether the key was handled */
function pressed({ key, shiftKey }) {
  const [prop, by] = ARROWS[key] || [];
  if (prop && by) return step(prop, by * (shiftKey ? STEP : 1)) !== false;
  if (key !== "Escape" && key !== "Enter") return false;
  const was = key === "Escape" ? taken() : null;
  if (was) letGo(was.extent.key, [was.extent.prop]);
  else board.focus({ preventScroll: true });
  return true;
}

onSelect((key) => key !== now?.extent.key && settle());
outline.addEventListener("focusin", ({ target }) => {
  if (/** @type {HTMLElement} */ (target).matches(".handle")) tell(/** @type {HTMLElement} */ (target));
});
outline.addEventListener("focusout", settle);
outline.addEventListener("keydown", (event) => {
  if (
    !(/** @type {Element} */ (event.target).matches(".handle")) ||
    event.ctrlKey ||
    event.metaKey ||
    event.altKey ||
    !pressed(event)
  )
    return;
  event.preventDefault();
  event.stopPropagation();
});

const grip = () =>
  /** @type {HTMLElement | null} */ (outline.querySelector(".sel:not([hidden]) > .handle:not([hidden], [data-at=w])"));
const sizes = { changes: true, group: "Canvas", scope: ["canvas"], icon: "row", when: grip };
action({
  ...sizes,
  name: "resize",
  label: "Resize with the arrows",
  keys: ["R"],
  run: () => grip()?.focus({ preventScroll: true }),
});
for (const [name, key, label] of [
  ["wider", "ArrowRight", "Wider by 8 px"],
  ["narrower", "ArrowLeft", "Narrower by 8 px"],
  ["taller", "ArrowDown", "Taller by 8 px"],
  ["lower", "ArrowUp", "Lower by 8 px"],
])
  action({ ...sizes, name, label, keys: [`Mod+${key}`], run: () => step(ARROWS[key][0], STEP * ARROWS[key][1]) });
