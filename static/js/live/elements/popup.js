// @ts-check
/**
 * <sw-popup>: a dialog that is open while the element is not hidden. When the visitor closes it, it hides itself and
 * dispatches `sw:closed`.
 *
 *   <sw-popup data-el="el_k3x9q2" data-closable="yes" hidden>
 *     <dialog><h2>…</h2><button data-close>…</button></dialog></sw-popup>
 */

let titles = 0;

export class Popup extends HTMLElement {
  static observedAttributes = ["hidden"];
  /** @type {AbortController} */ #signal = new AbortController();

  connectedCallback() {
    this.#signal = new AbortController();
    const { signal } = this.#signal;
    const dialog = this.#dialog;
    const title = /** @type {HTMLElement} */ (dialog.querySelector(".sw-dialog-title"));
    title.id ||= `sw-title-${++titles}`;
    dialog.setAttribute("aria-labelledby", title.id);
    dialog.addEventListener(
      "cancel",
      (event) => {
        if (event.target === dialog && !this.#closable) event.preventDefault();
      },
      { signal },
    );
    // The press must start and end outside: if it closed earlier, the rest of the press would reach what is behind.
    let began = false;
    dialog.addEventListener("pointerdown", (event) => (began = isBeside(dialog, event)), { signal });
    dialog.addEventListener(
      "click",
      (event) => {
        if (began && this.#closable && isBeside(dialog, event)) dialog.close();
      },
      { signal },
    );
    dialog.querySelector("[data-close]")?.addEventListener("click", () => dialog.close(), { signal });
    dialog.addEventListener("close", (event) => event.target === dialog && this.#closed(), { signal });
    this.#look();
  }

  disconnectedCallback() {
    this.#signal.abort();
  }

  attributeChangedCallback() {
    if (this.isConnected) this.#look();
  }

  get #closable() {
    return this.dataset.closable === "yes";
  }

  get #dialog() {
    return /** @type {HTMLDialogElement} */ (this.querySelector("dialog"));
  }

  #look() {
    const dialog = this.#dialog;
    if (this.hidden && dialog.open) dialog.close();
    else if (!this.hidden && !dialog.open) dialog.showModal();
  }

  /** The visitor has closed it if the element is not hidden yet. */
  #closed() {
    if (this.hidden || this.#dialog.open) return;
    this.toggleAttribute("hidden", true);
    this.dispatchEvent(new Event("sw:closed", { bubbles: true }));
  }
}

/** Whether a press on a dialog is on its backdrop. @param {Element} dialog @param {MouseEvent} event */
function isBeside(dialog, event) {
  if (event.target !== dialog) return false;
  const { left, right, top, bottom } = dialog.getBoundingClientRect();
  return event.clientX < left || event.clientX > right || event.clientY < top || event.clientY > bottom;
}

customElements.define("sw-popup", Popup);
