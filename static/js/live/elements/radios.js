// @ts-check
/**
 * <sw-radios>: radio buttons as one control, with the value of the chosen one.
 *
 *   <sw-radios data-p="value"><label><input type="radio" value="Small"> Small</label>…</sw-radios>
 */

import { AroundField } from "./around_field.js";

let named = 0;

export class Radios extends AroundField {
  #name = `sw-radios-${++named}`;
  #wanted = "";
  #watch = new MutationObserver(() => this.#gather());

  connectedCallback() {
    this.#gather();
    this.#watch.observe(this, { childList: true, subtree: true });
    this.addEventListener("input", this.#heard);
  }

  disconnectedCallback() {
    this.#watch.disconnect();
    this.removeEventListener("input", this.#heard);
  }

  get value() {
    return this.#all.find((each) => each.checked)?.value ?? "";
  }

  set value(value) {
    this.#wanted = value;
    for (const each of this.#all) each.checked = each.value === value;
  }

  focus() {
    (this.#all.find((each) => each.checked) ?? this.field)?.focus();
  }

  get #all() {
    return [...this.querySelectorAll("input")];
  }

  #heard = () => (this.#wanted = this.value);

  /** Make them one radio group, separate in every cell of a list. */
  #gather() {
    for (const each of this.#all) each.name = this.#name;
    if (this.#wanted && !this.value) this.value = this.#wanted;
  }
}

customElements.define("sw-radios", Radios);
