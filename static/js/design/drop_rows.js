// @ts-check
/**
 * Where something dragged over the tree would go: between rows, at a depth given by the pointer's horizontal position,
 * or into the row under it. Pure, as `design/drop`.
 *
 *   dropInRows({ x: 40, y: 96 }, rows, page)
 *   // a Drop, with the line's position `row` and its indentation `depth`
 *
 * @typedef {{ key: string, top: number, bottom: number, depth: number }} Row the visible rows, the page's first
 */
import { placed } from "design/drop";

const STEP = 16; // px per level
const INTO = 0.3; // the part of a row's height, at its top and bottom, that means a place beside it

/**
 * @param {import("design/drop").Point} point `x` from the left of the rows @param {Row[]} rows
 * @param {import("design/drop").Page} page
 */
export function dropInRows(point, rows, page) {
  const at = Math.max(
    0,
    rows.findLastIndex((row) => row.top <= point.y),
  );
  const row = rows[at];
  const height = row.bottom - row.top;
  const from = (point.y - row.top) / height;
  const isRoot = at === 0;
  if (page.holds(row.key) && (isRoot || (from > INTO && from < 1 - INTO))) {
    const inside = others(row.key, page).length;
    return {
      ...placed(row.key, isRoot ? 0 : inside, page, null),
      row: isRoot ? row.bottom : -1,
      depth: 1,
      into: isRoot ? "" : row.key,
    };
  }
  const above = from < 0.5 ? at - 1 : at;
  return { ...between(point, rows, above, page), into: "" };
}

/**
 * The place below a row.
 * @param {import("design/drop").Point} point @param {Row[]} rows @param {number} above
 * @param {import("design/drop").Page} page
 */
function between(point, rows, above, page) {
  const [row, below] = [rows[above], rows[above + 1]];
  // A row with visible children has them right below it.
  if (below && below.depth > row.depth)
    return { ...placed(row.key, 0, page, null), row: row.bottom, depth: below.depth };
  const least = below ? below.depth : 1;
  const depth = Math.max(least, Math.min(row.depth, Math.floor(point.x / STEP)));
  let key = row.key;
  for (let up = row.depth; up > depth; up -= 1) key = page.parentOf(key);
  const parent = page.parentOf(key);
  const among = page.childrenOf(parent);
  const before = among.slice(0, among.indexOf(key) + 1).filter((each) => page.copies || !page.moving.includes(each));
  return { ...placed(parent, before.length, page, null), row: row.bottom, depth };
}

/** @param {string} key @param {import("design/drop").Page} page */
const others = (key, page) => page.childrenOf(key).filter((each) => page.copies || !page.moving.includes(each));
