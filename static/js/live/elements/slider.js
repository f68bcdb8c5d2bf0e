// @ts-check
/**
 * <sw-slider>: a slider with its number beside it.
 *
 *   <sw-slider data-p="value" data-unit="ml"><input type="range"><span class="sw-reading"></span></sw-slider>
 */

export class Slider extends HTMLElement {
  static observedAttributes = ["data-unit"];

  connectedCallback() {
    this.addEventListener("input", this.#show);
    this.#show();
  }

  disconnectedCallback() {
    this.removeEventListener("input", this.#show);
  }

  attributeChangedCallback() {
    if (this.isConnected) this.#show();
  }

  get value() {
    return Number(this.#range.value);
  }

  set value(value) {
    this.#range.value = String(value);
    this.#show();
  }

  get #range() {
    return /** @type {HTMLInputElement} */ (this.querySelector("input"));
  }

  #show = () => {
    const { unit } = this.dataset;
    const words = unit ? `${this.#range.value} ${unit}` : this.#range.value;
    /** @type {HTMLElement} */ (this.querySelector(".sw-reading")).textContent = words;
    if (unit) this.#range.setAttribute("aria-valuetext", words);
    else this.#range.removeAttribute("aria-valuetext");
  };
}

customElements.define("sw-slider", Slider);
