// @ts-check
/**
 * How much of what the page shows an area would hide: lines of text, pictures, controls, whatever has a background or a
 * border; not the empty parts of its boxes.
 *
 *   const hidden = inked(page, "el_k3x9q2");
 *   hidden({ left: 0, top: 0, right: 90, bottom: 20 }, false);     // px² of other elements; with true, also of its own
 */

/** @typedef {import("design/tags").Area} Area */

const APART = 20; // px between the points at which elements are looked for

/** @param {Document} page @param {string} key the selected element */
export function inked(page, key) {
  /** @type {Map<Element, Area[]>} */
  const known = new Map();
  const own = `[data-el="${CSS.escape(key)}"]`;
  return (/** @type {Area} */ area, /** @type {boolean} */ also) => {
    const there = [...leavesIn(page, area)].filter((each) => also || !each.closest(own));
    for (const each of there) if (!known.has(each)) known.set(each, inkOf(each));
    return there.flatMap((each) => known.get(each) || []).reduce((sum, ink) => sum + shared(area, ink), 0);
  };
}

/** The elements there that contain no others. @param {Document} page @param {Area} area */
function leavesIn(page, { left, top, right, bottom }) {
  const found = /** @type {Set<Element>} */ (new Set());
  for (let x = left + 1; x < right; x += APART)
    for (let y = top + 1; y < bottom; y += APART) {
      const at = page.elementFromPoint(x, y)?.closest("[data-el]");
      if (at && !at.querySelector("[data-el]")) found.add(at);
    }
  return found;
}

/** @param {Element} leaf @returns {Area[]} */
function inkOf(leaf) {
  const { backgroundColor, borderTopWidth } = getComputedStyle(leaf);
  const range = leaf.ownerDocument.createRange();
  range.selectNodeContents(leaf);
  const parts = [...range.getClientRects()];
  const isPlain = backgroundColor === "rgba(0, 0, 0, 0)" && borderTopWidth === "0px";
  return isPlain && parts.length ? parts : [leaf.getBoundingClientRect()];
}

/** @param {Area} one @param {Area} other @returns {number} px² that both have */
function shared(one, other) {
  const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left);
  const high = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
  return wide > 0 && high > 0 ? wide * high : 0;
}
