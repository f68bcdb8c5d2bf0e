// @ts-check
/**
 * The button in a message about a refused gesture that performs it anyway.
 *
 *   <sw-anyway data-gesture='{"do": "make_reusable", "node": "el_k3x9q2", "anyway": true}'><button>…</sw-anyway>
 */
import { gesture } from "design/gestures";

class Anyway extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", this.#clicked);
  }

  disconnectedCallback() {
    this.removeEventListener("click", this.#clicked);
  }

  #clicked = () => {
    gesture(JSON.parse(this.dataset.gesture || "{}"));
    this.closest("sw-toast")?.remove();
  };
}

customElements.define("sw-anyway", Anyway);
