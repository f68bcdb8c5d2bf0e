// @ts-check
/**
 * Messages at the lower right. They leave after 6 s, not while hovered or focused, and errors stay until closed.
 *
 *   <sw-toasts id="toasts" class="toasts"> <sw-toast class="toast" [data-stays]>…<button data-close>…</button></sw-toast> </sw-toasts>
 */
const SHOWN_FOR = 6000;

class Toasts extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", this.#clicked);
  }

  disconnectedCallback() {
    this.removeEventListener("click", this.#clicked);
  }

  #clicked = (/** @type {MouseEvent} */ event) => {
    const target = /** @type {Element} */ (event.target);
    if (target.closest("[data-close]")) target.closest("sw-toast")?.remove();
  };
}

class Toast extends HTMLElement {
  connectedCallback() {
    if (this.hasAttribute("data-stays")) return;
    for (const name of ["pointerenter", "focusin"]) this.addEventListener(name, this.#hold);
    for (const name of ["pointerleave", "focusout"]) this.addEventListener(name, this.#release);
    this.#release();
  }

  disconnectedCallback() {
    this.#hold();
    for (const name of ["pointerenter", "focusin"]) this.removeEventListener(name, this.#hold);
    for (const name of ["pointerleave", "focusout"]) this.removeEventListener(name, this.#release);
  }

  #timer = 0;
  #hold = () => clearTimeout(this.#timer);
  #release = () => {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.remove(), SHOWN_FOR);
  };
}

customElements.define("sw-toasts", Toasts);
customElements.define("sw-toast", Toast);
