// @ts-check
/**
 * The boxes drawn over the page: their positions, and the texts at that of the selection.
 *
 *   if (place(box, element)) describe(box, "el_k3x9q2", 1);      // false and hidden if there is nothing to draw
 */
import { isFixed } from "design/ground";
import { nameOf, pageKey, parentOf, rowOf } from "design/rows";
import { scale } from "design/sizes";

/** @param {HTMLElement} box @param {HTMLElement | null} element @returns {boolean} whether there is one */
export function place(box, element) {
  box.hidden = !element;
  if (!element) return false;
  const [{ left, top, width, height }, by] = [element.getBoundingClientRect(), scale()];
  box.style.left = `${left * by}px`;
  box.style.top = `${top * by}px`;
  box.style.width = `${width * by}px`;
  box.style.height = `${height * by}px`;
  return true;
}

/** Whether an edge cannot be pulled: in a fixed group the left one stays. @param {string} key @param {string} [at] */
const isPinned = (key, at) => at === "w" && isFixed(parentOf(key));

/**
 * Show its name, its stream, and handles if it can be resized; for several elements, their number.
 * @param {HTMLElement} box @param {string} key @param {number} many the number of selected elements
 */
export function describe(box, key, many) {
  const row = rowOf(key);
  const { stream = "", sizes = "" } = many > 1 ? {} : row?.dataset || {};
  box.dataset.of = key;
  box.toggleAttribute("data-page", key === pageKey());
  for (const handle of /** @type {NodeListOf<HTMLElement>} */ (box.querySelectorAll(".handle")))
    handle.hidden = !sizes.includes(handle.dataset.at === "s" ? "height" : "width") || isPinned(key, handle.dataset.at);
  write(box.querySelector("[data-name]"), many > 1 ? `${many} elements` : nameOf(key));
  write(box.querySelector("[data-stream]"), stream);
  for (const of of /** @type {NodeListOf<HTMLElement>} */ (box.querySelectorAll(".sel-tag-stream, [data-play]")))
    of.hidden = !stream;
  const icon = row?.querySelector(":scope > .icon use")?.getAttribute("href");
  if (icon) box.querySelector("[data-icon]")?.setAttribute("href", icon);
}

/** @param {HTMLElement} element whether something else covers its middle */
export function isCovered(element) {
  const { left, top, width, height } = element.getBoundingClientRect();
  const at = element.ownerDocument.elementFromPoint(left + width / 2, top + height / 2);
  return at !== null && !element.contains(at) && !at.contains(element);
}

/** @param {Element | null} element @param {string} text */
export function write(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}
