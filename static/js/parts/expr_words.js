// @ts-check
/**
 * The content of a field with dynamic data: its value, and the chip right beside the caret. A chip's `data-part` is the
 * index of its expression in the previous value.
 *
 *   valueIn(words, { text: ["Hello ", {"from": …}] }, "text");      // {"text": ["Hello dear ", {"from": …}]}
 *   chipBeside(words, -1);                                          // the chip before the caret, null for none
 */
/** @import { Part, Value } from "builder/expressions/shape" */

const NOTHING = "\u200b"; // gives the caret a place between two chips

/** The parts of a value: texts and expressions. @param {Value} value @returns {Part[]} */
export const partsOf = (value) =>
  value !== null && typeof value === "object" && "text" in value ? value.text : [value];

/**
 * @param {Element} words @param {Value} before @param {string | undefined} expects
 * @param {boolean} [removed] whether the last input deleted something @returns {Value}
 */
export function valueIn(words, before, expects, removed = false) {
  const known = partsOf(before);
  const parts = partsIn(words, known);
  // Browsers add a line break of their own when the end of a text is deleted, and leave one in place of a whole text.
  parts.push(String(parts.pop()).replace(/\n$/, ""));
  const breaks = known.some((each) => typeof each === "string" && each.includes("\n"));
  const kept = parts.filter((part) => part !== "" && !(part === "\n" && removed && !breaks));
  if (!words.querySelector(".chip")) return literal(String(parts[0]), expects);
  // A chip on its own is its expression unchanged, unless it was part of a text before.
  return kept.length === 1 && (expects !== "text" || before === known[0]) ? kept[0] : mixed(kept);
}

/**
 * What somebody has written: texts, and between them the expressions of chips.
 * @param {ParentNode} words @param {Part[]} known the parts that `data-part` of the chips refers to @returns {Part[]}
 */
export function partsIn(words, known) {
  const parts = /** @type {Part[]} */ ([]);
  let text = "";
  for (const node of words.childNodes) {
    const chip = /** @type {HTMLElement} */ (node).dataset?.part;
    if (chip === undefined) text += node.nodeName === "BR" ? "\n" : (node.textContent || "").replaceAll(NOTHING, "");
    else {
      parts.push(text, known[Number(chip)]);
      text = "";
    }
  }
  return [...parts, text];
}

/** Where the caret is: how many chips before it, and how many characters after the last of those.
 * @typedef {{ chips: number, text: number }} Caret */

/** @param {Element} words @returns {Caret | null} null if it is elsewhere */
export function caretIn(words) {
  const { focusNode = null, focusOffset = 0 } = getSelection() || {};
  if (!focusNode || !words.contains(focusNode)) return null;
  const range = document.createRange();
  range.selectNodeContents(words);
  range.setEnd(focusNode, focusOffset);
  const before = partsIn(range.cloneContents(), []);
  return { chips: (before.length - 1) / 2, text: String(before.at(-1)).length };
}

/** Parts with one more at the caret, else at their end. @param {Part[]} parts @param {Caret | null | undefined} caret
 * @param {Part} part @returns {Part[]} */
export function inserted(parts, caret, part) {
  if (!caret) return [...parts, part];
  let [at, chips] = [0, caret.chips];
  for (; chips && at < parts.length; at += 1) if (typeof parts[at] !== "string") chips -= 1;
  const text = parts[at];
  if (typeof text !== "string") return parts.toSpliced(at, 0, part);
  return parts.toSpliced(at, 1, text.slice(0, caret.text), part, text.slice(caret.text));
}

/** A text with chips. @param {Part[]} parts @returns {Value} */
export const mixed = (parts) => ({
  text: /** @type {import("builder/expressions/shape").MixedText["text"]} */ (parts),
});

/** @param {string} text @param {string | undefined} expects */
function literal(text, expects) {
  if (text === "") return expects === "text" ? "" : null;
  return expects === "number" && Number.isFinite(Number(text)) ? Number(text) : text;
}

/** A chip's index among the parts. @param {Value} value @param {number} index */
export function partOf(value, index) {
  return partsOf(value).flatMap((part, at) => (typeof part === "string" ? [] : [at]))[index] ?? 0;
}

/** @param {Element} words @param {number} step -1 for before, 1 for after @returns {HTMLElement | null} */
export function chipBeside(words, step) {
  const caret = getSelection();
  if (!caret?.isCollapsed || !caret.focusNode) return null;
  const range = document.createRange();
  range.selectNodeContents(words);
  if (step < 0) range.setEnd(caret.focusNode, caret.focusOffset);
  else range.setStart(caret.focusNode, caret.focusOffset);
  const between = [...range.cloneContents().childNodes].filter((node) => node.textContent?.replaceAll(NOTHING, ""));
  const next = /** @type {HTMLElement | undefined} */ (step < 0 ? between.at(-1) : between[0]);
  if (next?.nodeName !== "BUTTON") return null;
  const chips = /** @type {HTMLElement[]} */ ([...words.querySelectorAll(".chip")]);
  return chips.find((chip) => chip.dataset.part === next.dataset.part) || null;
}
