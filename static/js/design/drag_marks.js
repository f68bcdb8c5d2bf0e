// @ts-check
/**
 * The marks of a drag: what is dragged beside the pointer with a description of its target, a line between siblings, an
 * outline around the container; a red message where it cannot go. What is carried in a fixed group shows itself, with
 * its position beside the pointer.
 *
 *   showMarks({ load, at: {x, y}, drop, inTree: false, copies: false, above: false, isCarried: false });
 *   hideMarks();
 */
import { hideGuides, showGuides, showSize } from "design/guides";
import { nameOf, rowOf } from "design/rows";
import { scale } from "design/sizes";

const THICK = 2; // px, of the line
const FINGER = 72; // px above a finger, which would cover it
const canvas = /** @type {any} */ (document.getElementById("canvas"));
const tree = /** @type {HTMLElement} */ (document.getElementById("tree"));
const ghost = /** @type {HTMLElement} */ (document.getElementById("drag-ghost"));
const tile = /** @type {HTMLElement} */ (ghost.querySelector(".tile"));
const line = /** @type {HTMLElement} */ (canvas.querySelector(".drop-line"));
const into = /** @type {HTMLElement} */ (canvas.querySelector(".drop-into"));
const treeLine = /** @type {HTMLElement} */ (document.getElementById("tree-line"));

/**
 * @param {{ load: import("design/drag").Load, at: import("design/drop").Point, drop: any, inTree: boolean,
 *   copies: boolean, above: boolean, isCarried: boolean }} what `above`: above a finger rather than beside a pointer
 */
export function showMarks({ load, at, drop, inTree, copies, above, isCarried }) {
  const goes = drop && !drop.refused;
  showGhost(load, at, drop, copies);
  // Where its own box is shown, that is enough.
  tile.hidden = Boolean(drop?.met && load.moving.length);
  showPlace(drop, isCarried, above ? { x: at.x - 36, y: at.y - FINGER } : at);
  if (above) {
    const left = Math.max(4, Math.min(at.x - 36, innerWidth - ghost.offsetWidth - 4));
    ghost.style.translate = `${left}px ${Math.max(4, at.y - FINGER)}px`;
  }
  lay(line, goes && !inTree ? drop.line : null);
  lay(into, goes && !inTree ? boxFor(drop) : null);
  into.toggleAttribute("data-empty", Boolean(goes && !drop.line && !drop.met));
  treeLine.hidden = !(goes && inTree && drop.row >= 0);
  if (!treeLine.hidden) {
    const { top, left } = tree.getBoundingClientRect();
    treeLine.style.top = `${drop.row - top + tree.scrollTop - 1}px`;
    treeLine.style.left = `${12 + 16 * drop.depth + Math.min(0, left)}px`;
  }
  for (const row of tree.querySelectorAll("[data-into]")) row.removeAttribute("data-into");
  if (goes && inTree) rowOf(drop.parent)?.setAttribute("data-into", "");
  cursor(drop?.refused ? "refused" : copies ? "copy" : "");
}

/** The box of the container; of a fixed group, as far as it will grow downwards. @param {any} drop */
function boxFor({ parent, own }) {
  const box = canvas.find(parent)?.getBoundingClientRect();
  return box && own ? { ...box.toJSON(), bottom: Math.max(box.bottom, own.bottom) } : box;
}

/** Show a place in a fixed group.
 * @param {any} drop @param {boolean} [isCarried] @param {import("design/drop").Point} [at] in the window */
function showPlace(drop, isCarried = false, at = { x: 0, y: 0 }) {
  canvas.toggleAttribute("data-carries", isCarried);
  if (!isCarried) hideGuides();
  if (!drop?.met) return;
  showGuides(drop.own, drop.met, isCarried ? [] : drop.boxes, drop.gaps);
  ghost.hidden ||= isCarried;
  if (isCarried) showSize(spotOf(drop), at);
}

/** @param {{ spot: import("design/fixed_drop").Place }} drop */
const spotOf = ({ spot: { x, y } }) => `${x}, ${y}`;

/** @param {string} state "" for the default cursor */
function cursor(state) {
  if (state) document.documentElement.dataset.dragging = state;
  else delete document.documentElement.dataset.dragging;
}

export function hideMarks() {
  showPlace(null);
  for (const each of [ghost, line, into, treeLine]) each.hidden = true;
  for (const row of tree.querySelectorAll("[data-into]")) row.removeAttribute("data-into");
  cursor("");
}

/**
 * @param {import("design/drag").Load} load @param {import("design/drop").Point} at @param {any} drop
 * @param {boolean} copies
 */
function showGhost({ moving, label = "", icon = "" }, { x, y }, drop, copies) {
  ghost.hidden = x === 0 && y === 0;
  const many = moving.length > 1 ? `${moving.length} elements` : label || nameOf(moving[0]);
  const [name, tip, use] = [
    ghost.querySelector("[data-name]"),
    /** @type {HTMLElement} */ (ghost.querySelector(".tip")),
    ghost.querySelector("use"),
  ];
  if (name) name.textContent = many;
  use?.setAttribute("href", icon || rowOf(moving[0])?.querySelector(":scope > .icon use")?.getAttribute("href") || "");
  tip.toggleAttribute("data-refused", Boolean(drop?.refused));
  tip.replaceChildren(...wordsOf(drop, copies));
  // Keep its text readable at the edges of the window.
  const [left, top] = [innerWidth - ghost.offsetWidth - 4, innerHeight - ghost.offsetHeight - 4];
  ghost.style.translate = `${Math.min(x + 12, left)}px ${Math.min(y + 12, top)}px`;
}

/** The description of a target, such as "Into Answer actions, after Stop".
 * @param {any} drop @param {boolean} copies @returns {(string | Node)[]} */
function wordsOf(drop, copies) {
  if (!drop) return ["Drop it on the page or in the tree"];
  if (drop.refused) return [drop.refused];
  if (drop.stays && !drop.met) return ["Stays where it is"];
  const where = document.createElement("b");
  where.textContent = nameOf(drop.parent);
  if (drop.met) return [copies ? "Copy into " : "Into ", where, ` at ${spotOf(drop)}`];
  return [copies ? "Copy into " : "Into ", where, drop.after ? `, after ${nameOf(drop.after)}` : ", first"];
}

/** @param {HTMLElement} mark @param {import("design/drop").Box | null | undefined} box in the page */
function lay(mark, box) {
  mark.hidden = !box;
  if (!box) return;
  const by = scale();
  const isLine = mark === line;
  const [width, height] = [(box.right - box.left) * by, (box.bottom - box.top) * by];
  mark.style.left = `${box.left * by - (isLine && !width ? THICK / 2 : 0)}px`;
  mark.style.top = `${box.top * by - (isLine && !height ? THICK / 2 : 0)}px`;
  mark.style.width = `${isLine ? Math.max(THICK, width) : width}px`;
  mark.style.height = `${isLine ? Math.max(THICK, height) : height}px`;
  if (isLine) mark.dataset.axis = width ? "y" : "x";
}
