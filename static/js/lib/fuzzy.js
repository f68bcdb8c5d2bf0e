// @ts-check
/**
 * Fuzzy matching: how well a text matches what was typed. Every typed word must occur, either whole or as letters in
 * order.
 *
 *   import { fit } from "lib/fuzzy";
 *   fit("mvup", "Move up")        // more than 0; 0 means no match
 */

/** @param {string} typed @param {string} text @returns {number} */
export function fit(typed, text) {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = words.map((word) => fitOf(word, text.toLowerCase()));
  return fits.every(Boolean) ? 1 + fits.reduce((sum, each) => sum + each, 0) : 0;
}

/** @param {string} word @param {string} text */
function fitOf(word, text) {
  const at = text.indexOf(word);
  if (at >= 0) return (isBegin(text, at) ? 100 : 60) + 20 * (word.length / text.length) - (at ? 1 : 0);
  // Match letter by letter: those that start a word or directly follow the previous one score higher.
  let [from, sum] = [0, 0];
  for (const letter of word) {
    const next =
      [from, ...begins(text)].find((index) => index >= from && text[index] === letter) ?? text.indexOf(letter, from);
    if (next < 0) return 0;
    sum += next === from || isBegin(text, next) ? 3 : 0.5;
    from = next + 1;
  }
  // Letters scattered over the text by chance do not count as a match.
  return sum >= word.length * 1.5 ? (10 * sum) / (3 * word.length) : 0;
}

/** @param {string} text @param {number} at */
const isBegin = (text, at) => at === 0 || /[^\p{L}\p{N}]/u.test(text[at - 1]);

/** @param {string} text */
const begins = (text) => [...text].flatMap((_, index) => (isBegin(text, index) ? [index] : []));
