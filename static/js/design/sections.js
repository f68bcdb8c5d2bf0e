// @ts-check
/** Sections of the panel that somebody has folded away stay so for all elements of the type, also after a reload. */
const KEY = "sw-folded";

/** @returns {Set<string>} */
const folded = () => new Set(JSON.parse(localStorage.getItem(KEY) || "[]"));

/** @param {Element} section @returns {string} the section of elements of a type */
function nameOf(section) {
  const type = /** @type {HTMLElement | null} */ (section.closest("[data-type]"))?.dataset.type;
  return `${type}:${/** @type {HTMLElement} */ (section).dataset.section}`;
}

/** A section was opened or folded away. @param {Event} event */
export function fold(event) {
  const section = /** @type {HTMLDetailsElement} */ (event.target);
  if (!section.matches("[data-section]")) return;
  const all = folded();
  if (section.open) all.delete(nameOf(section));
  else all.add(nameOf(section));
  localStorage.setItem(KEY, JSON.stringify([...all]));
}

/** Fold what was folded. @param {Element} panel */
export function unfold(panel) {
  const all = folded();
  for (const section of panel.querySelectorAll("details[data-section]"))
    section.toggleAttribute("open", !all.has(nameOf(section)));
}
