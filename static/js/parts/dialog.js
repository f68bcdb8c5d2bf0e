// @ts-check
/**
 * A modal dialog. One that was inserted by htmx opens immediately and is removed when it closes:
 *
 *   <sw-dialog><dialog class="dialog">… <button type="button" data-close>Cancel</button></dialog></sw-dialog>
 *
 * One that is part of the page is opened by its button:
 *
 *   <sw-dialog><button data-open>Import</button><dialog class="dialog">…</dialog></sw-dialog>
 */
class Dialog extends HTMLElement {
  connectedCallback() {
    this.#signal = new AbortController();
    const { signal } = this.#signal;
    this.addEventListener("click", this.#clicked, { signal });
    this.#dialog?.addEventListener("close", this.#closed, { signal });
    if (!this.#opener) this.open();
  }

  disconnectedCallback() {
    this.#signal.abort();
  }

  open() {
    if (!this.#dialog || this.#dialog.open) return;
    this.#from = document.activeElement;
    this.#dialog.showModal();
    const asked = this.querySelector("[autofocus]");
    const wrong = this.querySelector(":is(input, select, textarea)[aria-invalid=true]");
    // htmx also focuses an element with `autofocus` after it has settled.
    if (wrong) asked?.removeAttribute("autofocus");
    const first = wrong || asked;
    if (first instanceof HTMLElement) first.focus();
  }

  close() {
    this.#dialog?.close();
  }

  /** @type {AbortController} */
  #signal = new AbortController();

  /** @type {Element | null} */
  #from = null;

  get #dialog() {
    return this.querySelector("dialog");
  }

  get #opener() {
    return this.querySelector("[data-open]");
  }

  #clicked = (/** @type {MouseEvent} */ event) => {
    const target = /** @type {Element} */ (event.target);
    if (target.closest("[data-open]")) this.open();
    // A click on the dialog element itself is a click on the backdrop around its content.
    if (!target.closest("[data-close]") && target !== this.#dialog) return;
    event.preventDefault();
    this.close();
  };

  #closed = () => {
    if (this.#opener) return;
    this.remove();
    if (this.#from instanceof HTMLElement) this.#from.focus();
  };
}

customElements.define("sw-dialog", Dialog);
