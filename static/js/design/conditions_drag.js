// @ts-check
/**
 * Drags a condition by its handle: a line shows where it would go, Escape cancels.
 *
 *   panel.addEventListener("pointerdown", (event) => dragged(event, (row, index) => order(row, index)));
 */
import { onEscape } from "lib/escape";

/** @param {PointerEvent} event @param {(row: HTMLElement, index: number) => void} put called to move it */
export function dragged(event, put) {
  const grip = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[data-grip]"));
  const row = /** @type {HTMLElement | null | undefined} */ (grip?.closest("[data-condition]"));
  if (!grip || !row?.parentElement || event.button) return;
  event.preventDefault();
  const rows = /** @type {HTMLElement[]} */ ([...row.parentElement.querySelectorAll("[data-condition]")]);
  const others = rows.filter((each) => each !== row);
  const end = new AbortController();
  const { signal } = end;
  let index = Number(row.dataset.index);
  const moved = (/** @type {PointerEvent} */ move) => {
    index = others.filter((each) => middleOf(each) < move.clientY).length;
    unmark(rows);
    if (index < others.length) others[index].dataset.drop = "before";
    else others.at(-1)?.setAttribute("data-drop", "after");
  };
  const stop = (/** @type {boolean} */ keep) => {
    end.abort();
    unmark(rows);
    if (keep && index !== Number(row.dataset.index)) put(row, index);
  };
  grip.setPointerCapture(event.pointerId);
  grip.addEventListener("pointermove", moved, { signal });
  grip.addEventListener("pointerup", () => stop(true), { signal });
  grip.addEventListener("pointercancel", () => stop(false), { signal });
  onEscape(() => stop(false), signal);
}

/** @param {HTMLElement[]} rows */
function unmark(rows) {
  for (const each of rows) each.removeAttribute("data-drop");
}

/** @param {Element} row */
function middleOf(row) {
  const { top, height } = row.getBoundingClientRect();
  return top + height / 2;
}
