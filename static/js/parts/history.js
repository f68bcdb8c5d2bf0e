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
    if (button && !button.disabled) this.#do(button.dataset.verb === "undo" ? undo : redo);
  };

  #key = (/** @type {KeyboardEvent} */ event) => {
    const typing = /** @type {Element} */ (event.target).closest?.("input, textarea, [contenteditable]");
    const key = event.key.toLowerCase();
    if (!(event.ctrlKey || event.metaKey) || typing || !["z", "y"].includes(key)) return;
    this.#do(key === "y" || event.shiftKey ? redo : undo);
    event.preventDefault();
  };

  /** @param {() => Promise<any>} verb a failure has been shown by then */
  #do(verb) {
    verb().catch(() => {});
  }

  #changed = (/** @type {any} */ event) => {
    const { verb, label, undo: back, redo: again } = event.detail;
    this.#name("undo", back ?? (verb === "changes" ? label : undefined));
    this.#name("redo", again ?? (verb === "changes" ? "" : undefined));
  };

  /** @param {string} verb @param {string | undefined} label what it would do; empty: nothing; undefined: not known */
  #name(verb, label) {
    const button = /** @type {HTMLButtonElement | null} */ (this.querySelector(`[data-verb="${verb}"]`));
    if (!button || label === undefined) return;
    const word = verb === "undo" ? "Undo" : "Redo";
    button.disabled = !label;
    button.ariaLabel = label ? `${word}: ${label}` : word;
    button.title = `${button.ariaLabel}  ${verb === "undo" ? "Ctrl Z" : "Ctrl Shift Z"}`;
  }
}

customElements.define("sw-history", History);
