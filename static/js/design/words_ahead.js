// @ts-check
/**
 * Plain text typed in the panel appears on the canvas with every key, before it is saved. Whatever the server draws
 * meanwhile does not take it back; if the server refuses it, the text it drew last is shown again.
 *
 *   wordsAhead(panel, signal);
 *   const over = saves(field);      // its value is being sent
 *   over(answer.ok);
 */
import { boxOf } from "design/in_place";
import { valueIn } from "parts/expr_words";
/** @import { Canvas } from "design/canvas" */
/** @import { Expr } from "parts/expr" */

/** @typedef {{ field: Expr, key: string, prop: string, text: string, waits: number }} Typed */

const canvas = /** @type {Canvas} */ (document.getElementById("canvas"));

/** @type {Typed | null} */
let now = null;

/** @param {HTMLElement} panel @param {AbortSignal} signal */
export function wordsAhead(panel, signal) {
  // The field itself does not report single keys.
  panel.addEventListener("input", (event) => typed(panel, event), { signal, capture: true });
  document.addEventListener("sw-drawn", () => now && isAhead(now) && show(now), { signal });
}

/** Whether the server does not have this text yet. @param {Typed} words */
const isAhead = ({ field, text, waits }) => waits > 0 || text !== (field.value ?? "");

/** @param {HTMLElement} panel @param {Event} event */
function typed(panel, event) {
  const target = /** @type {Element} */ (event.target);
  const field = /** @type {Expr | null} */ (target.closest("sw-expr[data-literal=text]"));
  const { node: key = "", prop = "" } = field?.dataset || {};
  const isOfOne = /** @type {HTMLElement | null} */ (panel.firstElementChild)?.dataset.nodes === key;
  const text = field && valueIn(/** @type {Element} */ (field.querySelector(".words")), field.value, "text");
  const isText = field && typeof text === "string";
  if (now?.field !== field)
    now = isText && isOfOne && isPlain(key, prop, field.value) ? { field, key, prop, text, waits: 0 } : null;
  if (now && isText) show(Object.assign(now, { text }));
}

/** Whether this text is everything an element shows of a property, and nothing else affects it.
 * @param {string} key @param {string} prop @param {unknown} value */
function isPlain(key, prop, value) {
  const box = boxFor({ key, prop });
  return box?.textContent === (value ?? "") && !box?.childElementCount && !box?.closest(".sw-cell");
}

/** @param {{ key: string, prop: string }} about */
function boxFor({ key, prop }) {
  const box = boxOf(key);
  return box?.dataset.p === prop && !box.isContentEditable ? box : null;
}

/** @param {{ key: string, prop: string, text: string }} words */
function show(words) {
  const box = boxFor(words);
  if (!box || box.childElementCount || box.textContent === words.text) return;
  box.textContent = words.text;
  // The outline follows the size of the text.
  canvas.dispatchEvent(new CustomEvent("sw-scrolled"));
}

/**
 * The value of a field is being sent to the server.
 * @param {Element} field @returns {(isSaved: boolean) => void} to be called with the outcome
 */
export function saves(field) {
  const words = now;
  if (!words || words.field !== field) return () => {};
  words.waits += 1;
  return (isSaved) => {
    words.waits -= 1;
    if (!isSaved) show({ ...words, text: canvas.drawnWords(words.key, words.prop) });
    if (now === words && !isAhead(words)) now = null;
  };
}
