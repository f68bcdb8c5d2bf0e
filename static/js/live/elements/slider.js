// @ts-check
/**
 * <sw-slider>: a slider with its number beside it.
 *
 *   <sw-slider data-p="value" data-unit="ml"><input type="range"><span class="sw-reading"></span></sw-slider>
 */

import { AroundField } from "./around_field.js";

export class Slider extends AroundField {
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
    return Number(this.field.value);
  }

  set value(value) {
    this.field.value = String(value);
    this.#show();
  }

  #show = () => {
    const { unit } = this.dataset;
    const words = unit ? `${this.field.value} ${unit}` : this.field.value;
    /** @type {HTMLElement} */ (this.querySelector(".sw-reading")).textContent = words;
    if (unit) this.field.setAttribute("aria-valuetext", words);
    else this.field.removeAttribute("aria-valuetext");
    const { value, min, max } = this.field;
    this.style.setProperty("--at", `${(100 * (Number(value) - Number(min))) / (Number(max) - Number(min) || 1)}%`);
  };
}

customElements.define("sw-slider", Slider);
