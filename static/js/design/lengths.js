// @ts-check
/**
 * Lengths of elements as the canvas shows them before the server has drawn them (design/ahead). Pure.
 *
 *   lengthFor("--x", 120)                             // "120px"
 *   lengthsAt({ el_k3x9q2: { x: 120, y: 40 } })       // { el_k3x9q2: { "--x": "120px", "--y": "40px" } }
 *
 * @typedef {Record<string, Record<string, string>>} Lengths by element and CSS property
 */

/** As the server writes it (builder/elements/props). @param {string} css @param {number | null} value px
 * @returns {string} "" if styles decide */
export function lengthFor(css, value) {
  if (value === null) return css === "--x" || css === "--y" ? "0px" : "";
  return value === 0 && css.startsWith("max-") ? "none" : `${value}px`;
}

/** @param {import("design/foreseen").Places} [places] in fixed groups @returns {Lengths} */
export const lengthsAt = (places = {}) =>
  Object.fromEntries(Object.entries(places).map(([key, { x, y }]) => [key, { "--x": `${x}px`, "--y": `${y}px` }]));

/** @param {Lengths[]} all @returns {Lengths} of each property the last one */
export function together(all) {
  const found = /** @type {Lengths} */ ({});
  for (const [key, sets] of all.flatMap(Object.entries)) found[key] = { ...found[key], ...sets };
  return found;
}
