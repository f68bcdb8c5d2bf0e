// @ts-check
/**
 * The Conditions tab: add conditions, reorder them by buttons, Alt and arrows or dragging, set their properties,
 * preview them on the canvas, remove them.
 *
 *   conditions(panel, signal);
 */
import { action, isText } from "lib/actions";
import { dragged } from "design/conditions_drag";
import { gesture } from "design/gestures";
import { propOf, whose } from "design/said";
import { isShown, show } from "design/shown";
import { speak } from "lib/toast";
import { expectFresh, keepFresh } from "parts/fresh";

/** @param {HTMLElement} panel @param {AbortSignal} signal */
export function conditions(panel, signal) {
  panel.addEventListener("click", clicked, { signal });
  panel.addEventListener("change", chosen, { signal });
  panel.addEventListener("keydown", pressed, { signal });
  panel.addEventListener("pointerdown", (event) => dragged(event, put), { signal });
  panel.addEventListener("sw-drawn", () => mark(panel), { signal });
  panel.addEventListener("sw-drawn", keepFresh, { signal });
}

/** Mark those that are previewed. @param {Element} panel */
function mark(panel) {
  for (const button of panel.querySelectorAll("[data-show]")) {
    const on = isShown(keyOf(button));
    button.ariaPressed = String(on);
    button.textContent = on ? "On" : "Off";
    button.ariaLabel = (button.ariaLabel || "").replace(/^\w+/, button.textContent);
  }
}

/** @param {Element} inside */
const rowOf = (inside) => /** @type {HTMLElement | null} */ (inside.closest("[data-condition]"));
/** @param {Element} inside */
const keyOf = (inside) => rowOf(inside)?.dataset.condition || "";
/** @param {Element} inside */
const about = (inside) => ({ ...whose(inside), condition: keyOf(inside) });

/** @param {Event} event */
async function clicked(event) {
  const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("button"));
  if (!button) return;
  const { addCondition, move, unset } = button.dataset;
  if (addCondition) add(button, addCondition);
  else if (button.matches("[data-show]")) look(button);
  else if (move) order(button, Number(rowOf(button)?.dataset.index) + Number(move));
  else if (unset)
    gesture({ do: "set_condition", ...about(button), prop: unset.replace(`${keyOf(button)}.`, ""), value: null });
  else if (button.matches("[data-remove]") && rowOf(button)) remove(button);
}

/** Add a condition, and focus the field for when it holds. @param {Element} button @param {string} on */
async function add(button, on) {
  const panel = button.closest("sw-panel");
  expectFresh(() => [...(panel?.querySelectorAll("[data-condition]") || [])].map(keyOf));
  await gesture({ do: "add_condition", ...whose(button), on });
  const last = [...(panel?.querySelectorAll("[data-condition]") || [])].at(-1);
  /** @type {HTMLElement | null | undefined} */ (last?.querySelector("[data-compose], [data-add-prop]"))?.focus();
}

/** @param {Element} button */
function look(button) {
  const on = !isShown(keyOf(button));
  show(keyOf(button), on);
  speak(on ? "The canvas shows it as if it held." : "The canvas shows it as it is.");
}

/** @param {HTMLElement} button @param {number} index */
async function order(button, index) {
  const [panel, key, way] = [button.closest("sw-panel"), keyOf(button), button.dataset.move];
  await gesture({ do: "move_condition", ...about(button), index });
  // Keep the focus on the button for the next move.
  const moved = panel?.querySelector(`[data-condition="${key}"]`);
  const again =
    moved?.querySelector(`[data-move="${way}"]:not([disabled])`) || moved?.querySelector("[data-move]:not([disabled])");
  /** @type {HTMLElement | null | undefined} */ (again)?.focus();
}

/** @param {HTMLElement} row @param {number} index */
const put = (row, index) => void gesture({ do: "move_condition", ...about(row), index });

const WAYS = { ArrowUp: "-1", ArrowDown: "1" };

/** @param {KeyboardEvent} event */
function pressed(event) {
  const [way, row] = [WAYS[/** @type {"ArrowUp"} */ (event.key)], rowOf(/** @type {Element} */ (event.target))];
  if (!way || !row || !event.altKey || isText(event.target)) return;
  event.preventDefault();
  const button = /** @type {HTMLElement | null} */ (row.querySelector(`[data-move="${way}"]:not([disabled])`));
  if (button) order(button, Number(row.dataset.index) + Number(way));
}

for (const [name, key, label] of [
  ["condition-up", "ArrowUp", "In a condition: move it up"],
  ["condition-down", "ArrowDown", "In a condition: move it down"],
])
  action({ name, label, group: "Elements", changes: true, keys: [`Alt+${key}`], scope: ["panel"] });

/** @param {Element} button */
async function remove(button) {
  const panel = button.closest("sw-panel");
  await gesture({ do: "remove_condition", ...about(button) });
  /** @type {HTMLElement | null | undefined} */ (panel?.querySelector("[data-add-condition]"))?.focus();
}

/** Set another property, initially to a value that differs from the current one. @param {Event} event */
async function chosen(event) {
  const select = /** @type {HTMLSelectElement} */ (event.target);
  if (!select.matches("[data-add-prop]") || !select.value) return;
  event.stopPropagation();
  const [prop, key, panel] = [select.value, keyOf(select), select.closest("sw-panel")];
  const first = JSON.parse(select.selectedOptions[0].dataset.first || "null");
  await gesture({ do: "set_condition", ...about(select), prop, value: first });
  const control = [...(panel?.querySelectorAll(`[data-condition="${key}"] [data-control]`) || [])].find(
    (each) => propOf(each) === `${key}.${prop}`,
  );
  /** @type {HTMLElement | null | undefined} */ (
    control?.querySelector("input, select, .words[contenteditable], [data-choice], [data-compose]")
  )?.focus();
}
