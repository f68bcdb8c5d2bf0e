// @ts-check
/**
 * Completes a drop: moves, copies or creates; in a fixed group at a place of its own. The focus goes from the palette
 * to what was created.
 *
 *   // after Stop in Answer actions:
 *   put({ moving: ["el_k3x9q2"] }, false, { parent: "el_action", index: 1, after: "el_stop01" });
 */
import { idsFor } from "design/copying";
import { gesture } from "design/gestures";
import { scope } from "design/scope";

/**
 * @param {import("design/drag").Load} load @param {boolean} copies
 * @param {import("design/drop").Drop & Partial<import("design/drag_fixed").FreeDrop>} place
 */
export function put({ moving, type }, copies, place) {
  const { parent, index, places } = place;
  if (type) {
    lookAt("row" in place ? "#tree [role=treeitem][tabindex='0']" : ".artboard");
    return gesture({ do: "insert", type, parent, index, ...(places ? { place: places[""] } : {}) });
  }
  const there = places ? { places, ...(scope() ? { at: scope() } : {}) } : {};
  if (place.isHome && !copies) return gesture({ do: "place", ...there });
  if (copies) return gesture({ do: "copy", nodes: moving, parent, index, ids: idsFor(moving), ...there });
  return gesture({ do: "move", nodes: moving, parent, index, ...there });
}

/** @param {string} selector */
const lookAt = (selector) =>
  /** @type {HTMLElement | null} */ (document.querySelector(selector))?.focus({ preventScroll: true });
