// @ts-check
/**
 * Finds options by their words, ignoring case and accents.
 *
 *   named(options, "fig", "th_2")?.dataset.value       // of two called Fig, the one that is already chosen
 */

/** A text in the form used for comparison. @param {string} text */
export const plain = (text) => text.trim().toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");

/**
 * The option that these words name.
 * @param {HTMLElement[]} options @param {string} words @param {string} chosen its value
 */
export function named(options, words, chosen) {
  const fitting = options.filter((each) => plain(each.textContent ?? "") === plain(words));
  return fitting.find((each) => each.dataset.value === chosen) ?? fitting[0];
}
