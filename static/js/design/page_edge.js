// @ts-check
/**
 * Sets the width of the canvas: by a number field, or by dragging its right edge, which arrows move, too.
 *
 *   <input data-width value="1280"> <span data-edge role="separator" tabindex="0">
 */
import { onEscape } from "lib/escape";
import { pointOf } from "design/ground";
import { scale, setWidth, width } from "design/sizes";

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
  // The page is centred, so it grows to both sides.
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
