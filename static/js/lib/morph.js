// @ts-check
/**
 * The one way to draw a part of the editor anew: what comes from the server changes the page in place, so that focus,
 * scroll and what is being typed stay. By htmx it is the swap style `morph`: an element that asks for it has
 * `hx-ext="morph"` around it and comes with `hx-swap-oob="morph"`.
 *
 * A control that was typed into and is not on the server yet carries `data-unsaved` and is left alone; so is what
 * scripts have added and marked `data-kept`, what says of itself that it `isTyping`, and which rows of a filtered list
 * are hidden. What came back as a mistake stays, text and sentence, until its own next answer: a part with
 * `data-refused`, a field with `data-was-wrong`. A text in `data-typed` is in the browser alone. Who sends a form by
 * Enter is still in one of its fields: that one becomes what the form's answer says, too, such as empty for the next.
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

/** What the browser alone knows of an element. @param {string} name @param {Element} node @param {string} verb */
function staysAsItIs(name, node, verb) {
  if (node.matches("button") && name === "aria-expanded" && verb === "remove") return true;
  if (node.matches("sw-json-editor > textarea")) return name === "hidden";
  if (node.matches("input[data-typed]")) return name === "value";
  if (node.matches("details")) return name === "open" && verb === "remove";
  if (node.matches("[data-find]")) return ["hidden", "data-folded", "aria-expanded", "tabindex"].includes(name);
  return node.matches(".tabs > [role=tab], [role=tabpanel]") && ["hidden", "aria-selected", "tabindex"].includes(name);
}

/**
 * What is being typed into stays, but a tick is either on its way to the server or what the server says.
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
 * @param {Element} old @param {Element | string} made @param {"innerHTML" | "outerHTML"} morphStyle
 * @param {boolean} ignoreActiveValue
 */
const morph = (old, made, morphStyle, ignoreActiveValue) =>
  Idiomorph.morph(old, made, { morphStyle, ignoreActiveValue, callbacks });

/**
 * What stands in an element becomes what the server drew. @param {Element} element @param {string} html
 * @param {boolean} [ignoreActiveValue] whether the control that has the focus keeps what is in it
 */
export function morphInto(element, html, ignoreActiveValue = true) {
  morph(element, html, "innerHTML", ignoreActiveValue);
}

/** Whether the control that has the focus is one of the form that is being answered, and as it was sent. */
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

/** Whether a control is as the server last said, also a tick. @param {any} field */
const same = (field) =>
  ["radio", "checkbox"].includes(field?.type)
    ? field.checked === field.defaultChecked
    : field?.value === field?.defaultValue;

document.addEventListener(
  "focusout",
  (event) => same(control(event)) && control(event)?.removeAttribute("data-unsaved"),
);
document.addEventListener("input", (event) => control(event)?.toggleAttribute("data-unsaved", true));
/** Whether a text has changed since it was sent. @param {any} field @param {any} sent the request's parameters */
const typedOn = (field, sent) =>
  field.matches("input:not([type=checkbox], [type=radio]), textarea") &&
  (sent?.[field.name] ?? field.value) !== field.value;

// What comes back for a control is the truth about it again, unless something else was typed meanwhile.
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
