// @ts-check
/**
 * A list of which exactly two may be ticked: a third lets go of the first, and the button `[data-two]` of the dialog
 * can be pressed once two are.
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

  /** @type {HTMLInputElement[]} in the order they were ticked */
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
