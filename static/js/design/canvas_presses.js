// @ts-check
/**
 * The pointer on the canvas: a click selects the deepest element there, with Shift or Ctrl it adds to the selection;
 * dragging moves the element, or draws a rectangle from empty space; a double click edits text, or opens what an
 * instance shows. Hovering dispatches `sw-hover` on the canvas with the element.
 *
 *   pressesOn(page, canvas, signal);       // in the frame
 *   pressesBeside(canvas, signal);         // around it
 */
import { speak } from "lib/toast";
import { isDragging } from "design/drag";
import { press } from "design/drag_press";
import { isWriting, write } from "design/in_place";
import { marquee } from "design/marquee";
import { isPanning } from "design/pan";
import { nameOf, pageKey, pathTo } from "design/rows";
import { isSelected, moved, select, selectAll, selection } from "design/selection";

/** Events that must not reach the page's own controls. */
const KEPT_FROM_PAGE = ["pointerdown", "mousedown", "click", "dragstart", "submit"];

/** @param {Document} page @param {HTMLElement} canvas @param {AbortSignal} signal */
export function pressesOn(page, canvas, signal) {
  for (const name of KEPT_FROM_PAGE) {
    const keep = (/** @type {Event} */ event) => isWriting(event.target) || event.preventDefault();
    page.addEventListener(name, keep, { signal, capture: true });
  }
  const hover = (/** @type {string} */ key) => canvas.dispatchEvent(new CustomEvent("sw-hover", { detail: key }));
  page.addEventListener("pointerdown", (event) => pressed(event, boardOf(canvas)), { signal });
  page.addEventListener("pointerup", released, { signal });
  page.addEventListener("dblclick", (event) => isWriting(event.target) || write(keyAt(event), true), { signal });
  page.addEventListener("pointermove", (event) => hover(keyAt(event)), { signal, passive: true });
  page.addEventListener("pointerleave", () => hover(""), { signal });
}

/** The space beside the page: a click there clears the selection.
 * @param {HTMLElement} canvas @param {AbortSignal} signal */
export function pressesBeside(canvas, signal) {
  const pressedBeside = (/** @type {PointerEvent} */ event) => {
    if (event.target !== canvas || event.button !== 0 || event.pointerType === "touch" || isPanning()) return;
    marquee(event, (keys) => caught(event, keys, boardOf(canvas)));
  };
  const clicked = (/** @type {MouseEvent} */ event) => {
    if (event.target !== canvas || isAdding(event) || isPanning()) return;
    boardOf(canvas).focus();
    select(pageKey());
  };
  // With Shift the browser would extend a selection of text.
  const keepWords = (/** @type {MouseEvent} */ event) => event.shiftKey && event.preventDefault();
  canvas.addEventListener("mousedown", keepWords, { signal });
  canvas.addEventListener("pointerdown", pressedBeside, { signal });
  canvas.addEventListener("click", clicked, { signal });
}

/** @param {HTMLElement} canvas */
const boardOf = (canvas) => /** @type {HTMLElement} */ (canvas.querySelector(".artboard"));

/** @param {PointerEvent} event @param {HTMLElement} board */
function pressed(event, board) {
  if (isWriting(event.target)) return;
  // After a press the selection shows where the focus is.
  board.toggleAttribute("data-pressed", true);
  board.focus();
  const key = keyAt(event);
  if (isPanning() || event.button !== 0) return;
  if (key && key !== pageKey()) {
    const own = pathTo(key).some((each) => each !== pageKey() && isSelected(each));
    press(event, { moving: own ? moved() : [key] });
  } else if (event.pointerType !== "touch") marquee(event, (keys) => caught(event, keys, board));
}

/** @param {PointerEvent} event @param {string[]} keys @param {HTMLElement} board */
function caught(event, keys, board) {
  board.focus();
  selectAll(isAdding(event) ? [...new Set([...selection(), ...keys])].filter((key) => key !== pageKey()) : keys);
  const all = selection().filter((key) => key !== pageKey());
  speak(all.length === 1 ? `${nameOf(all[0])} is selected` : `${all.length || "No"} elements are selected`);
}

/** @param {PointerEvent} event */
function released(event) {
  if (isDragging() || isPanning() || isWriting(event.target) || event.button !== 0) return;
  select(keyAt(event), { add: isAdding(event) });
}

/** @param {Event} event @returns {string} the key of the deepest element at an event */
const keyAt = (event) => /** @type {any} */ (event.target)?.closest?.("[data-el]")?.dataset.el || "";

/** Whether a click adds to the selection. @param {MouseEvent} event */
const isAdding = (event) => event.shiftKey || event.ctrlKey || event.metaKey;
