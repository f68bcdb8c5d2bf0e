// @ts-check
/**
 * The zoom: buttons, + − 0 1 while the canvas has the focus, Ctrl and the wheel; the width by a number and by the right
 * edge of the canvas, which arrows move, too.
 *
 *   <sw-zoom><button data-by="-1">…</button><output>100%</output><button data-by="1">…</button></sw-zoom>
 */
import { action } from "lib/actions";
import { onEscape } from "lib/escape";
import { onPage, pointOf } from "design/ground";
import { scale, setWidth, width, zoomTo } from "design/sizes";

const STEPS = [0.1, 0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1, 1.25, 1.5, 2, 3, 4];
const canvas = /** @type {any} */ (document.getElementById("canvas"));

/** @param {number} way 1 larger, -1 smaller */
function step(way) {
  const now = scale();
  zoomTo((way > 0 ? STEPS.find((each) => each > now + 0.01) : STEPS.findLast((each) => each < now - 0.01)) || now);
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
action({ ...zooms, name: "zoom-100", label: "Zoom to 100 %", keys: ["0"], run: () => zoomTo(1) });
action({ ...zooms, name: "zoom-fit", label: "Zoom so that the page fits", keys: ["1"], run: () => zoomTo(0) });

/** @param {WheelEvent} event */
function wheeled(event) {
  if (!event.ctrlKey && !event.metaKey) return;
  event.preventDefault();
  zoomTo(scale() * Math.exp(-event.deltaY / 400));
}

canvas.addEventListener("wheel", wheeled, { passive: false });
onPage((page) => page.addEventListener("wheel", /** @type {any} */ (wheeled), { passive: false }));

const box = /** @type {HTMLInputElement | null} */ (document.querySelector("[data-width]"));
box?.addEventListener("change", () => setWidth(Number.parseInt(box.value, 10) || width()));
box?.addEventListener("keydown", (event) => {
  const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
  if (event.key === "Enter") box.blur();
  if (!by) return;
  event.preventDefault();
  setWidth(width() + by * (event.shiftKey ? 10 : 1));
  box.value = String(width());
});

const edge = /** @type {HTMLElement | null} */ (document.querySelector("[data-edge]"));
edge?.addEventListener("pointerdown", (event) => {
  event.preventDefault();
  const [from, before, by] = [pointOf(event).x, width(), scale()];
  const end = new AbortController();
  edge.setPointerCapture(event.pointerId);
  // The page stands in the middle, so it grows to both sides.
  edge.addEventListener("pointermove", (next) => setWidth(before + ((pointOf(next).x - from) * 2) / by), {
    signal: end.signal,
  });
  for (const name of ["pointerup", "pointercancel"])
    edge.addEventListener(name, () => end.abort(), { signal: end.signal });
  onEscape(() => {
    end.abort();
    setWidth(before);
  }, end.signal);
});
edge?.addEventListener("keydown", (event) => {
  const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!by) return;
  event.preventDefault();
  event.stopPropagation();
  setWidth(width() + by * (event.shiftKey ? 1 : 8));
});

customElements.define("sw-zoom", Zoom);
