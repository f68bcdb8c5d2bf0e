// @ts-check
/**
 * What was just added is not told what it still lacks, as with forms: only once it was left, or opened anew. Lists of
 * issues count it from the start. Fields and messages of what is fresh are in an element with its key as
 * `data-condition`, or with the id `step-<key>` or `panel-<key>`; the attribute `data-fresh` there hides the messages.
 *
 *   expectFresh(keysNow);      // something is being added: what keysNow() names then, but not yet, is fresh
 *   keepFresh();               // after everything was drawn
 */

/** @type {Set<string>} */
const fresh = new Set();
/** @type {{ keys: () => string[], known: Set<string> } | null} */
let expected = null;

/** @param {() => string[]} keys of what there is */
export function expectFresh(keys) {
  expected = { keys, known: new Set(keys()) };
}

export function keepFresh() {
  const { keys = () => [], known = new Set() } = expected || {};
  const made = keys().filter((key) => !known.has(key));
  if (made.length) expected = null;
  for (const key of made) fresh.add(key);
  for (const key of fresh) show(key);
}

/** @param {string} key @returns {HTMLElement[]} */
const partsOf = (key) => [
  .../** @type {NodeListOf<HTMLElement>} */ (
    document.querySelectorAll(`[id="step-${key}"], [id="panel-${key}"], [data-condition="${key}"]`)
  ),
];

/** Fields that were refused say so at once. @param {string} key */
function show(key) {
  for (const part of partsOf(key)) {
    part.toggleAttribute("data-fresh", fresh.has(key));
    for (const field of part.querySelectorAll("[aria-invalid]:not([data-was-wrong])"))
      field.setAttribute("aria-invalid", String(!fresh.has(key)));
  }
}

const CARD = ".step";
/** The composer belongs to the field it was opened from. */
const GOES_ON = "sw-composer, sw-picker";
/** What has had the focus since it was added. @type {Set<string>} */
const entered = new Set();

/** The messages come after a press is over: else what is pressed could move from under the pointer. */
let isPressed = false;
/** @type {string[]} */
const left = [];

/** @param {Event} event */
const pressed = ({ type }) => {
  isPressed = type === "pointerdown";
  if (!isPressed) setTimeout(showLeft);
};
for (const type of ["pointerdown", "pointerup", "pointercancel"]) document.addEventListener(type, pressed, true);

function showLeft() {
  for (const key of left.splice(0)) {
    fresh.delete(key);
    show(key);
  }
}

document.addEventListener("focusin", ({ target }) => {
  const at = /** @type {Element} */ (target);
  if (at.closest(GOES_ON)) return;
  for (const key of [...fresh]) {
    if (partsOf(key).some((part) => part.contains(at) && !part.matches(CARD))) entered.add(key);
    else if (entered.has(key)) left.push(key);
  }
  if (!isPressed) showLeft();
});
