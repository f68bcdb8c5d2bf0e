// @ts-check
/**
 * Zoom: by buttons, + − 0 1 2 while the canvas is focused, or Ctrl and the wheel. The point under the pointer stays in
 * place; with keys and buttons, that is the selected element, if it is in view.
 *
 *   <sw-zoom><button data-by="-1">…</button><output>100%</output><button data-by="1">…</button></sw-zoom>
 */
import { action } from "lib/actions";
import { FAR, frame, inPage, inWindow, onPage, pointOf } from "design/ground";
import { pageKey } from "design/rows";
import { selected } from "design/selection";
import { scale, zoomTo } from "design/sizes";
/** @import { Canvas } from "design/canvas" */

const STEPS = [0.1, 0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1, 1.25, 1.5, 2, 3, 4];
const canvas = /** @type {Canvas} */ (document.getElementById("canvas"));

const ROOM = 48; // px around the element that fills the view

/** @typedef {import("design/drop").Point} Point */
/** @param {DOMRect} box @returns {Point} */
const middle = ({ left, top, width: w, height: h }) => ({ x: left + w / 2, y: top + h / 2 });
const view = () => canvas.getBoundingClientRect();
const element = () => (selected() === pageKey() ? null : canvas.find(selected()));

/** Scroll a point of the page to one of the window, as far as possible. @param {Point} spot @param {Point} at */
function bring(spot, at) {
  const now = inWindow(spot);
  canvas.scrollBy(now.x - at.x, 0);
  frame().contentWindow?.scrollBy(0, (now.y - at.y) / scale());
}

/** Zoom, keeping the point there in place. @param {number} by @param {Point} at */
function zoomAround(by, at) {
  const spot = inPage(at);
  zoomTo(by);
  bring(spot, at);
}

/** The point to zoom around without a pointer. */
function lookedAt() {
  const [room, box] = [view(), element()?.getBoundingClientRect()];
  const at = box && inWindow(middle(box));
  const isSeen = at && at.x > room.left && at.x < room.right && at.y > room.top && at.y < room.bottom;
  return isSeen ? at : middle(room);
}

/** @param {number} way 1 larger, -1 smaller */
function step(way) {
  const now = scale();
  const next = way > 0 ? STEPS.find((each) => each > now + 0.01) : STEPS.findLast((each) => each < now - 0.01);
  zoomAround(next || now, lookedAt());
}

/** Zoom so that the selected element fills the view. */
function zoomToSelected() {
  const [room, chosen] = [view(), element()];
  const box = chosen?.getBoundingClientRect();
  if (!chosen || !box?.width || !box.height) return false;
  zoomTo(Math.min((room.width - 2 * ROOM) / box.width, (room.height - 2 * ROOM) / box.height));
  bring(middle(chosen.getBoundingClientRect()), middle(room));
}

class Zoom extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", this.#clicked);
  }

  disconnectedCallback() {
    this.removeEventListener("click", this.#clicked);
  }

  #clicked = (/** @type {Event} */ event) => {
    const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[data-by]"));
    if (button) step(Number(button.dataset.by));
  };
}

const zooms = { group: "Canvas", scope: ["canvas"], icon: "search" };
action({ ...zooms, name: "zoom-in", label: "Zoom in", keys: ["+", "="], run: () => step(1) });
action({ ...zooms, name: "zoom-out", label: "Zoom out", keys: ["-"], run: () => step(-1) });
action({ ...zooms, name: "zoom-100", label: "Zoom to 100 %", keys: ["0"], run: () => zoomAround(1, lookedAt()) });
action({
  ...zooms,
  name: "zoom-fit",
  label: "Zoom so that the page fits",
  keys: ["1", "Shift+1"],
  run: () => zoomTo(0),
});
action({
  ...zooms,
  name: "zoom-selected",
  label: "Zoom to what is selected",
  keys: ["2", "Shift+2"],
  when: element,
  run: zoomToSelected,
});

/** The point the wheel zooms around, from the top of the page: if it cannot stay in place, it returns as soon as
 * possible.
 * @type {{ at: Point, spot: Point } | null} */
let held = null;

/** @param {WheelEvent} event */
function wheeled(event) {
  if (!event.ctrlKey && !event.metaKey) return void (held = null);
  event.preventDefault();
  const [at, scrolled] = [pointOf(event), () => frame().contentWindow?.scrollY || 0];
  const { x, y } = inPage(at);
  if (!held || Math.hypot(held.at.x - at.x, held.at.y - at.y) > FAR) held = { at, spot: { x, y: y + scrolled() } };
  zoomTo(scale() * Math.exp(-event.deltaY / 400));
  bring({ x: held.spot.x, y: held.spot.y - scrolled() }, at);
}

canvas.addEventListener("wheel", wheeled, { passive: false });
onPage((page) => page.addEventListener("wheel", /** @type {any} */ (wheeled), { passive: false }));

customElements.define("sw-zoom", Zoom);
