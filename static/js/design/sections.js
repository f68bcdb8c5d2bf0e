// @ts-check
/** Remembers collapsed sections of the panel, for all elements of a type and across reloads. */
const KEY = "sw-folded";

/** @returns {Set<string>} */
const folded = () => new Set(JSON.parse(localStorage.getItem(KEY) || "[]"));

/** @param {Element} section @returns {string} the key of a section for elements of a type */
function nameOf(section) {
  const type = /** @type {HTMLElement | null} */ (section.closest("[data-type]"))?.dataset.type;
  return `${type}:${/** @type {HTMLElement} */ (section).dataset.section}`;
}

/** Remember that a section was opened or collapsed. @param {Event} event */
export function fold(event) {
  const section = /** @type {HTMLDetailsElement} */ (event.target);
  if (!section.matches("[data-section]")) return;
  const all = folded();
  if (section.open) all.delete(nameOf(section));
  else all.add(nameOf(section));
  localStorage.setItem(KEY, JSON.stringify([...all]));
}

/** Restore the collapsed sections. @param {Element} panel */
export function unfold(panel) {
  const all = folded();
  for (const section of panel.querySelectorAll("details[data-section]"))
    section.toggleAttribute("open", !all.has(nameOf(section)));
}
