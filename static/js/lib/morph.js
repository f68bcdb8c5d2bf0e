// @ts-check
/**
 * The one way to redraw a part of the editor: the server's HTML is morphed into the page, so that focus, scroll
 * position and what is being typed are kept. With htmx it is the swap style `morph`: an element that uses it has
 * `hx-ext="morph"` around it and comes with `hx-swap-oob="morph"`.
 *
 * A control with input that is not on the server yet has `data-unsaved` (before-paint.js) and is left alone; so is
 * whatever scripts have added and marked `data-kept`, elements whose `isTyping` is true, and which rows of a filtered
 * list are hidden. Input that was refused stays, with its message, until its own next response: a part with
 * `data-refused`, a field with `data-was-wrong`. The text of `data-typed` exists only in the browser. When a form is
 * submitted with Enter, its focused field is updated, too, for example emptied for the next entry.
 *
 *   morphInto(panel, html);      // the same without htmx
 */
import { Idiomorph } from "idiomorph";

const SAVED = "sw-morphed";

const LEFT_ALONE = "[data-unsaved], [data-kept], [data-refused], [data-was-wrong]";

const callbacks = {
  /** @param {Node} old */
  beforeNodeMorphed: (old) =>
    !(old instanceof HTMLElement && (("isTyping" in old && old.isTyping) || old.matches(LEFT_ALONE))),
  /** @param {Node} node */
  beforeNodeRemoved: (node) => !(node instanceof HTMLElement && node.hasAttribute("data-kept")),
  /** @param {string} name @param {Element} node @param {string} verb */
  beforeAttributeUpdated: (name, node, verb) => !staysAsItIs(name, node, verb),
};

/** Whether an attribute is state that only the browser knows.
 * @param {string} name @param {Element} node @param {string} verb */
function staysAsItIs(name, node, verb) {
  if (node.matches("button") && name === "aria-expanded" && verb === "remove") return true;
  if (node.matches("sw-json-editor > textarea")) return name === "hidden";
  if (node.matches("input[data-typed]")) return name === "value";
  if (node.matches("details")) return name === "open" && verb === "remove";
  if (node.matches("[data-find]")) return ["hidden", "data-folded", "aria-expanded", "tabindex"].includes(name);
  return node.matches(".tabs > [role=tab], [role=tabpanel]") && ["hidden", "aria-selected", "tabindex"].includes(name);
}

/**
 * A field keeps what is being typed, but a checkbox or radio button shows the server's state unless its change is still
 * to be sent.
 * @param {Element | null} field
 */
function asTheServerSays(field) {
  if (
    field instanceof HTMLInputElement &&
    ["radio", "checkbox"].includes(field.type) &&
    !field.hasAttribute("data-unsaved")
  )
    field.checked = field.defaultChecked;
}

/**
 * @param {Element} old @param {Node | string} made @param {"innerHTML" | "outerHTML"} morphStyle
 * @param {boolean} ignoreActiveValue
 */
const morph = (old, made, morphStyle, ignoreActiveValue) => {
  // The words on a button are no value that somebody types: they change also while it has the focus.
  const keeps = ignoreActiveValue && !document.activeElement?.matches("button");
  return Idiomorph.morph(old, made, { morphStyle, ignoreActiveValue: keeps, callbacks });
};

/**
 * Morph an element's content into the server's HTML.
 * @param {Element} element @param {string | DocumentFragment} html
 * @param {boolean} [ignoreActiveValue] whether the focused control keeps its value
 */
export function morphInto(element, html, ignoreActiveValue = true) {
  morph(element, html, "innerHTML", ignoreActiveValue);
}

/** Whether the focused control belongs to the form whose response arrives, and is unchanged since it was sent. */
let isSentWithItsForm = false;

htmx.defineExtension("morph", {
  isInlineSwap: (/** @type {string} */ style) => style === "morph",
  handleSwap(
    /** @type {string} */ style,
    /** @type {Element} */ target,
    /** @type {DocumentFragment | Element} */ fragment,
  ) {
    if (style !== "morph") return false;
    const made = fragment instanceof DocumentFragment ? fragment.firstElementChild : fragment;
    const changed = morph(target, /** @type {Element} */ (made), "outerHTML", !isSentWithItsForm);
    asTheServerSays(document.activeElement);
    document.dispatchEvent(new CustomEvent(SAVED));
    return changed;
  },
});

const control = (/** @type {Event} */ event) => /** @type {HTMLElement} */ (event.target).closest?.("[hx-post][name]");

/** Whether a control has the value the server last sent, or its checked state. @param {any} field */
const same = (field) =>
  ["radio", "checkbox"].includes(field?.type)
    ? field.checked === field.defaultChecked
    : field?.value === field?.defaultValue;

document.addEventListener(
  "focusout",
  (event) => same(control(event)) && control(event)?.removeAttribute("data-unsaved"),
);

// What was typed and left before htmx listened is sent once it does. Its own listener came before this one.
document.addEventListener("DOMContentLoaded", () => {
  for (const field of document.querySelectorAll("[hx-post][name][data-unsaved]"))
    if (field !== document.activeElement && !same(field)) field.dispatchEvent(new Event("change", { bubbles: true }));
});

/** Whether a text has changed since it was sent. @param {any} field @param {any} sent the request's parameters */
const typedOn = (field, sent) =>
  field.matches("input:not([type=checkbox], [type=radio]), textarea") &&
  (sent?.[field.name] ?? field.value) !== field.value;

// The response for a control determines its value again, unless something else was typed meanwhile.
document.addEventListener("htmx:beforeSwap", (/** @type {any} */ event) => {
  const { elt, parameters } = event.detail.requestConfig ?? {};
  const active = document.activeElement;
  isSentWithItsForm = Boolean(elt?.matches("form") && elt.contains(active) && !typedOn(active, parameters));
  const field = control(event);
  field?.closest("[data-refused]")?.removeAttribute("data-refused");
  if (field && !typedOn(field, event.detail.requestConfig?.parameters)) field.removeAttribute("data-unsaved");
});

/** @param {() => void} listener called after every morph */
export function onMorphed(listener) {
  document.addEventListener(SAVED, listener);
  return () => document.removeEventListener(SAVED, listener);
}
