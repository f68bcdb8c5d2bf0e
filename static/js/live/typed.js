// @ts-check
/**
 * What was typed into a page that cannot tell its server: kept over a reload of this tab (P18).
 *
 *   addEventListener("pagehide", () => lost && keepTyped(place));
 *   restoreTyped(place);   // once the page shows what the server knows
 */

import { addressOf, controls, setValue, valueIn } from "./controls.js";
import { typedIn } from "./patches.js";
import { store } from "./tab.js";

/** @param {string} place of the tab's storage */
export function keepTyped(place) {
  const typed = controls(document.body).filter((each) => typedIn.has(each) && each.type !== "password");
  if (typed.length) store[place] = JSON.stringify(typed.map((each) => [addressOf(each), valueIn(each)]));
}

/** Put it back, as if it were typed again, and forget it. @param {string} place */
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
