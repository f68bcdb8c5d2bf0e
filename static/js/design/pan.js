// @ts-check
/**
 * Panning: dragging with Space moves the page under the pointer, as the wheel does.
 *
 *   isPanning();     // a press now moves the page and selects nothing
 */
import { isText } from "lib/actions";
import { frame, onPage, pointOf } from "design/ground";
import { scale } from "design/sizes";
/** @import { Canvas } from "design/canvas" */

const canvas = /** @type {Canvas} */ (document.getElementById("canvas"));
let held = false;
let moving = false;

export const isPanning = () => held || moving;

/** @param {KeyboardEvent} event */
function key(event) {
  const on =
    document.querySelector("sw-canvas .artboard") === document.activeElement ||
    document.activeElement === document.body;
  if (event.key !== " " || isText(event.target) || (event.type === "keydown" && !on)) return;
  hold(event.type === "keydown");
  if (on) event.preventDefault();
}

/** @param {boolean} on */
function hold(on) {
  held = on;
  document.getElementById("stage")?.toggleAttribute("data-pan", held);
  canvas.page?.body.toggleAttribute("data-pan", held);
}

/** @param {PointerEvent} event */
function press(event) {
  if (!held || event.button !== 0) return;
  event.preventDefault();
  let last = pointOf(event);
  moving = true;
  const end = new AbortController();
  const view = event.view ?? window;
  view.addEventListener(
    "pointermove",
    (/** @type {PointerEvent} */ next) => {
      const at = pointOf(next);
      canvas.scrollBy(last.x - at.x, 0);
      frame().contentWindow?.scrollBy(0, (last.y - at.y) / scale());
      last = at;
    },
    { signal: end.signal },
  );
  const stop = () => {
    end.abort();
    setTimeout(() => (moving = false));
  };
  for (const name of ["pointerup", "pointercancel"]) view.addEventListener(name, stop, { signal: end.signal });
}

document.addEventListener("keydown", key);
document.addEventListener("keyup", key);
// Another window receives the keyup then; the page on the canvas does not count as one.
addEventListener("blur", () => document.hasFocus() || hold(false));
canvas.addEventListener("pointerdown", press, { capture: true });
onPage((page) => page.addEventListener("pointerdown", press, { capture: true }));
