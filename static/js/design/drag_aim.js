// @ts-check
/**
 * Where what is dragged would go, and the marks that show it.
 *
 *   const drop = aim({ load, at: { x: 400, y: 210 }, held, finger: false, grip });     // null outside canvas and tree
 */
import { stood } from "design/drag_fixed";
import { showMarks } from "design/drag_marks";
import { dropAt } from "design/drop";
import { dropInRows } from "design/drop_rows";
import { carry, letGo } from "design/fixed";
import { around, isBelow } from "design/fixed_drop";
import { ground, shownRows, underAt } from "design/ground";

const PADDING = 12; // px between the tree's edge and its rows
const tree = /** @type {HTMLElement} */ (document.getElementById("tree"));

/** @param {Pick<import("design/drag").Now, "load" | "at" | "held" | "finger" | "grip">} now */
export function aim({ load, at, held, finger, grip }) {
  const page = pageFor(load, held, grip);
  const under = underAt(at);
  const inTree = under.where === "tree";
  /** @type {any} */
  let drop = null;
  if (inTree) drop = dropInRows({ x: at.x - tree.getBoundingClientRect().left - PADDING, y: at.y }, shownRows(), page);
  else if (under.where) {
    drop = dropAt(under.at, isBelow(under.at, under.key, grip.home, page) ? grip.home : under.key, page);
    if (drop.free && !drop.refused) drop = stood(grip, drop, under.at, held);
  }
  const isCarried = Boolean(drop?.isHome && !held.alt);
  if (isCarried) carry(grip.taken, drop.places);
  else letGo(grip.taken);
  showMarks({ load, at, drop, inTree, copies: held.alt && load.moving.length > 0, above: finger, isCarried });
  return { drop, where: under.where };
}

/**
 * @param {import("design/drag").Load} load @param {import("design/drag_fixed").Held} held
 * @param {import("design/drag_fixed").Grip} grip @returns {import("design/drop").Page}
 */
function pageFor({ moving }, { alt }, { home, boxes }) {
  const page = ground(moving, alt || !moving.length);
  const own = around(Object.values(boxes));
  // What is moved about in a group goes into another one there only if that could hold it.
  const isRoomy = (/** @type {string} */ key) => {
    const box = page.box(key);
    return !box || (box.right - box.left > own.right - own.left && box.bottom - box.top > own.bottom - own.top);
  };
  const holds = (/** @type {string} */ key) =>
    page.holds(key) && (!home || page.parentOf(key) !== home || isRoomy(key));
  return { ...page, home, holds };
}
