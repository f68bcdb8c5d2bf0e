// @ts-check
/**
 * Long press: a finger that rests picks up what is under it; one that moves earlier scrolls, as usual. During a drag,
 * scrolling and the browser's context menu are suppressed.
 *
 *   hold(event, () => …);           // on a touch press; called after it has rested
 */
import { onPage } from "design/ground";

const RESTS_MS = 300;
/** The distance in px that a resting finger may move. */
export const WANDERS = 10;

let held = false;

/** Listen before a touch starts: later, the browser has already decided what scrolls.
 * @param {Document | Element | null} where */
function mind(where) {
  where?.addEventListener("touchmove", still, { passive: false });
  where?.addEventListener("contextmenu", still);
}

/** @param {Event} event */
const still = (event) => held && event.cancelable && event.preventDefault();

for (const where of document.querySelectorAll("sw-tree, sw-palette")) mind(where);
onPage(mind);

/** @param {PointerEvent} event the press @param {() => void} rests called after a long press */
export function hold(event, rests) {
  const end = new AbortController();
  const over = (/** @type {PointerEvent} */ last) => {
    if (
      last.type === "pointermove" &&
      (held || Math.hypot(last.clientX - event.clientX, last.clientY - event.clientY) < WANDERS)
    )
      return;
    clearTimeout(timer);
    end.abort();
    held = false;
  };
  const timer = setTimeout(() => {
    held = true;
    rests();
  }, RESTS_MS);
  for (const name of /** @type {const} */ (["pointermove", "pointerup", "pointercancel"]))
    event.view?.addEventListener(name, over, { signal: end.signal, capture: true });
}
