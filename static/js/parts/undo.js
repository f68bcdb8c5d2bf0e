// @ts-check
/**
 * The button in a message that undoes what the message reports.
 *
 *   <sw-undo><button type="button">Undo</button></sw-undo>
 */
import { undo } from "lib/journal";

class Undo extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", this.#clicked);
  }

  disconnectedCallback() {
    this.removeEventListener("click", this.#clicked);
  }

  #clicked = () => {
    // The error has already been shown.
    undo().then(
      () => this.closest("sw-toast")?.remove(),
      () => {},
    );
  };
}

customElements.define("sw-undo", Undo);
