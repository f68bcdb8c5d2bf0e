// @ts-check
/**
 * Conditions that are previewed on the canvas as if they held. Nothing is stored, and other tabs are not affected.
 *
 *   import { shown, show } from "design/shown";
 *   show("cn_ab12cd", true);    shown();      // ["cn_ab12cd"], sent along so that the canvas is drawn with them
 */
const EVENT = "sw-look";

/** @type {Set<string>} */
const all = new Set();

export const shown = () => [...all];
/** @param {string} condition */
export const isShown = (condition) => all.has(condition);

/** @param {string} condition @param {boolean} on */
export function show(condition, on) {
  if (on) all.add(condition);
  else all.delete(condition);
  again();
}

/** Redraw the tab, because the view of it has changed. */
export const again = () => document.dispatchEvent(new CustomEvent(EVENT));

/** @param {() => void} listener */
export const onLook = (listener) => document.addEventListener(EVENT, listener);
