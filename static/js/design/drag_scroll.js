// @ts-check
/**
 * Scrolls a pane while something is dragged near its edge, and opens closed rows of the tree under it. A drag that
 * starts near an edge does not scroll until it comes nearer, or has been away from it.
 *
 *   follow(point, "canvas", lookAgain);  rest();
 */
import { frame } from "design/ground";

const NEAR = 40; // px from an edge
const FAST = 14; // px per frame at the edge itself
const NEARER = 8; // px
const OPENS_MS = 500;
const tree = /** @type {any} */ (document.getElementById("tree"));

let asked = 0;
let timer = 0;
/** @type {Element | null} */
let over = null;
/**
 * How near to each edge it has to be to scroll, and in which pane.
 * @type {{ where: string, up: number, down: number } | null}
 */
let least = null;

/**
 * @param {import("design/drop").Point} point in the window @param {string} where
 * @param {() => void} again called when the target under the pointer may have changed
 */
export function follow(point, where, again) {
  cancelAnimationFrame(asked);
  opens(where === "tree" ? point : null, again);
  if (!where) return void (least ??= { where, up: NEAR, down: NEAR });
  const box = (where === "tree" ? tree : frame()).getBoundingClientRect();
  const [up, down] = [point.y - box.top, Math.min(box.bottom, innerHeight) - point.y];
  const by = up < NEAR ? -speed(up) : down < NEAR ? speed(down) : 0;
  if (!isMeant(where, up, down) || !by) return;
  const pane = where === "tree" ? tree : frame().contentDocument?.scrollingElement;
  const before = pane?.scrollTop;
  asked = requestAnimationFrame(() => {
    pane?.scrollBy(0, by);
    if (pane?.scrollTop !== before) again();
  });
}

/** @param {string} where @param {number} up px @param {number} down px */
function isMeant(where, up, down) {
  const at = (/** @type {number} */ away) => (away < NEAR ? away - NEARER : NEAR);
  least ??= { where, up: at(up), down: at(down) };
  if (where !== least.where || up >= NEAR) least.up = NEAR;
  if (where !== least.where || down >= NEAR) least.down = NEAR;
  return up < least.up || down < least.down;
}

/** @param {number} away px */
const speed = (away) => Math.ceil((FAST * (NEAR - Math.max(0, away))) / NEAR);

/** @param {import("design/drop").Point | null} point @param {() => void} again */
function opens(point, again) {
  const under = point ? document.elementFromPoint(point.x, point.y)?.closest("[role=treeitem]") || null : null;
  if (under === over) return;
  clearTimeout(timer);
  over = under;
  if (under?.ariaExpanded !== "false") return;
  timer = setTimeout(() => {
    tree.open(/** @type {HTMLElement} */ (under).dataset.node);
    again();
  }, OPENS_MS);
}

export function rest() {
  cancelAnimationFrame(asked);
  clearTimeout(timer);
  over = least = null;
}
