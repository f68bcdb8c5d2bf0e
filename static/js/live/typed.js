// @ts-check
/**
 * What was typed into a page that cannot tell its server: kept over a reload of this tab (P18).
 *
 *   addEventListener("pagehide", () => lost && keepTyped(path));
 *   restoreTyped(path);   // once the page shows what the server knows
 */

import { addressOf, controls, setValue, valueIn } from "./controls.js";
import { typedIn } from "./patches.js";

/** @param {string} path */
const place = (path) => `${path} typed`;

/** @param {string} path */
export function keepTyped(path) {
  const typed = controls(document.body).filter((each) => typedIn.has(each) && each.type !== "password");
  if (typed.length)
    sessionStorage.setItem(place(path), JSON.stringify(typed.map((each) => [addressOf(each), valueIn(each)])));
}

/** Put it back, as if it were typed again, and forget it. @param {string} path */
export function restoreTyped(path) {
  const kept = new Map(JSON.parse(sessionStorage.getItem(place(path)) ?? "[]"));
  sessionStorage.removeItem(place(path));
  for (const control of kept.size ? controls(document.body) : []) {
    const text = kept.get(addressOf(control));
    if (text === undefined || typedIn.has(control)) continue;
    setValue(control, text);
    control.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
