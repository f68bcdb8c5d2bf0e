// @ts-check
/**
 * <sw-several>: a field that finds several of many options, one at a time, and shows the chosen ones below. Its value
 * is a JSON list of their keys, "" for none.
 *
 *   <sw-several data-p="value" data-required><label>Plants <input role="combobox"></label>
 *     <ul class="sw-chips"><template><li><span></span><button></button></li></template></ul><p data-told></p>
 *     <div role="listbox" aria-multiselectable="true" popover="manual">…</div></sw-several>
 *
 * The chosen ones are drawn by `./chips.js`, which is loaded with the first one.
 */

import { Searching } from "./searching.js";

export class Several extends Searching {
  /** @type {string[]} keys in the order in which they were chosen */ #keys = [];
  /** @type {import("./chips.js").Chips | null} */ #chips = null;

  connectedCallback() {
    super.connectedCallback();
    if (!this.#keys.length) this.#keys = this.options.filter((each) => each.ariaSelected === "true").map(keyOf);
    this.show();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#chips?.end();
    this.#chips = null;
  }

  get value() {
    return this.#keys.length ? JSON.stringify(this.#keys) : "";
  }

  set value(value) {
    this.#keys = JSON.parse(value || "[]");
    this.show();
  }

  /** @param {string} key */
  isChosen(key) {
    return this.#keys.includes(key);
  }

  /** The list stays open for further choices. @param {HTMLElement | null} option */
  choose(option) {
    if (!option) return;
    const key = keyOf(option);
    const words = option.textContent ?? "";
    if (this.isChosen(key)) this.drop(key, words);
    else this.#set([...this.#keys, key], `${words} added`);
    this.field.value = "";
    this.showAll();
  }

  leave() {
    this.close();
    this.field.value = "";
  }

  /** The chosen keys that are options, with their words. @returns {string[][]} */
  get chosen() {
    const all = this.options.map((each) => [keyOf(each), each.textContent ?? ""]);
    return this.#keys.flatMap((key) => all.filter((each) => each[0] === key));
  }

  show() {
    super.show();
    const { length } = this.chosen;
    this.field.required = !length && "required" in this.dataset;
    if (this.#chips) this.#chips.draw();
    else if (length) import("./chips.js").then((it) => (this.#chips ??= new it.Chips(this)).draw());
  }

  /** @param {string} key @param {string} words */
  drop(key, words) {
    this.#set(
      this.#keys.filter((each) => each !== key),
      `${words} removed`,
    );
  }

  /** Set the value on the visitor's behalf. @param {string[]} keys @param {string} said */
  #set(keys, said) {
    this.#keys = keys;
    this.show();
    /** @type {HTMLElement} */ (this.querySelector("[data-told]")).textContent =
      `${said}. ${this.chosen.length || "None"} chosen.`;
    this.tell();
  }
}

const keyOf = (/** @type {HTMLElement} */ option) => option.dataset.value ?? "";

customElements.define("sw-several", Several);
