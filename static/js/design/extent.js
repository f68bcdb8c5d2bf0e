// @ts-check
/**
 * The possible sizes of an element on the canvas: its current size, its size if nothing were set, which of its edges
 * stays, and what it snaps to. All is measured on the page itself, between two frames.
 *
 *   const width = extentOf("el_k3x9q2", "max_width");
 *   width.bound;                                    // 688: a larger one has no effect
 *
 * @typedef {"max_width" | "min_height"} Prop
 * @typedef {{ key: string, element: HTMLElement, prop: Prop, size: number, bound: number, isFree: boolean,
 *   isSet: boolean, anchor: import("design/snap").Anchor }} Extent `isFree`: nothing limits it now;
 *   `isSet`: there is a value, be it its own, a style's or a breakpoint's
 */
import { axisOf } from "design/drop";
import { boxesIn, contentOf, isFixed } from "design/ground";
import { parentOf } from "design/rows";
import { targetsOf } from "design/snap";

const CSS_OF = { max_width: "max-inline-size", min_height: "min-block-size" };
const FREE = { max_width: "none", min_height: "0px" };
const canvas = /** @type {any} */ (document.getElementById("canvas"));

/** @param {HTMLElement} element @param {Prop} prop @param {string} value "" for that of the page's styles */
export function wear(element, prop, value) {
  if (value) element.style.setProperty(CSS_OF[prop], value);
  else element.style.removeProperty(CSS_OF[prop]);
}

/** Its box with a certain size, which is tried temporarily.
 * @param {HTMLElement} element @param {Prop} prop @param {string} value */
function tried(element, prop, value) {
  const before = element.style.getPropertyValue(CSS_OF[prop]);
  wear(element, prop, value);
  const box = element.getBoundingClientRect();
  wear(element, prop, before);
  return box;
}

/** @param {string} key @param {Prop} prop @returns {Extent | null} */
export function extentOf(key, prop) {
  const element = /** @type {HTMLElement | null} */ (canvas.find(key));
  if (!element) return null;
  const isWidth = prop === "max_width";
  const own = element.getBoundingClientRect();
  const sizeOf = (/** @type {DOMRect} */ box) => (isWidth ? box.width : box.height);
  const bound = sizeOf(tried(element, prop, FREE[prop]));
  // Try another size: the edge that does not move is the anchor.
  const other = tried(element, prop, `${isWidth ? own.width / 2 : own.height + 40}px`);
  const anchor = isWidth
    ? anchorOf(own.left - other.left, own.right - other.right)
    : anchorOf(own.top - other.top, own.bottom - other.bottom);
  const isSet = element.getAttributeNames().some((name) => name.startsWith(`data-${prop}`));
  return { key, element, prop, size: sizeOf(own), bound, isFree: Math.abs(bound - sizeOf(own)) < 1, isSet, anchor };
}

/** What its size snaps to in the current layout. @param {Extent} extent */
export function targetsAround({ key, element, prop, anchor }) {
  const along = prop === "max_width" ? "x" : "y";
  const [holder, parent] = [element.parentElement || element, parentOf(key)];
  const across = isFixed(parent) || axisOf(getComputedStyle(holder)) !== along;
  const [around, beside] = [contentOf(holder), boxesIn(parent, [key])];
  return targetsOf({ own: element.getBoundingClientRect(), around, beside, along, anchor, across });
}

/** @param {number} before how far the first edge has moved @param {number} behind how far the other one has moved */
const anchorOf = (before, behind) => (Math.abs(before) < 1 ? "start" : Math.abs(behind) < 1 ? "end" : "center");

/** A size as it is stored: none if it limits nothing.
 * @param {Extent} extent @param {number} size px @returns {number | null} null removes what is set */
export function keptOf({ prop, bound, isFree, isSet }, size) {
  const limits = prop === "max_width" ? size < bound - 0.5 : size > bound + 0.5;
  return limits ? Math.round(size) : isFree && !isSet ? null : 0;
}

/** A size limited to what is possible. @param {Extent} extent @param {number} size px @param {number} least px */
export const within = ({ prop, bound }, size, least) =>
  prop === "max_width" ? Math.max(least, Math.min(size, bound)) : Math.max(size, bound);
