// @ts-check
/**
 * Go to a field whose content is typed anew, such as the name of a row that was just added.
 *
 *   typeInto(row.querySelector("input"));
 *
 * @param {Element | null | undefined} field
 */
export function typeInto(field) {
  // Selecting alone does not scroll to it.
  /** @type {HTMLElement | null | undefined} */ (field)?.focus();
  /** @type {HTMLInputElement | null | undefined} */ (field)?.select?.();
}
