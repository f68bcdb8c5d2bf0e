// @ts-check
/**
 * In a select box elements stand with their words, "Button 2 – Send": typing finds them by these words, too. What
 * begins with what was typed is left to the browser.
 *
 *   chosenBy("se", ["Button 1 – Go", "Button 2 – Send"], 0)      // 1; -1 for none
 */
const BETWEEN = " – ";
const PAUSE = 1000; // as long as browsers take letters together

/**
 * @param {string} typed @param {string[]} options their words @param {number} now the index of the chosen one
 * @returns {number} the next one after it with words that begin like this; -1 if none has, or a name does
 */
export function chosenBy(typed, options, now) {
  const all = options.map((each) => each.trim().toLowerCase());
  if (!typed.trim() || all.some((each) => each.startsWith(typed))) return -1;
  // While it still fits, what is chosen stays.
  const from = typed.length > 1 ? now : now + 1;
  const order = all.map((_, at) => (from + at) % all.length);
  return order.find((at) => all[at].split(BETWEEN).slice(1).join(BETWEEN).startsWith(typed)) ?? -1;
}

let typed = "";
let last = 0;

/** @param {KeyboardEvent} event */
function pressed(event) {
  const select = /** @type {HTMLSelectElement} */ (event.target);
  if (select.localName !== "select" || event.key.length !== 1) return;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  typed = (event.timeStamp - last > PAUSE ? "" : typed) + event.key.toLowerCase();
  last = event.timeStamp;
  const to = chosenBy(
    typed,
    [...select.options].map(({ text }) => text),
    select.selectedIndex,
  );
  if (to < 0) return;
  event.preventDefault();
  if (to === select.selectedIndex) return;
  select.selectedIndex = to;
  for (const name of ["input", "change"]) select.dispatchEvent(new Event(name, { bubbles: true }));
}

if (globalThis.document) document.addEventListener("keydown", pressed);
