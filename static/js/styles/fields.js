// @ts-check
/**
 * What a field of the Styles tab is about, its value, and why it was refused.
 *
 *   if (valueIn(field) === undefined) say(field, NO_NUMBER);     // "" removes the message again
 */
import { numberOf } from "design/numbers";
import { refuse } from "design/refused";

/** @param {Element} inside */
export const tokenOf = (inside) => /** @type {HTMLElement | null} */ (inside.closest("[data-token]"))?.dataset.token;
/** @param {Element} inside */
export const nodeOf = (inside) => /** @type {HTMLElement | null} */ (inside.closest("[data-node]"))?.dataset.node;

/**
 * @param {HTMLInputElement} field
 * @returns {string | number | boolean | null | undefined} undefined if a number is required but not given
 */
export function valueIn(field) {
  if (field.dataset.number !== undefined) return numberOf(field);
  return field.type === "checkbox" ? field.checked : field.value;
}

/** @param {HTMLElement} field @param {string} sentence */
export const say = (field, sentence) => refuse(field, sentence, field.closest(".colour, .field"));

/** Clear the messages of refused values in here. @param {Element | null} around */
export function forgive(around) {
  for (const field of around?.querySelectorAll("[data-was-wrong]") ?? []) say(/** @type {HTMLElement} */ (field), "");
}
