// @ts-check
/**
 * Places the tags and the bar of the selection: above it, or below it if only there they cover no other element, and
 * always within the edges.
 *
 *   fit(box, outline, page);
 */
import { selected } from "design/selection";
import { scale } from "design/sizes";

const GAP = 9; // px between the selected element and its tags
const ROOM = 29; // px above the page that they can also use
const APART = 32; // px between the points that are tested

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
 * Whether the tags would cover another element, or extend below the page.
 * @param {HTMLElement} box @param {HTMLElement} line @param {number} from px from the top of the box to their top
 * @param {HTMLElement} outline @param {Document} page
 */
function covers(box, line, from, outline, page) {
  const [by, top] = [scale(), box.offsetTop + from];
  const [left, bottom] = [box.offsetLeft - 4, top + line.offsetHeight];
  if (bottom > outline.clientHeight) return true;
  if (bottom < 0) return false;
  const right = left + line.offsetWidth;
  // Testing a few points below the tags is enough, even with hundreds of elements.
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
