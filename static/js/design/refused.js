// @ts-check
/**
 * Why a field's value was not taken, as a line under it. Both stay while what is around is drawn anew (lib/morph).
 *
 *   refuse(field, "This is no colour. Write one such as #2f6f4f.", field.closest(".field"));
 *   refuse(field, "", field.closest(".field"));   // takes it away again
 */

/** @param {HTMLElement} field @param {string} sentence empty when it was taken @param {Element | null} around */
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
