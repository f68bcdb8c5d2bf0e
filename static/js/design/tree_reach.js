// @ts-check
/**
 * Selecting in the tree: one row, one more, or the range from the row chosen before to this one.
 *
 *   choose("el_k3x9q2");  choose("el_m4y0r3", { add: true });
 *   choose("el_w8q1zz", { reach: true });      // all visible rows from el_m4y0r3 to it
 */
import { allRows, keys, pageKey } from "design/rows";
import { isSelected, select, selectAll, selected } from "design/selection";

let from = "";

/** @param {string} key @param {{ add?: boolean, reach?: boolean }} [how] */
export function choose(key, { add = false, reach = false } = {}) {
  if (!reach || !isSelected(from)) from = reach ? selected() : key;
  if (!reach) return select(key, { add });
  const seen = keys(allRows().filter((row) => !row.hidden));
  const [one, other] = [seen.indexOf(from), seen.indexOf(key)].sort((a, b) => a - b);
  const reached = seen.slice(Math.max(0, one), other + 1).filter((each) => each !== pageKey());
  selectAll(reached, reached.includes(key) ? key : reached[0]);
}
