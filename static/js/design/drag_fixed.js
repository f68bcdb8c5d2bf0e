// @ts-check
/**
 * A drag over a fixed group: what is dragged stands where the pointer holds it, aligned with what is near. Ctrl or ⌘
 * stops that, Shift keeps it on one axis. Within its own group it is carried itself; anything else is shown as a box.
 *
 *   const grip = gripOf({ moving: ["el_k3x9q2"] }, from);       // when it is taken up
 *   const drop = stood(grip, dropAt(at, key, page), at, held);
 *
 * @typedef {import("design/drop").Point} Point
 * @typedef {import("design/fixed_drop").Box} Box
 * @typedef {{ alt: boolean, shift: boolean, free: boolean }} Held keys: it is copied, on one axis, without snapping
 * @typedef {{ home: string, taken: import("design/fixed").Places, from: Point, boxes: Record<string, Box> }} Grip
 *   `home`: the fixed group in which all that is dragged stands, `taken`: where; `from`: the pointer in that group;
 *   `boxes`: relative to the pointer
 * @typedef {import("design/drop").Drop & import("design/fixed_drop").Standing & { isHome: boolean }} FreeDrop
 */
import { boxOf, fieldOf, homeOf, pickUp } from "design/fixed";
import { around, shifted, standing } from "design/fixed_drop";
import { boxesIn, frame, inPage, underAt } from "design/ground";
import { scale } from "design/sizes";

/** From how far something snaps, in px on the screen. */
export const NEAR = 6;
const NOTHING = { left: 0, top: 0, right: 0, bottom: 0 };

/** @param {{ moving: string[] }} load @param {Point} from in the window @returns {Grip} */
export function gripOf({ moving }, from) {
  const seen = moving.filter(boxOf);
  const known = seen.map((key) => /** @type {Box} */ (boxOf(key)));
  const home = homeOf(moving);
  const field = home && fieldOf(home);
  // A row of the tree holds them at their corner.
  const { left: x, top: y } = around(known.length ? known : [NOTHING]);
  const at = underAt(from).where === "canvas" ? inPage(from) : { x, y };
  // A new element has no box yet, and hidden ones beside others stay where they are.
  const boxes = known.length
    ? seen.map((key, index) => [key, shifted(known[index], { x: -at.x, y: -at.y })])
    : (moving.length ? moving : [""]).map((key) => [key, NOTHING]);
  return {
    home,
    taken: home ? pickUp(moving) : {},
    from: field ? { x: at.x - field.left, y: at.y - field.top } : { x: 0, y: 0 },
    boxes: Object.fromEntries(boxes),
  };
}

/**
 * Complete a drop into a fixed group.
 * @param {Grip} grip @param {import("design/drop").Drop} drop @param {Point} at in the page @param {Held} held
 * @returns {FreeDrop | import("design/drop").Drop}
 */
export function stood(grip, drop, at, held) {
  const field = fieldOf(drop.parent);
  if (!field) return drop;
  const isHome = grip.home === drop.parent;
  const isCarried = isHome && !held.alt;
  const { point, axes } = isHome && held.shift ? onAxis(grip, field, at) : { point: at, axes: { x: true, y: true } };
  const made = standing({
    field,
    boxes: Object.fromEntries(Object.keys(grip.boxes).map((key) => [key, boxAt(grip, key, point, isCarried)])),
    beside: boxesIn(drop.parent, isCarried ? Object.keys(grip.boxes) : []).filter(isSeen),
    near: NEAR / scale(),
    snaps: held.free ? { x: false, y: false } : axes,
  });
  const stays = isCarried && Object.entries(made.places).every(([key, { x, y }]) => isAt(grip.taken[key], x, y));
  return { ...drop, ...made, isHome, stays };
}

/** Whether some of a box is in view. @param {Box} box */
function isSeen({ left, top, right, bottom }) {
  const { innerWidth: width = 0, innerHeight: height = 0 } = frame().contentWindow || {};
  return right > 0 && bottom > 0 && left < width && top < height;
}

/** @param {import("design/fixed_drop").Place | undefined} place @param {number} x @param {number} y */
const isAt = (place, x, y) => place?.x === x && place.y === y;

/** Keep to the axis on which the pointer is farther away. @param {Grip} grip @param {Box} field @param {Point} at */
function onAxis({ from }, field, at) {
  const begin = { x: field.left + from.x, y: field.top + from.y };
  const isAlong = Math.abs(at.x - begin.x) >= Math.abs(at.y - begin.y);
  return {
    point: isAlong ? { x: at.x, y: begin.y } : { x: begin.x, y: at.y },
    axes: { x: isAlong, y: !isAlong },
  };
}

/**
 * Where an element would be. Near the right edge one that is carried may have become narrower.
 * @param {Grip} grip @param {string} key @param {Point} at @param {boolean} isCarried @returns {Box}
 */
function boxAt({ boxes }, key, at, isCarried) {
  const box = shifted(boxes[key], at);
  const now = isCarried ? boxOf(key) : null;
  return now ? { ...box, right: box.left + now.width, bottom: box.top + now.height } : box;
}
