// @ts-check
/**
 * Handles at the selected element change its maximum width and minimum height, in px and for the breakpoint being
 * edited. A size snaps to its surroundings unless Ctrl or Alt is held; with Shift an image keeps its aspect ratio; Esc
 * cancels. The alternatives are keys (`design/resize_keys`) and the panel's fields.
 *
 * @typedef {import("design/extent").Extent} Extent
 * @typedef {{ shiftKey: boolean, ctrlKey: boolean, metaKey: boolean, altKey: boolean }} Held
 * @typedef {{ extent: Extent, before: DOMRect, side: string, from: import("design/drop").Point,
 *   handle: HTMLElement }} Grip
 */
import { onEscape } from "lib/escape";
import { extentOf, keptOf, targetsAround, wear, within } from "design/extent";
import { FAR, pointOf, underAt } from "design/ground";
import { hideGuides, showGuides, showSize } from "design/guides";
import { select, selected } from "design/selection";
import { drawn, LEAST, letGo, save, wordsOf } from "design/sized";
import { scale } from "design/sizes";
import { snapped } from "design/snap";

const NEAR = 6; // px on the screen within which a size snaps
const SHAPED = ["image", "video"];
const HELD = ["Shift", "Control", "Meta", "Alt"];
const canvas = /** @type {HTMLElement} */ (document.getElementById("canvas"));

canvas.querySelector("sw-outline")?.addEventListener("pointerdown", (/** @type {any} */ event) => {
  const handle = event.target.closest(".handle");
  if (!handle || event.button) return;
  event.preventDefault();
  event.stopPropagation();
  // Changes made by keys are saved when a handle loses the focus.
  handle.blur();
  const extent = extentOf(selected(), handle.dataset.at === "s" ? "min_height" : "max_width");
  if (!extent) return;
  handle.setPointerCapture(event.pointerId);
  handle.focus({ preventScroll: true });
  follow({
    extent,
    before: extent.element.getBoundingClientRect(),
    side: handle.dataset.at,
    from: pointOf(event),
    handle,
  });
});

/** Follow the pointer until it is released. @param {Grip} grip */
function follow(grip) {
  const { extent, from, handle } = grip;
  const end = new AbortController();
  const { signal } = end;
  let at = from;
  let sizes = /** @type {Record<string, number | null> | null} */ (null);
  const look = (/** @type {Held} */ held) => {
    if (!sizes && Math.hypot(at.x - from.x, at.y - from.y) < FAR) return;
    sizes = shape(grip, at, held);
    drawn();
  };
  const moved = (/** @type {PointerEvent} */ event) => {
    at = pointOf(event);
    look(event);
  };
  const released = (/** @type {PointerEvent} */ event) => {
    end.abort();
    if (sizes) save(extent.key, sizes);
    else pressed(event);
  };
  const stop = () => {
    end.abort();
    letGo(extent.key, Object.keys(sizes || {}));
  };
  const key = (/** @type {KeyboardEvent} */ event) => sizes && HELD.includes(event.key) && look(event);
  handle.addEventListener("pointermove", moved, { signal });
  handle.addEventListener("pointerup", released, { signal });
  handle.addEventListener("pointercancel", stop, { signal });
  addEventListener("keydown", key, { signal, capture: true });
  addEventListener("keyup", key, { signal, capture: true });
  onEscape(stop, signal);
}

/** A press without movement is a click on what is there. @param {PointerEvent} event */
function pressed(event) {
  hideGuides();
  /** @type {HTMLElement | null} */ (canvas.querySelector(".artboard"))?.focus({ preventScroll: true });
  select(underAt(pointOf(event)).key, { add: event.shiftKey || event.ctrlKey || event.metaKey });
}

/**
 * Draw it at a size, and return what to store.
 * @param {Grip} grip @param {import("design/drop").Point} at @param {Held} held
 */
function shape({ extent, before, side, from }, at, held) {
  const away = side === "s" ? at.y - from.y : (at.x - from.x) * (side === "w" ? -1 : 1);
  const wished = extent.size + (away / scale()) * (extent.anchor === "center" ? 2 : 1);
  for (const prop of /** @type {const} */ (["max_width", "min_height"])) wear(extent.element, prop, "");
  const keeps = held.shiftKey && SHAPED.includes(extent.element.dataset.type || "");
  const sizes = keeps
    ? scaled(extent, wished, before)
    : sized(extent, wished, held.ctrlKey || held.metaKey || held.altKey);
  const { width, height } = extent.element.getBoundingClientRect();
  showSize(
    keeps ? `${Math.round(width)} × ${Math.round(height)} px` : wordsOf(extent, side === "s" ? height : width),
    at,
  );
  return sizes;
}

/**
 * Apply the wished size, or one nearby that it snaps to.
 * @param {Extent} extent @param {number} wished px @param {boolean} free whether it does not snap
 */
function sized(extent, wished, free) {
  const size = within(extent, wished, LEAST);
  const met = free ? null : snapped(size, targetsAround(extent), NEAR / scale());
  const taken = Math.round(within(extent, met ?? size, LEAST));
  wear(extent.element, extent.prop, `${taken}px`);
  // The layout may have changed, so measure again.
  const reached = met === null ? [] : targetsAround(extent).filter((target) => Math.abs(target.size - taken) < 1);
  showGuides(extent.element.getBoundingClientRect(), { [extent.prop === "max_width" ? "x" : "y"]: reached });
  return { [extent.prop]: keptOf(extent, taken) };
}

/** Scale an image: if its height follows its width, only that is set, else both are.
 * @param {Extent} extent @param {number} wished px @param {DOMRect} before */
function scaled(extent, wished, before) {
  const ratio = before.width / before.height;
  const width = extent.prop === "max_width" ? extent : /** @type {Extent} */ (extentOf(extent.key, "max_width"));
  const taken = Math.round(within(width, extent === width ? wished : wished * ratio, LEAST));
  showGuides(before, {});
  wear(extent.element, "min_height", "0px");
  wear(extent.element, "max_width", `${taken}px`);
  const tall = Math.round(taken / ratio);
  const follows = Math.abs(extent.element.getBoundingClientRect().height - tall) <= 1;
  wear(extent.element, "min_height", follows ? "" : `${tall}px`);
  return { max_width: keptOf(width, taken), ...(follows ? {} : { min_height: tall }) };
}
