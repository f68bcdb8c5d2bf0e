// @ts-check
/**
 * A frame in lines: pressing a value dispatches `sw-pick` with its path. Arrow keys move between values.
 *
 *   <sw-picks class="code" tabindex="0">
 *     <span>…<span class="takes" role="button" tabindex="-1" data-path="a.b">"c"</span></span></sw-picks>
 */
import { indexFor } from "lib/list_keys";

class Picks extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", this.#pressed);
    this.addEventListener("keydown", this.#key);
  }

  disconnectedCallback() {
    this.removeEventListener("click", this.#pressed);
    this.removeEventListener("keydown", this.#key);
  }

  #pressed = (/** @type {Event} */ event) => {
    const value = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[data-path]"));
    if (value) this.dispatchEvent(new CustomEvent("sw-pick", { bubbles: true, detail: { path: value.dataset.path } }));
  };

  #key = (/** @type {KeyboardEvent} */ event) => {
    const values = /** @type {HTMLElement[]} */ ([...this.querySelectorAll("[data-path]")]);
    const at = values.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const to = indexFor(event.key, at, values.length);
    if (to !== undefined) values[to]?.focus();
    else if ((event.key === "Enter" || event.key === " ") && at >= 0) this.#pressed(event);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
}

customElements.define("sw-picks", Picks);
