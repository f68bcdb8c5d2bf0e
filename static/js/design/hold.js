// @ts-check
/**
 * A finger that rests takes up what lies under it; one that moves before scrolls, as everywhere. What is taken up is no
 * longer scrolled away, and opens no menu of the browser.
 *
 *   hold(event, () => …);           // from a finger's press on: called when it has rested
 */
import { onPage } from "design/ground";

const RESTS_MS = 300;
/** px that a finger moves while it rests */
export const WANDERS = 10;

let held = false;

/** What fingers can take something up from is minded before one is there: by then it is settled what scrolls.
 * @param {Document | Element | null} where */
function mind(where) {
  where?.addEventListener("touchmove", still, { passive: false });
  where?.addEventListener("contextmenu", still);
}

/** @param {Event} event */
const still = (event) => held && event.cancelable && event.preventDefault();

for (const where of document.querySelectorAll("sw-tree, sw-palette")) mind(where);
onPage(mind);

/** @param {any} event its press @param {() => void} rests it has been there for so long */
export function hold(event, rests) {
  const end = new AbortController();
  const over = (/** @type {any} */ last) => {
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
  for (const name of ["pointermove", "pointerup", "pointercancel"])
    event.view.addEventListener(name, over, { signal: end.signal, capture: true });
}
