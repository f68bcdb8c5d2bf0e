// @ts-check
/**
 * Lets elements on the canvas have lengths before the server has drawn them (design/ahead).
 *
 *   wearIn(main, { el_k3x9q2: { "--x": "120px" } });        // and no others
 */

/** What nodes wear ahead of the server. @type {Map<HTMLElement, Record<string, string>>} */
let worn = new Map();

/**
 * Let elements have these lengths, and all others those that the server has drawn.
 * @param {Element} main @param {import("design/lengths").Lengths} lengths
 * @returns {boolean} whether any of them wears or wore one
 */
export function wearIn(main, lengths) {
  const before = worn;
  worn = new Map(
    Object.entries(lengths).flatMap(([key, sets]) =>
      nodesOf(main, key).map((node) => /** @type {const} */ ([node, sets])),
    ),
  );
  for (const [node, sets] of before) {
    for (const css of Object.keys(sets)) if (!worn.get(node)?.[css]) node.style.removeProperty(css);
    if (!node.getAttribute("style")) node.removeAttribute("style");
  }
  for (const [node, sets] of worn)
    for (const [css, length] of Object.entries(sets)) node.style.setProperty(css, length);
  return before.size + worn.size > 0;
}

/** In a list an element has a node in each cell. @param {Element} main @param {string} key @returns {HTMLElement[]} */
const nodesOf = (main, key) =>
  [...main.querySelectorAll(`[data-el="${CSS.escape(key)}"]`)].map((each) => /** @type {HTMLElement} */ (each));
