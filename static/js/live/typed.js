// @ts-check
/**
 * Input that could not be sent to the server: kept across a reload of this tab (P18).
 *
 *   addEventListener("pagehide", () => lost && keepTyped(place));
 *   restoreTyped(place);   // once the page shows the server's state
 */

import { addressOf, controls, setValue, valueIn } from "./controls.js";
import { typedIn } from "./patches.js";
import { store } from "./tab.js";

/** @param {string} place the key in the tab's storage */
export function keepTyped(place) {
  const typed = controls(document.body).filter((each) => typedIn.has(each) && each.type !== "password");
  if (typed.length) store[place] = JSON.stringify(typed.map((each) => [addressOf(each), valueIn(each)]));
}

/** Restore it as if it were typed again, and discard what was kept. @param {string} place */
export function restoreTyped(place) {
  const kept = new Map(JSON.parse(store[place] ?? "[]"));
  delete store[place];
  for (const control of controls(document.body)) {
    const text = kept.get(addressOf(control));
    if (text === undefined || typedIn.has(control)) continue;
    setValue(control, text);
    control.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
