// @ts-check
/**
 * Undo and redo, by buttons and keys.
 *
 *   <sw-history><button data-verb="undo">…</button><button data-verb="redo" disabled>…</button></sw-history>
 *
 * The buttons' labels say what they would do; they are updated by the event `sw-changed` of lib/journal.
 */
import { action, actionOf } from "lib/actions";
import { wordsOf } from "lib/chords";
import { redo, undo } from "lib/journal";

class History extends HTMLElement {
  connectedCallback() {
    this.#signal = new AbortController();
    const { signal } = this.#signal;
    this.addEventListener("click", this.#clicked, { signal });
    document.addEventListener("sw-changed", this.#changed, { signal });
  }

  disconnectedCallback() {
    this.#signal.abort();
  }

  /** @type {AbortController} */
  #signal = new AbortController();

  #clicked = (/** @type {Event} */ event) => {
    const button = /** @type {HTMLButtonElement | null} */ (
      /** @type {Element} */ (event.target).closest("[data-verb]")
    );
    // The error has already been shown.
    if (button) (button.dataset.verb === "undo" ? undo : redo)().catch(() => {});
  };

  #changed = (/** @type {DocumentEventMap["sw-changed"]} */ event) => {
    this.#name("undo", event.detail.undo);
    this.#name("redo", event.detail.redo);
  };

  /** @param {string} verb @returns {HTMLButtonElement | null} */
  #button(verb) {
    return this.querySelector(`[data-verb="${verb}"]`);
  }

  /** @param {string} verb @param {string} label what it would do; empty for nothing */
  #name(verb, label) {
    const button = this.#button(verb);
    if (!button) return;
    const word = verb === "undo" ? "Undo" : "Redo";
    button.disabled = !label;
    button.ariaLabel = label ? `${word}: ${label}` : word;
    button.title = `${button.ariaLabel}  ${wordsOf(actionOf(verb)?.keys?.[0] || "")}`;
  }
}

/** @param {string} verb @returns {HTMLButtonElement | null} */
const button = (verb) => document.querySelector(`sw-history [data-verb="${verb}"]`);

for (const [name, label, ...keys] of [
  ["undo", "Undo", "Mod+Z"],
  ["redo", "Redo", "Mod+Shift+Z", "Mod+Y"],
]) {
  action({
    name,
    label,
    keys,
    icon: name,
    group: "Anywhere",
    when: () => button(name),
    run: () => button(name)?.click(),
  });
}

customElements.define("sw-history", History);
