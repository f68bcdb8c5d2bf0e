// @ts-check
/**
 * The guides of what is resized or moved: its size or position beside the pointer, a line along each edge that is met,
 * a box around each element of the same size, equal distances with their number, and the box of what would stand there.
 *
 *   showGuides(element.getBoundingClientRect(), { x: targets });  showSize("320 px", { x: 400, y: 210 });
 *   hideGuides();
 */
import { inWindow } from "design/ground";
import { scale } from "design/sizes";

const AWAY = 14; // px between the pointer and the number
const guides = /** @type {HTMLElement} */ (document.querySelector(".guides"));
const tip = /** @type {HTMLElement} */ (document.getElementById("size-tip"));

/**
 * @typedef {import("design/drop").Box} Box in the page
 * @param {Box} own @param {Partial<Record<"x" | "y", import("design/snap").Target[]>>} met by axis
 * @param {Box[]} [wanted] boxes of what would stand there @param {import("design/spacing").Gap[]} [gaps]
 */
export function showGuides(own, met, wanted = [], gaps = []) {
  const lines = /** @type {const} */ (["x", "y"]).flatMap((along) => linesOf(own, met[along] || [], along));
  const alike = [...(met.x || []), ...(met.y || [])].filter(({ at }) => !at.length);
  guides.replaceChildren(
    ...alike.map(({ box }) => mark("like", box)),
    ...wanted.map((box) => mark(box.right > box.left ? "place" : "corner", box)),
    ...lines,
    ...gaps.map(gapOf),
  );
}

/** A line for each position that is met, as long as everything on it.
 * @param {Box} own @param {import("design/snap").Target[]} targets @param {"x" | "y"} along */
function linesOf(own, targets, along) {
  const lines = /** @type {Map<number, Box>} */ (new Map());
  for (const { at, box } of targets)
    for (const edge of at) lines.set(Math.round(edge), around(lines.get(Math.round(edge)) || own, box));
  return [...lines].map(([edge, box]) =>
    mark(along, along === "x" ? { ...box, left: edge, right: edge } : { ...box, top: edge, bottom: edge }),
  );
}

/** @param {import("design/spacing").Gap} gap */
function gapOf({ along, from, to, across }) {
  const box = { left: from, right: to, top: across, bottom: across };
  const made = mark(`gap-${along}`, along === "x" ? box : { left: across, right: across, top: from, bottom: to });
  const number = document.createElement("span");
  number.textContent = String(Math.round(to - from));
  made.append(number);
  return made;
}

/** @param {Box} one @param {Box} other */
const around = (one, other) => ({
  left: Math.min(one.left, other.left),
  top: Math.min(one.top, other.top),
  right: Math.max(one.right, other.right),
  bottom: Math.max(one.bottom, other.bottom),
});

/** @param {string} kind @param {Box} box */
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
 * @param {string} words @param {Box} own
 */
export const showSizeAt = (words, { right, bottom }) => showSize(words, inWindow({ x: right, y: bottom }));

export function hideGuides() {
  guides.replaceChildren();
  tip.hidden = true;
}
