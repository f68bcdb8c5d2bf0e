// @ts-check
/**
 * The keys of an action, as labelled on this computer; hidden if it has none here.
 *
 *   <sw-keys class="kbd push" data-of="duplicate"></sw-keys>        →  Ctrl D
 */
import { actionOf, onAction } from "lib/actions";
import { wordsOf } from "lib/chords";

class Keys extends HTMLElement {
  connectedCallback() {
    this.#leave = onAction(this.#show);
    this.#show();
  }

  disconnectedCallback() {
    this.#leave();
  }

  #leave = () => {};
  // In a shadow root, so that morphs leave it alone.
  #words = this.attachShadow({ mode: "open" });

  #show = () => {
    const [chord] = actionOf(this.dataset.of || "")?.keys || [];
    this.hidden = !chord;
    this.#words.textContent = chord ? wordsOf(chord) : "";
  };
}

customElements.define("sw-keys", Keys);
