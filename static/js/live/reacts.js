// @ts-check
/**
 * Conditions evaluated in the browser: hovered, focused, disabled. An element lists them by their number among all its
 * conditions, with the looks they set; the last one that holds wins (S34), also over those of the server, whose number
 * is in `data-rank-<look>`:
 *
 *   <button data-reacts='[[0, "hover", {"kind": "primary"}]]' data-rank-kind="1">
 */

/** @typedef {[number, string, Record<string, string | null>]} Reaction */
/** @typedef {Element & { told?: (name: string, value: string | null) => boolean }} Reacting */

/** @type {Record<string, (element: Element) => boolean>} */
const holds = {
  hover: (element) => element.matches(":hover"),
  focus: (element) => element.matches(":focus-within"),
  disabled: (element) => element.matches(":disabled") || Boolean(element.querySelector("[data-a~=disabled]:disabled")),
};

/** @type {WeakMap<Element, Map<string, string | null>>} the attributes' values underneath the conditions that hold */
const under = new WeakMap();

/** @param {Element} element @returns {Reaction[]} */
const reactions = (element) => JSON.parse(element.getAttribute("data-reacts") || "[]");

/** @param {Reacting} element */
function look(element) {
  const below = under.get(element) ?? new Map();
  under.set(element, below);
  element.told = (name, value) => below.has(name) && Boolean(below.set(name, value));
  /** @type {Map<string, string | null>} */
  const wanted = new Map();
  for (const [number, on, looks] of reactions(element)) {
    for (const [prop, value] of holds[on]?.(element) ? Object.entries(looks) : []) {
      if (number > Number(element.getAttribute(`data-rank-${prop}`) ?? -1)) wanted.set(`data-${prop}`, value);
    }
  }
  for (const [name, value] of [...below]) {
    if (wanted.has(name)) continue;
    below.delete(name);
    write(element, name, value);
  }
  for (const [name, value] of wanted) {
    if (!below.has(name)) below.set(name, element.getAttribute(name));
    write(element, name, value);
  }
}

/** @param {Element} element @param {string} name @param {string | null} value */
function write(element, name, value) {
  if (element.getAttribute(name) === value) return;
  if (value === null) element.removeAttribute(name);
  else element.setAttribute(name, value);
}

/** Update the reacting elements around a node, including itself. @param {EventTarget | null} node */
function around(node) {
  for (
    let at = node instanceof Element ? node.closest("[data-reacts]") : null;
    at;
    at = at.parentElement?.closest("[data-reacts]") ?? null
  ) {
    look(at);
  }
}

const reacting = () => [...document.querySelectorAll("[data-reacts]")];
const all = () => reacting().forEach(look);

for (const name of ["pointerover", "pointerout", "focusin", "focusout"]) {
  document.addEventListener(name, (event) => {
    // The focused element is known only after the event.
    queueMicrotask(() => {
      around(event.target);
      around(/** @type {any} */ (event).relatedTarget);
    });
  });
}
document.addEventListener("sw:cells", all);
all();

const ranks = [
  ...new Set(
    reacting()
      .flatMap(reactions)
      .flatMap((one) => Object.keys(one[2])),
  ),
].map((prop) => `data-rank-${prop}`);
new MutationObserver((records) => {
  for (const record of records) around(record.target);
}).observe(document.body, {
  subtree: true,
  attributes: true,
  attributeFilter: ["disabled", ...ranks],
});
