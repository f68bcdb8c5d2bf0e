// @ts-check
/**
 * <sw-combobox>: a field that finds one of many by a part of its words. Its value is the key of what is chosen; what is
 * typed only searches.
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

  /** The words of what is chosen, unless the hand is at it. */
  show() {
    super.show();
    if (this.isOpen) return;
    this.field.value = this.options.find((each) => each.ariaSelected === "true")?.textContent ?? "";
  }

  /** @param {HTMLElement | null} option */
  choose(option) {
    if (option) this.#set(option.dataset.value ?? "");
  }

  /** What was typed is what it names, nothing where it is empty, else what it was before. */
  leave() {
    const typed = this.field.value.trim();
    this.#set(typed ? (named(this.options, typed, this.#value)?.dataset.value ?? this.#value) : "");
  }

  /** By the hand. @param {string} value */
  #set(value) {
    this.close();
    const isOther = value !== this.#value;
    this.value = value;
    if (isOther) this.tell();
  }
}

customElements.define("sw-combobox", Combobox);
