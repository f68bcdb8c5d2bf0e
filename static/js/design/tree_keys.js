// @ts-check
/**
 * The meaning of keys in the tree, following the WAI-ARIA pattern: arrows, Home, End, letters; Shift and Space select
 * several.
 *
 *   stepFrom(row, rows, event);   // { to: row, add: true }, { open: false }, { rename: true }; null: none
 */
import { fittingTo } from "lib/actions";
import { childrenOf, parentOf, rowOf } from "design/rows";

/**
 * @param {HTMLElement} row @param {HTMLElement[]} rows the visible ones @param {KeyboardEvent} event
 * @returns {{ to?: HTMLElement | null, add?: boolean, open?: boolean, rename?: boolean } | null}
 */
export function stepFrom(row, rows, event) {
  const [at, key, { shiftKey }] = [rows.indexOf(row), row.dataset.node || "", event];
  if (event.altKey || event.ctrlKey || event.metaKey) return null;
  if (event.key === "ArrowDown") return { to: rows[at + 1], add: shiftKey };
  if (event.key === "ArrowUp") return { to: rows[at - 1], add: shiftKey };
  if (shiftKey) return byLetter(row, rows, event);
  if (event.key === " ") return { to: row, add: true };
  if (event.key === "Home") return { to: rows[0] };
  if (event.key === "End") return { to: rows.at(-1) };
  if (event.key === "ArrowRight")
    return row.ariaExpanded === "false" ? { open: true } : { to: rowOf(childrenOf(key)[0]) };
  if (event.key === "ArrowLeft") return row.ariaExpanded === "true" ? { open: false } : { to: rowOf(parentOf(key)) };
  return event.key === "Enter" ? { rename: true } : byLetter(row, rows, event);
}

/**
 * A letter jumps to the next name that starts with it.
 * @param {HTMLElement} row @param {HTMLElement[]} rows @param {KeyboardEvent} event
 */
function byLetter(row, rows, event) {
  if (event.key.length !== 1 || event.key === " " || fittingTo(event).length) return null;
  const after = [...rows.slice(rows.indexOf(row) + 1), ...rows.slice(0, rows.indexOf(row))];
  const found = after.find((each) => each.dataset.name?.toLowerCase().startsWith(event.key.toLowerCase()));
  return found ? { to: found } : null;
}
