// @ts-check
/**
 * Places the tags and the bar of the selection where they hide least: above or below it, over its whole width or
 * together at one end; beside it; or inside at its top. Always within the edges.
 *
 *   fit(box, outline, page);
 */
import { inked } from "design/ink";
import { scale } from "design/sizes";

/**
 * @typedef {{ left: number, top: number, right: number, bottom: number }} Area in px of the outline
 * @typedef {{ where: "above" | "below" | "beside" | "inside", left: number, top: number, width: number }} Spot
 */

const GAP = 9; // px between the selected element and its tags
const INSET = 4; // px from the edges
const ROOM = 29; // px above the page that they can also use
const APART = 8; // px between the tags and the bar, at least

/** @param {HTMLElement} box @param {HTMLElement} outline @param {Document} page */
export function fit(box, outline, page) {
  const line = /** @type {HTMLElement} */ (box.querySelector(".sel-line"));
  const [tags, bar] = /** @type {any} */ (line.children);
  if (!tags.offsetWidth) return;
  // Beside each other, if the page is wide enough.
  const together = tags.offsetWidth + APART + bar.offsetWidth + 2; // widths are rounded
  line.style.maxWidth = `${outline.clientWidth + 2 * INSET}px`;
  line.style.width = `${together}px`;
  const high = line.offsetHeight;
  const isRow = high === Math.max(tags.offsetHeight, bar.offsetHeight);
  const [by, look] = [scale(), inked(page, box.dataset.of || "")];
  let best = /** @type {{ spot: Spot, hidden: number } | null} */ (null);
  for (const spot of spots(box, outline, line.offsetWidth, high)) {
    const parts = isRow ? [tags, bar].map((part) => areaOf(spot, part, high)) : [around(spot, high)];
    const hidden = parts.reduce((sum, part) => sum + look(inPage(part, by), spot.where === "inside"), 0);
    if (!best || hidden < best.hidden) best = { spot, hidden };
    if (!hidden) break;
  }
  const { where, left, top, width } = /** @type {{ spot: Spot }} */ (best).spot;
  line.dataset.where = where;
  Object.assign(line.style, {
    left: `${left - box.offsetLeft}px`,
    top: `${top - box.offsetTop}px`,
    width: `${width}px`,
  });
}

/**
 * Where they could be, the most usual first.
 * @param {HTMLElement} box @param {HTMLElement} outline
 * @param {number} wide in px, of the tags and the bar together @param {number} high in px
 * @returns {Spot[]}
 */
function spots({ offsetLeft, offsetTop, offsetWidth, offsetHeight }, outline, wide, high) {
  const inside = Math.min(Math.max(offsetTop, 0) + INSET, offsetTop + offsetHeight);
  const above = Math.max(offsetTop - GAP - high, -ROOM);
  const beside = offsetTop + (offsetHeight - high) / 2;
  const tops = { above, below: offsetTop + offsetHeight + GAP, beside, inside };
  const [isAbove, isBelow] = [above + high <= Math.max(offsetTop, 0), tops.below + high <= outline.clientHeight];
  // Inside a small element they would hide the element itself.
  const isLarge = offsetHeight >= 3 * high && offsetWidth >= wide;
  const isRoom = {
    above: isAbove,
    below: isBelow,
    beside: beside >= 0 && beside + high <= outline.clientHeight,
    inside: isLarge || !(isAbove || isBelow),
  };
  const whole = Math.max(offsetWidth + 2 * INSET, wide);
  /** @type {(where: Spot["where"], left: number, width: number) => Spot} */
  const spot = (where, left, width) => {
    const most = outline.clientWidth + INSET - width;
    return { where, left: Math.max(-INSET, Math.min(left, most)), top: tops[where], width };
  };
  const [start, end] = [offsetLeft - INSET, offsetLeft + offsetWidth + INSET - wide];
  const after = offsetLeft + offsetWidth + GAP;
  /** @type {Spot[]} */
  const all = [
    spot("above", start, whole),
    spot("below", start, whole),
    spot("above", start, wide),
    spot("below", start, wide),
    ...(after + wide <= outline.clientWidth ? [spot("beside", after, wide)] : []),
    spot("above", end, wide),
    spot("below", end, wide),
    spot("inside", start + 2 * INSET, Math.max(whole - 4 * INSET, wide)),
    spot("inside", start + 2 * INSET, wide),
    spot("inside", end - 2 * INSET, wide),
  ];
  return all.filter(({ where }) => isRoom[where]);
}

/** @param {Spot} spot @param {number} high @returns {Area} */
const around = ({ left, top, width }, high) => ({ left, top, right: left + width, bottom: top + high });

/** The part of a line that its tags cover, or its bar. @param {Spot} spot @param {HTMLElement} part
 * @param {number} high @returns {Area} */
function areaOf(spot, part, high) {
  const { left, top, right } = around(spot, high);
  const [wide, tall] = [part.offsetWidth, part.offsetHeight];
  const free = { above: 1, beside: 0.5, below: 0, inside: 0 }[spot.where] * (high - tall);
  const y = { top: top + free, bottom: top + free + tall };
  return part.previousElementSibling ? { ...y, left: right - wide, right } : { ...y, left, right: left + wide };
}

/** @param {Area} area @param {number} by @returns {Area} in px of the page */
const inPage = ({ left, top, right, bottom }, by) => ({
  left: left / by,
  top: top / by,
  right: right / by,
  bottom: bottom / by,
});
