// @ts-check
/**
 * Lengths in the panel are seen on the canvas at once: each step while it is made, and what is typed when it is sent.
 *
 *   lengthsAhead(panel, signal);
 *   gesture(setOf(field, 120), lengthsOf(field, 120));
 */
import { tryOut } from "design/ahead";
import { lengthFor } from "design/lengths";
import { whose } from "design/said";
import { shown } from "design/shown";

/** @param {HTMLElement} panel @param {AbortSignal} signal */
export function lengthsAhead(panel, signal) {
  const stepped = (/** @type {any} */ { target, detail }) =>
    tryOut(detail.number === undefined ? {} : lengthsOf(target, detail.number));
  panel.addEventListener("sw-step", stepped, { signal });
}

/**
 * What a number field of the panel sets.
 * @param {HTMLElement} field @param {number | null} value px
 * @returns {import("design/lengths").Lengths} none if it is no length, or one that cannot be foreseen
 */
export function lengthsOf(field, value) {
  const [{ css }, about] = [field.dataset, whose(field)];
  const length = css && lengthFor(css, value);
  // A condition that is tried out on the canvas may decide.
  if (!css || !length || shown().length || field.closest("[data-condition]")) return {};
  const keys = "nodes" in about ? about.nodes : [about.node];
  return Object.fromEntries(keys.map((key) => [key, { [css]: length }]));
}
