// @ts-check
/**
 * Where something that is dragged would go. Pure: takes boxes, and returns a place among elements.
 *
 *   dropAt({ x: 210, y: 96 }, "el_k3x9q2", page)
 *   // { parent: "el_action", index: 1, after: "el_stop01", line: {left, top, right, bottom},
 *   //   stays: false, refused: "" }
 *
 * `index` counts the children without those that move. An invalid place is `refused`, with the reason. In a fixed group
 * it is `free`: in front of all others, wherever it is put (`design/fixed_drop`). Of a page, `home` is the fixed group
 * in which all that moves stands: it has no rim.
 *
 * @typedef {{ x: number, y: number }} Point
 * @typedef {{ left: number, top: number, right: number, bottom: number }} Box
 * @typedef {{ parent: string, index: number, after: string, line: Box | null, stays: boolean, refused: string,
 *   free?: boolean }} Drop
 * @typedef {{ moving: string[], copies?: boolean, parentOf(key: string): string, childrenOf(key: string): string[],
 *   holds(key: string): boolean, nameOf(key: string): string, box(key: string): Box | null,
 *   axis(key: string): "x" | "y", isFixed?(key: string): boolean, home?: string }} Page
 */
const EDGE = 8; // px at the rim of a container where a place beside it is meant
const AIR = 4; // px between the line and the first or last element

/** @param {{ display: string, flexDirection: string, gridTemplateColumns: string }} style the style of the container */
export function axisOf({ display, flexDirection, gridTemplateColumns }) {
  if (display.includes("flex")) return flexDirection.startsWith("row") ? "x" : "y";
  return display.includes("grid") && gridTemplateColumns.trim().split(/\s+(?![^(]*\))/).length > 1 ? "x" : "y";
}

/** @param {Box} box @param {"x" | "y"} axis */
const middle = (box, axis) => (axis === "x" ? (box.left + box.right) / 2 : (box.top + box.bottom) / 2);

/**
 * Group boxes by line: a wrapped row has several.
 * @param {Box[]} boxes
 * @returns {number[][]}
 */
function linesOf(boxes) {
  const lines = /** @type {number[][]} */ ([]);
  for (const [at, box] of boxes.entries()) {
    const line = lines.at(-1);
    const before = line && boxes[line[line.length - 1]];
    if (line && before && box.left >= before.left && box.top < Math.max(...line.map((each) => boxes[each].bottom)))
      line.push(at);
    else lines.push([at]);
  }
  return lines;
}

/**
 * The index of the box that a point is before; their number if it is after the last one.
 * @param {Point} point @param {Box[]} boxes @param {"x" | "y"} axis
 */
export function indexAt(point, boxes, axis) {
  if (axis === "y") return boxes.filter((box) => middle(box, "y") < point.y).length;
  const lines = linesOf(boxes);
  if (!lines.length) return 0;
  const away = (/** @type {number[]} */ line) => {
    const [top, bottom] = [
      Math.min(...line.map((at) => boxes[at].top)),
      Math.max(...line.map((at) => boxes[at].bottom)),
    ];
    return Math.max(top - point.y, point.y - bottom, 0);
  };
  const nearest = lines.reduce((best, line) => (away(line) < away(best) ? line : best));
  return nearest[0] + nearest.filter((at) => middle(boxes[at], "x") < point.x).length;
}

/** The line that marks a place; none in an empty container.
 * @param {number} index @param {Box[]} boxes @param {"x" | "y"} axis @param {Box} around @returns {Box | null} */
export function lineAt(index, boxes, axis, around) {
  if (!boxes.length) return null;
  let [before, after] = [boxes[index - 1], boxes[index]];
  if (axis === "y") {
    const top =
      before && after
        ? (before.bottom + after.top) / 2
        : before
          ? Math.min(before.bottom + AIR, around.bottom)
          : Math.max(after.top - AIR, around.top);
    const [left, right] = [Math.min(...boxes.map((box) => box.left)), Math.max(...boxes.map((box) => box.right))];
    return { left, right, top, bottom: top };
  }
  // At the end of a row, draw it there, and not before the first box of the next row.
  if (before && after && (after.left < before.left || after.top >= before.bottom))
    after = /** @type {any} */ (undefined);
  const left =
    before && after
      ? (before.right + after.left) / 2
      : before
        ? Math.min(before.right + AIR, around.right)
        : Math.max(after.left - AIR, around.left);
  const near = [before, after].filter(Boolean);
  return {
    left,
    right: left,
    top: Math.min(...near.map((box) => box.top)),
    bottom: Math.max(...near.map((box) => box.bottom)),
  };
}

/** Whether a point is at the rim of a box, where a place beside it is meant.
 * @param {Point} point @param {Box} box @param {"x" | "y"} axis */
function isAtRim(point, box, axis) {
  const [from, to, at] = axis === "x" ? [box.left, box.right, point.x] : [box.top, box.bottom, point.y];
  const edge = Math.min(EDGE, (to - from) / 4);
  return at < from + edge || at > to - edge;
}

/** @param {string} key @param {Page} page @returns {string[]} the element, then its ancestors */
export const upFrom = (key, page) => (key ? [key, ...upFrom(page.parentOf(key), page)] : []);

/** @param {string} parent @param {number} index @param {Page} page @param {Box | null} line @returns {Drop} */
export function placed(parent, index, page, line) {
  const all = page.childrenOf(parent);
  const others = all.filter((key) => page.copies || !page.moving.includes(key));
  const after = others[index - 1] || "";
  const kept = [...others.slice(0, index), ...page.moving, ...others.slice(index)];
  const stays =
    !page.copies && page.moving.length > 0 && kept.length === all.length && kept.every((key, at) => key === all[at]);
  const own = page.copies ? "" : upFrom(parent, page).find((key) => page.moving.includes(key));
  return { parent, index, after, line, stays, refused: own ? `${page.nameOf(own)} cannot go into itself` : "" };
}

/**
 * @param {Point} point @param {string} under the key of the deepest element there; "" for none @param {Page} page
 * @returns {Drop}
 */
export function dropAt(point, under, page) {
  if (!under) return { parent: "", index: 0, after: "", line: null, stays: false, refused: "Outside of the page" };
  let [parent, ...around] = upFrom(under, page);
  // What is dragged does not cover its own place.
  if (!page.copies && page.moving.includes(parent)) parent = around.shift() || parent;
  while (around.length) {
    const box = page.box(parent);
    if (parent === page.home || (page.holds(parent) && !(box && isAtRim(point, box, page.axis(around[0]))))) break;
    parent = /** @type {string} */ (around.shift());
  }
  const others = page.childrenOf(parent).filter((key) => page.copies || !page.moving.includes(key));
  if (page.isFixed?.(parent)) return { ...placed(parent, others.length, page, null), stays: false, free: true };
  const shown = others.filter((key) => page.box(key));
  const boxes = shown.map((key) => /** @type {Box} */ (page.box(key)));
  const axis = page.axis(parent);
  const at = indexAt(point, boxes, axis);
  // Hidden elements have no box and keep their places among the others.
  const index = at < shown.length ? others.indexOf(shown[at]) : at ? others.indexOf(shown[at - 1]) + 1 : others.length;
  return placed(parent, index, page, lineAt(at, boxes, axis, page.box(parent) || boxes[0]));
}
