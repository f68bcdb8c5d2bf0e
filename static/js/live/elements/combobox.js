// @ts-check
/**
 * <sw-combobox>: a field that finds one of many options by part of its words. Its value is the key of the chosen one;
 * typing only searches.
 *
 *   <sw-combobox data-p="value"><label>Plant <input role="combobox"></label>
 *     <div role="listbox" popover="manual"><div role="option" data-value="Fig">Fig</div>…</div></sw-combobox>
 */

import { named } from "./found.js";
import { Searching } from "./searching.js";

export class Combobox extends Searching {
  #value = "";

  connectedCallback() {
    super.connectedCallback();
    this.#value ||= this.options.find((each) => each.ariaSelected === "true")?.dataset.value ?? "";
  }

  get value() {
    return this.#value;
  }

  set value(value) {
    this.#value = value;
    this.show();
  }

  /** @param {string} key */
  isChosen(key) {
    return key === this.#value;
  }

  /** Show the words of the chosen option, unless the list is open. */
  show() {
    super.show();
    if (this.isOpen) return;
    this.field.value = this.options.find((each) => each.ariaSelected === "true")?.textContent ?? "";
  }

  /** @param {HTMLElement | null} option */
  choose(option) {
    if (option) this.#set(option.dataset.value ?? "");
  }

  /** Choose the option that was typed, or nothing if the field is empty; otherwise keep the previous one. */
  leave() {
    const typed = this.field.value.trim();
    this.#set(typed ? (named(this.options, typed, this.#value)?.dataset.value ?? this.#value) : "");
  }

  /** Set the value on the visitor's behalf. @param {string} value */
  #set(value) {
    this.close();
    const isOther = value !== this.#value;
    this.value = value;
    if (isOther) this.tell();
  }
}

customElements.define("sw-combobox", Combobox);
