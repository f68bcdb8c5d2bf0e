// @ts-check
/**
 * A URL field that shows each `[name]` as a pill. The text is the input's own; the pills are behind it.
 *
 *   <sw-url class="input"><input name="url" value="https://api.example.com/[version]/chat"></sw-url>
 */
import { onMorphed } from "lib/morph";

const NAME = /(\[[^\W\d][\w .-]{0,59}\])/u;

class Url extends HTMLElement {
  connectedCallback() {
    this.#signal = new AbortController();
    const { signal } = this.#signal;
    this.#behind.className = "url-behind";
    this.#behind.ariaHidden = "true";
    this.#behind.toggleAttribute("data-kept", true);
    this.prepend(this.#behind);
    for (const name of ["input", "scroll", "keyup", "blur"])
      this.#input?.addEventListener(name, this.#draw, { signal });
    signal.addEventListener(
      "abort",
      onMorphed(() => {
        this.prepend(this.#behind);
        this.#draw();
      }),
    );
    this.#draw();
  }

  disconnectedCallback() {
    this.#signal.abort();
    this.#behind.remove();
  }

  /** @type {AbortController} */
  #signal = new AbortController();
  #behind = document.createElement("span");

  get #input() {
    return this.querySelector("input");
  }

  #draw = () => {
    const [input, behind] = [this.#input, this.#behind];
    if (!input) return;
    if (behind.textContent !== input.value) behind.replaceChildren(...pieces(input.value));
    behind.scrollLeft = input.scrollLeft;
  };
}

/** @param {string} url @returns {Node[]} */
function pieces(url) {
  return url.split(NAME).map((text, index) => {
    if (index % 2 === 0) return document.createTextNode(text);
    const pill = document.createElement("span");
    pill.className = "ph";
    pill.textContent = text;
    return pill;
  });
}

customElements.define("sw-url", Url);
