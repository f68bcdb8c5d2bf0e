// @ts-check
/**
 * Number fields in the panel: arrows change them by 1, with Shift by 10, with Alt by 0.1; dragging the label does the
 * same; arithmetic is evaluated. Each step is an event `sw-step`; `change` reports the value, once per burst of arrow
 * presses, and no later than when the field loses the focus or the selection changes.
 *
 *   <label for="f-gap" data-drags="f-gap">Gap</label><input id="f-gap" name="gap" data-number data-step="1">
 *   numbers(panel, signal);      // value of a field: numberOf(field), undefined if it is not a number
 */
import { onEscape } from "lib/escape";
import { sum, tidy } from "lib/sums";

export const NO_NUMBER = "This is not a number. Write digits, or a sum such as 16*2.";

const NONE = /^\s*(none|auto)?\s*$/i;
const PAUSE = 300;
const PIXELS = 3; // of a drag per step

/** @param {HTMLElement} panel @param {AbortSignal} signal */
export function numbers(panel, signal) {
  panel.addEventListener("keydown", arrows, { signal });
  panel.addEventListener("pointerdown", dragged, { signal });
  panel.addEventListener("change", (event) => event.target === waiting?.field && forget(), { signal });
  panel.addEventListener("focusout", flush, { signal });
  document.addEventListener("sw-select", flush, { signal });
}

/**
 * @param {HTMLInputElement} field
 * @returns {number | null | undefined} null for none, also in words; undefined if it is not a number
 */
export function numberOf(field) {
  if (NONE.test(field.value)) return null;
  const found = sum(field.value);
  if (found === null) return undefined;
  field.value = String(whole(field) ? Math.round(found) : found);
  return Number(field.value);
}

/** @param {HTMLInputElement} field */
const whole = (field) => Number(field.dataset.step || 1) >= 1;

/** @param {{ shiftKey: boolean, altKey: boolean }} held @param {HTMLInputElement} field */
const stepOf = (held, field) => (held.shiftKey ? 10 : held.altKey && !whole(field) ? 0.1 : 1);

/** The field whose arrow presses have not been reported yet.
 * @type {{ field: HTMLInputElement, timer: number } | null} */
let waiting = null;

/** Discard the pending report. */
export function forget() {
  if (waiting) say(waiting.field);
  clearTimeout(waiting?.timer);
  waiting = null;
}

function flush() {
  const field = waiting?.field;
  clearTimeout(waiting?.timer);
  waiting = null;
  if (field) tell(field);
}

/** @param {KeyboardEvent} event */
function arrows(event) {
  const field = /** @type {HTMLInputElement} */ (event.target);
  const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
  if (!by || !field.matches("input[data-number]")) return;
  event.preventDefault();
  if (waiting && waiting.field !== field) flush();
  clearTimeout(waiting?.timer);
  raise(field, by * stepOf(event, field));
  waiting = { field, timer: setTimeout(flush, PAUSE) };
}

/** @param {HTMLInputElement} field @param {number} by */
function raise(field, by) {
  const number = Math.max(0, tidy((sum(field.value) ?? 0) + by));
  field.value = String(number);
  say(field, number);
}

/** @param {HTMLInputElement} field */
function tell(field) {
  field.dispatchEvent(new Event("change", { bubbles: true }));
  say(field);
}

/** @param {HTMLInputElement} field @param {number} [number] that it was stepped to; none once that is over */
const say = (field, number) => field.dispatchEvent(new CustomEvent("sw-step", { bubbles: true, detail: { number } }));

/** Drag on the label; Escape restores the number. Touch scrolls instead. @param {PointerEvent} event */
function dragged(event) {
  const label = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[data-drags]"));
  const field = /** @type {HTMLInputElement | null} */ (label && document.getElementById(label.dataset.drags || ""));
  if (!label || !field || event.button || event.pointerType === "touch") return;
  const [before, end] = [field.value, new AbortController()];
  const { signal } = end;
  let [at, moved] = [event.clientX, false];
  label.setPointerCapture(event.pointerId);
  label.addEventListener(
    "pointermove",
    (/** @type {PointerEvent} */ move) => {
      const steps = Math.trunc((move.clientX - at) / PIXELS);
      if (!steps) return;
      moved = true;
      at += steps * PIXELS;
      raise(field, steps * stepOf(move, field));
    },
    { signal },
  );
  const stop = (/** @type {boolean} */ keep) => {
    end.abort();
    if (keep && moved) return tell(field);
    field.value = before;
    say(field);
  };
  label.addEventListener("pointerup", () => stop(true), { signal });
  label.addEventListener("pointercancel", () => stop(false), { signal });
  onEscape(() => stop(false), signal);
}
