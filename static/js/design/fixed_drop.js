// @ts-check
/**
 * Where boxes over a fixed group would stand in it: within its content box, aligned with what is near. Pure.
 *
 *   standing({ field, boxes: { el_k3x9q2: box }, beside, near: 6, snaps: { x: true, y: true } });
 *   // { places: { el_k3x9q2: { x: 120, y: 40 } }, spot: { x: 120, y: 40 }, own: box, boxes: [box],
 *   //   met: { x: [], y: [target] } }
 *   isBelow({ x: 210, y: 340 }, "pg_ab12cd", "el_hero01", page);      // whether this open ground counts as the group's
 *
 * @typedef {import("design/drop").Box} Box
 * @typedef {{ x: number, y: number }} Place in whole px from the corner where the group's content begins
 * @typedef {Box & { isRtl: boolean }} Field the content box of a fixed group; if it is laid out from right to left, `x`
 *   counts from its right edge
 * @typedef {{ places: Record<string, Place>, spot: Place, own: Box, boxes: Box[],
 *   met: Record<"x" | "y", import("design/snap").Target[]>, gaps: import("design/spacing").Gap[] }} Standing `own` is
 *   around all boxes, at `spot`; `met`: what it is aligned with; `gaps`: equal distances
 */
import { upFrom } from "design/drop";
import { positionsOf, snapped } from "design/snap";
import { evenly } from "design/spacing";

/** The greatest position that can be stored, in px. */
const FARTHEST = 4000;
/** How far below a group open ground counts as its own, in px: the group grows with what stands in it. */
const BELOW = 160;

/**
 * @param {{ field: Field, boxes: Record<string, Box>, beside: Box[], near: number, snaps: Record<"x" | "y", boolean> }}
 *   wanted `boxes`: where they would be without any of this; `near`: from how far they snap, in px
 * @returns {Standing}
 */
export function standing({ field, boxes, beside, near, snaps }) {
  const wished = around(Object.values(boxes));
  const inside = shifted(wished, within(wished, field));
  const to = { ...startOf(inside) };
  for (const along of /** @type {const} */ (["x", "y"])) {
    const there = { own: inside, around: field, beside, along };
    const targets = snaps[along] ? [...positionsOf(there), ...evenly(there)] : [];
    to[along] = snapped(to[along], targets, near) ?? to[along];
  }
  const by = whole({ x: to.x - wished.left, y: to.y - wished.top }, wished, field);
  const own = shifted(wished, by);
  const placed = Object.entries(boxes).map(([key, box]) => /** @type {const} */ ([key, shifted(box, by)]));
  return {
    places: Object.fromEntries(placed.map(([key, box]) => [key, placeOf(box, field)])),
    spot: placeOf(own, field),
    own,
    boxes: placed.map(([, box]) => box),
    ...meeting({ own, field, beside, snaps }),
  };
}

/**
 * What a box is aligned with, and which distances beside it are equal.
 * @param {{ own: Box, field: Box, beside: Box[], snaps?: Record<"x" | "y", boolean> }} place
 * @returns {Pick<Standing, "met" | "gaps">}
 */
export function meeting({ own, field, beside, snaps = { x: true, y: true } }) {
  const isMet =
    (/** @type {"x" | "y"} */ along) =>
    (/** @type {{ size: number }} */ { size }) =>
      snaps[along] && Math.abs(size - startOf(own)[along]) < 1;
  const met = (/** @type {"x" | "y"} */ along) =>
    positionsOf({ own, around: field, beside, along }).filter(isMet(along));
  const gaps = (/** @type {"x" | "y"} */ along) =>
    evenly({ own, beside, along })
      .filter(isMet(along))
      .flatMap((each) => each.gaps);
  return { met: { x: met("x"), y: met("y") }, gaps: [...gaps("x"), ...gaps("y")] };
}

/** @param {Box} box @param {Field} field @returns {Place} */
export const placeOf = (box, field) => ({
  x: kept(field.isRtl ? field.right - box.right : box.left - field.left),
  y: kept(box.top - field.top),
});

/** @param {number} px */
const kept = (px) => Math.max(0, Math.min(Math.round(px), FARTHEST));

/**
 * Places a step away, none of them beyond the corner.
 * @param {Record<string, Place>} places @param {Place} by @returns {Record<string, Place>}
 */
export function nudged(places, by) {
  const all = Object.values(places);
  const step = (/** @type {"x" | "y"} */ along) => Math.max(by[along], -Math.min(...all.map((place) => place[along])));
  const [x, y] = [step("x"), step("y")];
  return Object.fromEntries(
    Object.entries(places).map(([key, place]) => [key, { x: kept(place.x + x), y: kept(place.y + y) }]),
  );
}

/** @param {Box} box @returns {Place} */
const startOf = ({ left, top }) => ({ x: left, y: top });

/** @param {Box[]} boxes @returns {Box} */
export const around = (boxes) => ({
  left: Math.min(...boxes.map((box) => box.left)),
  top: Math.min(...boxes.map((box) => box.top)),
  right: Math.max(...boxes.map((box) => box.right)),
  bottom: Math.max(...boxes.map((box) => box.bottom)),
});

/** @param {Box} box @param {Place} by @returns {Box} */
export const shifted = ({ left, top, right, bottom }, { x, y }) => ({
  left: left + x,
  top: top + y,
  right: right + x,
  bottom: bottom + y,
});

/** The way back into the corner of a field that nothing can stand beyond. @param {Box} box @param {Field} field */
const within = (box, field) => ({
  x: field.isRtl ? Math.min(0, field.right - box.right) : Math.max(0, field.left - box.left),
  y: Math.max(0, field.top - box.top),
});

/** A way that ends at whole px of the field.
 * @param {Place} by @param {Box} box @param {Field} field @returns {Place} */
function whole(by, box, field) {
  const { x, y } = placeOf(shifted(box, by), field);
  return { x: field.isRtl ? field.right - x - box.right : field.left + x - box.left, y: field.top + y - box.top };
}

/**
 * Whether a point is on open ground right below a fixed group, so that it can be dragged to there.
 * @param {import("design/drop").Point} point @param {string} under the deepest element there @param {string} group
 * @param {import("design/drop").Page} page
 */
export function isBelow(point, under, group, page) {
  const box = page.box(group);
  const isGround = upFrom(page.parentOf(group), page).includes(under) && !page.isFixed?.(under);
  if (!box || !isGround) return false;
  return point.x >= box.left && point.x < box.right && point.y >= box.bottom && point.y < box.bottom + BELOW;
}
