// @ts-check
/**
 * A size of an element on the canvas while it changes: how it is described, saved and released.
 *
 *   wear(extent.element, "max_width", "320px");
 *   save("el_k3x9q2", { max_width: keptOf(extent, 320) });   // or: letGo("el_k3x9q2", ["max_width"])
 */
import { keptOf, wear } from "design/extent";
import { gesture } from "design/gestures";
import { hideGuides } from "design/guides";
import { scope } from "design/scope";
/** @import { Canvas } from "design/canvas" */

/** The smallest size in px that can still be grabbed. */
export const LEAST = 16;
const canvas = /** @type {Canvas} */ (document.getElementById("canvas"));

/** Update what is drawn over the page. */
export const drawn = () => canvas.dispatchEvent(new CustomEvent("sw-scrolled"));

/**
 * @param {import("design/extent").Extent} extent @param {number} size px
 * @returns {string} the number, and whether it has an effect
 */
export const wordsOf = (extent, size) =>
  `${Math.round(size)} px${keptOf(extent, size) ? "" : extent.prop === "max_width" ? ", no limit" : ", its content"}`;

/** @param {string} key @param {Record<string, number | null>} sizes px, null to remove its own */
export async function save(key, sizes) {
  hideGuides();
  const at = scope();
  await gesture({ do: "resize", node: key, sizes, ...(at ? { at } : {}) });
  // The page's own styles apply now.
  letGo(key, Object.keys(sizes));
}

/** @param {string} key @param {string[]} props */
export function letGo(key, props) {
  hideGuides();
  const element = canvas.find(key);
  if (element) for (const prop of props) wear(element, /** @type {import("design/extent").Prop} */ (prop), "");
  drawn();
}
