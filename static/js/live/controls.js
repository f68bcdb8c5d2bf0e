// @ts-check
/**
 * The controls of a page, `data-p="value"`, and the elements they belong to: form fields, and custom elements with a
 * `value` that dispatch `input` and `change`.
 *
 *   for (const control of controls(document.body)) console.log(addressOf(control), valueIn(control));
 */

/**
 * @typedef {HTMLElement & {value: any, type?: string, checked?: boolean, defaultValue?: string,
 *   checkValidity?: () => boolean}} Control
 */

/** The element that a node belongs to. @param {EventTarget | null} node @returns {Element | null} */
export function owner(node) {
  return node instanceof Element ? node.closest("[data-el]") : null;
}

/** The address of the element that a node belongs to. @param {EventTarget | null} node */
export function addressOf(node) {
  return owner(node)?.getAttribute("data-el") ?? "";
}

/** The control that a node is, or is inside. @param {EventTarget | null} node @returns {Control | null} */
export function controlOf(node) {
  return node instanceof Element ? node.closest('[data-p="value"]') : null;
}

/** Every control that belongs to an element of the page. @param {Element} root @returns {Control[]} */
export function controls(root) {
  return /** @type {any[]} */ ([...root.querySelectorAll('[data-p="value"]')]).filter(owner);
}

/** The value of a control. @param {Control} node */
export function valueIn(node) {
  if (node.type === "checkbox") return node.checked;
  if (node.type === "number") return node.value === "" ? null : Number(node.value);
  return node.value;
}

/** @param {Control} node @param {any} value */
export function setValue(node, value) {
  if (node.type === "checkbox") node.checked = value;
  else if (String(node.value ?? "") !== String(value ?? "")) node.value = value ?? "";
}
