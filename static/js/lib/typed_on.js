// @ts-check
/**
 * A field that disappears under somebody's fingers, such as one of an element that somebody else deletes, or that may
 * not be changed any more: the focus falls to the page, and what is typed on would be shortcuts, with Backspace
 * deleting what is selected now. Until they pause, or turn to something else, keys without Mod do nothing.
 */
import { isText } from "lib/actions";

const PAUSE_MS = 1000;

/** The field that was typed in last. @type {Element | null} */
let field = null;
let at = -Infinity;

/** @param {Element | null} one */
const isThere = (one) => one?.isConnected && one.getAttribute("contenteditable") !== "false";

window.addEventListener(
  "keydown",
  (event) => {
    const { target, timeStamp } = event;
    const isStretch = timeStamp - at < PAUSE_MS;
    at = timeStamp;
    if (isText(target)) field = /** @type {Element} */ (target);
    else if (target !== document.body || !isStretch || isThere(field)) field = null;
    else if (field && !event.ctrlKey && !event.metaKey) event.stopImmediatePropagation();
  },
  true,
);
window.addEventListener("pointerdown", () => (field = null), true);
