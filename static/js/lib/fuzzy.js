// @ts-check
/**
 * How well a text fits what was typed: every word of it, as a whole or by its letters in their order.
 *
 *   import { fit } from "lib/fuzzy";
 *   fit("mvup", "Move up")        // more than 0; 0: it does not fit
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
  // The letters one after the other: the more of them begin a word or follow one another, the better.
  let [from, sum] = [0, 0];
  for (const letter of word) {
    const next =
      [from, ...begins(text)].find((index) => index >= from && text[index] === letter) ?? text.indexOf(letter, from);
    if (next < 0) return 0;
    sum += next === from || isBegin(text, next) ? 3 : 0.5;
    from = next + 1;
  }
  // Letters that are strewn over a text by chance are no fit.
  return sum >= word.length * 1.5 ? (10 * sum) / (3 * word.length) : 0;
}

/** @param {string} text @param {number} at */
const isBegin = (text, at) => at === 0 || /[^\p{L}\p{N}]/u.test(text[at - 1]);

/** @param {string} text */
const begins = (text) => [...text].flatMap((_, index) => (isBegin(text, index) ? [index] : []));
