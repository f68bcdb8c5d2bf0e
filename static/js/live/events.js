// @ts-check
/**
 * Sends what the visitor does to the server, with the values of all inputs changed since the last message, so that no
 * step reads a stale value.
 *
 *   const ear = listen(document.body, listens, (message) => socket.say(message), notice);
 *   ear.greeted(true);          // the server said hello, and knows nothing about this page
 *   ear.owes("el_k3x9q2");      // whether input there is still to be sent
 *
 * `listens` says which elements have workflows: `{"el_k3x9q2": ["clicked"]}`.
 */

import { addressOf, controlOf, controls, owner, valueIn } from "./controls.js";
import { typedIn } from "./patches.js";
/** @import { Happening, Value } from "workflows/live/protocol" */

const TYPING_MS = 120;
/** The most bytes in one message that the server accepts. */
const LONGEST = 900_000;
const ENABLED_WITHIN_MS = 5000;

/**
 * @param {HTMLElement} root
 * @param {Record<string, string[]>} listens
 * @param {(message: Happening) => boolean} say
 * @param {(sentence: string) => void} refused
 */
export function listen(root, listens, say, refused) {
  /** @type {Map<string, Value>} */
  const changed = new Map();
  /** @type {number | undefined} */
  let typing;

  /** @param {string | null} address @param {string} on */
  const tell = (address, on) => {
    clearTimeout(typing);
    const values = Object.fromEntries(changed);
    const said = JSON.stringify(values);
    // A character has at most three bytes, and counting them is slow.
    if (said.length > LONGEST / 3 && new Blob([said]).size > LONGEST) {
      refused("This is too long to be sent. Make it shorter.");
      return true;
    }
    const isSaid = say({ el: address, on, values });
    if (isSaid) changed.clear();
    return isSaid;
  };

  /** @param {Element} element @param {string} on */
  const happened = (element, on) => {
    const address = element.getAttribute("data-el") ?? "";
    if (!listens[address.split("@")[0]]?.includes(on)) return false;
    if (isFirst) catchUp();
    if (!tell(address, on)) refused("There is no connection, so this was not sent. Try again when it is back.");
    return true;
  };

  root.addEventListener("click", (event) => {
    for (let node = owner(event.target); node; node = owner(node.parentElement)) {
      if (node.querySelector(":scope > :disabled:not([data-el])") || node.matches(":disabled, [aria-disabled=true]"))
        return;
      if (happened(node, "clicked")) return;
    }
  });

  root.addEventListener("input", (event) => {
    const control = controlOf(event.target);
    if (!control || !owner(control)) return;
    changed.set(addressOf(control), valueIn(control));
    clearTimeout(typing);
    typing = setTimeout(() => tell(null, "typed"), TYPING_MS);
  });

  // Sent even if no workflow listens, as what the visitor closed must stay closed.
  root.addEventListener("sw:closed", (event) => {
    const node = /** @type {Element} */ (owner(event.target));
    changed.set(addressOf(node), false);
    happened(node, "closed") || tell(null, "typed");
  });

  root.addEventListener("change", (event) => {
    const node = owner(controlOf(event.target));
    if (node) happened(node, "changed") || (changed.size && tell(null, "typed"));
  });

  root.addEventListener("keydown", (event) => {
    const control = controlOf(event.target);
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || !control) return;
    const node = owner(control);
    if (!node || !(/** @type {Element} */ (event.target).matches('input:not([type="file"]), [data-enter="sends"]')))
      return;
    const button = sends(control);
    if (happened(node, "submitted") || button) event.preventDefault();
    if (button) press(button);
  });

  /**
   * Press the button that Enter stands for. If it is disabled until the server has seen the latest input, press it once
   * it is enabled.
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

  let isFirst = true;

  /** Treat what was typed before the listeners were attached, or restored by the browser after a reload, as typed. */
  const catchUp = () => {
    const filled = (/** @type {any} */ { value, defaultValue = value, checked, defaultChecked = checked }) =>
      value !== defaultValue || checked !== defaultChecked;
    for (const control of controls(root))
      if (filled(control) && !typedIn.has(control)) control.dispatchEvent(new Event("input", { bubbles: true }));
  };

  /**
   * After a hello, send what was typed meanwhile, and to a fresh visit everything that was typed.
   * @param {boolean} fresh
   */
  const greeted = (fresh) => {
    if (isFirst) catchUp();
    isFirst = false;
    for (const control of fresh ? controls(root) : []) {
      if (typedIn.has(control)) changed.set(addressOf(control), valueIn(control));
    }
    if (changed.size) tell(null, "typed");
  };

  return { greeted, owes: (/** @type {string} */ address) => changed.has(address) };
}

/** The container whose fields are submitted together. @param {Element} node */
export const around = (node) =>
  node.closest('[data-type="group"], [data-type="popup"], [data-type="floating_group"], [data-type="group_focus"]');

/**
 * The button that Enter presses, as in a form: the first one in the enclosing group.
 * @param {Element} node @returns {HTMLButtonElement | null | undefined}
 */
export const sends = (node) => around(node)?.querySelector('button[data-type="button"]');
