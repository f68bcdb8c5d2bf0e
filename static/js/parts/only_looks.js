// @ts-check
/**
 * For people who may only look at the app: every control of the editor is disabled, and its title says why. Controls
 * that change nothing stay enabled: links, tabs, searches, disclosure buttons, and whatever has or is inside
 * `data-looks`.
 *
 *   <sw-zoom data-looks>…</sw-zoom>
 *
 * A menu with no enabled items is disabled as well. Content that is drawn later is handled as it arrives. If they could
 * change the app until now, what they were writing is not redrawn, so that they can copy it. Once they may change the
 * app again, everything is as it was, and what they wrote is saved when they leave its field.
 */
import { onlyLooks } from "lib/looks";

const REGIONS = "#left, #stage, #right, .foot, #dialogs";
// The controls of the top bar that change the app; the rest only navigates.
const AT_TOP = "sw-history button, #publish-button, .topbar [data-page-verb]";
const WORDS = ".words[contenteditable]";
const CONTROLS = `button, input:not([type=hidden]), select, textarea, ${WORDS}`;
const LOOKS =
  "[data-looks], [data-looks] *, [role=tab], [type=search], [aria-expanded]:not([role=combobox], .chip), [data-close]";
// These become read-only, so that they can be scrolled and copied from.
const TEXTS = "textarea, input:not([type=checkbox], [type=radio], [type=color], [type=range], [type=file])";

/** What is turned off, and how it is turned on again. @type {Map<Element, () => void>} */
const off = new Map();
let watched = /** @type {MutationObserver[]} */ ([]);

/** @param {any} control */
function turnOff(control) {
  const isWritten = control.matches(TEXTS) && control.value !== control.defaultValue;
  if (isWritten || control === document.activeElement)
    (control.closest("sw-expr") || control).toggleAttribute("data-unsaved", true);
  const [before, title] = [control.contentEditable, control.getAttribute("title")];
  const how = control.matches(WORDS) ? "contentEditable" : control.matches(TEXTS) ? "readOnly" : "disabled";
  control[how] = how === "contentEditable" ? "false" : true;
  control.title = onlyLooks();
  off.set(control, () => {
    control[how] = how === "contentEditable" ? before : false;
    if (title === null) control.removeAttribute("title");
    else control.title = title;
    if (how !== "disabled" && control.closest("[data-unsaved]")) savedOnLeaving(control);
  });
}

/** Leaving a text saves it only if it was typed in since. @param {any} control */
function savedOnLeaving(control) {
  const { value } = control;
  const left = () => {
    if (control.matches(WORDS)) control.dispatchEvent(new InputEvent("input", { bubbles: true }));
    else if (control.value === value) control.dispatchEvent(new Event("change", { bubbles: true }));
  };
  control.addEventListener("blur", left, { once: true });
}

const isOn = (/** @type {any} */ control) =>
  control.matches(WORDS) ? control.isContentEditable : !control.disabled && !control.readOnly;
const all = (/** @type {Element} */ region, /** @type {string} */ of) => [...region.querySelectorAll(of)];

/** @param {Element} region */
function look(region) {
  for (const gone of off.keys()) if (!gone.isConnected) off.delete(gone);
  turnOffIn(region, CONTROLS);
  for (const menu of all(region, "sw-menu")) {
    const button = menu.querySelector("button");
    if (button && isOn(button) && !menu.querySelector('a[role^="menuitem"], button[role^="menuitem"]:enabled'))
      turnOff(button);
  }
}

/** @param {Element} region @param {string} of */
function turnOffIn(region, of) {
  const controls = all(region, of).filter((each) => !each.closest(".cm-editor"));
  for (const each of controls) if (isOn(each) && !each.matches(LOOKS)) turnOff(each);
}

/** @param {string} regions @param {(region: Element) => void} looks */
function watch(regions, looks) {
  for (const region of document.querySelectorAll(regions)) {
    looks(region);
    const observer = new MutationObserver(() => looks(region));
    observer.observe(region, {
      subtree: true,
      childList: true,
      attributeFilter: ["disabled", "readonly", "contenteditable"],
    });
    watched.push(observer);
  }
}

/** Turn off what would change the app, from now on. */
export function begin() {
  end();
  watch(REGIONS, look);
  watch(".topbar", (bar) => turnOffIn(bar, AT_TOP));
}

function end() {
  for (const each of watched) each.disconnect();
  watched = [];
  for (const turnOn of off.values()) turnOn();
  off.clear();
}

document.addEventListener("sw-edits-again", end);
