// @ts-check
/**
 * The content of a field with dynamic data: its value, and the chip right beside the caret. A chip's `data-part` is the
 * index of its expression in the previous value.
 *
 *   valueIn(words, { text: ["Hello ", {"from": …}] }, "text");      // {"text": ["Hello dear ", {"from": …}]}
 *   chipBeside(words, -1);                                          // the chip before the caret, null for none
 */
const NOTHING = "\u200b"; // gives the caret a place between two chips

/**
 * @param {Element} words @param {any} before @param {string | undefined} expects
 * @param {boolean} [removed] whether the last input deleted something @returns {any}
 */
export function valueIn(words, before, expects, removed = false) {
  const known = before?.text ?? [before];
  const parts = /** @type {any[]} */ ([""]);
  for (const node of words.childNodes) {
    const chip = node instanceof HTMLElement && node.matches(".chip") ? node : null;
    if (chip) parts.push(known[Number(chip.dataset.part)], "");
    else parts[parts.length - 1] += node.nodeName === "BR" ? "\n" : (node.textContent || "").replaceAll(NOTHING, "");
  }
  // Browsers add a line break of their own when the end of a text is deleted, and leave one in place of a whole text.
  if (typeof parts.at(-1) === "string") parts.push(parts.pop().replace(/\n$/, ""));
  const breaks = known.some((/** @type {any} */ each) => typeof each === "string" && each.includes("\n"));
  const kept = parts.filter((part) => part !== "" && !(part === "\n" && removed && !breaks));
  if (!words.querySelector(".chip")) return literal(parts[0], expects);
  // A chip on its own is its expression unchanged, unless it was part of a text before.
  return kept.length === 1 && (expects !== "text" || before === known[0]) ? kept[0] : { text: kept };
}

/** @param {string} text @param {string | undefined} expects */
function literal(text, expects) {
  if (text === "") return expects === "text" ? "" : null;
  return expects === "number" && Number.isFinite(Number(text)) ? Number(text) : text;
}

/** A chip's index among the parts. @param {any} value @param {number} index */
export function partOf(value, index) {
  const parts = /** @type {any[]} */ (value?.text ?? [value]);
  return parts.flatMap((part, at) => (typeof part === "string" ? [] : [at]))[index] ?? 0;
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
  const next = /** @type {any} */ (step < 0 ? between.at(-1) : between[0]);
  if (next?.nodeName !== "BUTTON") return null;
  const chips = /** @type {HTMLElement[]} */ ([...words.querySelectorAll(".chip")]);
  return chips.find((chip) => chip.dataset.part === next.dataset.part) || null;
}
