// @ts-check
/**
 * The state of the tree's rows: which are collapsed or do not match a search, and which are selected.
 *
 *   showRows(closed, "el_k3x9q2", new Set(["el_k3x9q2"]), null);
 */
import { allRows } from "design/rows";

/**
 * @param {Set<string>} closed keys of the collapsed rows @param {string} stop the row in the Tab order
 * @param {Set<string>} chosen @param {Set<string> | null} lost rows that do not match the search, null without one
 */
export function showRows(closed, stop, chosen, lost) {
  const shut = /** @type {Set<string>} */ (new Set());
  for (const row of allRows()) {
    const { node: own = "", parent = "" } = row.dataset;
    // Rows follow their parents.
    const hidden = !lost && (shut.has(parent) || closed.has(parent));
    if (hidden) shut.add(own);
    set(row, "hidden", hidden || lost?.has(own) ? "" : null);
    if (row.ariaExpanded) set(row, "aria-expanded", String(lost ? true : !closed.has(own)));
    set(row, "aria-selected", String(chosen.has(own)));
    set(row, "tabindex", own === stop ? "0" : "-1");
  }
}

/**
 * Write an attribute only if it differs: of hundreds of rows, a selection changes two.
 * @param {Element} row @param {string} name @param {string | null} value
 */
export function set(row, name, value) {
  if (row.getAttribute(name) === value) return;
  if (value === null) row.removeAttribute(name);
  else row.setAttribute(name, value);
}
