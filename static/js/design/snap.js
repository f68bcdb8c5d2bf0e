// @ts-check
/**
 * What a size or a position snaps to while it changes. Pure.
 *
 *   const all = targetsOf({ own, around, beside, along: "x", anchor: "start", across: true });
 *   snapped(212, all, 6);     // 208, or null
 *   snapped(own.left, positionsOf({ own, around, beside, along: "x" }), 6);
 *
 * @typedef {import("design/drop").Box} Box
 * @typedef {"start" | "end" | "center"} Anchor which of an element's edges stays in place; `center`: none, its
 *   middle does
 * @typedef {{ size: number, at: number[], box: Box }} Target `size`: the size to take, or the position; `at`: where
 *   `box` is met; none if it is only as large
 * @typedef {{ own: Box, around: Box, beside: Box[], along: "x" | "y", anchor: Anchor, across: boolean }} Place
 *   `across`: siblings are laid out across the direction of growth, so that their edges stay in place
 */
export const SIDES = { x: /** @type {const} */ (["left", "right"]), y: /** @type {const} */ (["top", "bottom"]) };

/**
 * Sizes: up to the edges of the container and of siblings, and those of siblings.
 * @param {Place} place @returns {Target[]}
 */
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
 * Positions of a box's first edge: where an edge meets one of the container or of a sibling, or its middle theirs.
 * @param {Pick<Place, "own" | "around" | "beside" | "along">} place @returns {Target[]}
 */
export function positionsOf({ own, around, beside, along }) {
  const [from, to] = SIDES[along];
  const size = own[to] - own[from];
  const meets = (/** @type {Box} */ box) => {
    const edges = [box[from], box[to]];
    const middle = (box[from] + box[to]) / 2;
    return [
      ...edges.map((edge) => ({ size: edge, at: [edge], box })),
      // Without a size, as that of a new element, it has only one edge.
      ...(size ? edges.map((edge) => ({ size: edge - size, at: [edge], box })) : []),
      ...(size ? [{ size: middle - size / 2, at: [middle], box }] : []),
    ];
  };
  return [around, ...beside].flatMap(meets);
}

/**
 * The nearest size or position to snap to.
 * @param {number} size @param {{ size: number }[]} targets the first of several as near @param {number} near px
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
