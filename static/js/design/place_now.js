// @ts-check
/**
 * What is let go stands at its new place at once; the server's answer draws the same. Where it refuses, all goes back.
 *
 *   const back = placeNow(["el_k3x9q2"], "el_action", "el_stop01");   // after Stop in Answer actions; "" for first
 */
import { holderOf } from "design/ground";

const canvas = /** @type {any} */ (document.getElementById("canvas"));

/** @param {string[]} moving @param {string} parent @param {string} after @returns {() => void} puts everything back */
export function placeNow(moving, parent, after) {
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
