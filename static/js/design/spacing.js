// @ts-check
/**
 * Equal distances in a fixed group: where a box is as far from its neighbour on one side as from that on the other, or
 * goes on with the distance of a row. Pure.
 *
 *   evenly({ own, beside, along: "x" });      // [{ size: 140, gaps: [gap, gap] }]: positions of its first edge
 *
 * @typedef {import("design/drop").Box} Box
 * @typedef {{ along: "x" | "y", from: number, to: number, across: number }} Gap from edge to edge, in px; `across`:
 *   where on the other axis
 * @typedef {{ size: number, gaps: Gap[] }} Even
 */
import { SIDES } from "design/snap";

/**
 * @param {{ own: Box, beside: Box[], along: "x" | "y" }} place only boxes level with its own count
 * @returns {Even[]}
 */
export function evenly({ own, beside, along }) {
  const [[from, to], [near, far]] = [SIDES[along], SIDES[along === "x" ? "y" : "x"]];
  const [size, middle] = [own[to] - own[from], (own[from] + own[to]) / 2];
  const row = size ? beside.filter((box) => box[near] < own[far] && box[far] > own[near]) : [];
  const before = (/** @type {number} */ edge) =>
    row.filter((box) => box[to] <= edge).sort((one, other) => other[to] - one[to])[0];
  const after = (/** @type {number} */ edge) =>
    row.filter((box) => box[from] >= edge).sort((one, other) => one[from] - other[from])[0];
  const [first, last] = [before(middle), after(middle)];
  const [second, next] = [first && before(first[from]), last && after(last[to])];
  const found = /** @type {Even[]} */ ([]);
  /** @type {(size: number, boxes: Box[], ...edges: number[]) => void} */
  const add = (size, boxes, one, two, three, four) => {
    const across = levelOf([own, ...boxes], near, far) ?? (own[near] + own[far]) / 2;
    const gaps = [
      { along, from: one, to: two, across },
      { along, from: three, to: four, across },
    ];
    if (gaps.every(({ from, to }) => to - from >= 1)) found.push({ size, gaps });
  };
  if (first && last) {
    const at = (first[to] + last[from] - size) / 2;
    add(at, [first, last], first[to], at, at + size, last[from]);
  }
  if (first && second) {
    const at = first[to] + first[from] - second[to];
    add(at, [second, first], second[to], first[from], first[to], at);
  }
  if (last && next) {
    const at = last[from] - (next[from] - last[to]) - size;
    add(at, [last, next], at + size, last[from], last[to], next[from]);
  }
  return found;
}

/** The middle of where all boxes are level. @param {Box[]} boxes @param {"left" | "top"} near
 * @param {"right" | "bottom"} far @returns {number | null} null if they nowhere are */
function levelOf(boxes, near, far) {
  const [from, to] = [Math.max(...boxes.map((box) => box[near])), Math.min(...boxes.map((box) => box[far]))];
  return from < to ? (from + to) / 2 : null;
}
