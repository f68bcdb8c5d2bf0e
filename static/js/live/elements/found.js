// @ts-check
/**
 * Choices by their words: without capitals and accents.
 *
 *   named(options, "fig", "th_2")?.dataset.value       // of two that are called Fig the one that is chosen already
 */

/** As it is compared. @param {string} text */
export const plain = (text) => text.trim().toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");

/**
 * The choice that these words name.
 * @param {HTMLElement[]} options @param {string} words @param {string} chosen its value
 */
export function named(options, words, chosen) {
  const fitting = options.filter((each) => plain(each.textContent ?? "") === plain(words));
  return fitting.find((each) => each.dataset.value === chosen) ?? fitting[0];
}
