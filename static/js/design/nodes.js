// @ts-check
/**
 * Nodes as the server draws them: pieces, and the holes in them where other pieces stand.
 *
 *   holesIn(parsed(main, "<div data-el=…><template data-hole data-el=…></template></div>"))
 */

/** @param {Element} live @param {string} html one element */
export function parsed(live, html) {
  const template = live.ownerDocument.createElement("template");
  template.innerHTML = html.trim();
  const made = /** @type {Element} */ (template.content.firstElementChild);
  made.remove();
  return made;
}

/** @param {any} node @returns {boolean} */
export const isHole = (node) => node.localName === "template" && node.hasAttribute("data-hole");

/** @param {Element} element */
export const holesIn = (element) => element.querySelectorAll("template[data-hole]");

/** Whether nothing but elements stands in it. @param {Element} element */
export const isOnlyElements = (element) =>
  [...element.childNodes].every((node) => node.nodeType === 1 || (node.nodeType === 3 && !node.nodeValue?.trim()));

/**
 * What the server has changed; what scripts have set beside it stays.
 * @param {Element} live @param {Element} old @param {Element} next
 */
export function attributes(live, old, next) {
  for (const { name, value } of next.attributes) if (old.getAttribute(name) !== value) live.setAttribute(name, value);
  for (const { name } of old.attributes) if (!next.hasAttribute(name)) live.removeAttribute(name);
}
