// @ts-check
/**
 * What is let go goes to its place: it is moved, copied, or made.
 *
 *   // after Stop in Answer actions:
 *   put({ moving: ["el_k3x9q2"] }, false, { parent: "el_action", index: 1, after: "el_stop01" });
 */
import { gesture } from "design/gestures";

/** @param {import("design/drag").Load} load @param {boolean} copies @param {import("design/drop").Drop} place */
export function put({ moving, type }, copies, { parent, index }) {
  if (type) return gesture({ do: "insert", type, parent, index });
  return gesture({ do: copies ? "copy" : "move", nodes: moving, parent, index });
}
