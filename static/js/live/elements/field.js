// @ts-check
/**
 * Validation messages: shown below a field when the visitor leaves it, and before a group is submitted, when the first
 * invalid field is focused.
 *
 *   <label>… <input data-p="value" required></label><p data-error data-words="Say your name."></p>
 */

import { controlOf, controls, owner } from "../controls.js";
import { around, sends } from "../events.js";

/** The element that is focused and described: the control, a field in it, or its fieldset. @param {any} control */
const fieldOf = (control) => control.closest("fieldset") ?? control.querySelector("input") ?? control;

/** @param {any} control */
function say(control) {
  const line = /** @type {HTMLElement | null | undefined} */ (owner(control)?.querySelector("[data-error]"));
  const isWrong = !control.validity?.valid;
  if (line)
    line.textContent = isWrong
      ? (!control.validity.customError && line.dataset.words) || control.validationMessage
      : "";
  if (isWrong) fieldOf(control).setAttribute("aria-invalid", "true");
  else fieldOf(control).removeAttribute("aria-invalid");
}

/** Whether all fields that a button submits are valid; otherwise focuses the first invalid one.
 * @param {Element} button */
function isComplete(button) {
  const all = controls(around(button) ?? button).filter((each) => each.checkVisibility());
  const wrong = all.filter((each) => each.checkValidity?.() === false);
  wrong[0]?.focus();
  return !wrong.length;
}

/** Connect each control, also in cells, with the lines below that describe it. */
let lines = 0;
function describe() {
  for (const control of controls(document.body)) {
    if (fieldOf(control).hasAttribute("aria-describedby")) continue;
    const below = [...(owner(control)?.querySelectorAll(".sw-hint, .sw-error") ?? [])];
    for (const line of below) line.id = `sw-line-${++lines}`;
    if (below.length) fieldOf(control).setAttribute("aria-describedby", below.map((line) => line.id).join(" "));
  }
}

describe();
document.addEventListener("sw:cells", describe);

document.addEventListener(
  "invalid",
  (event) => {
    const control = controlOf(event.target);
    if (!control) return;
    event.preventDefault();
    say(control);
  },
  true,
);

document.addEventListener(
  "change",
  (event) => {
    const control = controlOf(event.target);
    if (control) say(control);
  },
  true,
);

document.addEventListener(
  "input",
  (event) => {
    const control = controlOf(event.target);
    if (control && fieldOf(control).matches("[aria-invalid]")) say(control);
  },
  true,
);

document.addEventListener(
  "click",
  (event) => {
    const node = event.target instanceof Element ? event.target.closest('button[data-type="button"]') : null;
    if (node && node === sends(node) && !isComplete(node)) event.stopPropagation();
  },
  true,
);

document.addEventListener(
  "keydown",
  (event) => {
    const control = controlOf(event.target);
    if (event.key !== "Enter" || event.isComposing || !(event.target instanceof HTMLInputElement)) return;
    if (event.target.type === "file" || control?.checkValidity?.() !== false) return;
    event.preventDefault();
    event.stopPropagation();
  },
  true,
);
