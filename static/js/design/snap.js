// @ts-check
/**
 * What a size snaps to while it changes: the edges of the container and of siblings, and the sizes of siblings. Pure.
 *
 *   const all = targetsOf({ own, around, beside, along: "x", anchor: "start", across: true });
 *   snapped(212, all, 6);     // 208, or null
 *
 * @typedef {import("design/drop").Box} Box
 * @typedef {"start" | "end" | "center"} Anchor which of an element's edges stays in place; `center`: none, its
 *   middle does
 * @typedef {{ size: number, at: number[], box: Box }} Target `at`: where edges of `box` are met; none if it has the
 * same
 *   large
 * @typedef {{ own: Box, around: Box, beside: Box[], along: "x" | "y", anchor: Anchor, across: boolean }} Place
 *   `across`: siblings are laid out across the direction of growth, so that their edges stay in place
 */
const SIDES = { x: /** @type {const} */ (["left", "right"]), y: /** @type {const} */ (["top", "bottom"]) };

/** @param {Place} place @returns {Target[]} */
export function targetsOf({ own, around, beside, along, anchor, across }) {
  const [from, to] = SIDES[along];
  const [start, end] = [own[from], own[to]];
  const middle = (start + end) / 2;
  const sizeTo = (/** @type {number} */ edge) =>
    anchor === "center" ? 2 * Math.abs(edge - middle) : anchor === "start" ? edge - start : end - edge;
  const edges = (/** @type {Box} */ box) =>
    [from, to].map((side) => ({ size: sizeTo(box[side]), at: [box[side]], box }));
  const alike = beside.map((box) => ({ size: box[to] - box[from], at: [], box }));
  return [...(across ? [around, ...beside].flatMap(edges) : []), ...alike].filter(({ size }) => size > 0);
}

/**
 * The nearest size to snap to.
 * @param {number} size @param {Target[]} targets @param {number} near px
 * @returns {number | null} null if none is near
 */
export function snapped(size, targets, near) {
  const away = (/** @type {number} */ other) => Math.abs(other - size);
  const [best] = targets
    .map((target) => target.size)
    .filter((other) => away(other) <= near)
    .sort((one, other) => away(one) - away(other));
  return best ?? null;
}
