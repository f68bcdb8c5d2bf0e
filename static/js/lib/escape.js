// @ts-check
/**
 * Esc takes back what a pointer is doing, and means nothing else then: what has the focus does not hear it, and what
 * lies under the pointer does not hear that it comes up.
 *
 *   onEscape(() => stop(false), signal);
 *   ignoreRelease(window);  ignoreClick(window);
 */

/**
 * @param {() => void} stop @param {AbortSignal} signal until it is over
 * @param {Window[]} [views] more windows that may have the focus
 */
export function onEscape(stop, signal, views = []) {
  const heard = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Escape") return;
    swallow(event);
    stop();
  };
  for (const view of new Set([window, ...views])) view.addEventListener("keydown", heard, { signal, capture: true });
}

/** The pointer that is down comes up, and nothing was pressed. @param {Window} view where it went down */
export function ignoreRelease(view) {
  const end = new AbortController();
  const how = { signal: end.signal, capture: true };
  const released = (/** @type {Event} */ event) => {
    end.abort();
    swallow(event);
    ignoreClick(view);
  };
  view.addEventListener("pointerup", released, how);
  // Where it came up unheard, the next press is one again.
  for (const name of ["pointerdown", "pointercancel"]) view.addEventListener(name, () => end.abort(), how);
}

/** The pointer that comes up just now clicks on nothing. @param {Window} view */
export function ignoreClick(view) {
  view.addEventListener("click", swallow, { capture: true, once: true });
  setTimeout(() => view.removeEventListener("click", swallow, { capture: true }));
}

/** @param {Event} event */
function swallow(event) {
  event.preventDefault();
  event.stopPropagation();
}
