// @ts-check
/**
 * Where the tags and the bar of what is selected stand: above it and over nothing else. Where they would lie over
 * another element and below is nothing, they stand below. Never beyond the edges.
 *
 *   fit(box, outline, page);
 */
import { selected } from "design/selection";
import { scale } from "design/sizes";

const GAP = 9; // px between what is selected and its tags
const ROOM = 29; // px above the page that are theirs, too
const APART = 32; // px between the points that are looked at

/** @param {HTMLElement} box @param {HTMLElement} outline @param {Document} page */
export function fit(box, outline, page) {
  const line = /** @type {HTMLElement} */ (box.querySelector(".sel-line"));
  const above = box.offsetTop - GAP - line.offsetHeight;
  const [isBelow, isAbove] = [
    covers(box, line, box.offsetHeight + GAP, outline, page),
    covers(box, line, -GAP - line.offsetHeight, outline, page),
  ];
  const below = (isAbove || above < -ROOM) && !isBelow;
  box.toggleAttribute("data-below", below);
  const beyond = box.offsetLeft - 4 + line.offsetWidth - outline.clientWidth;
  const before = 4 - box.offsetLeft;
  line.style.translate = `${beyond > 0 ? -beyond : Math.max(0, before)}px ${below ? 0 : Math.max(0, -ROOM - above)}px`;
}

/**
 * Whether the tags would lie over another element, or beyond the page's foot.
 * @param {HTMLElement} box @param {HTMLElement} line @param {number} from px between the top of the box and theirs
 * @param {HTMLElement} outline @param {Document} page
 */
function covers(box, line, from, outline, page) {
  const [by, top] = [scale(), box.offsetTop + from];
  const [left, bottom] = [box.offsetLeft - 4, top + line.offsetHeight];
  if (bottom > outline.clientHeight) return true;
  if (bottom < 0) return false;
  const right = left + line.offsetWidth;
  // A few points tell, of hundreds of elements: those under the line.
  const across = Array.from({ length: Math.ceil((right - left) / APART) }, (_, at) => left + 8 + at * APART);
  const points = across.flatMap((x) => [top + 4, bottom - 4].map((y) => [x / by, y / by]));
  return points.some(([x, y]) => {
    const found = /** @type {HTMLElement | null | undefined} */ (page.elementFromPoint(x, y)?.closest("[data-el]"));
    return (
      found &&
      found.dataset.el !== selected() &&
      !found.querySelector("[data-el]") &&
      !found.closest(`[data-el="${CSS.escape(selected())}"]`)
    );
  });
}
