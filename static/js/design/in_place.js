// @ts-check
/**
 * In-place editing of text: a double click or Enter on a text, a heading or a label makes it a field. Its plain text
 * can be edited, chips of dynamic data stay whole. Enter, Tab and leaving save, Shift Enter inserts a line break, Esc
 * cancels. For elements without text, the first property is focused instead. What an instance shows can be opened.
 *
 *   write("el_k3x9q2");
 */
import { gesture } from "design/gestures";
import { giveBack } from "design/refused";
import { onSelect, select, selected } from "design/selection";
import { onlyLooks } from "lib/looks";
import { mixed, partsIn, partsOf } from "parts/expr_words";
/** @import { Value } from "builder/expressions/shape" */
/** @import { Canvas } from "design/canvas" */

const canvas = /** @type {Canvas} */ (document.getElementById("canvas"));
const panel = /** @type {HTMLElement} */ (document.getElementById("panel"));
// These are edited in the panel: Markdown, live text, labels around a field, HTML.
const NOT_HERE = "sw-markdown, sw-live-text, label, [data-type=html]";
const LONG_MS = 10_000; // after which waiting ends
const FIELDS = ".words, [data-control] input, [data-control] select";

/** @type {{ box: HTMLElement, key: string, html: string, field: HTMLElement, end: AbortController } | null} */
let now = null;
let waiting = new AbortController();

/** Whether an event target is inside the text being edited. @param {EventTarget | null} target */
export const isWriting = (target) => Boolean(now && target && now.box.contains(/** @type {Node} */ (target)));

/** @param {string} key @param {boolean} [opens] a reusable element, from its instance */
export async function write(key, opens) {
  if (!key || onlyLooks()) return;
  select(key);
  if (!(await panelOf(key))) return;
  const find = (/** @type {string} */ what) => /** @type {HTMLElement | null} */ (panel.querySelector(what));
  const link = opens && find("[data-opens]");
  if (link) return link.click();
  const box = boxOf(key);
  const field = box && find(`sw-expr[data-prop="${box.dataset.p}"][data-literal=text]`);
  if (box && field) begin(key, box, field);
  else find(FIELDS)?.focus();
}

/** Wait for the panel of an element, which has the text and the chips.
 * @param {string} key @returns {Promise<boolean>} false if superseded, or if it does not arrive */
function panelOf(key) {
  const isThere = () =>
    selected() === key && /** @type {HTMLElement | null} */ (panel.querySelector("[data-node]"))?.dataset.node === key;
  waiting.abort();
  const end = (waiting = new AbortController());
  const { signal } = end;
  const timer = setTimeout(() => end.abort(), LONG_MS);
  return new Promise((/** @type {(is: boolean) => void} */ done) => {
    const look = () => isThere() && done(true);
    panel.addEventListener("sw-drawn", look, { signal });
    onSelect(() => selected() === key || done(false), { signal });
    signal.addEventListener("abort", () => done(false));
    look();
  }).finally(() => {
    clearTimeout(timer);
    end.abort();
  });
}

/** @param {string} key @returns {HTMLElement | null} the node that contains its text */
export function boxOf(key) {
  const element = canvas.find(key);
  if (!element || element.matches(NOT_HERE)) return null;
  const box = element.dataset.p ? element : /** @type {HTMLElement | null} */ (element.querySelector("[data-p]"));
  if (box?.closest("[data-el], [data-in]") !== element) return null;
  return ["text", "label"].includes(box.dataset.p || "") ? box : null;
}

/** @param {string} key @param {HTMLElement} box @param {HTMLElement} field the panel's field */
function begin(key, box, field) {
  if (now) leave(true);
  now = { box, key, html: box.innerHTML, field, end: new AbortController() };
  box.replaceChildren(...[...field.querySelectorAll(".words > *")].map((part) => partIn(part, box.ownerDocument)));
  box.setAttribute("contenteditable", "plaintext-only");
  box.setAttribute("role", "textbox");
  const { signal } = now.end;
  box.addEventListener("keydown", typed, { signal });
  box.addEventListener("blur", () => leave(true), { signal });
  canvas.dispatchEvent(new CustomEvent("sw-writing", { detail: true }));
  box.focus();
  box.ownerDocument.getSelection()?.selectAllChildren(box);
}

/**
 * A piece of the panel's field in the form used on the page.
 * @param {Element} part @param {Document} page @returns {Node}
 */
function partIn(part, page) {
  if (!part.matches(".chip")) return page.createTextNode((part.textContent || "").replaceAll("\u200b", ""));
  const chip = page.createElement("span");
  chip.className = part.matches(".chip-stream") ? "sw-chip sw-chip-stream" : "sw-chip";
  chip.setAttribute("contenteditable", "false");
  chip.dataset.part = /** @type {HTMLElement} */ (part).dataset.part;
  chip.textContent = [...part.childNodes]
    .map((node) => node.textContent?.trim())
    .filter(Boolean)
    .join(" › ");
  return chip;
}

/** @param {KeyboardEvent} event */
function typed(event) {
  event.stopPropagation();
  if (event.isComposing || (event.key === "Enter" ? event.shiftKey : !["Escape", "Tab"].includes(event.key))) return;
  event.preventDefault();
  leave(event.key !== "Escape");
  /** @type {HTMLElement} */ (document.querySelector(".artboard")).focus();
}

/** @param {boolean} saves */
function leave(saves) {
  if (!now) return;
  const { box, key, html, field, end } = now;
  const before = JSON.parse(field.dataset.value || "null");
  const after = saves ? read(box, before) : before;
  now = null;
  end.abort();
  box.removeAttribute("contenteditable");
  box.removeAttribute("role");
  const isSame = JSON.stringify(after) === JSON.stringify(before) || (after === "" && before === null);
  if (isSame || !box.dataset.p) box.innerHTML = html;
  canvas.dispatchEvent(new CustomEvent("sw-writing", { detail: false }));
  canvas.dispatchEvent(new CustomEvent("sw-scrolled"));
  if (isSame) return;
  gesture({ do: "set", node: key, prop: box.dataset.p, value: after }).then((answer) => {
    if (answer.isUnsaved) giveBack(field, box.innerText);
    if (!answer.ok) box.innerHTML = html;
  });
}

document.addEventListener("sw-only-looks", () => leave(true));

/**
 * The content as a value: plain text, or texts and the expressions of the chips.
 * @param {HTMLElement} box @param {Value} before @returns {Value}
 */
function read(box, before) {
  const parts = partsIn(box, partsOf(before));
  if (parts.length === 1) return String(parts[0]).replace(/\n$/, "");
  return mixed(parts.filter((part) => part !== ""));
}
