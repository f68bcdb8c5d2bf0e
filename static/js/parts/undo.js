// @ts-check
/**
 * The button that takes back what a message tells of.
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
    // A failure has been shown by then.
    undo().then(
      () => this.closest("sw-toast")?.remove(),
      () => {},
    );
  };
}

customElements.define("sw-undo", Undo);
