// @ts-check
/**
 * Handles at what is selected change the size it may have at most, in px and for the widths that are edited; so do Ctrl
 * and arrows on the canvas. The number is shown while it moves; the panel's fields are the other way. Esc takes it back.
 */
import { action } from "lib/actions";
import { onEscape } from "lib/escape";
import { gesture } from "design/gestures";
import { FAR, pointOf, underAt } from "design/ground";
import { pageKey, rowOf } from "design/rows";
import { scope } from "design/scope";
import { onSelect, select, selected } from "design/selection";
import { scale } from "design/sizes";

const STEP = 8; // px by a key
const LEAST = 16;
const canvas = /** @type {any} */ (document.getElementById("canvas"));
const outline = /** @type {HTMLElement} */ (canvas.querySelector("sw-outline"));
const words = /** @type {HTMLElement} */ (canvas.querySelector(".sel-size"));
const CSS_OF = { max_width: "maxInlineSize", min_height: "minBlockSize" };

/** @param {string} key @param {string} prop @param {number} size px */
function show(key, prop, size) {
  canvas.find(key).style[CSS_OF[/** @type {"max_width"} */ (prop)]] = `${size}px`;
  words.hidden = false;
  words.textContent = `${size} px`;
  canvas.dispatchEvent(new CustomEvent("sw-scrolled"));
}

/** @param {string} key @param {string} prop @param {number} value */
async function save(key, prop, value) {
  words.hidden = true;
  const at = scope();
  await gesture({ do: "set", node: key, prop, value, ...(at ? { at } : {}) });
  // From now on the page's own styles say it.
  canvas.find(key)?.style.removeProperty(prop === "max_width" ? "max-inline-size" : "min-block-size");
  canvas.dispatchEvent(new CustomEvent("sw-scrolled"));
}

outline.addEventListener("pointerdown", (event) => {
  const handle = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest(".handle"));
  const [key, from, by] = [selected(), pointOf(event), scale()];
  const element = canvas.find(key);
  if (!handle || !element) return;
  event.preventDefault();
  event.stopPropagation();
  const side = handle.dataset.at;
  const prop = side === "s" ? "min_height" : "max_width";
  const { width, height } = element.getBoundingClientRect();
  // What stands in the middle grows to both sides.
  const isCentred = getComputedStyle(element).marginInlineStart === "auto" || Math.abs(gaps(element)) < 2;
  const end = new AbortController();
  let size = 0;
  handle.setPointerCapture(event.pointerId);
  handle.addEventListener(
    "pointermove",
    (next) => {
      const at = pointOf(next);
      if (!size && Math.hypot(at.x - from.x, at.y - from.y) < FAR) return;
      const away = side === "s" ? at.y - from.y : (at.x - from.x) * (side === "w" ? -1 : 1) * (isCentred ? 2 : 1);
      size = Math.max(LEAST, Math.round((side === "s" ? height : width) + away / by));
      show(key, prop, size);
    },
    { signal: end.signal },
  );
  const stop = (/** @type {Event} */ last) => {
    end.abort();
    if (last.type === "pointerup" && size) return save(key, prop, size);
    // A press that moves nothing is one on what lies there.
    const press = /** @type {PointerEvent} */ (last);
    if (last.type === "pointerup") select(underAt(pointOf(press)).key, { add: press.shiftKey || press.ctrlKey || press.metaKey });
    element.style.removeProperty(prop === "max_width" ? "max-inline-size" : "min-block-size");
    words.hidden = true;
  };
  for (const name of ["pointerup", "pointercancel"]) handle.addEventListener(name, stop, { signal: end.signal });
  onEscape(() => stop(new Event("pointercancel")), end.signal);
});

/** How much farther an element is from one side of what is around it than from the other. @param {HTMLElement} element */
function gaps(element) {
  const [own, around] = [element.getBoundingClientRect(), element.parentElement?.getBoundingClientRect()];
  return around ? own.left - around.left - (around.right - own.right) : 1;
}

/** What keys have widened and is not saved yet. @type {{ key: string, size: number, timer: number } | null} */
let widened = null;

function settle() {
  if (!widened) return;
  const { key, size, timer } = widened;
  clearTimeout(timer);
  widened = null;
  save(key, "max_width", size);
}

onSelect((key) => key !== widened?.key && settle());

/** @param {number} by px */
function widen(by) {
  const [key, element] = [selected(), canvas.find(selected())];
  if (!rowOf(key)?.dataset.sizes?.includes("max_width") || !element) return false;
  const size = Math.max(LEAST, Math.round(element.getBoundingClientRect().width) + by);
  show(key, "max_width", size);
  clearTimeout(widened?.timer);
  widened = { key, size, timer: setTimeout(settle, 400) };
}

const sizes = { group: "Canvas", scope: ["canvas"], icon: "row", when: () => selected() !== pageKey() };
action({ ...sizes, name: "wider", label: "Wider by 8 px", keys: ["Mod+ArrowRight"], run: () => widen(STEP) });
action({ ...sizes, name: "narrower", label: "Narrower by 8 px", keys: ["Mod+ArrowLeft"], run: () => widen(-STEP) });
