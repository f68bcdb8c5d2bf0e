// @ts-check
/**
 * The keys of an action, as they are on this computer; nothing for one that has none here.
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
  // What the server draws anew leaves it alone there.
  #words = this.attachShadow({ mode: "open" });

  #show = () => {
    const [chord] = actionOf(this.dataset.of || "")?.keys || [];
    this.hidden = !chord;
    this.#words.textContent = chord ? wordsOf(chord) : "";
  };
}

customElements.define("sw-keys", Keys);
