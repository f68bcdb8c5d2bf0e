// @ts-check
/**
 * What a size snaps to while it is changed: the edges of the container and of what stands beside, and the sizes of
 * that. Pure.
 *
 *   const all = targetsOf({ own, around, beside, along: "x", anchor: "start", across: true });
 *   snapped(212, all, 6);     // 208, or null
 *
 * @typedef {import("design/drop").Box} Box
 * @typedef {"start" | "end" | "center"} Anchor which of an element's edges stays where it is; `center`: none, its
 *   middle does
 * @typedef {{ size: number, at: number[], box: Box }} Target `at`: where edges of `box` are met; none where it is as
 *   large
 * @typedef {{ own: Box, around: Box, beside: Box[], along: "x" | "y", anchor: Anchor, across: boolean }} Place
 *   `across`: what stands beside it stands across the way it grows, so that its edges stay where they are
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
 * The nearest size that something has or reaches.
 * @param {number} size @param {Target[]} targets @param {number} near px
 * @returns {number | null} null where none is near
 */
export function snapped(size, targets, near) {
  const away = (/** @type {number} */ other) => Math.abs(other - size);
  const [best] = targets
    .map((target) => target.size)
    .filter((other) => away(other) <= near)
    .sort((one, other) => away(one) - away(other));
  return best ?? null;
}
