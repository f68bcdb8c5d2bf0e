// @ts-check
/**
 * The form controls of a page, and the elements they belong to.
 *
 *   for (const control of controls(document.body)) console.log(addressOf(control), valueOf(control));
 */

/** @typedef {HTMLInputElement | HTMLTextAreaElement} Control */

/** The element that a node belongs to. @param {EventTarget | null} node @returns {Element | null} */
export function owner(node) {
  return node instanceof Element ? node.closest("[data-el]") : null;
}

/** The address of the element that a node belongs to. @param {EventTarget | null} node */
export function addressOf(node) {
  return owner(node)?.getAttribute("data-el") ?? "";
}

/** @param {EventTarget | null} node @returns {node is Control} */
export function isControl(node) {
  return node instanceof HTMLInputElement || node instanceof HTMLTextAreaElement;
}

/** Every control of an element of the page. @param {HTMLElement} root @returns {Control[]} */
export function controls(root) {
  return [...root.querySelectorAll("input, textarea")].filter((node) => isControl(node) && owner(node));
}

/** What a control holds. @param {Control} node */
export function valueOf(node) {
  if (node.type === "checkbox") return /** @type {HTMLInputElement} */ (node).checked;
  if (node.type === "number") return node.value === "" ? null : Number(node.value);
  return node.value;
}
