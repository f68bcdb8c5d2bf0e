// @ts-check
/**
 * The word that says whether all is on the server. Follows the event `sw-saving` with `detail.state`.
 *
 *   <sw-saved data-state="saved"><svg…/><span>Saved</span></sw-saved>
 */
const WORDS = { saving: "Saving", saved: "Saved", failed: "Not saved" };

class Saved extends HTMLElement {
  connectedCallback() {
    document.addEventListener("sw-saving", this.#heard);
  }

  disconnectedCallback() {
    document.removeEventListener("sw-saving", this.#heard);
  }

  #heard = (/** @type {any} */ event) => {
    const state = /** @type {keyof typeof WORDS} */ (event.detail.state);
    const word = this.querySelector("span");
    if (!word || this.dataset.state === state) return;
    this.dataset.state = state;
    word.textContent = WORDS[state];
  };
}

customElements.define("sw-saved", Saved);
