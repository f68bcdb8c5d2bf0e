// @ts-check
/**
 * Esc cancels a pointer gesture and does nothing else: the focused element does not receive the key, and the element
 * under the pointer does not receive the release.
 *
 *   onEscape(() => stop(false), signal);
 *   ignoreRelease(window);  ignoreClick(window);
 */

/**
 * @param {() => void} stop @param {AbortSignal} signal aborted when the gesture is over
 * @param {Window[]} [views] other windows that may be focused
 */
export function onEscape(stop, signal, views = []) {
  const heard = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Escape") return;
    swallow(event);
    stop();
  };
  for (const view of new Set([window, ...views])) view.addEventListener("keydown", heard, { signal, capture: true });
}

/** Ignore the release of the pointer that is down, and its click. @param {Window} view where it was pressed */
export function ignoreRelease(view) {
  const end = new AbortController();
  const how = { signal: end.signal, capture: true };
  const released = (/** @type {Event} */ event) => {
    end.abort();
    swallow(event);
    ignoreClick(view);
  };
  view.addEventListener("pointerup", released, how);
  // If the release was never seen, the next press counts again.
  for (const name of ["pointerdown", "pointercancel"]) view.addEventListener(name, () => end.abort(), how);
}

/** Ignore the click of the pointer that is being released. @param {Window} view */
export function ignoreClick(view) {
  view.addEventListener("click", swallow, { capture: true, once: true });
  setTimeout(() => view.removeEventListener("click", swallow, { capture: true }));
}

/** @param {Event} event */
function swallow(event) {
  event.preventDefault();
  event.stopPropagation();
}
