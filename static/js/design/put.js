// @ts-check
/**
 * Completes a drop: moves, copies or creates. The focus goes from the palette to what was created.
 *
 *   // after Stop in Answer actions:
 *   put({ moving: ["el_k3x9q2"] }, false, { parent: "el_action", index: 1, after: "el_stop01" });
 */
import { gesture } from "design/gestures";

/** @param {import("design/drag").Load} load @param {boolean} copies @param {import("design/drop").Drop} place */
export function put({ moving, type }, copies, place) {
  const { parent, index } = place;
  if (type) {
    lookAt("row" in place ? "#tree [role=treeitem][tabindex='0']" : ".artboard");
    return gesture({ do: "insert", type, parent, index });
  }
  return gesture({ do: copies ? "copy" : "move", nodes: moving, parent, index });
}

/** @param {string} selector */
const lookAt = (selector) =>
  /** @type {HTMLElement | null} */ (document.querySelector(selector))?.focus({ preventScroll: true });
