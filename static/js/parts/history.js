// @ts-check
/**
 * Undo and redo, by button and by Ctrl Z and Ctrl Shift Z.
 *
 *   <sw-history><button data-verb="undo">…</button><button data-verb="redo" disabled>…</button></sw-history>
 *
 * The names of the buttons say what they would do; they follow the event `sw-changed` of lib/journal.
 */
import { redo, undo } from "lib/journal";

class History extends HTMLElement {
  connectedCallback() {
    this.#signal = new AbortController();
    const { signal } = this.#signal;
    this.addEventListener("click", this.#clicked, { signal });
    document.addEventListener("keydown", this.#key, { signal });
    document.addEventListener("sw-changed", this.#changed, { signal });
  }

  disconnectedCallback() {
    this.#signal.abort();
  }

  /** @type {AbortController} */
  #signal = new AbortController();

  #clicked = (/** @type {Event} */ event) => {
    const button = /** @type {HTMLButtonElement | null} */ (/** @type {Element} */ (event.target).closest("[data-verb]"));
    // What went wrong has been shown by then.
    if (button) (button.dataset.verb === "undo" ? undo : redo)().catch(() => {});
  };

  #key = (/** @type {KeyboardEvent} */ event) => {
    const typing = /** @type {Element} */ (event.target).closest?.("input, textarea, [contenteditable]");
    const key = event.key.toLowerCase();
    if (!(event.ctrlKey || event.metaKey) || typing || !["z", "y"].includes(key)) return;
    event.preventDefault();
    this.#button(key === "y" || event.shiftKey ? "redo" : "undo")?.click();
  };

  #changed = (/** @type {any} */ event) => {
    this.#name("undo", event.detail.undo);
    this.#name("redo", event.detail.redo);
  };

  /** @param {string} verb @returns {HTMLButtonElement | null} */
  #button(verb) {
    return this.querySelector(`[data-verb="${verb}"]`);
  }

  /** @param {string} verb @param {string} label what it would do; empty: nothing */
  #name(verb, label) {
    const button = this.#button(verb);
    if (!button) return;
    const word = verb === "undo" ? "Undo" : "Redo";
    button.disabled = !label;
    button.ariaLabel = label ? `${word}: ${label}` : word;
    button.title = `${button.ariaLabel}  ${verb === "undo" ? "Ctrl Z" : "Ctrl Shift Z"}`;
  }
}

customElements.define("sw-history", History);
