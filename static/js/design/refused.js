// @ts-check
/**
 * Why a field's value was refused, as a line below it. Both stay while their surroundings are redrawn (lib/morph).
 *
 *   refuse(field, "This is not a colour. Write one such as #2f6f4f.", field.closest(".field"));
 *   refuse(field, "", field.closest(".field"));   // removes it again
 *   giveBack(expr, "Ask me");                      // shows text that could not be saved, to be copied
 */
import { onlyLooks } from "lib/looks";

/** @param {HTMLElement} field @param {string} sentence empty if it was accepted @param {Element | null} around */
export function refuse(field, sentence, around) {
  around?.querySelector("[data-refused]")?.remove();
  if (!sentence) {
    if (field.hasAttribute("data-was-wrong")) field.removeAttribute("aria-invalid");
    return field.removeAttribute("data-was-wrong");
  }
  field.setAttribute("aria-invalid", "true");
  field.toggleAttribute("data-was-wrong", true);
  const line = document.createElement("p");
  line.className = "hint hint-error";
  line.dataset.refused = line.dataset.kept = "";
  line.setAttribute("role", "alert");
  line.textContent = sentence;
  around?.append(line);
}

/** A field with chips is left alone while it can still be edited. @param {HTMLElement} field @param {string} words */
export function giveBack(field, words) {
  const line = field.querySelector(".words");
  if (!line || (line.querySelector(".chip") && !onlyLooks())) return;
  line.textContent = words;
  field.toggleAttribute("data-unsaved", true);
}
