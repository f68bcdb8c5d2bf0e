// @ts-check
/**
 * Esc takes back what a pointer is doing, and means nothing else then: what has the focus does not hear it.
 *
 *   onEscape(() => stop(false), signal);
 */

/** @param {() => void} stop @param {AbortSignal} signal until it is over @param {Window[]} [views] more windows that may have the focus */
export function onEscape(stop, signal, views = []) {
  const heard = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    stop();
  };
  for (const view of new Set([window, ...views])) view.addEventListener("keydown", heard, { signal, capture: true });
}
