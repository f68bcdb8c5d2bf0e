// @ts-check
/**
 * The guides of a resize: the size beside the pointer, a line along each edge that is met, a box around each element of
 * the same size.
 *
 *   showGuides(targets, element.getBoundingClientRect(), "x");  showSize("320 px", { x: 400, y: 210 });
 *   hideGuides();
 */
import { inWindow } from "design/ground";
import { scale } from "design/sizes";

const AWAY = 14; // px between the pointer and the number
const guides = /** @type {HTMLElement} */ (document.querySelector(".guides"));
const tip = /** @type {HTMLElement} */ (document.getElementById("size-tip"));

/**
 * @param {import("design/snap").Target[]} targets @param {import("design/drop").Box} own in the page
 * @param {"x" | "y"} along
 */
export function showGuides(targets, own, along) {
  const lines = /** @type {Map<number, import("design/drop").Box>} */ (new Map());
  for (const { at, box } of targets)
    for (const edge of at) lines.set(Math.round(edge), around(lines.get(Math.round(edge)) || own, box));
  const alike = targets.filter(({ at }) => !at.length).map(({ box }) => mark("like", box));
  guides.replaceChildren(
    ...alike,
    ...[...lines].map(([edge, box]) =>
      mark(along, along === "x" ? { ...box, left: edge, right: edge } : { ...box, top: edge, bottom: edge }),
    ),
  );
}

/** @param {import("design/drop").Box} one @param {import("design/drop").Box} other */
const around = (one, other) => ({
  left: Math.min(one.left, other.left),
  top: Math.min(one.top, other.top),
  right: Math.max(one.right, other.right),
  bottom: Math.max(one.bottom, other.bottom),
});

/** @param {string} kind @param {import("design/drop").Box} box in the page */
function mark(kind, { left, top, right, bottom }) {
  const [made, by] = [document.createElement("div"), scale()];
  made.dataset.guide = kind;
  made.style.left = `${left * by}px`;
  made.style.top = `${top * by}px`;
  made.style.width = `${(right - left) * by}px`;
  made.style.height = `${(bottom - top) * by}px`;
  return made;
}

/**
 * @param {string} words
 * @param {import("design/drop").Point} point in the window; shown beside it, within the window's edges
 */
export function showSize(words, { x, y }) {
  tip.hidden = false;
  tip.textContent = words;
  const [left, top] = [
    Math.min(x + AWAY, innerWidth - tip.offsetWidth - 4),
    Math.min(y + AWAY, innerHeight - tip.offsetHeight - 4),
  ];
  tip.style.translate = `${Math.max(4, left)}px ${Math.max(4, top)}px`;
}

/**
 * Show the size beside an element that is resized by keys.
 * @param {string} words @param {import("design/drop").Box} own in the page
 */
export const showSizeAt = (words, { right, bottom }) => showSize(words, inWindow({ x: right, y: bottom }));

export function hideGuides() {
  guides.replaceChildren();
  tip.hidden = true;
}
