// @ts-check
/**
 * For who may only look at the app: every control of the editor is off, and its title says why. What changes nothing
 * stays on: links, tabs, searches, what opens and closes, and what is marked so, itself or by what it stands in.
 *
 *   <sw-zoom data-looks>…</sw-zoom>
 *
 * A menu in which nothing is left is off as well. What is drawn later is looked at as it comes.
 */
import { onlyLooks } from "lib/looks";

const REGIONS = "#left, #stage, #right, .foot, #dialogs";
const WORDS = ".words[contenteditable]";
const CONTROLS = `button, input:not([type=hidden]), select, textarea, ${WORDS}`;
const LOOKS =
  "[data-looks], [data-looks] *, [role=tab], [type=search], [aria-expanded]:not([role=combobox], .chip), [data-close]";
// These can be read to their end, and copied from, when they cannot be written in.
const TEXTS = "textarea, input:not([type=checkbox], [type=radio], [type=color], [type=range], [type=file])";

/** @param {any} control */
function turnOff(control) {
  if (control.matches(WORDS)) control.contentEditable = "false";
  else control[control.matches(TEXTS) ? "readOnly" : "disabled"] = true;
  control.title = onlyLooks();
}

const isOn = (/** @type {any} */ control) =>
  control.matches(WORDS) ? control.isContentEditable : !control.disabled && !control.readOnly;
const all = (/** @type {Element} */ region, /** @type {string} */ of) => [...region.querySelectorAll(of)];

/** @param {Element} region */
function look(region) {
  const controls = all(region, CONTROLS).filter((each) => !each.closest(".cm-editor"));
  for (const each of controls) if (isOn(each) && !each.matches(LOOKS)) turnOff(each);
  for (const menu of all(region, "sw-menu")) {
    const button = menu.querySelector("button");
    if (button && isOn(button) && !menu.querySelector('a[role^="menuitem"], button[role^="menuitem"]:enabled'))
      turnOff(button);
  }
}

for (const region of document.querySelectorAll(REGIONS)) {
  look(region);
  new MutationObserver(() => look(region)).observe(region, {
    subtree: true,
    childList: true,
    attributeFilter: ["disabled", "readonly", "contenteditable"],
  });
}
