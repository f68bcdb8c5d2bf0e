// @ts-check
/**
 * A list in which exactly two are to be ticked: a third one unticks the first, and the dialog's button `[data-two]` is
 * enabled when two are.
 *
 *   <sw-two><input type="checkbox" …> <input type="checkbox" …> …</sw-two> …
 *   <button data-two disabled>Compare two</button>
 */
class Two extends HTMLElement {
  connectedCallback() {
    this.addEventListener("change", this.#ticked);
    this.#show();
  }

  disconnectedCallback() {
    this.removeEventListener("change", this.#ticked);
  }

  /** @type {HTMLInputElement[]} in the order in which they were ticked */
  #chosen = [];

  #ticked = (/** @type {Event} */ event) => {
    const box = /** @type {HTMLInputElement} */ (event.target);
    if (box.type !== "checkbox") return;
    this.#chosen = this.#chosen.filter((each) => each !== box);
    if (box.checked) this.#chosen.push(box);
    if (this.#chosen.length > 2) this.#chosen.splice(0, 1)[0].checked = false;
    this.#show();
  };

  #show() {
    const button = /** @type {HTMLButtonElement | null | undefined} */ (
      this.closest("dialog")?.querySelector("[data-two]")
    );
    if (!button) return;
    button.disabled = this.#chosen.length !== 2;
    button.title = button.disabled ? "Choose two captures first" : "";
  }
}

customElements.define("sw-two", Two);
