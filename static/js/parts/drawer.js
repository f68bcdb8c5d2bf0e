// @ts-check
/**
 * On a narrow screen a side panel lies over the stage; this button brings and hides it. Esc and a press on the stage hide it.
 *
 *   <sw-drawer data-opens="left"><button aria-controls="left" aria-expanded="false">…</button></sw-drawer>
 */
class Drawer extends HTMLElement {
  connectedCallback() {
    this.#signal = new AbortController();
    const { signal } = this.#signal;
    this.hidden = !this.#panel;
    this.#button?.addEventListener("click", () => this.#show(!this.#isOpen), { signal });
    document.addEventListener("keydown", this.#key, { signal });
    document.getElementById("stage")?.addEventListener("pointerdown", () => this.#show(false), { signal });
  }

  disconnectedCallback() {
    this.#signal.abort();
  }

  /** @type {AbortController} */
  #signal = new AbortController();

  get #button() {
    return this.querySelector("button");
  }

  get #panel() {
    return document.getElementById(this.dataset.opens || "");
  }

  get #isOpen() {
    return this.#panel?.hasAttribute("data-open") || false;
  }

  #show(/** @type {boolean} */ open) {
    if (open === this.#isOpen) return;
    this.#panel?.toggleAttribute("data-open", open);
    this.#button?.setAttribute("aria-expanded", String(open));
    if (open) /** @type {HTMLElement | null} */ (this.#panel?.querySelector("a, button, input, [tabindex]"))?.focus();
  }

  #key = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Escape" || !this.#isOpen || event.defaultPrevented) return;
    this.#show(false);
    this.#button?.focus();
  };
}

customElements.define("sw-drawer", Drawer);
