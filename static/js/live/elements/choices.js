// @ts-check
/**
 * <sw-choices>: the options of a control, redrawn when the server sends them. What is chosen stays, if it is still an
 * option.
 *
 *   <sw-choices data-p="choices"><select data-p="value">…<template><option></option></template></select></sw-choices>
 */

export class Choices extends HTMLElement {
  /** @param {[string, string][]} pairs of a key and its words */
  set(pairs) {
    const template = /** @type {HTMLTemplateElement} */ (this.querySelector("template"));
    const control = /** @type {any} */ (this.closest('[data-p="value"]') ?? this.querySelector('[data-p="value"]'));
    const value = control.value;
    while (
      template.previousElementSibling &&
      template.previousElementSibling.getAttribute("data-p") !== "placeholder"
    ) {
      template.previousElementSibling.remove();
    }
    for (const [key, words] of pairs) template.before(drawn(template, key, words));
    if (value || control.localName !== "select") control.value = value;
  }
}

/** An option. @param {HTMLTemplateElement} template @param {string} key @param {string} words */
function drawn(template, key, words) {
  const node = /** @type {Element} */ (document.importNode(template.content, true).firstElementChild);
  const field = /** @type {any} */ (node.querySelector("input") ?? node);
  if ("value" in field && field.localName !== "li") field.value = key;
  else field.dataset.value = key;
  (node.querySelector("span") ?? node).textContent = words;
  return node;
}

customElements.define("sw-choices", Choices);
