// @ts-check
/**
 * An image that cannot be loaded is marked `data-missing`, and its style shows the description in its place.
 *
 *   <img class="sw-image" src="/files/fl_1/fig.webp" alt="A fig">
 *   watchImages(page);      // with what failed before
 */

/** @param {Document} page */
export function watchImages(page) {
  const told = (/** @type {Event} */ event) => mark(event.target, event.type === "error");
  // Neither event bubbles.
  for (const kind of ["error", "load"]) page.addEventListener(kind, told, true);
  for (const each of page.images) if (each.complete && each.getAttribute("src")) mark(each, !each.naturalWidth);
}

/** @param {any} target @param {boolean} isMissing */
const mark = (target, isMissing) => target.matches?.(".sw-image") && target.toggleAttribute("data-missing", isMissing);

watchImages(document);
