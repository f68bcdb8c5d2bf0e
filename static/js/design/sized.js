// @ts-check
/**
 * A size of an element on the canvas while it changes: how it is said, how it is kept, how it is let go.
 *
 *   wear(extent.element, "max_width", "320px");
 *   save("el_k3x9q2", { max_width: keptOf(extent, 320) });   // or: letGo("el_k3x9q2", ["max_width"])
 */
import { keptOf, wear } from "design/extent";
import { gesture } from "design/gestures";
import { hideGuides } from "design/guides";
import { scope } from "design/scope";

/** px; nothing can be gripped that is smaller. */
export const LEAST = 16;
const canvas = /** @type {any} */ (document.getElementById("canvas"));

/** What is drawn over the page follows. */
export const drawn = () => canvas.dispatchEvent(new CustomEvent("sw-scrolled"));

/**
 * @param {import("design/extent").Extent} extent @param {number} size px
 * @returns {string} the number, and whether it limits anything
 */
export const wordsOf = (extent, size) =>
  `${Math.round(size)} px${keptOf(extent, size) ? "" : extent.prop === "max_width" ? ", no limit" : ", its content"}`;

/** @param {string} key @param {Record<string, number | null>} sizes px, null for none of its own */
export async function save(key, sizes) {
  hideGuides();
  const at = scope();
  await gesture({ do: "resize", node: key, sizes, ...(at ? { at } : {}) });
  // From now on the page's own styles say it.
  letGo(key, Object.keys(sizes));
}

/** @param {string} key @param {string[]} props */
export function letGo(key, props) {
  hideGuides();
  const element = canvas.find(key);
  for (const prop of element ? props : []) wear(element, /** @type {import("design/extent").Prop} */ (prop), "");
  drawn();
}
