// @ts-check
/**
 * What the visitor does, told to the server with the values of the inputs changed since the last time, so that no step
 * reads a stale value.
 *
 *   listen(document.body, listens, (message) => socket.say(message), notice);
 *
 * `listens` says which elements have a workflow: `{"el_k3x9q2": ["clicked"]}`.
 */

import { typedIn } from "./patches.js";

const TYPING_MS = 120;
const ENABLED_WITHIN_MS = 5000;

/**
 * @param {HTMLElement} root
 * @param {Record<string, string[]>} listens
 * @param {(message: any) => boolean} say
 * @param {(sentence: string) => void} refused
 */
export function listen(root, listens, say, refused) {
  /** @type {Map<string, any>} */
  const changed = new Map();
  /** @type {number | undefined} */
  let typing;

  /** @param {string | null} address @param {string} on */
  const tell = (address, on) => {
    clearTimeout(typing);
    const values = Object.fromEntries(changed);
    const said = say({ t: "event", id: crypto.randomUUID(), el: address, on, values });
    if (said) changed.clear();
    return said;
  };

  /** @param {Element} element @param {string} on */
  const happened = (element, on) => {
    const address = element.getAttribute("data-el") ?? "";
    if (!listens[address.split("@")[0]]?.includes(on)) return false;
    if (!tell(address, on)) refused("There is no connection, so this was not sent. Try again when it is back.");
    return true;
  };

  root.addEventListener("click", (event) => {
    for (let node = owner(event.target); node; node = owner(node.parentElement)) {
      if (node.querySelector(":scope > :disabled:not([data-el])") || node.matches(":disabled, [aria-disabled=true]")) return;
      if (happened(node, "clicked")) return;
    }
  });

  root.addEventListener("input", (event) => {
    const node = owner(event.target);
    if (!node || !isControl(event.target)) return;
    changed.set(node.getAttribute("data-el") ?? "", valueOf(event.target));
    clearTimeout(typing);
    typing = setTimeout(() => tell(null, "typed"), TYPING_MS);
  });

  // What the server sets it knows; only what a hand typed is told.
  root.addEventListener("sw:set", (event) => changed.delete(owner(event.target)?.getAttribute("data-el") ?? ""));

  root.addEventListener("change", (event) => {
    const node = owner(event.target);
    if (node && isControl(event.target)) happened(node, "changed");
  });

  root.addEventListener("keydown", (event) => {
    const control = event.target;
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || !isControl(control)) return;
    const node = owner(control);
    if (!node || (control instanceof HTMLTextAreaElement && control.dataset.enter !== "sends")) return;
    const button = sends(control);
    if (happened(node, "submitted") || button) event.preventDefault();
    if (button) press(button);
  });

  /**
   * Press the button that Enter means. One that waits for what was just typed is pressed when the server, told of it,
   * lets it.
   * @param {HTMLButtonElement} button
   */
  const press = (button) => {
    if (!button.disabled) return button.click();
    if (!changed.size || !tell(null, "typed")) return;
    const watch = new MutationObserver(() => {
      if (button.disabled) return;
      watch.disconnect();
      button.click();
    });
    watch.observe(button, { attributeFilter: ["disabled"] });
    setTimeout(() => watch.disconnect(), ENABLED_WITHIN_MS);
  };

  const controls = () => [...root.querySelectorAll("[data-el] input, [data-el] textarea, input[data-el], textarea[data-el]")].filter(isControl);
  let greeted = false;

  /** After a hello: tell what was typed meanwhile, and to a visit that knows nothing all that was. @param {boolean} fresh */
  return (fresh) => {
    // What a browser itself puts back into the fields of a page that was reloaded counts as typed.
    const restored = greeted ? [] : controls().filter((control) => control.value !== control.defaultValue && !typedIn.has(control));
    greeted = true;
    for (const control of restored) control.dispatchEvent(new Event("input", { bubbles: true }));
    for (const control of fresh ? controls() : []) {
      if (typedIn.has(control)) changed.set(owner(control)?.getAttribute("data-el") ?? "", valueOf(control));
    }
    if (changed.size) tell(null, "typed");
  };
}

/**
 * The button that Enter presses, as in a form: the first one in the group around.
 * @param {Element} control @returns {HTMLButtonElement | null | undefined}
 */
function sends(control) {
  return control.closest('[data-type="group"]')?.querySelector('button[data-type="button"]');
}

/** @param {EventTarget | null} target @returns {Element | null} */
function owner(target) {
  return target instanceof Element ? target.closest("[data-el]") : null;
}

/** @param {EventTarget | null} node @returns {node is HTMLInputElement | HTMLTextAreaElement} */
function isControl(node) {
  return node instanceof HTMLInputElement || node instanceof HTMLTextAreaElement;
}

/** @param {HTMLInputElement | HTMLTextAreaElement} node */
function valueOf(node) {
  if (node.type === "checkbox") return /** @type {HTMLInputElement} */ (node).checked;
  if (node.type === "number") return node.value === "" ? null : Number(node.value);
  return node.value;
}
