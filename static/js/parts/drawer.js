// @ts-check
/**
 * On narrow screens a side panel overlays the stage; this button shows and hides it. It is also hidden by Esc, by a
 * press or focus on the stage, and by `sw-aside`, which announces that something is about to be put on the stage.
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
    // A press in a frame on the stage is seen only as a change of focus.
    for (const name of ["pointerdown", "focusin"])
      document.getElementById("stage")?.addEventListener(name, () => this.#show(false), { signal });
    document.addEventListener("sw-aside", () => this.#show(false), { signal });
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
