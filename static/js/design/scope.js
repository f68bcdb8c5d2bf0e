// @ts-check
/**
 * Which widths edits apply to: all, or those up to a breakpoint, according to the chosen width of the canvas.
 *
 *   import { onScope, scope } from "design/scope";
 *   scope();                        // "" for all widths, else "laptop", "tablet" or "phone"
 *   onScope((name) => …);           // the event `sw-scope`, detail {scope}
 */
const EVENT = "sw-scope";

/** Widest first. `most`: the widest window it applies to, in px; `width`: that of the canvas when it is chosen. */
export const BREAKPOINTS = [
  { name: "", label: "Desktop", most: Infinity, width: 1280 },
  { name: "laptop", label: "Laptop", most: 1024, width: 1024 },
  { name: "tablet", label: "Tablet", most: 768, width: 768 },
  { name: "phone", label: "Phone", most: 480, width: 390 },
];

let now = "";

export const scope = () => now;

/** The narrowest breakpoint that includes a width. @param {number} width px */
export const breakpointAt = (width) => BREAKPOINTS.findLast((each) => width <= each.most) || BREAKPOINTS[0];

/** @param {string} name @returns {string} "≤ 768 px", or "all widths" */
export function scopeWords(name = now) {
  const most = BREAKPOINTS.find((each) => each.name === name)?.most || Infinity;
  return Number.isFinite(most) ? `≤ ${most} px` : "all widths";
}

/** @param {string} name */
export function setScope(name) {
  if (name === now) return;
  now = name;
  document.dispatchEvent(new CustomEvent(EVENT, { detail: { scope: name } }));
}

/** @param {(scope: string) => void} listener @param {AddEventListenerOptions} [options] */
export function onScope(listener, options) {
  document.addEventListener(EVENT, (event) => listener(event.detail.scope), options);
}
