// @ts-check
/**
 * The buttons of the panel: add and remove rows, reset properties, create workflows, and act on the element or page.
 *
 *   panelButtons(panel, signal);
 */
import { gesture } from "design/gestures";
import { act } from "design/keys";
import { refuse } from "design/refused";
import { resetOf, rowGesture, whose } from "design/said";
import { typeInto } from "lib/type_into";

/** @param {HTMLElement} panel @param {AbortSignal} signal */
export function panelButtons(panel, signal) {
  panel.addEventListener("click", clicked, { signal });
}

/** @param {Event} event */
function clicked(event) {
  const button = /** @type {HTMLElement | null} */ (
    /** @type {Element} */ (event.target).closest("[data-verb], [data-event], [data-reset], [data-row]")
  );
  if (!button) return;
  const { verb = "", event: begins, of, row } = button.dataset;
  const rows = row && rowGesture(button);
  if (rows && row === "add") add(button, rows);
  else if (rows) gesture(rows);
  else if (button.dataset.reset !== undefined) reset(button);
  else if (begins) gesture({ do: "add_workflow", ...whose(button), event: begins });
  else if (verb.startsWith("add_")) add(button, { do: verb });
  else act(verb, of || /** @type {any} */ (whose(button)).node);
}

/** Add a row, and select what is typed into it first. @param {HTMLElement} button @param {object} what */
async function add(button, what) {
  const answer = await gesture(what);
  const isElsewhere = document.activeElement !== button && document.activeElement !== document.body;
  if (!answer.ok || isElsewhere) return;
  const rows = button.closest("[data-control], .section")?.querySelectorAll("[data-state], [data-at-row]");
  typeInto(rows?.[rows.length - 1]?.querySelector("input, select, .words"));
}

/** @param {HTMLElement} button */
function reset(button) {
  const control = button.closest("[data-control]");
  const wrong = /** @type {HTMLElement | null | undefined} */ (control?.querySelector("[data-was-wrong]"));
  if (wrong) refuse(wrong, "", wrong.closest("[data-control], [data-state]"));
  gesture(resetOf(button));
}
