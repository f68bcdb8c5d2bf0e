// @ts-check
/**
 * What is let go stands at its new place at once; the server's answer draws the same. Where it refuses, all goes back.
 *
 *   // after Stop in Answer actions:
 *   put({ moving: ["el_k3x9q2"] }, false, { parent: "el_action", index: 1, after: "el_stop01" });
 */
import { gesture } from "design/gestures";
import { holderOf } from "design/ground";

const canvas = /** @type {any} */ (document.getElementById("canvas"));

/** @param {import("design/drag").Load} load @param {boolean} copies @param {import("design/drop").Drop} place */
export async function put({ moving, type }, copies, { parent, index, after }) {
  if (type) return gesture({ do: "insert", type, parent, index });
  if (copies) return gesture({ do: "copy", nodes: moving, parent, index });
  const back = placeNow(moving, parent, after);
  const answer = await gesture({ do: "move", nodes: moving, parent, index });
  if (!answer.ok) back();
}

/**
 * @param {string[]} moving @param {string} parent @param {string} after "" for first
 * @returns {() => void} puts everything back
 */
function placeNow(moving, parent, after) {
  const holder = holderOf(parent);
  const found = moving.map((key) => canvas.find(key)).filter(Boolean);
  const before = found.map((element) => ({ element, parent: element.parentNode, next: element.nextSibling }));
  let last = after ? canvas.find(after) : null;
  for (const element of found) {
    if (last) last.after(element);
    else holder?.prepend(element);
    last = element;
  }
  canvas.dispatchEvent(new CustomEvent("sw-scrolled"));
  return () => {
    for (const { element, parent: home, next } of before.reverse()) home?.insertBefore(element, next);
    canvas.dispatchEvent(new CustomEvent("sw-scrolled"));
  };
}
