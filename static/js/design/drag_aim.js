// @ts-check
/**
 * Where what is dragged would go, and the marks that show it.
 *
 *   const drop = aim({ load, at: { x: 400, y: 210 }, alt: false, finger: false });     // null outside canvas and tree
 */
import { showMarks } from "design/drag_marks";
import { dropAt } from "design/drop";
import { dropInRows } from "design/drop_rows";
import { ground, shownRows, underAt } from "design/ground";

const PADDING = 12; // px between the tree's edge and its rows
const tree = /** @type {HTMLElement} */ (document.getElementById("tree"));

/** @param {Pick<import("design/drag").Now, "load" | "at" | "alt" | "finger">} now */
export function aim({ load, at, alt, finger }) {
  const page = ground(load.moving, alt || !load.moving.length);
  const under = underAt(at);
  const inTree = under.where === "tree";
  let drop = null;
  if (inTree) drop = dropInRows({ x: at.x - tree.getBoundingClientRect().left - PADDING, y: at.y }, shownRows(), page);
  else if (under.where) drop = dropAt(under.at, under.key, page);
  showMarks({ load, at, drop, inTree, copies: alt && load.moving.length > 0, above: finger });
  return { drop, where: under.where };
}
