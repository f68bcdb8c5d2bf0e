// @ts-check
/**
 * Turns fields of the panel into gestures: on a property of the selection, also at a breakpoint; on a condition; on a
 * row of a list; on a state of the page.
 *
 *   import { resetOf, setOf, whose } from "design/said";
 *   gesture(setOf(field, "Hello"));      // { do: "set", node: "el_k3x9q2", prop: "text", value: "Hello" }
 */

import { placesIn } from "design/fixed";
import { isFixed } from "design/ground";

/** @param {Element} field @returns {{ node: string } | { nodes: string[] }} the element or elements it is about */
export function whose(field) {
  const state = /** @type {HTMLElement | null} */ (field.closest("[data-state]"))?.dataset.state;
  const panel = /** @type {HTMLElement | null} */ (field.closest("[data-node]:not(sw-expr)"));
  const nodes = panel?.dataset.nodes?.split(",") || [];
  return state ? { node: state } : nodes.length > 1 ? { nodes } : { node: panel?.dataset.node || "" };
}

/** @param {HTMLElement} field @param {any} value @returns {object} */
export function setOf(field, value) {
  const { condition } = /** @type {HTMLElement | null} */ (field.closest("[data-condition]"))?.dataset || {};
  const rows = /** @type {HTMLElement | null} */ (field.closest("[data-rows]"));
  const name = field.dataset.prop || /** @type {HTMLInputElement} */ (field).name;
  if (condition) return inCondition(condition, name, value, field);
  if (rows) return { do: "set", ...whose(field), prop: rows.dataset.rows, value: withCell(rows, name, value) };
  return { do: "set", ...whose(field), prop: name, value, ...at(field), ...measured(field, name, value) };
}

/** Where the elements of a container are that becomes a fixed group, so that they stay there.
 * @param {Element} field @param {string} name @param {any} value */
function measured(field, name, value) {
  if (name !== "direction" || value !== "fixed") return {};
  const about = whose(field);
  const groups = "nodes" in about ? about.nodes : [about.node];
  const places = Object.assign({}, ...groups.filter((key) => !isFixed(key)).map((key) => placesIn(key)));
  return Object.keys(places).length ? { places } : {};
}

/** The gesture that removes what is set here. @param {Element} button */
export const resetOf = (button) => ({ do: "reset", ...whose(button), props: propOf(button).split(" "), ...at(button) });

/** @param {Element} inside */
export const propOf = (inside) =>
  /** @type {HTMLElement | null} */ (inside.closest("[data-control]"))?.dataset.control || "";

/** @param {Element} inside the breakpoint that a property is set for; none for all widths */
function at(inside) {
  const there = /** @type {HTMLElement | null} */ (inside.closest("[data-control]"))?.dataset.at;
  return there ? { at: there } : {};
}

/** @param {string} condition @param {string} name @param {any} value @param {Element} field */
function inCondition(condition, name, value, field) {
  const prop = name.replace(`${condition}.`, "");
  const about = { do: "set_condition", ...whose(field), condition };
  return prop === "when" ? { ...about, when: value } : { ...about, prop, value };
}

/** @param {HTMLElement} rows @returns {any[]} the rows as they are stored */
const rowsOf = (rows) => JSON.parse(rows.dataset.value || "[]");

/** @param {HTMLElement} rows @param {string} name such as columns.0.title @param {any} value */
function withCell(rows, name, value) {
  const [number, prop] = name.slice((rows.dataset.rows || "").length + 1).split(".");
  return rowsOf(rows).map((row, at) => (at === Number(number) ? { ...row, [prop]: value } : row));
}

/**
 * The gesture of a press on one of the rows' buttons.
 * @param {HTMLElement} button with data-row
 * @returns {object | null}
 */
export function rowGesture(button) {
  const rows = /** @type {HTMLElement | null} */ (button.closest("[data-control]")?.querySelector("[data-rows]"));
  if (!rows) return null;
  const value = rowsOf(rows);
  const at = Number(/** @type {HTMLElement | null} */ (button.closest("[data-at-row]"))?.dataset.atRow);
  const what = button.dataset.row;
  if (what === "add") value.push(JSON.parse(rows.dataset.blank || "{}"));
  else if (what === "remove") value.splice(at, 1);
  else value.splice(at + (what === "up" ? -1 : 1), 0, ...value.splice(at, 1));
  return { do: "set", ...whose(button), prop: rows.dataset.rows, value };
}
