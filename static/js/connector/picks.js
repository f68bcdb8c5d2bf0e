// @ts-check
/**
 * A frame in lines: pressing a value dispatches `sw-pick` with its path. Arrow keys move between values.
 *
 *   <sw-picks class="code" tabindex="0">
 *     <span>…<span class="takes" role="button" tabindex="-1" data-path="a.b">"c"</span></span></sw-picks>
 */
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
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: values.length - 1 }[event.key];
    if (to !== undefined) values[Math.max(0, Math.min(to, values.length - 1))]?.focus();
    else if ((event.key === "Enter" || event.key === " ") && at >= 0) this.#pressed(event);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
}

customElements.define("sw-picks", Picks);
