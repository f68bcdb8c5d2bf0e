// @ts-check
/**
 * The boxes that are drawn over the page: where they stand, and what is said at that of the selection.
 *
 *   if (place(box, element)) describe(box, "el_k3x9q2", 1);      // false and hidden: there is nothing to draw
 */
import { nameOf, pageKey, rowOf } from "design/rows";
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

/**
 * Its name, the stream it shows and handles where its size means something; of several how many they are.
 * @param {HTMLElement} box @param {string} key @param {number} many that are selected
 */
export function describe(box, key, many) {
  const row = rowOf(key);
  const { stream = "", sizes = "" } = many > 1 ? {} : row?.dataset || {};
  box.toggleAttribute("data-page", key === pageKey());
  for (const handle of /** @type {NodeListOf<HTMLElement>} */ (box.querySelectorAll(".handle")))
    handle.hidden = !sizes.includes(handle.dataset.at === "s" ? "height" : "width");
  write(box.querySelector("[data-name]"), many > 1 ? `${many} elements` : nameOf(key));
  write(box.querySelector("[data-stream]"), stream);
  for (const of of /** @type {NodeListOf<HTMLElement>} */ (box.querySelectorAll(".sel-tag-stream, [data-play]")))
    of.hidden = !stream;
  const icon = row?.querySelector(":scope > .icon use")?.getAttribute("href");
  if (icon) box.querySelector("[data-icon]")?.setAttribute("href", icon);
}

/** @param {HTMLElement} element whether something else stands where its middle is */
export function isCovered(element) {
  const { left, top, width, height } = element.getBoundingClientRect();
  const at = element.ownerDocument.elementFromPoint(left + width / 2, top + height / 2);
  return at !== null && !element.contains(at) && !at.contains(element);
}

/** @param {Element | null} element @param {string} text */
export function write(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}
