// @ts-check
/**
 * The named style of the selection: choose one, detach from it, save an element's looks as one.
 *
 *   styling(panel, signal);
 */
import { gesture } from "design/gestures";
import { whose } from "design/said";
import { typeInto } from "lib/type_into";

/** @param {HTMLElement} panel @param {AbortSignal} signal */
export function styling(panel, signal) {
  panel.addEventListener(
    "change",
    (event) => {
      const select = /** @type {HTMLSelectElement} */ (event.target);
      if (select.matches("[data-uses]")) gesture({ do: "use_style", ...whose(select), style: select.value || null });
    },
    { signal },
  );
  panel.addEventListener(
    "click",
    (event) => {
      const button = /** @type {Element} */ (event.target).closest("[data-detach]");
      if (button) gesture({ do: "detach_style", ...whose(button) });
    },
    { signal },
  );
  panel.addEventListener("submit", saved, { signal });
  panel.addEventListener("toggle", asked, { signal, capture: true });
}

/** What to save it as is typed right away. @param {Event} event */
function asked(event) {
  const form = /** @type {HTMLDetailsElement} */ (event.target);
  if (form.matches(".save-as[open]")) typeInto(form.querySelector("input"));
}

/** @param {SubmitEvent} event */
async function saved(event) {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (!form.matches("[data-save-style]")) return;
  event.preventDefault();
  const field = /** @type {HTMLInputElement} */ (form.elements.namedItem("style_name"));
  const answer = await gesture({ do: "save_as_style", ...whose(form), name: field.value });
  if (!answer.ok) return field.focus();
  form.reset();
  form.closest("details")?.removeAttribute("open");
  document.getElementById("f-uses")?.focus();
}
