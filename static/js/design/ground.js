// @ts-check
/**
 * The geometry of the canvas: what is at a point of the window, where elements are, how their containers lay them out.
 *
 *   const page = ground(["el_k3x9q2"]);       // the page for `design/drop`, while this element moves
 *   underAt(point)                            // { where: "canvas", key: "el_action", at: {x, y} in the page }
 */
import { axisOf } from "design/drop";
import { allRows, childrenOf, nameOf, parentOf, rowOf } from "design/rows";
import { scope } from "design/scope";
import { scale } from "design/sizes";

/** The distance in px from which a press is a drag. */
export const FAR = 4;
/** What is shown over the page stands in no group. */
const OVER_THE_PAGE = ["popup", "floating_group", "group_focus"];
const canvas = /** @type {any} */ (document.getElementById("canvas"));
const tree = /** @type {HTMLElement} */ (document.getElementById("tree"));

/**
 * Call a listener with the page on the canvas: immediately if it is loaded, and after every load.
 * @param {(page: Document) => void} listener
 */
export function onPage(listener) {
  canvas.addEventListener("sw-attached", () => listener(canvas.page));
  if (canvas.page?.body?.classList.contains("sw-editing")) listener(canvas.page);
}

export const frame = () => /** @type {HTMLIFrameElement} */ (canvas.querySelector("iframe"));

/** @param {any} event a pointer event, of the window or the page
 * @returns {import("design/drop").Point} in the window */
export function pointOf(event) {
  const at = { x: event.clientX, y: event.clientY };
  return event.view === window ? at : inWindow(at);
}

/**
 * @param {import("design/drop").Point} point of the window
 * @returns {import("design/drop").Point} the same in the page
 */
export function inPage({ x, y }) {
  const { left, top } = frame().getBoundingClientRect();
  return { x: (x - left) / scale(), y: (y - top) / scale() };
}

/**
 * @param {import("design/drop").Point} point of the page
 * @returns {import("design/drop").Point} the same in the window
 */
export function inWindow({ x, y }) {
  const { left, top } = frame().getBoundingClientRect();
  return { x: left + x * scale(), y: top + y * scale() };
}

/** @param {import("design/drop").Point} point @param {Element} element */
function isIn({ x, y }, element) {
  const { left, top, right, bottom } = element.getBoundingClientRect();
  return x >= left && x < right && y >= top && y < bottom;
}

/**
 * @param {import("design/drop").Point} point of the window
 * @returns {{ where: "canvas" | "tree" | "", key: string, at: import("design/drop").Point }}
 */
export function underAt(point) {
  const stage = document.getElementById("stage");
  if (isIn(point, tree) && tree.checkVisibility()) return { where: "tree", key: "", at: point };
  // On narrow screens the panels overlay the stage.
  if (!stage?.contains(document.elementFromPoint(point.x, point.y))) return { where: "", key: "", at: point };
  const at = inPage(point);
  const found = isIn(point, frame()) ? canvas.page?.elementFromPoint(at.x, at.y) : null;
  return { where: "canvas", key: found?.closest("[data-el]")?.dataset.el || "", at };
}

/**
 * The page as `design/drop` needs it.
 * @param {string[]} moving @param {boolean} [copies]
 * @returns {import("design/drop").Page}
 */
export const ground = (moving, copies = false) => ({
  moving,
  copies,
  parentOf,
  childrenOf,
  nameOf,
  holds: (key) => rowOf(key)?.dataset.holds !== undefined,
  box: (key) => shownBox(canvas.find(key)),
  axis: (key) => axisOf(getComputedStyle(holderOf(key) || document.body)),
  isFixed: (key) => isFixed(key) && moving.every(canBePlaced),
});

/** Whether the elements of a container stand at their own X and Y at the width of the canvas. @param {string} key */
export function isFixed(key) {
  const own = canvas.find(key);
  // A condition that applies decides for all widths.
  const direction = own?.getAttribute("data-direction") ?? own?.getAttribute(`data-direction-${scope() || "base"}`);
  return direction === "fixed";
}

/** Whether an element can stand at its own X and Y. @param {string} key */
export const canBePlaced = (key) => !OVER_THE_PAGE.includes(rowOf(key)?.dataset.type || "");

/** @param {HTMLElement} holder @returns {import("design/drop").Box} its content box in the page */
export function contentOf(holder) {
  const [{ left, top, right, bottom }, style] = [holder.getBoundingClientRect(), getComputedStyle(holder)];
  const inset = (/** @type {"Left" | "Top" | "Right" | "Bottom"} */ side) =>
    Number.parseFloat(style[`padding${side}`]) + Number.parseFloat(style[`border${side}Width`]);
  return {
    left: left + inset("Left"),
    top: top + inset("Top"),
    right: right - inset("Right"),
    bottom: bottom - inset("Bottom"),
  };
}

/** The visible children of a container, without some. @param {string} parent @param {string[]} without */
export const boxesIn = (parent, without) =>
  childrenOf(parent)
    .filter((key) => !without.includes(key))
    .map((key) => shownBox(canvas.find(key)))
    .filter((box) => box?.width && box.height)
    .map((box) => /** @type {DOMRect} */ (box));

/** @param {HTMLElement | null} element @returns {DOMRect | null} null if it is not visible */
export function shownBox(element) {
  const box = element?.getBoundingClientRect();
  return box && (box.width || box.height) ? box : null;
}

/** The node that contains the children of a container. @param {string} key @returns {HTMLElement | null} */
export function holderOf(key) {
  const own = canvas.find(key);
  const first = childrenOf(key)
    .map((child) => canvas.find(child))
    .find(Boolean);
  return first?.parentElement || own?.querySelector(".sw-drop")?.parentElement || own;
}

/** The visible rows of the tree, as `design/drop_rows` needs them. */
export function shownRows() {
  const seen = allRows().filter((row) => !row.hidden);
  return seen.map((row) => {
    const { top, bottom } = row.getBoundingClientRect();
    return { key: row.dataset.node || "", top, bottom, depth: Number(row.ariaLevel) - 1 };
  });
}
