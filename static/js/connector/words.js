// @ts-check
/**
 * Numbers in words, as the server writes them.
 *
 *   seconds(0.6123) → "0.61 s"    amount(19763) → "19.3 KB"
 */

/** @param {number} value */
export const seconds = (value) => `${value.toFixed(2)} s`;

/** @param {number} size bytes */
export function amount(size) {
  if (size < 1000) return `${size} B`;
  return size < 1000 * 1024 ? `${(size / 1024).toFixed(1)} KB` : `${(size / 2 ** 20).toFixed(1)} MB`;
}

/** @param {number} count @param {string} noun */
export const count = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;
